//! What one visitor did in one slot.

use milieu_record::{ArmNo, Instant, MarketNo};
use serde::{Deserialize, Serialize};

/// An exposure, ordered by time; market and arm break ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Exposed {
    pub(crate) at: Instant,
    pub(crate) market: MarketNo,
    pub(crate) arm: ArmNo,
}

/// A visitor's open or settled story in one slot.
///
/// Every change commutes with every other, so the order of arrival does not matter
/// until the visit is settled, when nothing that may still arrive can change it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Visit {
    /// The first exposure by time; `None` while only goals have arrived.
    pub(crate) first: Option<Exposed>,
    /// Whether exposures to two arms were seen.
    pub(crate) crossed: bool,
    /// Whether a goal lies within the horizon of the first exposure.
    pub(crate) converted: bool,
    /// Whether the goals' times were given up, because the window has closed.
    pub(crate) settled: bool,
    /// Times of goals that may count, ascending and thinned.
    pub(crate) goals: Vec<Instant>,
}

impl Visit {
    pub(crate) fn expose(&mut self, exposed: Exposed) {
        let Some(first) = self.first else {
            self.first = Some(exposed);
            return;
        };
        self.crossed |= first.arm != exposed.arm;
        self.first = Some(first.min(exposed));
    }

    pub(crate) fn reach(&mut self, at: Instant) {
        if let Err(place) = self.goals.binary_search(&at) {
            self.goals.insert(place, at);
        }
    }

    /// Joins the story of another id of the same visitor.
    pub(crate) fn absorb(&mut self, other: Self) {
        let other_is_first = match (self.first, other.first) {
            (Some(ours), Some(theirs)) => theirs < ours,
            (ours, theirs) => ours.is_none() && theirs.is_some(),
        };
        if other_is_first {
            self.converted = other.converted;
            self.settled = other.settled;
        }
        self.crossed |= other.crossed;
        if let Some(theirs) = other.first {
            self.expose(theirs);
        }
        for at in other.goals {
            self.reach(at);
        }
    }

    /// Decides anew whether the goal was reached; forgets what can never matter.
    ///
    /// The first exposure only ever moves back in time, so goals after its horizon
    /// are dropped for good. Of three goals within one horizon the middle one is
    /// dropped: every window that holds it also holds a neighbour.
    pub(crate) fn judge(&mut self, horizon: i64) {
        if let Some(first) = self.first {
            let end = first.at.plus(horizon);
            self.goals.retain(|at| *at <= end);
            let reached = self.goals.iter().any(|at| first.at <= *at);
            self.converted = reached || (self.settled && self.converted);
        }
        let mut thinned: Vec<Instant> = Vec::with_capacity(self.goals.len());
        for at in self.goals.drain(..) {
            if let [.., before, last] = thinned.as_mut_slice()
                && at.since(*before) <= horizon
            {
                *last = at;
            } else {
                thinned.push(at);
            }
        }
        thinned.shrink_to_fit();
        self.goals = thinned;
    }

    /// Closes the visit once events from before `oldest` are no longer taken.
    ///
    /// Returns false when nothing is left to keep: goals without an exposure.
    pub(crate) fn settle(&mut self, oldest: Instant, horizon: i64) -> bool {
        match self.first {
            Some(first) if first.at.plus(horizon) < oldest => {
                self.settled = true;
                self.goals = Vec::new();
            }
            Some(_) => {}
            None => self.goals.retain(|at| oldest <= *at),
        }
        self.first.is_some() || !self.goals.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_is_as_small_as_the_ledger_says() {
        assert_eq!(size_of::<Visit>(), 56);
    }

    #[test]
    fn many_goals_are_thinned_without_losing_a_window() {
        let mut visit = Visit::default();
        for minute in 0..10_000 {
            visit.reach(Instant::from_micros(minute));
            visit.judge(1_000);
        }
        assert!(visit.goals.len() <= 22, "{}", visit.goals.len());
        for start in 0..9_000 {
            let end = start + 1_000;
            let hit = |at: &Instant| (start..=end).contains(&at.micros());
            assert!(visit.goals.iter().any(hit), "{start}");
        }
    }
}
