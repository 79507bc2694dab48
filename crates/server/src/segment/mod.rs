//! Events in the form that Segment-style SDKs send them.

mod auth;
mod intake;
mod scalar;
mod shape;
mod wire;

use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::SharedApp;
use shape::Acknowledged;
pub(crate) use shape::EventFailure;

/// The most bytes of a batch, packed or not.
const MOST_BYTES: usize = 500 * 1024;
/// The most bytes of a message, alone or in a batch.
const MOST_BYTES_SINGLE: usize = 32 * 1024;

/// The table of routes and of what the document says about them.
pub(crate) fn table() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(intake::batch))
        .routes(routes!(intake::single))
        .routes(routes!(metrics))
        .routes(routes!(settings))
}

pub(crate) fn routes() -> Router<SharedApp> {
    let (routes, _) = table().split_for_parts();
    routes
        // A short name of the same.
        .route("/v1/b", post(intake::batch))
        .method_not_allowed_fallback(intake::wrong_method)
        .layer(DefaultBodyLimit::max(MOST_BYTES + 1))
        .layer(CatchPanicLayer::custom(intake::broken))
}

/// Takes an SDK's measurements of itself, and drops them.
#[utoipa::path(
    post, path = "/v1/m", operation_id = "send_sdk_metrics", tag = "events", security(()),
    responses((status = 200, description = "They are dropped.", body = Acknowledged)),
)]
async fn metrics() -> Json<Value> {
    Json(json!({"success": true}))
}

/// Tells a browser SDK where to send; it must get the key back that it asked with.
#[utoipa::path(
    get, path = "/v1/projects/{key}/settings", operation_id = "read_sdk_settings", tag = "events", security(()),
    params(("key" = String, Path, description = "The write key.")),
    responses((status = 200, description = "The settings.", body = Value)),
)]
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
