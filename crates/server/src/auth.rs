//! Who asks: a session, a key, or the operator of the folder in the same process.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use milieu_engine::Principal;
use milieu_engine::journeys::{log_in, manage_keys};

use crate::app::{App, SharedApp};
use crate::problem::Problem;

/// Marks a request that the command line makes in the process that holds the folder.
///
/// It is a request extension: nothing that comes over the network can set it.
#[derive(Debug, Clone, Copy)]
pub struct LocalOperator;

/// The cookie that holds a session's secret.
pub(crate) const COOKIE: &str = "milieu_session";

/// Whoever asks, known by name.
pub(crate) struct Asker(pub(crate) Principal);

/// The secret of the session that asks.
pub(crate) struct SessionSecret(pub(crate) String);

impl FromRequestParts<SharedApp> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Problem> {
        if let Some(session) = session_secret(&parts.headers) {
            return match log_in::session_holder(&app.engine, &session).await? {
                Some(principal) => {
                    app.meters.api.take(&session, 1)?;
                    Ok(Self(principal))
                }
                None => Err(unauthorized("the session has ended: log in again")),
            };
        }
        if parts.extensions.get::<LocalOperator>().is_some() {
            return Ok(Self(Principal::Operator));
        }
        match key(&parts.headers) {
            Some(key) => {
                let holder = manage_keys::key_holder(&app.engine, key);
                let holder = holder.ok_or_else(|| unauthorized("this key is not valid here"))?;
                app.meters.api.take(holder.name(), 1)?;
                Ok(Self(holder))
            }
            None => Err(unauthorized(
                "log in, or send a key as Authorization: Bearer",
            )),
        }
    }
}

impl FromRequestParts<SharedApp> for SessionSecret {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &SharedApp) -> Result<Self, Problem> {
        session_secret(&parts.headers)
            .map(Self)
            .ok_or_else(|| unauthorized("nobody is logged in"))
    }
}

fn unauthorized(detail: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
}

/// Returns a key from `Authorization: Bearer` or `X-API-Key`.
pub(crate) fn key(headers: &HeaderMap) -> Option<&str> {
    bearer(headers)
        .or_else(|| headers.get("x-api-key")?.to_str().ok())
        .map(str::trim)
}

pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(rest)
}

fn session_secret(headers: &HeaderMap) -> Option<String> {
    let is_session = |text: &&str| text.starts_with("mil_session_");
    if let Some(secret) = bearer(headers).filter(is_session) {
        return Some(secret.to_owned());
    }
    cookie(headers).map(str::to_owned)
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let mut cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'));
    cookies.find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Refuses what another site makes a logged-in browser send.
///
/// Cookies are `SameSite=Lax` already; this also holds for browsers that ignore it.
pub(crate) async fn refuse_cross_site(
    State(_): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    if request.method().is_safe() || cookie(headers).is_none() || is_same_site(headers) {
        return next.run(request).await;
    }
    let detail = "this request came from another site: open the dashboard itself";
    Problem::new(StatusCode::FORBIDDEN, "cross-site", detail).into_response()
}

fn is_same_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
        (None, _) => true,
    }
}
