//! What stands for review, and what people say of it.

use milieu_culture::{MarketId, Sensitivity};
use milieu_record::{Digest, Instant};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::PersonId;

/// The kind of a thing under review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// A variant's form in one market.
    Rendering,
    /// A statement about a market.
    Claim,
}

/// Where a content comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Written by its author.
    Human,
    /// Written or suggested by a machine; never attested by its author alone.
    Machine,
    /// Taken over from another system.
    Import,
}

/// A thing under review, as data: the crate does not look inside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Subject {
    /// What sort of thing.
    pub kind: SubjectKind,
    /// Which one, in the words of whoever keeps it.
    pub id: String,
    /// The content that is judged; an edit is another subject.
    pub digest: Digest,
    /// The one market it is judged for.
    pub market: MarketId,
    /// How careful one must be with it.
    pub sensitivity: Sensitivity,
    /// Who or what wrote it.
    pub origin: Origin,
    /// The person who brought it in.
    pub author: PersonId,
}

impl Subject {
    /// Returns how many approvals it needs: two where a mistake wounds.
    pub fn approvals_needed(&self) -> usize {
        match self.sensitivity {
            Sensitivity::None | Sensitivity::Cultural | Sensitivity::Legal => 1,
            Sensitivity::Religious | Sensitivity::Political | Sensitivity::Mourning => 2,
        }
    }
}

/// What a person says of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// It may be served in its market.
    Approve,
    /// It may not.
    Reject,
    /// It may no longer.
    Revoke,
}

/// One person's word on one content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Who.
    pub by: PersonId,
    /// What.
    pub choice: Choice,
    /// On which content.
    pub digest: Digest,
    /// Why; empty only for an approval.
    pub reason: String,
    /// When.
    pub at: Instant,
    /// Until when an approval holds.
    pub expires: Option<Instant>,
}
