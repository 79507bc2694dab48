//! `/api/v1/claims`: what is said about markets, on what evidence, and how sure it is.

use axum::Json;
use axum::extract::State;
use milieu_culture::{ClaimId, Date, MarketId};
use milieu_engine::journeys::read_claims::{
    ClaimFilter, GradedClaim, PAGE, list_claims, show_claim,
};
use milieu_engine::today;
use serde::Deserialize;

use super::address::{Path, Query};
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::Problem;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    market: Option<MarketId>,
    facet: Option<String>,
    as_of: Option<Date>,
    limit: Option<usize>,
    cursor: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weighed {
    as_of: Option<Date>,
}

/// Lists claims with their grades, in order of id.
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<GradedClaim>>, Problem> {
    who.must_read()?;
    let limit = asked.limit.unwrap_or(PAGE).clamp(1, PAGE);
    let filter = ClaimFilter {
        market: asked.market,
        facet: asked.facet,
        after: asked.cursor.map(ClaimId),
    };
    let day = asked.as_of.unwrap_or_else(today);
    let mut items = list_claims(app.engine.knowledge(), &filter, day, limit + 1)?;
    let more = limit < items.len();
    items.truncate(limit);
    let last = items.last().map(|claim| claim.id.to_string());
    Ok(Json(Page {
        items,
        next_cursor: last.filter(|_| more),
    }))
}

/// Shows one claim with its grade and sources.
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(id): Path<String>,
    Query(asked): Query<Weighed>,
) -> Result<Json<GradedClaim>, Problem> {
    who.must_read()?;
    let day = asked.as_of.unwrap_or_else(today);
    let claim = show_claim(app.engine.knowledge(), &ClaimId(id), day)?;
    Ok(Json(claim))
}
