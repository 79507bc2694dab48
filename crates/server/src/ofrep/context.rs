//! The evaluation context: what is read of it, and what is refused.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use milieu_decide::Context;
use milieu_engine::journeys::decide_variant::Ask;
use milieu_engine::journeys::manage_keys::key_holder;
use milieu_engine::{Engine, KeyKind, Principal, now};
use milieu_record::SlotKey;
use serde::Deserialize;
use utoipa::ToSchema;

use super::evaluation::Refusal;
use crate::auth;
use crate::body::Object;

/// A request's body. Anything else in the context is accepted and not looked at.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = EvaluationRequest)]
pub(super) struct Request {
    /// Whom the decision is for, and where.
    #[serde(default)]
    #[schema(value_type = Option<Wire>)]
    context: Option<Object<Wire>>,
}

/// An evaluation context.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EvaluationContext)]
struct Wire {
    /// The visitor; hashed before it goes any further.
    targeting_key: Option<String>,
    /// The market, as ja-JP; one that the workspace does not serve is refused.
    market: Option<String>,
    /// The visitor's country, as JP.
    country: Option<String>,
    /// The visitor's locale, as ja-JP.
    locale: Option<String>,
    /// Which slots are wanted; without it, all.
    #[schema(value_type = Option<Ours>)]
    milieu: Option<Object<Ours>>,
}

/// What only Milieu understands.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = EvaluationWishes)]
struct Ours {
    slots: Option<Vec<SlotKey>>,
}

impl Request {
    /// Reads a body; an empty one is a context without anything.
    pub(super) fn read(body: Result<Bytes, BytesRejection>) -> Result<Self, Refusal> {
        let body = body.map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "GENERAL",
                "the body is larger than 64 KiB",
            ),
            _ => Refusal::new(
                StatusCode::BAD_REQUEST,
                "PARSE_ERROR",
                "the body could not be read",
            ),
        })?;
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self::default());
        }
        let read = serde_json::from_slice(&body).map(|Object(request)| request);
        read.map_err(|error: serde_json::Error| {
            let code = if error.is_data() {
                "INVALID_CONTEXT"
            } else {
                "PARSE_ERROR"
            };
            Refusal::new(StatusCode::BAD_REQUEST, code, &error.to_string())
        })
    }

    /// Returns what is asked, now.
    pub(super) fn ask(&self) -> Ask<'_> {
        let given = |field: fn(&Wire) -> &Option<String>| {
            let text = self
                .context
                .as_ref()
                .and_then(|Object(wire)| field(wire).as_deref())?;
            (!text.is_empty()).then_some(text)
        };
        Ask {
            context: Context {
                market: given(|wire| &wire.market),
                country: given(|wire| &wire.country),
                locale: given(|wire| &wire.locale),
            },
            targeting_key: given(|wire| &wire.targeting_key),
            now: now(),
        }
    }

    /// Tells whether a slot is among those asked for; without a list all are.
    pub(super) fn wants(&self, slot: &SlotKey) -> bool {
        let wire = self.context.as_ref();
        let ours = wire.and_then(|Object(wire)| wire.milieu.as_ref());
        ours.and_then(|Object(ours)| ours.slots.as_ref())
            .is_none_or(|slots| slots.contains(slot))
    }
}

/// Lets in who has a key for decisions, and returns its id.
pub(super) fn check_key(engine: &Engine, headers: &HeaderMap) -> Result<String, Refusal> {
    let refuse = |status, text: &str| Err(Refusal::new(status, "GENERAL", text));
    let Some(key) = auth::key(headers) else {
        return refuse(
            StatusCode::UNAUTHORIZED,
            "send a server or public key as Authorization: Bearer or X-API-Key",
        );
    };
    match key_holder(engine, key) {
        Some(Principal::Key(id, KeyKind::Server | KeyKind::Public)) => Ok(id),
        Some(Principal::Key(id, KeyKind::Write)) => {
            tracing::warn!(key = %id, "a write key asked for a decision");
            refuse(
                StatusCode::FORBIDDEN,
                "a write key sends events: decide with a server or public key",
            )
        }
        Some(Principal::Person(_) | Principal::Operator) | None => {
            tracing::warn!("a decision was asked for with an unknown key");
            refuse(StatusCode::UNAUTHORIZED, "this key is not valid here")
        }
    }
}
