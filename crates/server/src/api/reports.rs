//! `/api/v1/reports/{metric}`: metrics by market.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use milieu_engine::EngineError;
use milieu_engine::journeys::report::report;
use serde::Deserialize;

use super::address::{Path, Query};
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::Problem;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    slot: String,
}

/// Reports a metric of one slot.
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(metric): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let slot = asked
        .slot
        .parse()
        .map_err(|_| EngineError::not_found("slot", &asked.slot))?;
    Ok(Json(report(&app.engine, &who, &metric, &slot).await?).into_response())
}
