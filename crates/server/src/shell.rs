//! The dashboard's files, and the headers that keep every answer safe.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_embed::RustEmbed;

use crate::app::SharedApp;
use crate::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Dashboard;

const NONCE: &str = "__CSP_NONCE__";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Milieu</title>\
    <p>This server was built without its dashboard. Run <code>make dashboard</code> and build again.\
    The API answers below <code>/api/v1</code>.</html>";

/// Answers whatever no route takes: a file of the dashboard, else its shell.
pub(crate) async fn page(method: Method, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let reserved = ["api", "ofrep", "v1"].iter().any(|root| {
        path.strip_prefix(root)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    if reserved {
        let detail = format!("there is no route {} {}", method, uri.path());
        return Problem::new(StatusCode::NOT_FOUND, "not-found", detail).into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            "pages are read with GET",
        )
        .into_response();
    }
    if path != "index.html" {
        if let Some(file) = Dashboard::get(path) {
            return asset(path, file.data.into_owned());
        }
        if path.starts_with("assets/") {
            return Problem::new(StatusCode::NOT_FOUND, "not-found", "there is no such file")
                .into_response();
        }
    }
    shell()
}

fn asset(path: &str, bytes: Vec<u8>) -> Response {
    let kind = match path.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    // Names below assets/ carry a hash of their content.
    let keep = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)];
    (headers, Body::from(bytes)).into_response()
}

/// Answers the one page, with a nonce of its own for styles.
fn shell() -> Response {
    let mut random = [0; 18];
    if getrandom::fill(&mut random).is_err() {
        return Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "random",
            "no random numbers",
        )
        .into_response();
    }
    let nonce = STANDARD.encode(random);
    let html = Dashboard::get("index.html").map_or_else(
        || NOT_BUILT.to_owned(),
        |file| String::from_utf8_lossy(&file.data).replace(NONCE, &nonce),
    );
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, html).into_response()
}

/// What no page of ours needs of a browser.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
    encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), \
    microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), \
    screen-wake-lock=(), usb=(), web-share=(), xr-spatial-tracking=()";

/// For how long browsers shall remember to come with TLS only: two years.
const TLS_ONLY: &str = "max-age=63072000";

/// Puts the headers on every answer that make it safe to show anything.
pub(crate) async fn harden(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // Sites of any origin read what decisions and events answer; nobody else's do.
    let open = ["/ofrep/", "/v1/"]
        .iter()
        .any(|root| path.starts_with(root));
    let readers = if open { "cross-origin" } else { "same-origin" };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.reserve(9);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            readers,
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if app.settings.secure_cookies {
        let value = HeaderValue::from_static(TLS_ONLY);
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    response
}
