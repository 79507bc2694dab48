//! All markets that are known or configured, and how much is known about each.

use std::collections::BTreeSet;

use milieu_culture::{Count, MarketId, TextDirection};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Engine, EngineError, Principal};

/// A market in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedMarketFacts {
    /// The market.
    pub id: MarketId,
    /// What it is called; `None` when no pack knows it.
    pub name: Option<MarketName>,
    /// Which way its script runs; `None` when no pack knows it.
    pub direction: Option<TextDirection>,
    /// Whether the workspace serves it.
    pub configured: bool,
    /// How many claims cover it.
    pub claims: usize,
    /// How many of them have a source that was opened at the passage.
    pub opened: usize,
}

/// What a market is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MarketName {
    /// Its territory, in English.
    pub territory: String,
    /// Its language, in English.
    pub language: String,
    /// Its language's own name for itself.
    pub native: String,
}

/// Lists markets in order of id.
pub fn list_markets(
    engine: &Engine,
    who: &Principal,
) -> Result<Vec<ListedMarketFacts>, EngineError> {
    who.must_read()?;
    let kb = &engine.knowledge;
    let live = engine.live();
    let places = live.catalogue.places.all().iter();
    let configured: BTreeSet<&MarketId> = places.map(|place| &place.id).collect();
    let all: BTreeSet<&MarketId> = kb
        .markets
        .iter()
        .chain(configured.iter().copied())
        .collect();
    let listed = |id: &MarketId| {
        let market = kb.market(id);
        let count = Count::of(kb.claims_of(id));
        ListedMarketFacts {
            id: id.clone(),
            direction: market.as_ref().map(|market| market.language.direction),
            name: market.map(|market| MarketName {
                territory: market.territory.name,
                language: market.language.name,
                native: market.language.native_name,
            }),
            configured: configured.contains(id),
            claims: count.claims,
            opened: count.opened(),
        }
    };
    Ok(all.into_iter().map(listed).collect())
}
