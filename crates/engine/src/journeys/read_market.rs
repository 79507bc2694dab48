//! What is known about a market or a territory, in the one shape that is promised.

use std::collections::BTreeMap;

use milieu_culture::{
    Claim, ClaimId, Count, KnowledgeBase, Language, MarketId, Territory, TerritoryId,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::EngineError;
use crate::error::Kind;

/// A market or territory with all that is known; what is not known is `None`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MarketPage {
    /// The market, as `ja-JP`, or the territory, as `JP`.
    pub id: String,
    /// The territory's facts.
    pub territory: Territory,
    /// The language's facts; `None` for a territory.
    pub language: Option<Language>,
    /// The markets of a territory; for a market, itself.
    pub markets: Vec<MarketId>,
    /// How dates, numbers and addresses are written; `None` until a pack says so.
    pub formats: Option<serde_json::Value>,
    /// Scores of frameworks, for those who hold a licence.
    pub frameworks: Frameworks,
    /// The calendar; `None` until a pack says so.
    pub calendar: Option<serde_json::Value>,
    /// Channels; `None` until a pack says so.
    pub channels: Option<serde_json::Value>,
    /// Ids of claims by facet.
    pub claims: BTreeMap<String, Vec<ClaimId>>,
    /// How much is known, and how it was read.
    pub coverage: Count,
}

/// The frameworks that a market can have scores of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct Frameworks {
    /// Hofstede's dimensions.
    pub hofstede: Hofstede,
}

/// Hofstede's dimensions; an unknown score is `None`, never zero.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct Hofstede {
    /// Where the scores were taken from.
    pub edition: Option<String>,
    /// Power distance.
    pub pdi: Option<f64>,
    /// Individualism.
    pub idv: Option<f64>,
    /// Motivation towards achievement and success.
    pub mas: Option<f64>,
    /// Uncertainty avoidance.
    pub uai: Option<f64>,
    /// Long-term orientation.
    pub lto: Option<f64>,
    /// Indulgence.
    pub ivr: Option<f64>,
}

/// Reads the page of a market or a territory.
///
/// # Examples
/// ```
/// use milieu_engine::{journeys::read_market::read_market, shipped_knowledge};
/// let kb = shipped_knowledge()?;
/// assert_eq!(read_market(&kb, "JP")?.markets[0].as_str(), "ja-JP");
/// assert!(read_market(&kb, "xx-XX").is_err());
/// # Ok::<(), milieu_engine::EngineError>(())
/// ```
pub fn read_market(kb: &KnowledgeBase, id: &str) -> Result<MarketPage, EngineError> {
    if let Ok(market) = id.parse::<MarketId>() {
        return of_market(kb, &market);
    }
    let territory: TerritoryId = id.parse().map_err(|_| unknown(kb, id))?;
    of_territory(kb, &territory)
}

fn of_market(kb: &KnowledgeBase, id: &MarketId) -> Result<MarketPage, EngineError> {
    let market = kb.market(id).ok_or_else(|| unknown(kb, id.as_str()))?;
    let claims = kb.claims_of(id).collect();
    let markets = vec![id.clone()];
    let mut page = page(id.to_string(), market.territory, markets, claims);
    page.language = Some(market.language);
    Ok(page)
}

fn of_territory(kb: &KnowledgeBase, id: &TerritoryId) -> Result<MarketPage, EngineError> {
    let territory = kb.territories.get(id).cloned();
    let territory = territory.ok_or_else(|| unknown(kb, id.as_str()))?;
    let here = |market: &&MarketId| market.territory() == id;
    let markets: Vec<MarketId> = kb.markets.iter().filter(here).cloned().collect();
    let speaks_of = |claim: &&Claim| {
        let whole = |t: &TerritoryId| t == id || t.as_str() == TerritoryId::WORLD;
        claim.scope.territories.iter().any(whole) || claim.scope.markets.iter().any(|m| here(&m))
    };
    let claims = kb.claims.values().filter(speaks_of).collect();
    Ok(page(id.to_string(), territory, markets, claims))
}

fn page(
    id: String,
    territory: Territory,
    markets: Vec<MarketId>,
    found: Vec<&Claim>,
) -> MarketPage {
    let coverage = Count::of(found.iter().copied());
    let mut claims: BTreeMap<String, Vec<ClaimId>> = BTreeMap::new();
    for claim in found {
        let ids = claims.entry(claim.facet.clone()).or_default();
        ids.push(claim.id.clone());
    }
    MarketPage {
        id,
        territory,
        language: None,
        markets,
        formats: None,
        frameworks: Frameworks::default(),
        calendar: None,
        channels: None,
        claims,
        coverage,
    }
}

/// Says that a market is not known, and which ones are.
pub fn unknown(kb: &KnowledgeBase, id: &str) -> EngineError {
    let known: Vec<&str> = kb.markets.iter().map(MarketId::as_str).collect();
    let shown: String = id.chars().take(40).collect();
    EngineError::new(
        Kind::NotFound,
        "unknown-market",
        format!(
            "nothing is known about \"{shown}\": known markets are {}",
            known.join(", ")
        ),
    )
}
