//! What is known about a market or a territory, in the one shape that is promised.

use std::collections::BTreeMap;

use milieu_culture::{
    Claim, ClaimId, Count, Date, FirstDay, HourCycle, KnowledgeBase, Language, MarketId,
    Observance, Scope, Territory, TerritoryId, TextDirection,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::read_calendar::{CalendarDay, days_of};
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
    /// How texts and amounts are written, as far as facts say so.
    pub formats: Option<Formats>,
    /// Scores of frameworks, for those who hold a licence.
    pub frameworks: Frameworks,
    /// What is kept within a year from the day asked for; `None` where no pack has a calendar.
    pub calendar: Option<Vec<CalendarDay>>,
    /// Channels; `None` until a pack says so.
    pub channels: Option<serde_json::Value>,
    /// Ids of claims by facet.
    pub claims: BTreeMap<String, Vec<ClaimId>>,
    /// How much is known, and how it was read.
    pub coverage: Count,
}

/// How texts and amounts are written; what is not known is `None`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Formats {
    /// The ISO 4217 code of the currency.
    pub currency: Option<String>,
    /// Which way the language runs; `None` for a territory.
    pub direction: Option<TextDirection>,
    /// The plural categories of its cardinal numbers; `None` for a territory.
    pub plurals: Option<Vec<String>>,
    /// The day weeks begin with.
    pub first_day: Option<FirstDay>,
    /// How hours are counted.
    pub hour_cycle: Option<HourCycle>,
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

/// How many days of the calendar a page tells.
const DAYS_AHEAD: i64 = 365;

/// Reads the page of a market or a territory, with what it keeps in the year from a day.
///
/// # Examples
/// ```
/// use milieu_engine::{journeys::read_market::read_market, shipped_knowledge};
/// let kb = shipped_knowledge()?;
/// let day = "2026-11-25".parse()?;
/// assert_eq!(read_market(&kb, "JP", day)?.markets[0].as_str(), "ja-JP");
/// assert!(read_market(&kb, "xx-XX", day).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_market(kb: &KnowledgeBase, id: &str, day: Date) -> Result<MarketPage, EngineError> {
    if let Ok(market) = id.parse::<MarketId>() {
        return of_market(kb, &market, day);
    }
    let territory: TerritoryId = id.parse().map_err(|_| unknown(kb, id))?;
    of_territory(kb, &territory, day)
}

fn of_market(kb: &KnowledgeBase, id: &MarketId, day: Date) -> Result<MarketPage, EngineError> {
    let market = kb.market(id).ok_or_else(|| unknown(kb, id.as_str()))?;
    let claims = kb.claims_of(id).collect();
    let markets = vec![id.clone()];
    let mut page = page(id.to_string(), market.territory, markets, claims);
    if let Some(formats) = &mut page.formats {
        formats.direction = Some(market.language.direction);
        formats.plurals = Some(market.language.plurals.clone());
    }
    page.language = Some(market.language);
    page.calendar = calendar(kb.observances_of(id).collect(), day);
    Ok(page)
}

fn of_territory(
    kb: &KnowledgeBase,
    id: &TerritoryId,
    day: Date,
) -> Result<MarketPage, EngineError> {
    let territory = kb.territories.get(id).cloned();
    let territory = territory.ok_or_else(|| unknown(kb, id.as_str()))?;
    let here = |market: &&MarketId| market.territory() == id;
    let markets: Vec<MarketId> = kb.markets.iter().filter(here).cloned().collect();
    let speaks_of = |scope: &Scope| {
        let whole = |t: &TerritoryId| t == id || t.as_str() == TerritoryId::WORLD;
        scope.territories.iter().any(whole) || scope.markets.iter().any(|m| here(&m))
    };
    let claims = kb.claims.values();
    let claims = claims.filter(|claim| speaks_of(&claim.scope)).collect();
    let kept = kb.observances.values();
    let kept = kept.filter(|kept| speaks_of(&kept.scope)).collect();
    let mut page = page(id.to_string(), territory, markets, claims);
    page.calendar = calendar(kept, day);
    Ok(page)
}

/// Returns the days of the year to come; `None` where nothing is known to be kept.
fn calendar(kept: Vec<&Observance>, day: Date) -> Option<Vec<CalendarDay>> {
    let last = day.plus_days(DAYS_AHEAD);
    (!kept.is_empty()).then(|| days_of(kept.into_iter(), day, last))
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
    let formats = Formats {
        currency: territory.currency.clone(),
        direction: None,
        plurals: None,
        first_day: territory.first_day,
        hour_cycle: territory.hour_cycle,
    };
    MarketPage {
        id,
        territory,
        language: None,
        markets,
        formats: Some(formats),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shipped_knowledge;

    fn read(id: &str, day: &str) -> MarketPage {
        let kb = shipped_knowledge().unwrap();
        read_market(&kb, id, day.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_page_tells_what_is_kept_in_the_year_to_come() {
        let names = |id: &str, day: &str| -> Vec<String> {
            let days = read(id, day).calendar.unwrap();
            days.iter().map(|day| day.id.to_string()).collect()
        };
        let japan = names("ja-JP", "2026-08-16");
        assert_eq!(japan.first().unwrap(), "jp.calendar.obon");
        assert!(japan.contains(&"jp.calendar.earthquake-2011".to_owned()));
        assert_eq!(names("JP", "2026-08-16"), japan);
        let ramadan = read("ar-SA", "2027-02-07").calendar.unwrap();
        assert_eq!(ramadan[0].id.as_str(), "islamic.calendar.ramadan");
        assert_eq!(ramadan[0].earliest.unwrap().to_string(), "2027-02-07");
    }

    #[test]
    fn what_is_not_known_is_not_given() {
        assert!(read("sr-Latn-RS", "2026-11-25").calendar.is_none());
        assert!(read("ja-JP", "2040-01-01").calendar.unwrap().is_empty());
        let canada = read("fr-CA", "2026-11-25").formats.unwrap();
        assert_eq!(canada.hour_cycle, None);
        assert_eq!(read("es-419", "2026-11-25").formats.unwrap().currency, None);
    }

    #[test]
    fn formats_join_the_facts_of_language_and_territory() {
        let arabic = read("ar-SA", "2026-11-25").formats.unwrap();
        assert_eq!(arabic.currency.as_deref(), Some("SAR"));
        assert_eq!(arabic.direction, Some(TextDirection::Rtl));
        assert_eq!(arabic.plurals.unwrap().len(), 6);
        assert_eq!(arabic.first_day, Some(FirstDay::Sun));
        let territory = read("SA", "2026-11-25").formats.unwrap();
        assert_eq!((territory.direction, territory.plurals), (None, None));
    }
}
