//! Events: checked, stripped of what must not be kept, durable, then acknowledged.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;

use milieu_decide::{Context, Places};
use milieu_record::{
    DecisionFacts, Event, EventKind, Instant, MarketNo, MessageId, Property, VisitorTag,
};
use milieu_store::{Appended, EncodedEvents};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Engine, EngineError};

/// An event may claim to be this much ahead of the server's clock.
const AHEAD: i64 = 10 * 60 * Instant::SECOND;
/// Properties that are kept; all others are dropped at intake.
pub const KEPT_PROPERTIES: [&str; 12] = [
    "category",
    "currency",
    "kind",
    "language",
    "language_code",
    "order_id",
    "quantity",
    "revenue",
    "score",
    "topic",
    "value",
    "variant",
];
/// Events that tell that a visitor saw what a decision gave.
const EXPOSURES: [&str; 2] = ["Experiment Viewed", "$exposure"];
/// The most bytes of an id or of an event's name.
const LONGEST_NAME: usize = 200;
/// How many rejections are remembered for people to look at.
const REMEMBERED: usize = 100;

/// A message as a sender means it, before any check.
#[derive(Debug, Clone, Default)]
pub struct Incoming<'m> {
    /// `track`, `page`, `screen`, `identify`, `group` or `alias`.
    pub kind: &'m str,
    /// The sender's id of the message.
    pub message_id: Option<&'m str>,
    /// The visitor's id before any login.
    pub anonymous_id: Option<&'m str>,
    /// The visitor's id once known.
    pub user_id: Option<&'m str>,
    /// The id that an alias joins to the user's.
    pub previous_id: Option<&'m str>,
    /// The name of a tracked event, page or screen.
    pub name: Option<&'m str>,
    /// When it happened, by the sender's clock.
    pub timestamp: Option<&'m str>,
    /// When it was sent, by the same clock.
    pub sent_at: Option<&'m str>,
    /// The decision it belongs to.
    pub decision_id: Option<&'m str>,
    /// The market, when the sender states one.
    pub market: Option<&'m str>,
    /// A territory, when the sender states one.
    pub country: Option<&'m str>,
    /// The visitor's locale.
    pub locale: Option<&'m str>,
    /// Whether the visitor refused personalization or analytics.
    pub refused: bool,
    /// Whether the sender excludes this destination.
    pub excluded: bool,
    /// Properties on the allow-list.
    pub properties: &'m [Property<'m>],
}

/// Why a message was not kept; the rest of its batch was.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, thiserror::Error, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rejection {
    /// Not one of the six types.
    #[error("unknown type: use track, page, screen, identify, group or alias")]
    UnknownType,
    /// Neither user nor anonymous id.
    #[error("neither userId nor anonymousId")]
    NoVisitor,
    /// A track without its event's name.
    #[error("a track needs the name of its event")]
    NoName,
    /// The decision id is not ours.
    #[error("decisionId was not signed by this workspace")]
    ForeignToken,
    /// It claims to happen later than now.
    #[error("the timestamp lies more than ten minutes ahead")]
    Future,
    /// A timestamp that cannot be read.
    #[error("a timestamp is not RFC 3339")]
    BadTime,
    /// It names a market that is not configured.
    #[error("the market is not configured here")]
    UnknownMarket,
    /// A text is longer than what is kept.
    #[error("an id or name is longer than 200 bytes")]
    TooLong,
    /// It is bigger than a message may be.
    #[error("the message is larger than 32 KiB: send less with it")]
    TooLarge,
    /// The sender switched this destination off.
    #[error("integrations exclude this destination")]
    Excluded,
    /// The message is not of a type's shape.
    #[error("the message is not an object of the right shape")]
    Malformed,
}

impl Rejection {
    /// Returns the word that the API has for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownType => "unknown-type",
            Self::NoVisitor => "no-visitor",
            Self::NoName => "no-name",
            Self::ForeignToken => "foreign-token",
            Self::Future => "future",
            Self::BadTime => "bad-time",
            Self::UnknownMarket => "unknown-market",
            Self::TooLong => "too-long",
            Self::Excluded => "excluded",
            Self::Malformed => "malformed",
            Self::TooLarge => "too-large",
        }
    }
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// New and durable, and seen before.
    pub appended: Appended,
    /// What was not kept, by its place in the batch.
    pub rejected: Vec<(usize, Rejection)>,
}

/// Counters and the last rejections, for people who connect a site.
#[derive(Debug, Default)]
pub(crate) struct IntakeCounts {
    seen: Mutex<IntakeReport>,
}

/// What intake has done since the server started.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct IntakeReport {
    /// Events that are kept.
    pub accepted: u64,
    /// Events that had been seen before.
    pub duplicates: u64,
    /// Events that were not kept, by reason.
    pub rejected: BTreeMap<Rejection, u64>,
    /// The last of them, newest last: what and when.
    #[schema(value_type = Vec<Vec<String>>)]
    pub last: VecDeque<(Rejection, String)>,
}

/// What happens to a batch of which some messages cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// The others are kept.
    KeepTheRest,
    /// Nothing is kept.
    AllOrNothing,
}

/// Records messages that were received together.
///
/// Returns once all that is kept is durable. A message that is not kept is told.
pub async fn record_events(
    engine: &Engine,
    received: Instant,
    messages: &[Result<Incoming<'_>, Rejection>],
    strictness: Strictness,
) -> Result<Recorded, EngineError> {
    let live = engine.live();
    let desk = Desk {
        engine,
        places: &live.catalogue.places,
        received,
        sent: Cell::new(None),
    };
    let mut kept = EncodedEvents::with_capacity(messages.len());
    let mut rejected = Vec::new();
    for (index, message) in messages.iter().enumerate() {
        match message
            .as_ref()
            .map_err(|rejection| *rejection)
            .and_then(|it| desk.check(it))
        {
            Ok(event) => kept.push(&event)?,
            Err(rejection) => rejected.push((index, rejection)),
        }
    }
    drop(live);
    let nothing = strictness == Strictness::AllOrNothing && !rejected.is_empty();
    let appended = if nothing || kept.is_empty() {
        Appended {
            accepted: 0,
            duplicates: 0,
        }
    } else {
        engine.log.append(received, kept).await?
    };
    let recorded = Recorded { appended, rejected };
    engine.intake.count(&recorded, received);
    Ok(recorded)
}

/// Returns what intake has done since the server started.
pub fn intake_report(engine: &Engine) -> IntakeReport {
    engine
        .intake
        .seen
        .lock()
        .map(|seen| seen.clone())
        .unwrap_or_default()
}

struct Desk<'d> {
    engine: &'d Engine,
    places: &'d Places,
    received: Instant,
    /// The last time of sending that was read: a batch's messages share one.
    sent: Cell<Option<(&'d str, Instant)>>,
}

impl<'d> Desk<'d> {
    fn check(&self, message: &Incoming<'d>) -> Result<Event<'d>, Rejection> {
        if message.excluded {
            return Err(Rejection::Excluded);
        }
        let visitor = message
            .anonymous_id
            .or(message.user_id)
            .ok_or(Rejection::NoVisitor)?;
        let decision = self.decision(message)?;
        let kind = kind(message, decision.is_some())?;
        let at = self.time(message)?;
        let market = self.market(message, decision.as_ref())?;
        let id = message_id(message, visitor, at)?;
        let ids = [Some(visitor), message.user_id, message.previous_id];
        if ids.into_iter().flatten().any(|id| LONGEST_NAME < id.len()) {
            return Err(Rejection::TooLong);
        }
        if message.refused {
            // Counters only: nothing that could lead back to a person is kept.
            let decision = decision.map(|facts| DecisionFacts {
                visitor: VisitorTag(0),
                ..facts
            });
            let nobody = Event {
                id,
                at,
                visitor: None,
                linked: None,
                market,
                decision,
                kind,
                properties: Cow::Borrowed(&[]),
            };
            return Ok(nobody);
        }
        let key = &self.engine.secrets.visitor;
        let other = message
            .previous_id
            .or(message.user_id)
            .filter(|other| *other != visitor);
        Ok(Event {
            id,
            at,
            visitor: Some(key.visitor(visitor)),
            linked: other.map(|other| key.visitor(other)),
            market,
            decision,
            kind,
            properties: Cow::Borrowed(message.properties),
        })
    }

    fn decision(&self, message: &Incoming<'_>) -> Result<Option<DecisionFacts>, Rejection> {
        let open = |token| {
            self.engine
                .secrets
                .token
                .open(token)
                .map_err(|_| Rejection::ForeignToken)
        };
        message.decision_id.map(open).transpose()
    }

    /// Corrects the sender's clock: its time plus what it was wrong by when it sent.
    fn time(&self, message: &Incoming<'d>) -> Result<Instant, Rejection> {
        let read = |text: &str| text.parse::<Instant>().map_err(|_| Rejection::BadTime);
        let Some(timestamp) = message.timestamp.map(read).transpose()? else {
            return Ok(self.received);
        };
        let error = match (message.sent_at, self.sent.get()) {
            (None, _) => 0,
            (Some(text), Some((last, sent))) if text == last => self.received.since(sent),
            (Some(text), _) => {
                let sent = read(text)?;
                self.sent.set(Some((text, sent)));
                self.received.since(sent)
            }
        };
        let at = timestamp.plus(error);
        if self.received.plus(AHEAD) < at {
            return Err(Rejection::Future);
        }
        Ok(at.min(self.received))
    }

    /// Takes the market of the token; else what the sender states.
    fn market(
        &self,
        message: &Incoming<'_>,
        decision: Option<&DecisionFacts>,
    ) -> Result<Option<MarketNo>, Rejection> {
        if let Some(facts) = decision {
            return Ok(Some(facts.market));
        }
        if message.market.is_none() && message.country.is_none() && message.locale.is_none() {
            return Ok(None);
        }
        let context = Context {
            market: message.market,
            country: message.country,
            locale: message.locale,
        };
        let found = self
            .places
            .resolve(&context)
            .map_err(|_| Rejection::UnknownMarket)?;
        Ok(found.map(|(place, _)| place.no))
    }
}

/// A sender without message ids still gets repeats of the same message dropped.
fn message_id(message: &Incoming<'_>, visitor: &str, at: Instant) -> Result<MessageId, Rejection> {
    match message.message_id {
        Some(id) if LONGEST_NAME < id.len() => Err(Rejection::TooLong),
        Some(id) if !id.is_empty() => Ok(MessageId::of(id)),
        _ => {
            let name = message.name.unwrap_or_default();
            let token = message.decision_id.unwrap_or_default();
            let parts = [message.kind, visitor, name, token, &at.micros().to_string()];
            Ok(MessageId::of(&parts.join("\u{1f}")))
        }
    }
}

fn kind<'m>(message: &Incoming<'m>, has_decision: bool) -> Result<EventKind<'m>, Rejection> {
    let name = message.name.unwrap_or_default();
    if LONGEST_NAME < name.len() {
        return Err(Rejection::TooLong);
    }
    match message.kind {
        "track" if name.is_empty() => Err(Rejection::NoName),
        "track" if has_decision && EXPOSURES.contains(&name) => Ok(EventKind::Exposure),
        "track" => Ok(EventKind::Track(name.into())),
        "page" => Ok(EventKind::Page(name.into())),
        "screen" => Ok(EventKind::Screen(name.into())),
        "identify" => Ok(EventKind::Identify),
        "group" => Ok(EventKind::Group),
        "alias" => Ok(EventKind::Alias),
        _ => Err(Rejection::UnknownType),
    }
}

impl IntakeCounts {
    fn count(&self, recorded: &Recorded, received: Instant) {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let Ok(mut seen) = self.seen.lock() else {
            return;
        };
        seen.accepted += count(recorded.appended.accepted);
        seen.duplicates += count(recorded.appended.duplicates);
        for (_, rejection) in &recorded.rejected {
            *seen.rejected.entry(*rejection).or_default() += 1;
            if REMEMBERED <= seen.last.len() {
                seen.last.pop_front();
            }
            seen.last.push_back((*rejection, received.to_string()));
        }
    }
}
