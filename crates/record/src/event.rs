//! Events as the log keeps them: checked, stripped, and ready to be counted.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{DecisionFacts, Instant, MarketNo, VisitorId};

/// Identifies a message for de-duplication: a hash of the sender's `messageId`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId([u8; 16]);

impl MessageId {
    /// Hashes a sender's `messageId`.
    pub fn of(text: &str) -> Self {
        let hash = blake3::hash(text.as_bytes());
        let mut id = [0; 16];
        for (to, from) in id.iter_mut().zip(hash.as_bytes()) {
            *to = *from;
        }
        Self(id)
    }

    /// Returns the bytes, as an index keeps them.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// One event, after intake has dropped what must not be kept.
///
/// On its way in it borrows its texts from the message; read from the log it owns them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event<'a> {
    /// For de-duplication.
    pub id: MessageId,
    /// When it happened, corrected for the sender's clock.
    pub at: Instant,
    /// Who did it; `None` when consent was refused: such an event only counts.
    pub visitor: Option<VisitorId>,
    /// A second id of the same visitor, given by `identify` or `alias`.
    pub linked: Option<VisitorId>,
    /// The market of its token, else the one the sender states.
    pub market: Option<MarketNo>,
    /// The decision it belongs to, verified.
    pub decision: Option<DecisionFacts>,
    /// What was done.
    #[serde(borrow)]
    pub kind: EventKind<'a>,
    /// Properties on the workspace's allow-list.
    pub properties: Cow<'a, [Property<'a>]>,
}

/// What was done, in Segment's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind<'a> {
    /// A visitor saw what a decision gave: `Experiment Viewed` with its token.
    Exposure,
    /// Anything else that has a name.
    Track(#[serde(borrow)] Cow<'a, str>),
    /// A page was seen.
    Page(#[serde(borrow)] Cow<'a, str>),
    /// A screen of an app was seen.
    Screen(#[serde(borrow)] Cow<'a, str>),
    /// Two ids were joined.
    Identify,
    /// A visitor joined a group.
    Group,
    /// An earlier id was joined to a new one.
    Alias,
}

/// A property's name and value.
pub type Property<'a> = (Cow<'a, str>, Scalar<'a>);

/// A property's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Scalar<'a> {
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A short text.
    Text(#[serde(borrow)] Cow<'a, str>),
}
