//! Write keys: in a header, in the body, or both and the same.

use axum::http::HeaderMap;
use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use milieu_engine::journeys::manage_keys::key_holder;
use milieu_engine::{Engine, KeyKind, Principal};

use crate::auth::bearer;

/// Checks who sends events and returns the key's id; an error says what is wrong.
pub(super) fn check(
    engine: &Engine,
    headers: &HeaderMap,
    in_body: Option<&str>,
) -> Result<String, &'static str> {
    let in_header = basic(headers).or_else(|| bearer(headers).map(str::to_owned));
    let key = match (in_header.as_deref(), in_body) {
        (Some(header), Some(body)) if header != body => {
            return Err("the write keys of header and body differ");
        }
        (Some(key), _) | (None, Some(key)) => key,
        (None, None) => return Err("send the write key as Basic user name or as writeKey"),
    };
    match key_holder(engine, key) {
        Some(Principal::Key(id, KeyKind::Write | KeyKind::Server)) => Ok(id),
        Some(Principal::Key(_, KeyKind::Public)) => {
            Err("a public key asks for decisions: send events with a write key")
        }
        Some(Principal::Person(_) | Principal::Operator) | None => {
            Err("this write key is not valid here")
        }
    }
}

/// Reads the user name of basic authentication: the key, with an empty password.
fn basic(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, rest) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
    let key = decoded
        .split_once(':')
        .map_or(decoded.as_str(), |(user, _)| user);
    (!key.is_empty()).then(|| key.to_owned())
}
