//! What the document says about messages: the fields that are read, and the answers.
#![expect(dead_code, reason = "it says what goes over the wire")]

use std::collections::BTreeMap;

use serde_json::Value;
use utoipa::{IntoParams, IntoResponses, ToSchema};

/// A message's type, in full or as its first letter.
#[derive(ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Track,
    Page,
    Screen,
    Identify,
    Group,
    Alias,
    T,
    P,
    S,
    I,
    G,
    A,
}

/// How strictly a batch is taken.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(super) struct StrictMode {
    /// With `1`, one message that cannot be kept stops all others of its batch.
    #[param(rename = "X-Strict-Mode")]
    x_strict_mode: Option<String>,
}

/// Messages that are sent together.
#[derive(ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SentBatch {
    /// The messages, each with its `type`.
    #[schema(max_items = 2500)]
    batch: Vec<SentMessage>,
    /// The write key, when no header has it.
    write_key: Option<String>,
    /// When the sender's clock said it was sent.
    sent_at: Option<String>,
    /// What holds for every message that says nothing else.
    context: Option<SentContext>,
}

/// A message. Any other field is accepted and dropped.
#[derive(ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SentMessage {
    /// Its type; not read where the address says it.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Its id: a message counts once.
    message_id: Option<String>,
    /// The visitor, before a login.
    anonymous_id: Option<String>,
    /// The visitor, after a login.
    user_id: Option<String>,
    /// Who the visitor was before; for alias.
    previous_id: Option<String>,
    /// What happened; for track.
    event: Option<String>,
    /// The page or screen.
    name: Option<String>,
    /// When it happened, RFC 3339.
    timestamp: Option<String>,
    /// When it happened by the sender's clock.
    original_timestamp: Option<String>,
    /// When the sender's clock said it was sent.
    sent_at: Option<String>,
    /// What is read of it: locale, country, consent.
    context: Option<SentContext>,
    /// What is kept of it stands in a list; the rest is dropped.
    properties: Option<BTreeMap<String, Value>>,
    /// The write key, when no header has it.
    write_key: Option<String>,
}

/// What is read of a message's context. Address, agent and page are not.
#[derive(ToSchema)]
pub(super) struct SentContext {
    /// The visitor's locale.
    locale: Option<String>,
    /// Where the visitor is.
    location: Option<BTreeMap<String, Value>>,
    /// What the visitor agreed to.
    consent: Option<BTreeMap<String, Value>>,
}

/// What became of messages.
#[derive(ToSchema)]
pub(super) struct Acknowledged {
    /// Always true.
    success: bool,
    /// Messages that could not be kept; left out when there are none.
    rejected: Option<Vec<RejectedMessage>>,
}

/// A message that could not be kept.
#[derive(ToSchema)]
pub(super) struct RejectedMessage {
    /// Its place in the batch, from 0.
    index: usize,
    /// The reason's stable name.
    code: String,
    /// The reason in words.
    message: String,
}

/// A refusal in the form that Segment-style clients read.
#[derive(ToSchema)]
pub(crate) struct EventFailure {
    /// Always false.
    success: bool,
    /// The failure's stable name.
    code: String,
    /// What is wrong, and what to do.
    message: String,
    /// In strict mode, the messages that could not be kept.
    rejected: Option<Vec<RejectedMessage>>,
}

/// What intake may answer besides an acknowledgement.
#[derive(IntoResponses)]
pub(super) enum Refusals {
    #[response(
        status = 400,
        description = "The body cannot be read, or strict mode refuses it."
    )]
    Invalid(EventFailure),
    #[response(status = 401, description = "No write key, or one that is not valid.")]
    Unauthorized(EventFailure),
    #[response(status = 404, description = "There is no such type of message.")]
    NotFound(EventFailure),
    #[response(status = 413, description = "The body is too large.")]
    TooLarge(EventFailure),
    #[response(
        status = 415,
        description = "The body is packed in a way that is not known."
    )]
    WrongType(EventFailure),
    #[response(
        status = 429,
        description = "Too much at once; Retry-After says how long to wait."
    )]
    TooMany(EventFailure),
    #[response(status = 500, description = "The server's own failure.")]
    Internal(EventFailure),
    #[response(
        status = 503,
        description = "The event log is full; Retry-After says how long to wait."
    )]
    Busy(EventFailure),
}
