//! Events in the form that Segment-style SDKs send them.

mod auth;
mod intake;
mod scalar;
mod wire;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::SharedApp;

/// The most bytes of a batch, packed or not.
const MOST_BYTES: usize = 500 * 1024;
/// The most bytes of a message, alone or in a batch.
const MOST_BYTES_SINGLE: usize = 32 * 1024;

pub(crate) fn routes() -> Router<SharedApp> {
    Router::new()
        .route("/v1/batch", post(intake::batch))
        .route("/v1/b", post(intake::batch))
        .route("/v1/m", post(metrics))
        .route("/v1/{kind}", post(intake::single))
        .route("/v1/projects/{key}/settings", get(settings))
        .method_not_allowed_fallback(intake::wrong_method)
        .layer(DefaultBodyLimit::max(MOST_BYTES + 1))
        .layer(CatchPanicLayer::custom(intake::broken))
}

/// Takes an SDK's measurements of itself, and drops them.
async fn metrics() -> Json<Value> {
    Json(json!({"success": true}))
}

/// Tells a browser SDK where to send; it must get the key back that it asked with.
async fn settings(axum::extract::Path(key): axum::extract::Path<String>) -> Json<Value> {
    Json(json!({
        "integrations": {"Segment.io": {"apiKey": key, "unbundledIntegrations": [], "addBundledMetadata": true}},
        "plan": {"track": {"__default": {"enabled": true, "integrations": {}}}},
        "metrics": {"sampleRate": 0},
        "edgeFunction": {},
        "analyticsNextEnabled": true,
        "middlewareSettings": {},
        "enabledMiddleware": {},
    }))
}
