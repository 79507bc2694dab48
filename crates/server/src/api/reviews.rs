//! `/api/v1/reviews`: what waits for local people, and their verdicts.

use axum::Json;
use axum::extract::State;
use milieu_culture::MarketId;
use milieu_engine::EngineError;
use milieu_engine::journeys::review_proposal::{
    Review, ReviewState, Word, give_verdict, list_reviews, show_review,
};
use milieu_record::Digest;
use milieu_review::Choice;
use serde::Deserialize;

use super::JsonBody;
use super::address::{Path, Query};
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::Problem;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Wanted {
    Waiting,
    Decided,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    state: Option<Wanted>,
    market: Option<MarketId>,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// The most reviews of a page.
const PAGE: usize = 100;

/// Lists reviews, oldest first.
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Query(filter): Query<Filter>,
) -> Result<Json<Page<Review>>, Problem> {
    let after: i64 = match &filter.cursor {
        Some(cursor) => cursor
            .parse()
            .map_err(|_| EngineError::invalid("the cursor is not from here"))?,
        None => 0,
    };
    let limit = filter.limit.unwrap_or(PAGE).clamp(1, PAGE);
    let fits = |review: &Review| match filter.state {
        None => true,
        Some(Wanted::Waiting) => review.state == ReviewState::Waiting,
        Some(Wanted::Decided) => review.state != ReviewState::Waiting,
    };
    let reviews = list_reviews(&app.engine, &who, filter.market.as_ref()).await?;
    let mut items: Vec<Review> = reviews
        .into_iter()
        .filter(|review| after < review.id && fits(review))
        .take(limit + 1)
        .collect();
    let more = limit < items.len();
    items.truncate(limit);
    let last = items.last().map(|review| review.id.to_string());
    Ok(Json(Page {
        items,
        next_cursor: last.filter(|_| more),
    }))
}

/// Shows one review.
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(id): Path<i64>,
) -> Result<Json<Review>, Problem> {
    Ok(Json(show_review(&app.engine, &who, id).await?))
}

/// A person's verdict on the content they saw.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    verdict: Choice,
    digest: String,
    #[serde(default)]
    reason: String,
}

/// Takes a verdict.
pub(super) async fn judge(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(id): Path<i64>,
    JsonBody(said): JsonBody<Said>,
) -> Result<Json<Review>, Problem> {
    // What is no digest at all is not the content's digest either.
    let digest = said.digest.parse().unwrap_or(Digest::ZERO);
    let word = Word {
        choice: said.verdict,
        digest,
        reason: said.reason,
    };
    Ok(Json(give_verdict(&app.engine, &who, id, &word).await?))
}
