//! Decisions over the OpenFeature Remote Evaluation Protocol, version 0.3.
//!
//! What real clients trip over is handled here: see `docs/ofrep.md`.

mod bulk;
mod context;
mod evaluation;
mod single;
mod stream;
mod ticket;

use std::any::Any;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tower_http::catch_panic::CatchPanicLayer;
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
        .layer(CatchPanicLayer::custom(broken))
}

/// Answers a request whose handler panicked: clients read a code, or call it unexpected.
fn broken(_cause: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler of decisions panicked");
    let details = "the server met a state it did not expect; its log has the details";
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "GENERAL", details).into_response()
}

async fn wrong_method(method: Method) -> Refusal {
    let details = format!("{method} is not taken here: evaluate with POST, listen with GET");
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "GENERAL", &details)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_told_in_the_protocols_form() {
        let response = broken(Box::new("a bug"));
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = axum::body::to_bytes(response.into_body(), MOST_BYTES)
            .await
            .unwrap();
        let told: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(
            (&told["key"], &told["errorCode"]),
            (&"".into(), &"GENERAL".into())
        );
        assert!(told["errorDetails"].is_string());
    }
}
