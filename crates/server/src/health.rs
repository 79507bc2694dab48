//! Whether the server lives, is ready, and which one it is.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::app::SharedApp;

/// The process answers.
pub(crate) async fn live() -> &'static str {
    "ok\n"
}

/// The server takes requests: it can write events and is not about to stop.
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
pub(crate) async fn version(State(app): State<SharedApp>) -> Json<Value> {
    let packs = &app.engine.knowledge().pack_version;
    Json(json!({"version": env!("CARGO_PKG_VERSION"), "packs": packs, "lag": app.engine.lag()}))
}
