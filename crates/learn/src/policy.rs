//! Tempered Thompson sampling, as probabilities.

use std::collections::BTreeMap;

use milieu_measure::Ledger;
use milieu_record::Probability;
use milieu_stats::{Beta, Fraction, probability_each_is_best, real};

use crate::belief::{Belief, Priors};
use crate::{ArmWeight, Settings, SlotPlan, Weights};

/// At most this share of all choices is spent on floors.
const FLOORS_AT_MOST: f64 = 0.5;

/// Weighs the arms of every planned slot and market.
///
/// π = (1 − Jε)·P(arm is best) + ε, with P by quadrature over posteriors whose
/// standard deviation is multiplied by the tempering (Russo et al. 2018, *A Tutorial
/// on Thompson Sampling*; ε so that off-policy estimates stay possible). Priors are
/// fitted for each arm over the slot's markets; see `docs/method/policy.md`.
pub fn policy(ledger: &Ledger, plans: &[SlotPlan], settings: Settings) -> Weights {
    let mut slots = BTreeMap::new();
    for plan in plans {
        let priors = Priors::fit(ledger, plan);
        for market in &plan.markets {
            let weights = weigh(&priors.beliefs(market), settings);
            slots.insert((plan.slot, market.market), weights);
        }
    }
    Weights {
        version: ledger.version(),
        slots,
    }
}

fn weigh(beliefs: &[Belief], settings: Settings) -> Vec<ArmWeight> {
    let arms = real(u64::try_from(beliefs.len()).unwrap_or(u64::MAX));
    let floor = settings.floor.get().min(FLOORS_AT_MOST / arms);
    let tempering = settings.tempering.get();
    let sharpened: Vec<Beta> = beliefs
        .iter()
        .map(|belief| belief.posterior.tempered(tempering))
        .collect();
    let best = probability_each_is_best(&sharpened);
    let weight = |(belief, best): (&Belief, Fraction)| ArmWeight {
        arm: belief.arm,
        probability: Probability::clamped((1.0 - arms * floor) * best.get() + floor),
        mean: belief.posterior.mean(),
        visitors: belief.visitors,
    };
    beliefs.iter().zip(best).map(weight).collect()
}
