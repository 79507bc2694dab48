//! `/api/v1/workspace`: its name and its markets.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use milieu_culture::MarketId;
use milieu_engine::journeys::configure::{Configuration, configure};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::JsonBody;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems, WriteProblems};

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Workspace)]
pub(super) struct Shown {
    name: String,
    simulated: bool,
    markets: Vec<Market>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkspaceMarket)]
struct Market {
    id: String,
    holdout: f64,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WantedWorkspace)]
pub(super) struct Wanted {
    /// Its name for people.
    #[schema(max_length = 200)]
    name: Option<String>,
    /// The markets it serves, the default first; markets only ever join.
    #[serde(default)]
    #[schema(max_items = 1000)]
    markets: Vec<MarketId>,
    /// The share of visitors who always get the generic variant; only grows.
    #[schema(minimum = 0.0, maximum = 0.5)]
    holdout: Option<f64>,
    /// Whether its visitors are simulated; only ever switched on.
    #[serde(default)]
    simulated: bool,
}

/// Shows the workspace.
#[utoipa::path(
    get, path = "/workspace", operation_id = "show_workspace", tag = "workspace", 
    responses((status = 200, description = "The workspace.", body = Shown), ReadProblems),
)]
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Shown>, Problem> {
    who.must_read()?;
    let workspace = app.engine.workspace();
    let live = app.engine.live();
    let places = live.catalogue.places.all().iter();
    let markets = places.map(|place| Market {
        id: place.id.to_string(),
        holdout: place.holdout,
    });
    Ok(Json(Shown {
        name: workspace.name.clone(),
        simulated: workspace.simulated,
        markets: markets.collect(),
    }))
}

/// Sets name and markets.
#[utoipa::path(
    put, path = "/workspace", operation_id = "set_workspace", tag = "workspace", request_body = Wanted,
    responses((status = 204, description = "Done."), WriteProblems),
)]
pub(super) async fn set(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    JsonBody(wanted): JsonBody<Wanted>,
) -> Result<StatusCode, Problem> {
    let wanted = Configuration {
        name: wanted.name,
        markets: wanted.markets,
        holdout: wanted.holdout,
        simulated: wanted.simulated,
    };
    configure(&app.engine, &who, &wanted).await?;
    Ok(StatusCode::NO_CONTENT)
}
