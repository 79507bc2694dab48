//! `/api/v1/reports/{metric}`: metrics by market.

use axum::Json;
use axum::extract::State;
use milieu_engine::EngineError;
use milieu_engine::journeys::report::report;
use milieu_measure::Report;
use serde::Deserialize;
use utoipa::IntoParams;

use super::address::{Path, Query};
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// The slot's key.
    slot: String,
}

/// Reports a metric of one slot.
#[utoipa::path(
    get, path = "/reports/{metric}", operation_id = "show_report", tag = "results", params(("metric" = String, Path, description = "The metric's key, as ctr."), Asked),
    responses((status = 200, description = "The report.", body = Report), ReadProblems),
)]
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(metric): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<Report>, Problem> {
    let slot = asked
        .slot
        .parse()
        .map_err(|_| EngineError::not_found("slot", &asked.slot))?;
    Ok(Json(report(&app.engine, &who, &metric, &slot).await?))
}
