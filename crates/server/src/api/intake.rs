//! `/api/v1/intake`: what came in since the start, for people who connect a site.

use axum::Json;
use axum::extract::State;
use milieu_engine::journeys::record_events::{IntakeReport, intake_report};

use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems};

/// Shows counters and the last rejections.
#[utoipa::path(
    get, path = "/intake", operation_id = "show_intake", tag = "operation", 
    responses((status = 200, description = "Counters since the start.", body = IntakeReport), ReadProblems),
)]
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<IntakeReport>, Problem> {
    who.must_read()?;
    Ok(Json(intake_report(&app.engine)))
}
