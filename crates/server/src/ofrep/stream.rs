//! `GET /ofrep/v1/stream?ticket=…`: tells clients when to ask again.
//!
//! A change of content, approval or quiet mode is told; a change of weights is not:
//! it would flip pages under their readers.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use milieu_engine::now;
use milieu_record::Instant;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, watch};
use utoipa::IntoParams;

use super::ticket;
use crate::api::address::Query;
use crate::app::SharedApp;
use crate::problem::{Problem, ReadProblems};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// A ticket of the last evaluation of all slots.
    #[serde(default)]
    #[param(required = true)]
    ticket: String,
}

struct Listener {
    changes: watch::Receiver<u64>,
    told: Option<u64>,
    _place: OwnedSemaphorePermit,
}

/// Opens a stream for whoever has a ticket.
#[utoipa::path(
    get, path = "/ofrep/v1/stream", operation_id = "listen", tag = "decisions", security(()),
    params(Asked, ("Last-Event-ID" = Option<String>, Header, description = "The last event that was seen.")),
    responses(
        (status = 200, description = "Server-sent events.", body = String, content_type = "text/event-stream"),
        ReadProblems,
    ),
)]
pub(super) async fn listen(
    State(app): State<SharedApp>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    if !ticket::is_valid(app.engine.ticket_key(), &asked.ticket, now()) {
        let detail = "the ticket has ended or is not from here: evaluate again to get a new one";
        return Problem::new(StatusCode::UNAUTHORIZED, "ticket", detail).into_response();
    }
    let Ok(place) = std::sync::Arc::clone(&app.streams).try_acquire_owned() else {
        let detail = "too many streams are open";
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail)
            .retry_after(30)
            .into_response();
    };
    let last = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok()?.parse().ok());
    let changes = app.engine.changes();
    let seen = last.unwrap_or(*changes.borrow());
    let listener = Listener {
        changes,
        told: Some(seen),
        _place: place,
    };
    let until_stopping = Box::pin(app.until_stopping());
    let events = stream::unfold(
        (listener, until_stopping),
        |(mut listener, mut stopping)| async {
            let version = tokio::select! {
                () = &mut stopping => None,
                version = listener.next() => version,
            }?;
            Some((Ok::<_, Infallible>(refetch(version)), (listener, stopping)))
        },
    );
    let heartbeat = KeepAlive::new()
        .interval(Duration::from_secs(25))
        .text("still here");
    Sse::new(events).keep_alive(heartbeat).into_response()
}

impl Listener {
    /// Waits for a version that was not told yet.
    async fn next(&mut self) -> Option<u64> {
        loop {
            let version = *self.changes.borrow_and_update();
            if self.told != Some(version) {
                self.told = Some(version);
                return Some(version);
            }
            self.changes.changed().await.ok()?;
        }
    }
}

fn refetch(version: u64) -> Event {
    let data = json!({
        "type": "refetchEvaluation",
        "etag": version.to_string(),
        "lastModified": now().micros() / Instant::SECOND,
    });
    Event::default()
        .id(version.to_string())
        .event("message")
        .data(data.to_string())
}
