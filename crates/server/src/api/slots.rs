//! `/api/v1/slots`: what can be asked for, and files of slots.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use milieu_culture::Sensitivity;
use milieu_engine::Engine;
use milieu_engine::journeys::apply_slots::{Applied, Provenance, apply_slots};
use milieu_engine::journeys::list_slots::{ListedSlot, list_slots};
use milieu_review::Origin;
use serde::Deserialize;
use utoipa::IntoParams;

use super::address::Query;
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems, WriteProblems};

/// Where the texts of a file come from.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct From {
    /// Who or what wrote them; without it, a human.
    #[param(inline, required = false)]
    #[serde(default = "human")]
    origin: Origin,
    /// How careful one must be with them; without it, cultural.
    #[param(inline, required = false)]
    #[serde(default = "cultural")]
    sensitivity: Sensitivity,
}

fn human() -> Origin {
    Origin::Human
}

fn cultural() -> Sensitivity {
    Sensitivity::Cultural
}

/// Lists all slots, and where they are live.
#[utoipa::path(
    get, path = "/slots", operation_id = "list_slots", tag = "content", 
    responses((status = 200, description = "All slots.", body = Page<ListedSlot>), ReadProblems),
)]
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Page<ListedSlot>>, Problem> {
    let engine: &Engine = &app.engine;
    Ok(Json(Page::whole(list_slots(engine, &who).await?)))
}

/// Applies a file of slots: all of it, or nothing.
#[utoipa::path(
    put, path = "/slots", operation_id = "apply_slots", tag = "content", params(From), request_body(content = String, content_type = "application/toml", description = "A slots.toml, at most 4 MiB."),
    responses((status = 200, description = "What came of the file.", body = Applied), WriteProblems),
)]
pub(super) async fn apply(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Query(from): Query<From>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Applied>, Problem> {
    let body = body.map_err(|error| Problem::new(error.status(), "bad-body", error.body_text()))?;
    let file = std::str::from_utf8(&body).map_err(|error| {
        let detail = format!("the file is not UTF-8 at byte {}", error.valid_up_to());
        Problem::new(StatusCode::BAD_REQUEST, "slot-file", detail)
    })?;
    let provenance = Provenance {
        origin: from.origin,
        sensitivity: from.sensitivity,
    };
    Ok(Json(
        apply_slots(&app.engine, &who, file, provenance).await?,
    ))
}
