//! `POST /ofrep/v1/evaluate/flags`: all slots of a visitor, with an `ETag`.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use milieu_engine::journeys::decide_variant::{Ask, decide_variant, resolve};
use milieu_engine::now;
use serde::Serialize;
use utoipa::ToSchema;

use super::context::{Request, check_key};
use super::evaluation::{Evaluation, Refusal, Refusals, evaluation, failure};
use super::ticket;
use crate::app::SharedApp;

/// All slots of a visitor, and a stream that tells when to ask again.
#[derive(ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BulkEvaluation)]
#[expect(dead_code, reason = "it is written part by part, see `answer`")]
struct Whole {
    flags: Vec<Evaluation<'static>>,
    event_streams: Vec<Stream>,
}

#[derive(Serialize)]
struct Bulk<'l> {
    flags: Vec<Evaluation<'l>>,
}

/// A server-sent stream that tells when to ask again.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EventStream)]
struct Stream {
    #[serde(rename = "type")]
    kind: &'static str,
    endpoint: Endpoint,
    inactivity_delay_sec: u32,
}

/// Where the stream is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EventStreamEndpoint)]
struct Endpoint {
    request_uri: String,
}

/// Evaluates every slot for one visitor.
#[utoipa::path(
    post, path = "/ofrep/v1/evaluate/flags", operation_id = "evaluate_slots", tag = "decisions",
    security(("bearer" = []), ("key" = [])),
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of the last answer.")),
    request_body = Request,
    responses(
        (status = 200, description = "The answers.", body = Whole,
            headers(("ETag" = String, description = "Changes when any answer does."))),
        (status = 304, description = "Nothing changed since the ETag."),
        Refusals,
    ),
)]
pub(super) async fn evaluate(
    State(app): State<SharedApp>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    answer(&app, &headers, body).unwrap_or_else(IntoResponse::into_response)
}

fn answer(
    app: &SharedApp,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let engine = &app.engine;
    let id = check_key(engine, headers)?;
    // Who has no tag yet has no answer either, and nothing to show.
    let meter = if headers.contains_key(header::IF_NONE_MATCH) {
        &app.meters.decisions
    } else {
        &app.meters.first_bulks
    };
    meter.take(&id, 1)?;
    let request = Request::read(body)?;
    let ask = request.ask();
    let live = engine.live();
    let place = resolve(&live, &ask).map_err(|error| {
        Refusal::new(StatusCode::BAD_REQUEST, "INVALID_CONTEXT", &error.message)
    })?;
    let mut slots: Vec<_> = live
        .catalogue
        .slots
        .keys()
        .filter(|slot| request.wants(slot))
        .collect();
    slots.sort();
    let flag =
        |slot: &milieu_record::SlotKey| match decide_variant(engine, &live, place, slot, &ask) {
            Ok(decided) => {
                app.metrics.decisions.count(&decided);
                evaluation(decided, &live)
            }
            Err(why) => {
                let decisions = &app.metrics.decisions;
                decisions.count_failure(&live, slot.as_str(), &why);
                Evaluation::Failed(failure(slot.as_str(), &why))
            }
        };
    // `decide_variant` borrows the slot's key only while it looks it up.
    let flags: Vec<Evaluation<'_>> = slots.into_iter().map(flag).collect();
    let broken = |error: serde_json::Error| {
        Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "GENERAL",
            &error.to_string(),
        )
    };
    let mut json = serde_json::to_vec(&Bulk { flags }).map_err(broken)?;
    let etag = etag(&ask, live.catalogue.version, &json);
    if asks_for(headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    // The ticket differs with every answer: it stands outside what the tag covers.
    json.pop();
    json.extend_from_slice(b",\"eventStreams\":");
    serde_json::to_writer(&mut json, &[stream(app)]).map_err(broken)?;
    json.push(b'}');
    Ok((
        [
            (header::CONTENT_TYPE, "application/json".to_owned()),
            (header::ETAG, etag),
        ],
        json,
    )
        .into_response())
}

fn stream(app: &SharedApp) -> Stream {
    let ticket = ticket::issue(app.engine.ticket_key(), now());
    Stream {
        kind: "sse",
        endpoint: Endpoint {
            request_uri: format!("/ofrep/v1/stream?ticket={ticket}"),
        },
        inactivity_delay_sec: 120,
    }
}

/// Hashes content version, the context that was used, and every outcome.
///
/// A tag that left the context out would tell a visitor who went from Japan to Germany
/// that nothing changed, and leave them with Japanese content.
fn etag(ask: &Ask<'_>, version: u64, outcomes: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&version.to_be_bytes());
    let context = &ask.context;
    for field in [
        ask.targeting_key,
        context.market,
        context.country,
        context.locale,
    ] {
        let text = field.unwrap_or_default();
        hasher.update(&text.len().to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(outcomes);
    let hash = hasher.finalize().to_hex();
    format!("\"{}\"", hash.get(..32).unwrap_or_default())
}

fn asks_for(headers: &HeaderMap, etag: &str) -> bool {
    let given = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    given
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == etag)
}
