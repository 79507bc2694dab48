//! Whether the server lives, is ready, and which one it is.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::SharedApp;
use crate::metrics;

/// The table of routes and of what the document says about them.
pub(crate) fn table() -> OpenApiRouter<SharedApp> {
    OpenApiRouter::new()
        .routes(routes!(live))
        .routes(routes!(ready))
        .routes(routes!(version))
        .routes(routes!(metrics::show))
}

/// What this server is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Version)]
pub(crate) struct Versions {
    /// The program's version.
    version: &'static str,
    /// The version of the knowledge packs.
    packs: String,
    /// How far the learner is behind the events, in events.
    lag: u64,
}

/// The process answers.
#[utoipa::path(
    get, path = "/livez", operation_id = "is_alive", tag = "operation", security(()),
    responses((status = 200, description = "It does.", body = String, content_type = "text/plain")),
)]
pub(crate) async fn live() -> &'static str {
    "ok\n"
}

/// The server takes requests: it can write events and is not about to stop.
#[utoipa::path(
    get, path = "/readyz", operation_id = "is_ready", tag = "operation", security(()),
    responses(
        (status = 200, description = "It is.", body = String, content_type = "text/plain"),
        (status = 503, description = "It is not; the text says why.", body = String, content_type = "text/plain"),
    ),
)]
pub(crate) async fn ready(State(app): State<SharedApp>) -> (StatusCode, &'static str) {
    if app.is_stopping() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if !app.engine.writes_events() {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the event log cannot write: free space, then restart\n",
        )
    } else {
        (StatusCode::OK, "ok\n")
    }
}

/// The program's and the packs' versions.
#[utoipa::path(
    get, path = "/version", operation_id = "show_version", tag = "operation", security(()),
    responses((status = 200, description = "The versions.", body = Versions)),
)]
pub(crate) async fn version(State(app): State<SharedApp>) -> Json<Versions> {
    Json(Versions {
        version: env!("CARGO_PKG_VERSION"),
        packs: app.engine.knowledge().pack_version.clone(),
        lag: app.engine.lag(),
    })
}
