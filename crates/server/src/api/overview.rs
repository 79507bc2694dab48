//! `/api/v1/overview`: the workspace at a glance.

use axum::Json;
use axum::extract::State;
use milieu_engine::journeys::overview::{Overview, overview};

use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems};

/// Shows every market, what needs somebody, and the next step.
#[utoipa::path(
    get, path = "/overview", operation_id = "show_overview", tag = "workspace", 
    responses((status = 200, description = "The workspace at a glance.", body = Overview), ReadProblems),
)]
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Overview>, Problem> {
    Ok(Json(overview(&app.engine, &who).await?))
}
