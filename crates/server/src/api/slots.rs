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

use super::address::Query;
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::Problem;

/// Where the texts of a file come from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct From {
    #[serde(default = "human")]
    origin: Origin,
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
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Page<ListedSlot>>, Problem> {
    let engine: &Engine = &app.engine;
    Ok(Json(Page::whole(list_slots(engine, &who).await?)))
}

/// Applies a file of slots: all of it, or nothing.
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
