//! `/api/v1/users`: people and their roles.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use milieu_engine::journeys::manage_people::{NewPerson, list_people, put_person};
use milieu_review::Grant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::JsonBody;
use super::address::Path;
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems, WriteProblems};

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct User {
    name: String,
    display_name: String,
    active: bool,
    roles: Vec<Grant>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WantedUser)]
pub(super) struct Wanted {
    /// The name that others see; without it, the login name.
    #[schema(max_length = 200)]
    display_name: Option<String>,
    /// The password; required for somebody new.
    #[schema(min_length = 12)]
    password: Option<String>,
    /// Whether the person can log in.
    #[serde(default = "yes")]
    active: bool,
    /// What the person may do where.
    #[serde(default)]
    roles: Vec<Grant>,
}

fn yes() -> bool {
    true
}

/// Lists everybody.
#[utoipa::path(
    get, path = "/users", operation_id = "list_users", tag = "people", 
    responses((status = 200, description = "Everybody.", body = Page<User>), ReadProblems),
)]
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
#[utoipa::path(
    put, path = "/users/{name}", operation_id = "put_user", tag = "people", params(("name" = String, Path, description = "The login name.")), request_body = Wanted,
    responses((status = 204, description = "Done."), WriteProblems),
)]
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
