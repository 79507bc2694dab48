//! Days that a market keeps: feasts, fasts, mourning and remembrance.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::evidence::{ClaimState, Evidence, EvidenceKind, Evidenced};
use crate::{ClaimId, Date, Scope, Sensitivity};

/// What a day asks of content.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// A day of joy: greetings are welcome.
    Festive,
    /// A day of rest, prayer or remembrance: quiet content.
    Solemn,
    /// A day of grief: nothing cheerful beside it.
    Mourning,
    /// Days of abstaining: timing and pictures of food matter.
    Fasting,
}

/// A day or season that many in a market keep, and what it means for content.
///
/// It has evidence as a claim has and is graded in the same way. Its dates are
/// written down, never computed here: each says how it was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observance {
    /// Stable id, from the same names as claims: `islamic.calendar.ramadan`.
    pub id: ClaimId,
    /// Its name in English, with its own where that helps.
    pub name: String,
    /// What it asks of content.
    pub tone: Tone,
    /// Where it is kept; the context of a scope says what content it concerns.
    pub scope: Scope,
    /// What it means for content, in English.
    pub statement: String,
    /// What sort of evidence carries it; sets the ceiling of its confidence.
    pub kind: EvidenceKind,
    /// How careful one must be with the subject itself.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// Who stands behind it so far.
    #[serde(default)]
    pub state: ClaimState,
    /// At least one source.
    pub evidence: Vec<Evidence>,
    /// What speaks against it or limits it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<String>,
    /// The last day on which it may be relied on.
    pub expires: Date,
    /// Its occurrences, in order.
    pub dates: Vec<Occurrence>,
}

/// One occurrence of an observance: its days, and how sure they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occurrence {
    /// The first day as computed or decreed.
    pub from: Date,
    /// The last day; the same for a single day.
    pub to: Date,
    /// The earliest day on which it may begin, where that is not certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Date>,
    /// The latest day on which it may end, where that is not certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<Date>,
    /// How the days were found, and how uncertain they are.
    pub basis: String,
}

impl Observance {
    /// Returns the occurrences that may touch a span of days, both ends included.
    pub fn occurrences_in(&self, first: Date, last: Date) -> impl Iterator<Item = &Occurrence> {
        self.dates
            .iter()
            .filter(move |dates| dates.first_possible() <= last && first <= dates.last_possible())
    }
}

impl Occurrence {
    /// Returns the first day that it may take in.
    pub fn first_possible(&self) -> Date {
        self.earliest.unwrap_or(self.from)
    }

    /// Returns the last day that it may take in.
    pub fn last_possible(&self) -> Date {
        self.latest.unwrap_or(self.to)
    }
}

impl Evidenced for Observance {
    fn kind(&self) -> EvidenceKind {
        self.kind
    }
    fn state(&self) -> ClaimState {
        self.state
    }
    fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }
    fn expires(&self) -> Date {
        self.expires
    }
}
