//! The workspace's name and markets.

use milieu_culture::MarketId;
use serde_json::json;

use crate::engine::trail;
use crate::error::{LONGEST_NAME, check_length};
use crate::{Engine, EngineError, Principal};

/// What is to be set; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Configuration {
    /// The workspace's name for people.
    pub name: Option<String>,
    /// The markets it serves, the default first; markets only ever join.
    pub markets: Vec<MarketId>,
    /// The share of visitors who always get the generic variant; only grows.
    pub holdout: Option<f64>,
    /// Whether its visitors are simulated; only ever switched on.
    pub simulated: bool,
}

/// Sets the workspace's name and markets.
pub async fn configure(
    engine: &Engine,
    who: &Principal,
    wanted: &Configuration,
) -> Result<(), EngineError> {
    who.must_own()?;
    let holdout = wanted.holdout.unwrap_or(0.1);
    if !(0.0..=0.5).contains(&holdout) {
        return Err(EngineError::invalid(format!(
            "holdout {holdout} is not from 0 to 0.5"
        )));
    }
    if let Some(name) = &wanted.name {
        check_length("a workspace's name", name, LONGEST_NAME)?;
    }
    let (_turn, mut writing) = engine.change().await?;
    if let Some(name) = &wanted.name {
        writing.set("name", name).await?;
    }
    if wanted.simulated {
        writing.set("simulated", "yes").await?;
    }
    for (position, market) in wanted.markets.iter().enumerate() {
        writing.put_market(market, holdout, position).await?;
    }
    let markets: Vec<&str> = wanted.markets.iter().map(MarketId::as_str).collect();
    let detail = json!({"markets": markets, "holdout": holdout, "name": wanted.name});
    writing
        .note(trail(who, "workspace.set", "workspace".to_owned(), &detail))
        .await?;
    writing.commit().await?;
    engine.republish().await
}
