//! `/api/v1/audit-trail`: who did what, chained so that edits show.

use axum::Json;
use axum::extract::State;
use milieu_engine::journeys::read_trail::{read_trail, verify_trail};
use milieu_review::TrailEntry;
use serde::{Deserialize, Serialize};

use super::address::Query;
use super::paging::Page;
use crate::app::SharedApp;
use crate::auth::Asker;
use crate::problem::Problem;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    #[serde(default, alias = "cursor")]
    after: u64,
    limit: Option<u32>,
}

/// An entry, with its time in RFC 3339.
#[derive(Debug, Serialize)]
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

#[derive(Debug, Serialize)]
pub(super) struct Verified {
    entries: usize,
    last_hash: String,
}

/// Lists entries, oldest first.
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
pub(super) async fn verify(
    State(app): State<SharedApp>,
    Asker(who): Asker,
) -> Result<Json<Verified>, Problem> {
    let (entries, last_hash) = verify_trail(&app.engine, &who).await?;
    Ok(Json(Verified { entries, last_hash }))
}
