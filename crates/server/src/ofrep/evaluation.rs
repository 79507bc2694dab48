//! One evaluation in OFREP's words.

use std::sync::Arc;

use crate::limits::TooMuch;
use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use milieu_decide::Live;
use milieu_engine::journeys::decide_variant::{Decided, NoDecision, Outcome};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use utoipa::{IntoResponses, ToSchema};

/// A slot's answer. Every field is always sent: some clients fail without.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum Evaluation<'l> {
    /// An approved rendering.
    Served(Served<'l>),
    /// The slot's typed default.
    Withheld(Withheld<'l>),
    /// Why there is no answer.
    Failed(Failure),
}

/// An approved rendering.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Served<'l> {
    key: &'l str,
    #[schema(pattern = "^(SPLIT|STATIC)$")]
    reason: &'static str,
    #[schema(value_type = Value)]
    value: &'l RawValue,
    variant: &'l str,
    metadata: Metadata<'l>,
}

/// The slot's typed default, with the reason `DISABLED`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Withheld<'l> {
    key: &'l str,
    #[schema(pattern = "^DISABLED$")]
    reason: &'static str,
    value: &'l Value,
    variant: &'static str,
    metadata: DefaultMetadata<'l>,
}

/// An error in the protocol's own form.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EvaluationFailure)]
#[serde(rename_all = "camelCase")]
pub(super) struct Failure {
    key: String,
    error_code: &'static str,
    error_details: String,
}

/// What is told about a decision: flat scalars, nothing about people.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DecisionMetadata)]
#[serde(rename_all = "camelCase")]
struct Metadata<'l> {
    #[schema(value_type = String)]
    decision_id: Arc<str>,
    slot: &'l str,
    market: &'l str,
    market_step: &'static str,
    variant: &'l str,
    generic: bool,
    holdout: bool,
    policy: &'static str,
    policy_version: u64,
    pack_version: &'l str,
    propensity: f64,
    explored: bool,
    explain: &'static str,
}

/// What is told about a default.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DefaultMetadata<'l> {
    slot: &'l str,
    market: &'l str,
    market_step: &'static str,
    pack_version: &'l str,
    explain: &'static str,
}

/// Says a decision in OFREP's words.
pub(super) fn evaluation<'l>(decided: Decided<'l>, live: &'l Live) -> Evaluation<'l> {
    let slot = decided.slot.key.as_str();
    let (market, market_step) = decided.place.map_or(("", "none"), |(place, step)| {
        (place.id.as_str(), step.as_str())
    });
    match decided.outcome {
        Outcome::Served {
            arm,
            facts,
            token,
            split,
        } => {
            let holdout = facts.arm.is_holdout();
            let variant = arm.rendering.get().variant.as_str();
            Evaluation::Served(Served {
                key: slot,
                reason: if split { "SPLIT" } else { "STATIC" },
                value: &arm.json,
                variant,
                metadata: Metadata {
                    decision_id: token,
                    slot,
                    market,
                    market_step,
                    variant,
                    generic: arm.generic,
                    holdout,
                    policy: "bandit",
                    policy_version: facts.policy.0,
                    pack_version: &live.packs,
                    propensity: round(facts.propensity.get()),
                    explored: facts.explored,
                    explain: match (holdout, facts.explored) {
                        (true, _) => "held out: always the generic variant",
                        (false, true) => "given to keep learning",
                        (false, false) => "highest expected reward, or nothing known yet",
                    },
                },
            })
        }
        Outcome::Withheld(explain) => Evaluation::Withheld(Withheld {
            key: slot,
            reason: "DISABLED",
            value: &decided.slot.default,
            variant: "default",
            metadata: DefaultMetadata {
                slot,
                market,
                market_step,
                pack_version: &live.packs,
                explain,
            },
        }),
    }
}

/// Single precision has seven digits: more would be noise.
fn round(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// Says why a slot has no answer.
pub(super) fn failure(key: &str, why: &NoDecision) -> Failure {
    let (error_code, error_details) = match why {
        NoDecision::UnknownSlot => (
            "FLAG_NOT_FOUND",
            format!(
                "there is no slot \"{}\"",
                key.chars().take(64).collect::<String>()
            ),
        ),
        NoDecision::VisitorMissing => (
            "TARGETING_KEY_MISSING",
            format!("slot \"{key}\" gives visitors different variants: send context.targetingKey"),
        ),
    };
    Failure {
        key: key.chars().take(64).collect(),
        error_code,
        error_details,
    }
}

/// What an evaluation may answer besides its data, in the protocol's own form.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "it says what a route may answer")]
pub(super) enum Refusals {
    #[response(
        status = 400,
        description = "The request is wrong, or a slot needs a targetingKey."
    )]
    Invalid(Failure),
    #[response(status = 401, description = "No key, or one that is not valid.")]
    Unauthorized(Failure),
    #[response(
        status = 403,
        description = "A write key sends events and decides nothing."
    )]
    Forbidden(Failure),
    #[response(status = 404, description = "There is no such slot.")]
    NotFound(Failure),
    #[response(status = 413, description = "The body is larger than 64 KiB.")]
    TooLarge(Failure),
    #[response(
        status = 429,
        description = "Too much at once; Retry-After says how long to wait."
    )]
    TooMany(Failure),
    #[response(status = 500, description = "The server's own failure.")]
    Internal(Failure),
}

/// A request that is refused as a whole.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    failure: Failure,
    retry_after: Option<i64>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, error_code: &'static str, details: &str) -> Self {
        let failure = Failure {
            key: String::new(),
            error_code,
            error_details: details.to_owned(),
        };
        Self::of(status, failure)
    }

    pub(super) fn about(mut self, key: &str) -> Self {
        self.failure.key = key.chars().take(64).collect();
        self
    }

    pub(super) fn of(status: StatusCode, failure: Failure) -> Self {
        Self {
            status,
            failure,
            retry_after: None,
        }
    }
}

impl From<TooMuch> for Refusal {
    fn from(TooMuch(seconds): TooMuch) -> Self {
        let details = format!("too much at once: try again in {seconds} seconds");
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "GENERAL", &details)
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.failure)).into_response();
        if let Some(seconds) = self.retry_after {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
