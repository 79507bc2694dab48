//! `/api/v1/audit-trail`: who did what, chained so that edits show.

use axum::Json;
use axum::extract::State;
use milieu_engine::journeys::read_trail::{read_trail, verify_trail};
use milieu_review::TrailEntry;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::address::Query;
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::{Problem, ReadProblems};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// The number after which the page begins; `cursor` is another name for it.
    #[serde(default, alias = "cursor")]
    #[param(required = false)]
    after: u64,
    /// The most entries of the page, 1 to 500; without it, 100.
    limit: Option<u32>,
}

/// An entry, with its time in RFC 3339.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrailEntry)]
pub(super) struct Entry {
    seq: u64,
    at: String,
    actor: String,
    action: String,
    subject: String,
    detail: String,
    previous: String,
    hash: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrailVerified)]
pub(super) struct Verified {
    entries: usize,
    last_hash: String,
}

/// Lists entries, oldest first.
#[utoipa::path(
    get, path = "/audit-trail", operation_id = "list_trail", tag = "operation", params(Asked),
    responses((status = 200, description = "A page of entries, oldest first.", body = Page<Entry>), ReadProblems),
)]
pub(super) async fn list(
    State(app): State<SharedApp>,
    Asker(who): Asker,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<Entry>>, Problem> {
    let limit = asked.limit.unwrap_or(100).clamp(1, 500);
    let entries = read_trail(&app.engine, &who, asked.after, limit).await?;
    let full = usize::try_from(limit).is_ok_and(|limit| entries.len() == limit);
    let next_cursor = entries
        .last()
        .filter(|_| full)
        .map(|entry| entry.seq.to_string());
    Ok(Json(Page {
        items: entries.into_iter().map(told).collect(),
        next_cursor,
    }))
}

fn told(entry: TrailEntry) -> Entry {
    Entry {
        seq: entry.seq,
        at: entry.body.at.to_string(),
        actor: entry.body.actor,
        action: entry.body.action,
        subject: entry.body.subject,
        detail: entry.body.detail,
        previous: entry.previous.to_string(),
        hash: entry.hash.to_string(),
    }
}

/// Checks the whole trail.
#[utoipa::path(
    get, path = "/audit-trail/verification", operation_id = "verify_trail", tag = "operation", 
    responses((status = 200, description = "The trail is whole.", body = Verified), ReadProblems,
        (status = 409, description = "The trail was changed.", body = Problem, content_type = "application/problem+json")),
)]
pub(super) async fn verify(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Verified>, Problem> {
    let (entries, last_hash) = verify_trail(&app.engine, &who).await?;
    Ok(Json(Verified { entries, last_hash }))
}
