//! `POST /v1/batch` and the single routes.

use std::any::Any;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use milieu_engine::journeys::record_events::{
    Incoming, Recorded, Rejection, Strictness, record_events,
};
use milieu_engine::now;
use serde::Deserialize;
use serde_json::json;

use super::shape::{Acknowledged, Kind, Refusals, SentBatch, SentMessage, StrictMode};
use super::wire::{Batch, Envelope, LooseBatch, Message, is_too_large, read_one};
use super::{MOST_BYTES, MOST_BYTES_SINGLE, auth};
use crate::app::SharedApp;
use crate::body::{BadBody, Object, too_large, unpack};
use crate::limits::TooMuch;
use crate::problem::status_of;

/// The most messages of a batch.
const MOST_MESSAGES: usize = 2_500;

/// An error in the form that Segment-style clients read.
#[derive(Debug)]
struct Refused {
    status: StatusCode,
    code: &'static str,
    message: String,
    retry_after: Option<i64>,
}

impl Refused {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            // A log that cannot take more now can in a moment.
            retry_after: (status == StatusCode::SERVICE_UNAVAILABLE).then_some(1),
        }
    }
}

impl From<BadBody> for Refused {
    fn from(bad: BadBody) -> Self {
        Self::new(bad.status, "bad_body", bad.message)
    }
}

impl From<TooMuch> for Refused {
    fn from(TooMuch(seconds): TooMuch) -> Self {
        let message = format!("too much at once: try again in {seconds} seconds");
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_much", message)
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = Json(json!({"success": false, "code": self.code, "message": self.message}));
        let mut response = (self.status, body).into_response();
        if let Some(seconds) = self.retry_after {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Takes messages that were sent together.
#[utoipa::path(
    post, path = "/v1/batch", operation_id = "send_batch", tag = "events",
    security(("write_key" = []), ("bearer" = []), ()),
    params(StrictMode),
    request_body(content = SentBatch, description = "At most 500 KiB, packed with gzip or not, and 2,500 messages of 32 KiB."),
    responses((status = 200, description = "What could be kept is durable.", body = Acknowledged), Refusals),
)]
pub(super) async fn batch(
    State(app): State<SharedApp>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let answer = async {
        let body = read_body(&headers, body, MOST_BYTES)?;
        let Some(batch) = well_formed(&body) else {
            return loose_batch(&app, &headers, &body).await;
        };
        let (batch, envelope) = batch.split();
        check_size(batch.len())?;
        let messages: Vec<_> = batch
            .iter()
            .map(|Object(message)| Ok(message.incoming(None, &envelope)))
            .collect();
        record(&app, &headers, &envelope, &messages).await
    };
    answer.await.unwrap_or_else(IntoResponse::into_response)
}

/// Takes one message; its type stands in the path.
#[utoipa::path(
    post, path = "/v1/{kind}", operation_id = "send_message", tag = "events",
    security(("write_key" = []), ("bearer" = []), ()),
    params(("kind" = inline(Kind), Path, description = "The message's type, or its first letter."), StrictMode),
    request_body(content = SentMessage, description = "At most 32 KiB."),
    responses((status = 200, description = "It is durable, or told why not.", body = Acknowledged), Refusals),
)]
pub(super) async fn single(
    State(app): State<SharedApp>,
    kind: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let Some(kind) = kind.ok().and_then(|Path(kind)| full_name(&kind)) else {
        let message = "unknown type: use track, page, screen, identify, group, alias or batch";
        return Refused::new(StatusCode::NOT_FOUND, "not_found", message).into_response();
    };
    let answer = async {
        let body = read_body(&headers, body, MOST_BYTES_SINGLE)?;
        let message: Message<'_> = object(&body)?;
        let envelope: Envelope<'_> = object(&body)?;
        record(
            &app,
            &headers,
            &envelope,
            &[Ok(message.incoming(Some(kind), &envelope))],
        )
        .await
    };
    answer.await.unwrap_or_else(IntoResponse::into_response)
}

fn full_name(kind: &str) -> Option<&'static str> {
    match kind {
        "track" | "t" => Some("track"),
        "page" | "p" => Some("page"),
        "screen" | "s" => Some("screen"),
        "identify" | "i" => Some("identify"),
        "group" | "g" => Some("group"),
        "alias" | "a" => Some("alias"),
        _ => None,
    }
}

fn read_body(
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
    most: usize,
) -> Result<Bytes, Refused> {
    let body = body.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refused::from(too_large(most)),
        status => Refused::new(status, "bad_body", error.body_text()),
    })?;
    Ok(unpack(headers, body, most)?)
}

/// Reads a batch in one go; `None` when any message is of the wrong shape or too large.
fn well_formed(body: &[u8]) -> Option<Batch<'_>> {
    if MOST_BYTES_SINGLE < body.len() {
        let Object(loose): Object<LooseBatch<'_>> = serde_json::from_slice(body).ok()?;
        if loose.batch.iter().any(|raw| is_too_large(raw)) {
            return None;
        }
    }
    serde_json::from_slice(body).map(|Object(batch)| batch).ok()
}

/// Reads message by message, so that one of the wrong shape does not stop the others.
async fn loose_batch(
    app: &SharedApp,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response, Refused> {
    let loose: LooseBatch<'_> = object(body)?;
    let envelope: Envelope<'_> = object(body)?;
    check_size(loose.batch.len())?;
    let read: Vec<Result<Message<'_>, Rejection>> =
        loose.batch.iter().map(|raw| read_one(raw)).collect();
    let messages: Vec<Result<Incoming<'_>, Rejection>> = read
        .iter()
        .map(|message| match message {
            Ok(message) => Ok(message.incoming(None, &envelope)),
            Err(rejection) => Err(*rejection),
        })
        .collect();
    record(app, headers, &envelope, &messages).await
}

fn object<'b, T: Deserialize<'b>>(body: &'b [u8]) -> Result<T, Refused> {
    serde_json::from_slice(body)
        .map(|Object(read)| read)
        .map_err(|error| bad_json(&error))
}

fn check_size(messages: usize) -> Result<(), Refused> {
    if messages <= MOST_MESSAGES {
        return Ok(());
    }
    let message = format!("{messages} messages in one batch: send at most {MOST_MESSAGES}");
    Err(Refused::new(
        StatusCode::BAD_REQUEST,
        "batch_too_long",
        message,
    ))
}

fn bad_json(error: &serde_json::Error) -> Refused {
    Refused::new(
        StatusCode::BAD_REQUEST,
        "invalid_json",
        format!("the body is not what is expected: {error}"),
    )
}

async fn record(
    app: &SharedApp,
    headers: &HeaderMap,
    envelope: &Envelope<'_>,
    messages: &[Result<Incoming<'_>, Rejection>],
) -> Result<Response, Refused> {
    let in_body = envelope.write_key.as_ref().map(|key| key.0.as_ref());
    let in_body = in_body.filter(|key| !key.is_empty());
    let id = auth::check(&app.engine, headers, in_body)
        .map_err(|message| Refused::new(StatusCode::UNAUTHORIZED, "unauthorized", message))?;
    app.meters.events.take(&id, messages.len().max(1))?;
    let strict = headers
        .get("x-strict-mode")
        .is_some_and(|value| value == "1");
    let strictness = if strict {
        Strictness::AllOrNothing
    } else {
        Strictness::KeepTheRest
    };
    let recorded = record_events(&app.engine, now(), messages, strictness)
        .await
        .map_err(|error| Refused::new(status_of(error.kind), error.code, error.message))?;
    Ok(acknowledge(&recorded, strict))
}

fn acknowledge(recorded: &Recorded, strict: bool) -> Response {
    if recorded.rejected.is_empty() {
        return (
            [(header::CONTENT_TYPE, "application/json")],
            "{\"success\":true}",
        )
            .into_response();
    }
    let rejected: Vec<_> = recorded
        .rejected
        .iter()
        .map(|(index, why)| json!({"index": index, "code": why, "message": why.to_string()}))
        .collect();
    if !strict {
        return Json(json!({"success": true, "rejected": rejected})).into_response();
    }
    let message = "nothing of this batch was kept: strict mode is on";
    let body =
        json!({"success": false, "rejected": rejected, "code": "rejected", "message": message});
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

/// Answers a request whose handler panicked: clients read these fields, and send again.
pub(super) fn broken(_cause: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler of events panicked");
    let message = "the server met a state it did not expect: send again";
    Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message).into_response()
}

/// Tells that events are sent with POST.
pub(super) async fn wrong_method(method: Method) -> Response {
    let message = format!("{method} is not taken here: send events with POST");
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, "method", message).into_response()
}
