//! The days that a market keeps within a span.

use milieu_culture::{ClaimId, Date, KnowledgeBase, MarketId, Observance, Occurrence, Tone};
use serde::Serialize;
use utoipa::ToSchema;

use super::read_market::unknown;
use crate::EngineError;

/// The longest span that is looked through: calendars are written for a few years.
const LONGEST: i32 = 1_830;

/// An observance with one of its occurrences.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CalendarDay {
    /// The observance.
    pub id: ClaimId,
    /// Its name in English.
    pub name: String,
    /// What it asks of content.
    pub tone: Tone,
    /// The first day as computed or decreed.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The earliest day on which it may begin; `None` when it is certain.
    pub earliest: Option<Date>,
    /// The latest day on which it may end; `None` when it is certain.
    pub latest: Option<Date>,
    /// How the days were found, and how uncertain they are.
    pub basis: String,
    /// What it means for content.
    pub statement: String,
}

/// Lists what a market keeps between two days, both included, in order of day.
pub fn read_calendar(
    kb: &KnowledgeBase,
    market: &MarketId,
    first: Date,
    last: Date,
) -> Result<Vec<CalendarDay>, EngineError> {
    if kb.market(market).is_none() {
        return Err(unknown(kb, market.as_str()));
    }
    if last < first {
        let message = format!("{last} is before {first}: from is the first day, to the last");
        return Err(EngineError::invalid(message));
    }
    let days = first.civil().until(last.civil());
    if days.is_ok_and(|span| LONGEST < span.get_days()) {
        let message = format!("{first} to {last} is too long: ask for at most five years");
        return Err(EngineError::invalid(message));
    }
    Ok(days_of(kb.observances_of(market), first, last))
}

/// Lists the occurrences of observances that may touch a span, in order of day.
pub(super) fn days_of<'kb>(
    kept: impl Iterator<Item = &'kb Observance>,
    first: Date,
    last: Date,
) -> Vec<CalendarDay> {
    let mut days: Vec<CalendarDay> = kept
        .flat_map(|observance| {
            let dates = observance.occurrences_in(first, last);
            dates.map(|dates| day(observance, dates))
        })
        .collect();
    days.sort_by(|a, b| (a.from, &a.id).cmp(&(b.from, &b.id)));
    days
}

fn day(observance: &Observance, dates: &Occurrence) -> CalendarDay {
    CalendarDay {
        id: observance.id.clone(),
        name: observance.name.clone(),
        tone: observance.tone,
        from: dates.from,
        to: dates.to,
        earliest: dates.earliest,
        latest: dates.latest,
        basis: dates.basis.clone(),
        statement: observance.statement.clone(),
    }
}
