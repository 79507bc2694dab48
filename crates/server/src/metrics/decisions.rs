//! Decisions by slot and reason, in OFREP's words for reasons.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use milieu_decide::Live;
use milieu_engine::journeys::decide_variant::{Decided, NoDecision, Outcome};
use milieu_record::SlotNo;

use super::text::Text;

/// Why a visitor got what they got.
#[derive(Debug, Clone, Copy)]
enum Reason {
    Static,
    Split,
    Disabled,
    Error,
}

impl Reason {
    const ALL: [Self; 4] = [Self::Static, Self::Split, Self::Disabled, Self::Error];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Static => "STATIC",
            Self::Split => "SPLIT",
            Self::Disabled => "DISABLED",
            Self::Error => "ERROR",
        }
    }
}

/// Counts by slot; what is asked for and does not exist makes no row.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    slots: ArcSwap<HashMap<SlotNo, Arc<Counts>>>,
    unknown: AtomicU64,
}

#[derive(Debug, Default)]
struct Counts {
    given: [AtomicU64; Reason::ALL.len()],
    held_out: AtomicU64,
    explored: AtomicU64,
}

impl Decisions {
    /// Counts what was decided.
    pub(crate) fn count(&self, decided: &Decided<'_>) {
        let counts = self.of(decided.slot.no);
        match &decided.outcome {
            Outcome::Served { facts, split, .. } => {
                let reason = if *split {
                    Reason::Split
                } else {
                    Reason::Static
                };
                counts.note(reason);
                let held_out = u64::from(facts.arm.is_holdout());
                counts.held_out.fetch_add(held_out, Ordering::Relaxed);
                let explored = u64::from(facts.explored);
                counts.explored.fetch_add(explored, Ordering::Relaxed);
            }
            Outcome::Withheld(_) => counts.note(Reason::Disabled),
        }
    }

    /// Counts what could not be decided.
    pub(crate) fn count_failure(&self, live: &Live, key: &str, why: &NoDecision) {
        let slot = key.parse().ok();
        let slot = slot.and_then(|slot| live.catalogue.slots.get(&slot));
        match (why, slot) {
            (NoDecision::VisitorMissing, Some(slot)) => self.of(slot.no).note(Reason::Error),
            (NoDecision::VisitorMissing | NoDecision::UnknownSlot, _) => {
                self.unknown.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Finds a slot's counts without waiting for anybody; makes them the first time.
    fn of(&self, slot: SlotNo) -> Arc<Counts> {
        if let Some(counts) = self.slots.load().get(&slot) {
            return Arc::clone(counts);
        }
        self.slots.rcu(|old| {
            let mut new = HashMap::clone(old);
            new.entry(slot).or_default();
            new
        });
        self.slots.load().get(&slot).cloned().unwrap_or_default()
    }

    pub(super) fn write(&self, text: &mut Text, live: &Live) {
        let slots = self.slots.load();
        let mut rows: Vec<_> = live
            .catalogue
            .slots
            .values()
            .filter_map(|slot| Some((slot.key.as_str(), slots.get(&slot.no)?)))
            .collect();
        rows.sort_by_key(|(key, _)| *key);
        let name = "milieu_decisions_total";
        text.family(name, "counter", "Decisions that were answered.");
        for (slot, counts) in &rows {
            for (reason, number) in Reason::ALL.iter().zip(&counts.given) {
                let labels = [("slot", *slot), ("reason", reason.as_str())];
                text.sample(name, &labels, number.load(Ordering::Relaxed));
            }
        }
        let unknown = self.unknown.load(Ordering::Relaxed);
        let labels = [("slot", ""), ("reason", "FLAG_NOT_FOUND")];
        text.sample(name, &labels, unknown);
        let held = |counts: &Counts| counts.held_out.load(Ordering::Relaxed);
        let help = "Decisions for visitors who are held out.";
        by_slot(text, "milieu_decisions_held_out_total", help, &rows, held);
        let explored = |counts: &Counts| counts.explored.load(Ordering::Relaxed);
        let help = "Decisions for an arm that is not the best known one.";
        by_slot(
            text,
            "milieu_decisions_explored_total",
            help,
            &rows,
            explored,
        );
    }
}

fn by_slot(
    text: &mut Text,
    name: &str,
    help: &str,
    rows: &[(&str, &Arc<Counts>)],
    number: impl Fn(&Counts) -> u64,
) {
    text.family(name, "counter", help);
    for (slot, counts) in rows {
        text.sample(name, &[("slot", slot)], number(counts));
    }
}

impl Counts {
    fn note(&self, reason: Reason) {
        let at = Reason::ALL
            .iter()
            .position(|one| one.as_str() == reason.as_str());
        if let Some(counter) = at.and_then(|at| self.given.get(at)) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }
}
