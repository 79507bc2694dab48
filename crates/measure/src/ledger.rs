//! The pure fold of the event log into counts.

use std::collections::BTreeMap;

use milieu_record::{
    DecisionFacts, Event, EventKind, Instant, LogPosition, PolicyVersion, SlotNo, VisitorTag,
};

use crate::visit::{Exposed, Visit};
use crate::{Anonymous, Cell, CellKey, Goals, Span};

/// Events this much older than the newest one are counted as late, not used.
pub const LATENESS: i64 = 7 * Instant::DAY;

/// Counts of everything that was folded, and the visits that are still open.
///
/// What it counts: a visitor's **first** exposure in a slot (by time, not arrival)
/// puts the visitor into one cell; a goal event within the horizon after it converts
/// the visitor, whichever arm the goal's token names (intention to treat). Visitors
/// that saw two arms stay where they were first and are counted as crossed. A goal
/// that arrives before its exposure waits for it; it never creates one, since a
/// numerator without its denominator would bias the rate. Two ids joined by
/// `identify` or `alias` become one visitor with the earlier first exposure.
///
/// Within [`LATENESS`] the order of arrival does not change a count. Memory: about
/// 90 bytes for a visitor in a slot (56 for the visit, 16 for its key, the rest for
/// the tree), and 8 for each goal kept until the visit settles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    pub(crate) next: LogPosition,
    pub(crate) newest: Instant,
    pub(crate) visits: BTreeMap<(VisitorTag, SlotNo), Visit>,
    pub(crate) joined: BTreeMap<VisitorTag, VisitorTag>,
    pub(crate) anonymous: BTreeMap<CellKey, Anonymous>,
    pub(crate) spans: BTreeMap<SlotNo, Span>,
    pub(crate) late: u64,
    pub(crate) unmatched: u64,
    pub(crate) counts: Counts,
}

/// What the visits add up to; always derivable from them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Counts {
    cells: BTreeMap<CellKey, Cell>,
    crossed: BTreeMap<SlotNo, u64>,
}

impl Ledger {
    /// Takes one event in; an event that was already folded changes nothing.
    pub fn fold(&mut self, position: LogPosition, event: &Event<'_>, goals: &Goals) {
        if position < self.next {
            return;
        }
        self.next = LogPosition(position.0 + 1);
        if let (Some(one), Some(other)) = (event.visitor, event.linked) {
            self.join(one.tag(), other.tag(), goals);
        }
        if event.at < self.newest.plus(-LATENESS) {
            self.late += 1;
            return;
        }
        if let Some(decision) = event.decision {
            self.count(event, &decision, goals);
        }
        self.move_to(event.at, goals);
    }

    /// Returns the position of the next event: how many have been folded.
    pub fn position(&self) -> LogPosition {
        self.next
    }

    /// Returns the version of a policy that has learned all that was folded.
    pub fn version(&self) -> PolicyVersion {
        PolicyVersion(self.next.0)
    }

    /// Returns the time of the newest event.
    pub fn newest(&self) -> Instant {
        self.newest
    }

    /// Returns one cell's counts; zeros when nobody was seen.
    pub fn cell(&self, key: CellKey) -> Cell {
        self.counts.cells.get(&key).copied().unwrap_or_default()
    }

    /// Returns all cells that have visitors, in the order of their keys.
    pub fn cells(&self) -> impl Iterator<Item = (CellKey, Cell)> + '_ {
        self.counts.cells.iter().map(|(key, cell)| (*key, *cell))
    }

    /// Returns how many visitors saw more than one arm of a slot.
    pub fn crossed(&self, slot: SlotNo) -> u64 {
        self.counts.crossed.get(&slot).copied().unwrap_or_default()
    }

    /// Returns what people who refused consent did in a cell.
    pub fn anonymous(&self, key: CellKey) -> Anonymous {
        self.anonymous.get(&key).copied().unwrap_or_default()
    }

    /// Returns what people who refused consent did in a slot.
    pub fn anonymous_in(&self, slot: SlotNo) -> Anonymous {
        let of_slot = self.anonymous.iter().filter(|(key, _)| key.slot == slot);
        of_slot.fold(Anonymous::default(), |sum, (_, one)| Anonymous {
            exposures: sum.exposures + one.exposures,
            goals: sum.goals + one.goals,
        })
    }

    /// Returns from when to when a slot had exposures.
    pub fn span(&self, slot: SlotNo) -> Option<Span> {
        self.spans.get(&slot).copied()
    }

    /// Returns how many events came too late to be used.
    pub fn late(&self) -> u64 {
        self.late
    }

    /// Returns how many visits had goals whose exposure never arrived.
    pub fn unmatched(&self) -> u64 {
        self.unmatched
    }

    fn count(&mut self, event: &Event<'_>, decision: &DecisionFacts, goals: &Goals) {
        let goal = goals.slots.get(&decision.slot);
        let exposure = match &event.kind {
            EventKind::Exposure => true,
            EventKind::Track(name) if goal.is_some_and(|goal| goal.event == *name) => false,
            EventKind::Track(_)
            | EventKind::Page(_)
            | EventKind::Screen(_)
            | EventKind::Identify
            | EventKind::Group
            | EventKind::Alias => return,
        };
        if event.visitor.is_none() || decision.visitor == VisitorTag(0) {
            let counter = self.anonymous.entry(cell_of(decision)).or_default();
            counter.exposures += u64::from(exposure);
            counter.goals += u64::from(!exposure);
            return;
        }
        if exposure {
            let span = self.spans.get(&decision.slot).copied();
            self.spans.insert(decision.slot, Span::with(span, event.at));
        }
        let key = (self.root(decision.visitor), decision.slot);
        let visit = self.visits.entry(key).or_default();
        self.counts.take_out(decision.slot, visit);
        if exposure {
            visit.expose(Exposed {
                at: event.at,
                market: decision.market,
                arm: decision.arm,
            });
        } else {
            visit.reach(event.at);
        }
        visit.judge(horizon_of(decision.slot, goals));
        self.counts.put_in(decision.slot, visit);
    }

    /// Follows joins to the id that stands for the visitor.
    fn root(&self, tag: VisitorTag) -> VisitorTag {
        let mut root = tag;
        while let Some(next) = self.joined.get(&root) {
            root = *next;
        }
        root
    }

    /// Makes two ids one visitor; the smaller tag stands for both, in any order.
    fn join(&mut self, one: VisitorTag, other: VisitorTag, goals: &Goals) {
        let (one, other) = (self.root(one), self.root(other));
        let (kept, given_up) = (one.min(other), one.max(other));
        if kept == given_up || kept == VisitorTag(0) {
            return;
        }
        self.joined.insert(given_up, kept);
        let all = (given_up, SlotNo(0))..=(given_up, SlotNo(u16::MAX));
        let slots: Vec<SlotNo> = self.visits.range(all).map(|((_, slot), _)| *slot).collect();
        for slot in slots {
            let Some(moved) = self.visits.remove(&(given_up, slot)) else {
                continue;
            };
            self.counts.take_out(slot, &moved);
            let visit = self.visits.entry((kept, slot)).or_default();
            self.counts.take_out(slot, visit);
            visit.absorb(moved);
            visit.judge(horizon_of(slot, goals));
            self.counts.put_in(slot, visit);
        }
    }

    /// Moves time on; once a day, settles visits whose window has closed.
    fn move_to(&mut self, at: Instant, goals: &Goals) {
        let day = |instant: Instant| instant.micros().div_euclid(Instant::DAY);
        let new_day = day(self.newest) < day(at);
        self.newest = self.newest.max(at);
        if !new_day {
            return;
        }
        let oldest = self.newest.plus(-LATENESS);
        let before = self.visits.len();
        self.visits
            .retain(|(_, slot), visit| visit.settle(oldest, horizon_of(*slot, goals)));
        let dropped = before - self.visits.len();
        self.unmatched += u64::try_from(dropped).unwrap_or(u64::MAX);
    }
}

impl Counts {
    /// Adds up visits, as after a restart.
    pub(crate) fn of(visits: &BTreeMap<(VisitorTag, SlotNo), Visit>) -> Self {
        let mut counts = Self::default();
        for ((_, slot), visit) in visits {
            counts.put_in(*slot, visit);
        }
        counts
    }

    fn put_in(&mut self, slot: SlotNo, visit: &Visit) {
        let Some(first) = visit.first else {
            return;
        };
        let cell = self.cells.entry(cell_key(slot, first)).or_default();
        cell.visitors += 1;
        cell.conversions += u64::from(visit.converted);
        if visit.crossed {
            *self.crossed.entry(slot).or_default() += 1;
        }
    }

    fn take_out(&mut self, slot: SlotNo, visit: &Visit) {
        let Some(first) = visit.first else {
            return;
        };
        let key = cell_key(slot, first);
        let cell = self.cells.entry(key).or_default();
        cell.visitors = cell.visitors.saturating_sub(1);
        cell.conversions = cell.conversions.saturating_sub(u64::from(visit.converted));
        if cell.visitors == 0 {
            self.cells.remove(&key);
        }
        if visit.crossed
            && let Some(crossed) = self.crossed.get_mut(&slot)
        {
            *crossed = crossed.saturating_sub(1);
            if *crossed == 0 {
                self.crossed.remove(&slot);
            }
        }
    }
}

fn horizon_of(slot: SlotNo, goals: &Goals) -> i64 {
    goals
        .slots
        .get(&slot)
        .map_or(0, |goal| goal.horizon.micros())
}

fn cell_key(slot: SlotNo, first: Exposed) -> CellKey {
    CellKey {
        slot,
        market: first.market,
        arm: first.arm,
    }
}

fn cell_of(decision: &DecisionFacts) -> CellKey {
    CellKey {
        slot: decision.slot,
        market: decision.market,
        arm: decision.arm,
    }
}
