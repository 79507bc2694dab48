//! `/api/v1/openapi.json`: the routes as a document for programs.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::openapi;

/// Shows this document.
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "show_document", tag = "operation", security(()),
    responses((status = 200, description = "OpenAPI 3.1.", body = serde_json::Value)),
)]
pub(super) async fn show() -> Response {
    let mut response = openapi::json().into_response();
    let kind = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
