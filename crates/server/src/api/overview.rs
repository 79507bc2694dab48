//! `/api/v1/overview`: the workspace at a glance.

use axum::Json;
use axum::extract::State;
use milieu_engine::journeys::overview::{Overview, overview};

use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::Problem;

/// Shows every market, what needs somebody, and the next step.
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Overview>, Problem> {
    Ok(Json(overview(&app.engine, &who).await?))
}
