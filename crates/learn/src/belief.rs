//! What is believed about every arm in every market.

use std::collections::BTreeMap;

use milieu_measure::{Cell, CellKey, Ledger};
use milieu_record::{ArmNo, MarketNo};
use milieu_stats::{Beta, Tally, fit_beta_prior, real};

use crate::{MarketPlan, SlotPlan};

/// What the weak prior is worth, in visitors.
const WEAK: f64 = 20.0;

/// What a fitted prior is worth at most, in visitors.
///
/// A handful of markets cannot show that they agree: a stronger prior would let the
/// other markets outvote a market that differs until exploration has dried up.
const STRONGEST: f64 = 300.0;

/// The belief about one arm, and the visitors of this market behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Belief {
    pub(crate) arm: ArmNo,
    pub(crate) posterior: Beta,
    pub(crate) visitors: u64,
}

/// The priors of a slot's arms, each fitted over the slot's markets.
pub(crate) struct Priors<'a> {
    ledger: &'a Ledger,
    plan: &'a SlotPlan,
    by_arm: BTreeMap<ArmNo, Beta>,
    slot: Beta,
}

impl<'a> Priors<'a> {
    /// Fits one prior an arm over the markets (empirical Bayes).
    ///
    /// Where an arm's data are thin, its prior is weak: worth 20 visitors. Its mean is
    /// the arm's rate over all markets, itself drawn by 20 visitors' worth towards the
    /// rate of the whole slot, (y + 1)/(n + 20): 5 % before anything is known.
    pub(crate) fn fit(ledger: &'a Ledger, plan: &'a SlotPlan) -> Self {
        let mut by_arm: BTreeMap<ArmNo, Vec<Tally>> = BTreeMap::new();
        let mut total = Tally::default();
        for market in &plan.markets {
            for arm in &market.arms {
                let seen = seen(ledger, plan, market.market, *arm);
                total = total.plus(seen);
                by_arm.entry(*arm).or_default().push(seen);
            }
        }
        let mean = (real(total.successes()) + 1.0) / (real(total.trials()) + 20.0);
        let slot = Beta::with_mean(mean.min(0.95), WEAK).unwrap_or(Beta::FLAT);
        let fit = |(arm, groups): (ArmNo, Vec<Tally>)| {
            let weak = || {
                let total = groups.iter().copied().fold(Tally::default(), Tally::plus);
                Beta::with_mean(slot.after(total).mean().get(), WEAK).unwrap_or(slot)
            };
            (arm, fit_beta_prior(&groups, STRONGEST).unwrap_or_else(weak))
        };
        Self {
            ledger,
            plan,
            by_arm: by_arm.into_iter().map(fit).collect(),
            slot,
        }
    }

    /// Returns what is believed about a market's arms, in the plan's order.
    pub(crate) fn beliefs(&self, market: &MarketPlan) -> Vec<Belief> {
        let belief = |arm: &ArmNo| {
            let seen = seen(self.ledger, self.plan, market.market, *arm);
            let prior = self.by_arm.get(arm).copied().unwrap_or(self.slot);
            Belief {
                arm: *arm,
                posterior: prior.after(seen),
                visitors: seen.trials(),
            }
        };
        market.arms.iter().map(belief).collect()
    }
}

/// An arm's counts; for the generic arm with the holdout's.
///
/// Held-out visitors are assigned by hash and see the same rendering, so their
/// clicks say the same about it.
fn seen(ledger: &Ledger, plan: &SlotPlan, market: MarketNo, arm: ArmNo) -> Tally {
    let cell = |arm: ArmNo| {
        ledger.cell(CellKey {
            slot: plan.slot,
            market,
            arm,
        })
    };
    let held_out = if plan.generic == Some(arm) {
        cell(ArmNo::HOLDOUT)
    } else {
        Cell::default()
    };
    cell(arm).plus(held_out).tally()
}
