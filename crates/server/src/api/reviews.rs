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
use utoipa::{IntoParams, ToSchema};

use super::JsonBody;
use super::address::{Path, Query};
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems, WriteProblems};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = WantedReviews)]
enum Wanted {
    /// Those that wait.
    Waiting,
    /// All others.
    Decided,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Only those that wait, or only the others.
    #[param(inline)]
    state: Option<Wanted>,
    /// Only those of one market.
    market: Option<MarketId>,
    /// The most reviews of the page, 1 to 100; without it, 100.
    limit: Option<usize>,
    /// The `next_cursor` of the page before.
    #[param(pattern = "^-?[0-9]{1,18}$")]
    cursor: Option<String>,
}

/// The most reviews of a page.
const PAGE: usize = 100;

/// Lists reviews, oldest first.
#[utoipa::path(
    get, path = "/reviews", operation_id = "list_reviews", tag = "review", params(Filter),
    responses((status = 200, description = "A page of reviews, oldest first.", body = Page<Review>), ReadProblems),
)]
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
#[utoipa::path(
    get, path = "/reviews/{id}", operation_id = "show_review", tag = "review", params(("id" = i64, Path, description = "The review's number.")),
    responses((status = 200, description = "The review.", body = Review), ReadProblems),
)]
pub(super) async fn show(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Path(id): Path<i64>,
) -> Result<Json<Review>, Problem> {
    Ok(Json(show_review(&app.engine, &who, id).await?))
}

/// A person's verdict on the content they saw.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WantedVerdict)]
pub(super) struct Said {
    /// What.
    verdict: Choice,
    /// On which content: the digest of the review that the person saw.
    digest: String,
    /// Why; required unless it is an approval.
    #[schema(max_length = 2000)]
    #[serde(default)]
    reason: String,
}

/// Takes a verdict.
#[utoipa::path(
    post, path = "/reviews/{id}/verdicts", operation_id = "give_verdict", tag = "review", params(("id" = i64, Path, description = "The review's number.")), request_body = Said,
    responses((status = 200, description = "The review after the verdict.", body = Review), WriteProblems),
)]
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
