//! `/api/v1/users`: people and their roles.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use milieu_engine::journeys::manage_people::{NewPerson, list_people, put_person};
use milieu_review::Grant;
use serde::{Deserialize, Serialize};

use super::JsonBody;
use super::address::Path;
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::Problem;

#[derive(Debug, Serialize)]
pub(super) struct User {
    name: String,
    display_name: String,
    active: bool,
    roles: Vec<Grant>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    display_name: Option<String>,
    password: Option<String>,
    #[serde(default = "yes")]
    active: bool,
    #[serde(default)]
    roles: Vec<Grant>,
}

fn yes() -> bool {
    true
}

/// Lists everybody.
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Page<User>>, Problem> {
    let people = list_people(&app.engine, &who)
        .await?
        .into_iter()
        .map(|person| User {
            name: person.id.to_string(),
            display_name: person.display_name,
            active: person.active,
            roles: person.grants,
        });
    Ok(Json(Page::whole(people)))
}

/// Adds or changes a person.
pub(super) async fn put(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(name): Path<String>,
    JsonBody(wanted): JsonBody<Wanted>,
) -> Result<StatusCode, Problem> {
    let person = NewPerson {
        display_name: wanted.display_name.unwrap_or_else(|| name.clone()),
        name,
        password: wanted.password,
        grants: wanted.roles,
        active: wanted.active,
    };
    put_person(&app.engine, &who, person).await?;
    Ok(StatusCode::NO_CONTENT)
}
