//! Click-through rate: of the visitors who saw a slot, how many clicked in it.
//!
//! Counted once a visitor: the first exposure decides the arm, a click within the
//! horizon after it counts, later ones do not.
//!
//! **Too early** below 50 visitors a cell: at usual rates (1 to 10 %) that is less
//! than a handful of clicks, and the exact interval is wider than twenty points.
//!
//! Papers: exact sequence, Howard et al. 2021 (*Ann. Stat.* 49); asymptotic sequence,
//! Waudby-Smith et al. 2024 (*Ann. Stat.* 52).

use milieu_stats::{Estimate, Level, Term, bernoulli_sequence, contrast};

use crate::{Cell, Metric, TooEarly};

/// The click-through rate.
pub const CTR: Metric = Metric {
    key: "ctr",
    goal: "click",
    event: "Slot Clicked",
    title: "Click-through rate",
    numerator: "visitors who clicked in the slot within the horizon of their first exposure",
    denominator: "visitors with an exposure in the slot, each counted once",
    method: "anytime-valid: exact beta-binomial confidence sequence for rates; for differences \
             the asymptotic confidence sequence from 100 clicks a side, the exact ones before",
    rate,
    difference,
    least_visitors: LEAST_VISITORS,
};

const LEAST_VISITORS: u64 = 50;

fn rate(cell: Cell, level: Level) -> Result<Estimate, TooEarly> {
    enough(cell.visitors)?;
    Ok(Estimate {
        value: cell.tally().rate().unwrap_or_default(),
        interval: bernoulli_sequence(cell.tally(), level),
    })
}

fn difference(treated: Cell, holdout: Cell, level: Level) -> Result<Estimate, TooEarly> {
    let have = treated.visitors.min(holdout.visitors);
    enough(have)?;
    let term = |coefficient, cell: Cell| Term {
        coefficient,
        seen: cell.tally(),
    };
    let terms = [term(1.0, treated), term(-1.0, holdout)];
    let (estimate, _) = contrast(&terms, level).ok_or(TooEarly {
        have,
        need: LEAST_VISITORS,
    })?;
    Ok(Estimate {
        interval: estimate.interval.within(-1.0, 1.0),
        ..estimate
    })
}

fn enough(have: u64) -> Result<(), TooEarly> {
    if have < LEAST_VISITORS {
        return Err(TooEarly {
            have,
            need: LEAST_VISITORS,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(visitors: u64, conversions: u64) -> Cell {
        Cell {
            visitors,
            conversions,
        }
    }

    #[test]
    fn a_difference_agrees_with_gbstats() {
        // gbstats 0.8.0, SequentialTwoSidedTTest, tuned at 5000
        let found = difference(cell(10_000, 530), cell(10_200, 480), Level::P95).unwrap();
        assert!((found.value - (0.053 - 480.0 / 10_200.0)).abs() < 1e-15);
        assert!((found.interval.low - -0.003_657_755_648).abs() < 1e-11);
        assert!((found.interval.high - 0.015_540_108_589).abs() < 1e-11);
    }

    #[test]
    fn a_rate_agrees_with_scipy() {
        // scipy 1.17.1: brentq on the beta-binomial mixture
        let found = rate(cell(1_000, 53), Level::P95).unwrap();
        assert!((found.interval.low - 0.030_530_308_125).abs() < 1e-11);
        assert!((found.interval.high - 0.083_788_865_291).abs() < 1e-11);
    }

    #[test]
    fn forty_nine_visitors_are_too_few() {
        let few = TooEarly { have: 49, need: 50 };
        assert_eq!(rate(cell(49, 9), Level::P95), Err(few));
        assert_eq!(
            difference(cell(5_000, 9), cell(49, 9), Level::P95),
            Err(few)
        );
        assert!(rate(cell(50, 0), Level::P95).is_ok());
    }
}
