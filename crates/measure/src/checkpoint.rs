//! The ledger on disk: versioned, with nothing in it that can be derived.

use milieu_record::{Instant, LogPosition, SlotNo, VisitorTag};
use serde::{Deserialize, Serialize};

use crate::ledger::Counts;
use crate::visit::Visit;
use crate::{Anonymous, CellKey, Ledger, Span};

/// A ledger as bytes keep it, in any format of serde.
///
/// Cells are not in it: they are the sum of the visits, so they cannot disagree.
/// A version is read for one release after the next one is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Checkpoint {
    /// The first form.
    V1(Box<V1>),
}

/// The first form of a checkpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct V1 {
    next: LogPosition,
    newest: Instant,
    visits: Vec<(VisitorTag, SlotNo, Visit)>,
    joined: Vec<(VisitorTag, VisitorTag)>,
    anonymous: Vec<(CellKey, Anonymous)>,
    spans: Vec<(SlotNo, Span)>,
    late: u64,
    unmatched: u64,
}

impl Ledger {
    /// Writes down everything a restart needs: cursor, visits, joins, counters.
    pub fn checkpoint(&self) -> Checkpoint {
        let visit =
            |((tag, slot), visit): (&(VisitorTag, SlotNo), &Visit)| (*tag, *slot, visit.clone());
        Checkpoint::V1(Box::new(V1 {
            next: self.next,
            newest: self.newest,
            visits: self.visits.iter().map(visit).collect(),
            joined: self.joined.iter().map(|(a, b)| (*a, *b)).collect(),
            anonymous: self.anonymous.iter().map(|(a, b)| (*a, *b)).collect(),
            spans: self.spans.iter().map(|(a, b)| (*a, *b)).collect(),
            late: self.late,
            unmatched: self.unmatched,
        }))
    }

    /// Continues from a checkpoint: the next fold is as if nothing had stopped.
    pub fn restore(checkpoint: Checkpoint) -> Self {
        let Checkpoint::V1(form) = checkpoint;
        let visits = form
            .visits
            .into_iter()
            .map(|(tag, slot, visit)| ((tag, slot), visit))
            .collect();
        Self {
            next: form.next,
            newest: form.newest,
            counts: Counts::of(&visits),
            visits,
            // A join always leads to a smaller tag; anything else would be a loop.
            joined: form.joined.into_iter().filter(|(a, b)| b < a).collect(),
            anonymous: form.anonymous.into_iter().collect(),
            spans: form.spans.into_iter().collect(),
            late: form.late,
            unmatched: form.unmatched,
        }
    }
}
