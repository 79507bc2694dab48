//! `POST /ofrep/v1/evaluate/flags/{key}`: one slot.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use milieu_engine::journeys::decide_variant::{NoDecision, decide_variant, resolve};

use super::context::{Request, check_key};
use super::evaluation::{Evaluation, Refusal, Refusals, evaluation, failure};
use crate::app::SharedApp;

/// Evaluates one slot for one visitor.
#[utoipa::path(
    post, path = "/ofrep/v1/evaluate/flags/{*key}", operation_id = "evaluate_slot", tag = "decisions",
    security(("bearer" = []), ("key" = [])),
    params(("key" = String, Path, description = "The slot's key.")),
    request_body = Request,
    responses((status = 200, description = "The slot's answer.", body = Evaluation<'static>), Refusals),
)]
pub(super) async fn evaluate(
    State(app): State<SharedApp>,
    key: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    // An address that is not UTF-8 names no slot either.
    let key = key.map_or_else(|_| String::new(), |Path(key)| key);
    match answer(&app, &key, &headers, body) {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

fn answer(
    app: &SharedApp,
    key: &str,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Vec<u8>, Refusal> {
    let engine = &app.engine;
    let id = check_key(engine, headers).map_err(|refusal| refusal.about(key))?;
    let taken = app.meters.decisions.take(&id, 1);
    taken.map_err(|much| Refusal::from(much).about(key))?;
    let request = Request::read(body).map_err(|refusal| refusal.about(key))?;
    let ask = request.ask();
    let live = engine.live();
    let decisions = &app.metrics.decisions;
    let not_found = || {
        decisions.count_failure(&live, key, &NoDecision::UnknownSlot);
        Refusal::of(
            StatusCode::NOT_FOUND,
            failure(key, &NoDecision::UnknownSlot),
        )
    };
    let slot = key.parse().map_err(|_| not_found())?;
    let place = resolve(&live, &ask).map_err(|error| {
        Refusal::new(StatusCode::BAD_REQUEST, "INVALID_CONTEXT", &error.message).about(key)
    })?;
    let decided = decide_variant(engine, &live, place, &slot, &ask).map_err(|why| match why {
        NoDecision::UnknownSlot => not_found(),
        NoDecision::VisitorMissing => {
            decisions.count_failure(&live, key, &why);
            Refusal::of(StatusCode::BAD_REQUEST, failure(key, &why))
        }
    })?;
    decisions.count(&decided);
    let mut json = Vec::with_capacity(1_024);
    serde_json::to_writer(&mut json, &evaluation(decided, &live)).map_err(|error| {
        Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "GENERAL",
            &error.to_string(),
        )
        .about(key)
    })?;
    Ok(json)
}
