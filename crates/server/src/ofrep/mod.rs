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
use axum::routing::post;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::SharedApp;
use evaluation::Refusal;

/// The most bytes of an evaluation request.
const MOST_BYTES: usize = 64 * 1024;

/// The table of routes and of what the document says about them.
pub(crate) fn table() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(bulk::evaluate))
        .routes(routes!(single::evaluate))
        .routes(routes!(stream::listen))
}

pub(crate) fn routes() -> Router<SharedApp> {
    let (routes, _) = table().split_for_parts();
    routes
        // Some clients add a slash; it is no other route.
        .route("/ofrep/v1/evaluate/flags/", post(bulk::evaluate))
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

async fn wrong_method(method: Method) -> Refusal {
    let details = format!("{method} is not taken here: evaluate with POST, listen with GET");
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "GENERAL", &details)
}
