//! `/api/v1/experiments/{slot}`: how an experiment went over time.

use axum::Json;
use axum::extract::State;
use milieu_engine::EngineError;
use milieu_engine::journeys::learning::{Learning, learning};

use super::address::Path;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems};

/// Shows visitors, shares and expected rates of a slot's arms, oldest first.
#[utoipa::path(
    get, path = "/experiments/{slot}", operation_id = "show_experiment", tag = "results",
    params(("slot" = String, Path, description = "The slot's key.")),
    responses((status = 200, description = "Its learning over time.", body = Learning), ReadProblems),
)]
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(slot): Path<String>,
) -> Result<Json<Learning>, Problem> {
    let key = slot
        .parse()
        .map_err(|_| EngineError::not_found("slot", &slot))?;
    Ok(Json(learning(&app.engine, &who, &key).await?))
}
