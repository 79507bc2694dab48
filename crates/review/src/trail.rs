//! The audit trail: every entry carries the hash of the one before it.

use milieu_record::{Digest, Instant};
use serde::{Deserialize, Serialize};

/// What an entry says, before it is chained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailBody {
    /// When.
    pub at: Instant,
    /// Who: a login name, a key's id, or `system`.
    pub actor: String,
    /// What was done, as `verdict.approve`.
    pub action: String,
    /// To what, as `rendering 12`.
    pub subject: String,
    /// The rest, as JSON text.
    pub detail: String,
}

/// An entry with its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailEntry {
    /// Its number, from 1 and without gaps.
    pub seq: u64,
    /// What it says.
    #[serde(flatten)]
    pub body: TrailBody,
    /// The hash of the entry before it; zero for the first.
    pub previous: Digest,
    /// The hash over the previous one, the number and all it says.
    pub hash: Digest,
}

/// Chains a new entry to the last one.
pub fn link(last: Option<&TrailEntry>, body: TrailBody) -> TrailEntry {
    let seq = last.map_or(1, |entry| entry.seq + 1);
    let previous = last.map_or(Digest::ZERO, |entry| entry.hash);
    let hash = hash(seq, previous, &body);
    TrailEntry {
        seq,
        body,
        previous,
        hash,
    }
}

/// Where a trail is broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the audit trail is broken at entry {seq}: {what}")]
pub struct BrokenTrail {
    /// The first entry that does not fit.
    pub seq: u64,
    /// What does not fit.
    pub what: &'static str,
}

/// Checks a whole trail from its first entry; returns the hash of its last.
///
/// A cut-off end is not seen from inside: keep the returned hash elsewhere.
pub fn verify(trail: impl IntoIterator<Item = TrailEntry>) -> Result<Digest, BrokenTrail> {
    let mut previous = Digest::ZERO;
    for (expected, entry) in (1..).zip(trail) {
        let broken = |what| BrokenTrail {
            seq: expected,
            what,
        };
        if entry.seq != expected {
            return Err(broken("an entry is missing"));
        }
        if entry.previous != previous {
            return Err(broken("it does not follow the entry before it"));
        }
        if entry.hash != hash(entry.seq, entry.previous, &entry.body) {
            return Err(broken("its text was changed"));
        }
        previous = entry.hash;
    }
    Ok(previous)
}

fn hash(seq: u64, previous: Digest, body: &TrailBody) -> Digest {
    Digest::of(
        "milieu audit trail v1",
        &[
            &seq.to_be_bytes(),
            previous.as_bytes(),
            &body.at.micros().to_be_bytes(),
            body.actor.as_bytes(),
            body.action.as_bytes(),
            body.subject.as_bytes(),
            body.detail.as_bytes(),
        ],
    )
}
