//! `/api/v1/reference`: this API as a page, without a script and without anything from elsewhere.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::reference;

/// The page may have its own style sheet, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// Shows this reference.
#[utoipa::path(
    get, path = "/reference", operation_id = "show_reference", tag = "operation", security(()),
    responses((status = 200, description = "A page for people.", body = String, content_type = "text/html")),
)]
pub(super) async fn page() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, reference::page()).into_response()
}

/// Shows its style sheet.
#[utoipa::path(
    get, path = "/reference/style.css", operation_id = "show_reference_style", tag = "operation",
    security(()),
    responses((status = 200, description = "A style sheet.", body = String, content_type = "text/css")),
)]
pub(super) async fn style() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, reference::STYLE).into_response()
}
