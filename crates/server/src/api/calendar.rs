//! `/api/v1/calendar`: the days that a market keeps.

use axum::Json;
use axum::extract::State;
use milieu_culture::{Date, MarketId};
use milieu_engine::journeys::read_calendar::{CalendarDay, read_calendar};
use milieu_engine::today;
use serde::Deserialize;
use utoipa::IntoParams;

use super::address::Query;
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems};

/// How far a calendar is told when nobody says how far.
const DAYS_AHEAD: i64 = 365;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// The market.
    market: MarketId,
    /// The first day; without it, today.
    from: Option<Date>,
    /// The last day; without it, a year later. At most five years.
    to: Option<Date>,
}

/// Lists what a market keeps between two days, both included.
#[utoipa::path(
    get, path = "/calendar", operation_id = "read_calendar", tag = "knowledge", params(Asked),
    responses((status = 200, description = "The days, in order.", body = Page<CalendarDay>), ReadProblems),
)]
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<CalendarDay>>, Problem> {
    who.must_read()?;
    let from = asked.from.unwrap_or_else(today);
    let to = asked.to.unwrap_or_else(|| from.plus_days(DAYS_AHEAD));
    let days = read_calendar(app.engine.knowledge(), &asked.market, from, to)?;
    Ok(Json(Page::whole(days)))
}
