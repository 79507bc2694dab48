//! `/api/v1/quiet`: markets in mourning or crisis.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use milieu_engine::EngineError;
use milieu_engine::journeys::quiet_mode::{quiet_list, quiet_off, quiet_on};
use milieu_record::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::JsonBody;
use super::address::Path;
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems, WriteProblems};

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuietMode)]
pub(super) struct Quiet {
    scope: String,
    until: Option<String>,
    reason: String,
    by: String,
    at: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WantedQuiet)]
pub(super) struct Wanted {
    /// Until when, RFC 3339; without it, until lifted.
    until: Option<String>,
    /// Why: people will ask.
    #[schema(min_length = 1, max_length = 2000)]
    reason: String,
}

/// Lists where quiet mode was switched on.
#[utoipa::path(
    get, path = "/quiet", operation_id = "list_quiet", tag = "content", 
    responses((status = 200, description = "Where quiet mode was switched on.", body = Page<Quiet>), ReadProblems),
)]
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Page<Quiet>>, Problem> {
    who.must_read()?;
    let quiet = quiet_list(&app.engine).await?.into_iter().map(|row| Quiet {
        scope: row.scope,
        until: row.until.map(|end| end.to_string()),
        reason: row.reason,
        by: row.person,
        at: row.at.to_string(),
    });
    Ok(Json(Page::whole(quiet)))
}

/// Switches quiet mode on.
#[utoipa::path(
    put, path = "/quiet/{scope}", operation_id = "switch_quiet_on", tag = "content", params(("scope" = String, Path, description = "A territory (JP) or a market (ja-JP).")), request_body = Wanted,
    responses((status = 204, description = "Done."), WriteProblems),
)]
pub(super) async fn on(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(scope): Path<String>,
    JsonBody(wanted): JsonBody<Wanted>,
) -> Result<StatusCode, Problem> {
    let until: Option<Instant> = wanted
        .until
        .map(|text| {
            text.parse().map_err(|error: milieu_record::InstantError| {
                EngineError::invalid(error.to_string())
            })
        })
        .transpose()?;
    quiet_on(&app.engine, &who, &scope, until, &wanted.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Switches quiet mode off.
#[utoipa::path(
    delete, path = "/quiet/{scope}", operation_id = "switch_quiet_off", tag = "content", params(("scope" = String, Path, description = "A territory (JP) or a market (ja-JP).")),
    responses((status = 204, description = "Done."), WriteProblems),
)]
pub(super) async fn off(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(scope): Path<String>,
) -> Result<StatusCode, Problem> {
    quiet_off(&app.engine, &who, &scope).await?;
    Ok(StatusCode::NO_CONTENT)
}
