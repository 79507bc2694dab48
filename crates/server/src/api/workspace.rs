//! `/api/v1/workspace`: its name and its markets.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use milieu_culture::MarketId;
use milieu_engine::journeys::configure::{Configuration, configure};
use serde::{Deserialize, Serialize};

use super::JsonBody;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::Problem;

#[derive(Debug, Serialize)]
pub(super) struct Shown {
    name: String,
    simulated: bool,
    markets: Vec<Market>,
}

#[derive(Debug, Serialize)]
struct Market {
    id: String,
    holdout: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    name: Option<String>,
    #[serde(default)]
    markets: Vec<MarketId>,
    holdout: Option<f64>,
    #[serde(default)]
    simulated: bool,
}

/// Shows the workspace.
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
