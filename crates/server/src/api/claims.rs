//! `/api/v1/claims`: what is said about markets, on what evidence, and how sure it is.

use axum::Json;
use axum::extract::State;
use milieu_culture::{ClaimId, Date, MarketId};
use milieu_engine::journeys::read_claims::{
    ClaimFilter, GradedClaim, PAGE, list_claims, show_claim,
};
use milieu_engine::today;
use serde::Deserialize;
use utoipa::IntoParams;

use super::address::{Path, Query};
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// Only claims that cover this market.
    market: Option<MarketId>,
    /// Only claims of one facet, as colour.
    facet: Option<String>,
    /// The day on which claims are weighed; without it, today.
    as_of: Option<Date>,
    /// The most claims of the page, 1 to 100; without it, 100.
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Weighed {
    /// The day on which the claim is weighed; without it, today.
    as_of: Option<Date>,
}

/// Lists claims with their grades, in order of id.
#[utoipa::path(
    get, path = "/claims", operation_id = "list_claims", tag = "knowledge", params(Asked),
    responses((status = 200, description = "A page of claims, in order of id.", body = Page<GradedClaim>), ReadProblems),
)]
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
#[utoipa::path(
    get, path = "/claims/{id}", operation_id = "show_claim", tag = "knowledge", params(("id" = String, Path, description = "The claim's id."), Weighed),
    responses((status = 200, description = "The claim.", body = GradedClaim), ReadProblems),
)]
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
