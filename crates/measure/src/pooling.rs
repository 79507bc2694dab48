//! Each market's numbers read together with the other markets'.

use milieu_stats::{Level, Measured, Pooled, agresti_caffo_variance, pool};

use crate::{Cell, Experiment, Heterogeneity, PooledValue};

/// One cell as a unit of the pooling model; `None` while it is too early.
pub(crate) fn rate_unit(experiment: &Experiment, cell: Cell) -> Option<Measured> {
    let enough = experiment.metric.least_visitors <= cell.visitors;
    enough.then_some(Measured {
        value: cell.tally().rate()?,
        variance: agresti_caffo_variance(cell.tally()),
    })
}

/// One difference as a unit of the pooling model.
pub(crate) fn difference_unit(
    experiment: &Experiment,
    treated: Cell,
    holdout: Cell,
) -> Option<Measured> {
    let above = rate_unit(experiment, treated)?;
    let below = rate_unit(experiment, holdout)?;
    Some(Measured {
        value: above.value - below.value,
        variance: above.variance + below.variance,
    })
}

/// Pools the units there are and puts the results back in their places.
pub(crate) fn shrink(
    units: &[Option<Measured>],
    level: Level,
    (least, most): (f64, f64),
) -> Vec<Option<PooledValue>> {
    let Some(pooled) = pool_present(units, level) else {
        return vec![None; units.len()];
    };
    let mut shrunken = pooled.units.into_iter();
    let place = |unit: &Option<Measured>| {
        unit.and_then(|_| shrunken.next()).map(|one| PooledValue {
            estimate: one.value.clamp(least, most),
            low: one.interval.low.clamp(least, most),
            high: one.interval.high.clamp(least, most),
        })
    };
    units.iter().map(place).collect()
}

/// How far the markets' true differences lie apart.
pub(crate) fn heterogeneity(units: &[Option<Measured>], level: Level) -> Heterogeneity {
    let markets = units.iter().flatten().count();
    match pool_present(units, level) {
        Some(pooled) => Heterogeneity {
            markets,
            tau: Some(pooled.tau),
            tau_low: Some(pooled.tau_interval.low),
            tau_high: Some(pooled.tau_interval.high),
            reason: None,
        },
        None => Heterogeneity {
            markets,
            tau: None,
            tau_low: None,
            tau_high: None,
            reason: Some(format!(
                "{markets} markets have an estimate, at least 2 are needed"
            )),
        },
    }
}

fn pool_present(units: &[Option<Measured>], level: Level) -> Option<Pooled> {
    let present: Vec<Measured> = units.iter().flatten().copied().collect();
    pool(&present, level)
}
