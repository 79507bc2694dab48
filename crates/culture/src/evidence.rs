//! What a statement stands on: sources, how they were read, and who confirmed it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Date;

/// Something that is stated with evidence: a claim or an observance.
///
/// All of them are graded and checked in the same way.
pub trait Evidenced {
    /// Returns what sort of evidence carries it.
    fn kind(&self) -> EvidenceKind;
    /// Returns who stands behind it so far.
    fn state(&self) -> ClaimState;
    /// Returns its sources.
    fn evidence(&self) -> &[Evidence];
    /// Returns the last day on which it may be relied on.
    fn expires(&self) -> Date;

    /// Returns the kind of one of its entries: its own, else that of the whole.
    fn kind_of(&self, entry: &Evidence) -> EvidenceKind {
        entry.kind.unwrap_or(self.kind())
    }

    /// Returns how its best supporting source was read; `None` without support.
    fn best_read(&self) -> Option<Read> {
        self.evidence()
            .iter()
            .filter(|entry| entry.direction == Direction::Supports)
            .map(|entry| entry.read)
            .max()
    }
}

impl<T: Evidenced> Evidenced for &T {
    fn kind(&self) -> EvidenceKind {
        (**self).kind()
    }
    fn state(&self) -> ClaimState {
        (**self).state()
    }
    fn evidence(&self) -> &[Evidence] {
        (**self).evidence()
    }
    fn expires(&self) -> Date {
        (**self).expires()
    }
}

/// Where a claim comes from; each kind has a ceiling of confidence.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// A statute, regulation or court decision.
    Law,
    /// A published standard.
    Standard,
    /// A calendar that an authority publishes.
    OfficialCalendar,
    /// Behaviour that was measured.
    MeasuredBehaviour,
    /// A controlled experiment.
    Experiment,
    /// A survey.
    Survey,
    /// A score of an index over countries.
    IndexScore,
    /// A named expert or reference work.
    Expert,
    /// Dated press.
    Press,
    /// Somebody who works in the field.
    Practitioner,
}

/// How an entry of evidence was read by whoever entered it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Read {
    /// Known from memory only; shown as "source not yet opened".
    Recalled,
    /// Quoted by another source that was opened.
    Secondary,
    /// The abstract or summary was opened.
    Abstract,
    /// The passage itself was opened.
    Text,
}

/// Whether an entry of evidence speaks for or against the claim.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Speaks for it.
    #[default]
    Supports,
    /// Speaks against it.
    Contradicts,
}

/// One source, and where in it the statement stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The source's title.
    pub title: String,
    /// Who wrote or published it.
    pub publisher: String,
    /// Its date as the source gives it, or `undated page`.
    pub date: String,
    /// Law and article, DOI, standard number or page address.
    pub locator: String,
    /// How it was read.
    pub read: Read,
    /// What was seen there, in our own words; where in it.
    pub seen: String,
    /// For or against.
    #[serde(default)]
    pub direction: Direction,
    /// Its own kind, where that differs from the claim's: a blog that quotes a law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EvidenceKind>,
    /// Entries of one group count once: copies of one source, or one author.
    ///
    /// Without a group, the entries of one publisher count once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// Who stands behind a claim.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimState {
    /// Nobody local has confirmed it; all that ships is in this state.
    #[default]
    Proposed,
    /// Confirmed by a workspace's own expert.
    Approved,
    /// Evidence or experts disagree; stays visible.
    Contested,
    /// No longer held.
    Retired,
}
