//! Decisions over the OpenFeature Remote Evaluation Protocol, version 0.3.
//!
//! What real clients trip over is handled here: see `docs/ofrep.md`.

mod bulk;
mod context;
mod evaluation;
mod single;
mod stream;
mod ticket;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode};
use axum::routing::{get, post};

use crate::app::SharedApp;
use evaluation::Refusal;

/// The most bytes of an evaluation request.
const MOST_BYTES: usize = 64 * 1024;

pub(crate) fn routes(_: &SharedApp) -> Router<SharedApp> {
    Router::new()
        .route("/ofrep/v1/evaluate/flags", post(bulk::evaluate))
        .route("/ofrep/v1/evaluate/flags/", post(bulk::evaluate))
        .route("/ofrep/v1/evaluate/flags/{*key}", post(single::evaluate))
        .route("/ofrep/v1/stream", get(stream::listen))
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

async fn wrong_method(method: Method) -> Refusal {
    let details = format!("{method} is not taken here: evaluate with POST, listen with GET");
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "GENERAL", &details)
}
