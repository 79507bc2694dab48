//! Messages as they come over the wire. An explicit null is an absence.

use std::collections::HashMap;

use milieu_engine::journeys::record_events::{Incoming, Rejection};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::MOST_BYTES_SINGLE;
use super::scalar::{Properties, Text};
use crate::body::Object;

/// A batch whose messages all read well.
#[allow(clippy::struct_field_names, reason = "the sender's words")]
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Batch<'a> {
    #[serde(borrow)]
    batch: Vec<Object<Message<'a>>>,
    #[serde(borrow)]
    write_key: Option<Text<'a>>,
    #[serde(borrow)]
    sent_at: Option<Text<'a>>,
    #[serde(borrow)]
    context: Option<Context<'a>>,
    integrations: Option<Integrations>,
}

impl<'a> Batch<'a> {
    /// Parts messages from what is said for all. (Flattening would copy the messages.)
    pub(super) fn split(self) -> (Vec<Object<Message<'a>>>, Envelope<'a>) {
        let Self {
            batch,
            write_key,
            sent_at,
            context,
            integrations,
        } = self;
        (
            batch,
            Envelope {
                write_key,
                sent_at,
                context,
                integrations,
            },
        )
    }
}

/// A batch in which some message may be of the wrong shape.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LooseBatch<'a> {
    #[serde(borrow)]
    pub(super) batch: Vec<&'a RawValue>,
}

/// What a batch says for all its messages.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Envelope<'a> {
    #[serde(borrow)]
    pub(super) write_key: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) sent_at: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) context: Option<Context<'a>>,
    pub(super) integrations: Option<Integrations>,
}

/// One message.
#[allow(clippy::struct_field_names, reason = "the sender's words")]
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Message<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    message_id: Option<Text<'a>>,
    #[serde(borrow)]
    anonymous_id: Option<Text<'a>>,
    #[serde(borrow)]
    user_id: Option<Text<'a>>,
    #[serde(borrow)]
    previous_id: Option<Text<'a>>,
    #[serde(borrow)]
    event: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    timestamp: Option<Text<'a>>,
    #[serde(borrow)]
    original_timestamp: Option<Text<'a>>,
    #[serde(borrow)]
    sent_at: Option<Text<'a>>,
    #[serde(borrow)]
    context: Option<Context<'a>>,
    #[serde(borrow)]
    properties: Option<Properties<'a>>,
    integrations: Option<Integrations>,
}

/// What is read of a message's context. Address, agent and page are not.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Context<'a> {
    #[serde(borrow)]
    locale: Option<Text<'a>>,
    #[serde(borrow)]
    location: Option<Location<'a>>,
    consent: Option<Consent>,
}

#[derive(Debug, Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    country: Option<Text<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consent {
    category_preferences: Option<HashMap<String, Value>>,
}

/// Which destinations a message is for; names are case-sensitive.
#[derive(Debug, Deserialize)]
pub(super) struct Integrations {
    #[serde(rename = "All")]
    all: Option<Value>,
    #[serde(rename = "Milieu")]
    ours: Option<Value>,
}

/// Consent categories that are ours to honour.
const CATEGORIES: [&str; 3] = ["analytics", "measurement", "personalization"];

impl Consent {
    fn refuses(&self) -> bool {
        let refused = |(name, choice): (&String, &Value)| {
            *choice == Value::Bool(false)
                && CATEGORIES.iter().any(|own| own.eq_ignore_ascii_case(name))
        };
        self.category_preferences
            .as_ref()
            .is_some_and(|choices| choices.iter().any(refused))
    }
}

impl Integrations {
    fn exclude_us(&self) -> bool {
        let off = Value::Bool(false);
        match &self.ours {
            Some(ours) if !ours.is_null() => *ours == off,
            _ => self.all.as_ref() == Some(&off),
        }
    }
}

fn text<'t>(field: Option<&'t Text<'_>>) -> Option<&'t str> {
    field
        .map(|text| text.0.as_ref())
        .filter(|text| !text.is_empty())
}

impl Message<'_> {
    /// Says what the sender means; `kind` comes from the path of a single message.
    pub(super) fn incoming<'m>(
        &'m self,
        kind: Option<&'m str>,
        envelope: &'m Envelope<'_>,
    ) -> Incoming<'m> {
        let own = self.context.as_ref();
        let shared = envelope.context.as_ref();
        let refuses =
            |context: &Context<'_>| context.consent.as_ref().is_some_and(Consent::refuses);
        let locale = |context: &'m Context<'_>| text(context.locale.as_ref());
        let country = |context: &'m Context<'_>| {
            context
                .location
                .as_ref()
                .and_then(|location| text(location.country.as_ref()))
        };
        let properties = self.properties.as_ref();
        let name = match kind.or(text(self.kind.as_ref())) {
            Some("track") => text(self.event.as_ref()),
            _ => text(self.name.as_ref()),
        };
        Incoming {
            kind: kind.or(text(self.kind.as_ref())).unwrap_or_default(),
            message_id: text(self.message_id.as_ref()),
            anonymous_id: text(self.anonymous_id.as_ref()),
            user_id: text(self.user_id.as_ref()),
            previous_id: text(self.previous_id.as_ref()),
            name,
            timestamp: text(self.timestamp.as_ref()).or(text(self.original_timestamp.as_ref())),
            sent_at: text(self.sent_at.as_ref()).or(text(envelope.sent_at.as_ref())),
            decision_id: properties.and_then(|it| text(it.decision_id.as_ref())),
            market: properties.and_then(|it| text(it.market.as_ref())),
            country: own.and_then(country).or_else(|| shared.and_then(country)),
            locale: own.and_then(locale).or_else(|| shared.and_then(locale)),
            refused: own.is_some_and(refuses) || shared.is_some_and(refuses),
            excluded: self
                .integrations
                .as_ref()
                .or(envelope.integrations.as_ref())
                .is_some_and(Integrations::exclude_us),
            properties: properties.map(|it| it.kept.as_slice()).unwrap_or_default(),
        }
    }
}

/// Tells whether a message of a batch has more bytes than a message may.
pub(super) fn is_too_large(raw: &RawValue) -> bool {
    MOST_BYTES_SINGLE < raw.get().len()
}

/// Reads one message of a loose batch.
pub(super) fn read_one(raw: &RawValue) -> Result<Message<'_>, Rejection> {
    if is_too_large(raw) {
        return Err(Rejection::TooLarge);
    }
    let read: Result<Object<Message<'_>>, _> = serde_json::from_str(raw.get());
    read.map(|Object(message)| message)
        .map_err(|_| Rejection::Malformed)
}
