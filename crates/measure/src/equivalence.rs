//! Whether a market's adapted and generic texts lie close enough to call them alike.

use milieu_culture::MarketId;
use milieu_stats::{Estimate, Interval, Level, real};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Cell, Experiment, MarketCells, TooEarly};

/// One market's adapted texts against its generic one.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Compared {
    /// The market.
    pub market: MarketId,
    /// Visitors who got an adapted variant first.
    pub adapted: u64,
    /// Visitors who got the generic rendering first, held out or not.
    pub generic: u64,
    /// Adapted minus generic; `None` while it is too early.
    pub estimate: Option<f64>,
    /// Its anytime-valid interval.
    pub interval: Option<Interval>,
    /// Whether both readings of the difference are small enough.
    pub within: bool,
}

/// What one market still needs before its difference can be called small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: it is within the margin.
    Nothing,
    /// About so many more visitors, if its estimates stay where they are.
    Visitors(u64),
    /// No number helps: an estimate lies at the margin or beyond.
    Unknown,
}

/// Tells whether a market has anything but the generic variant.
pub(crate) fn is_adapted(market: &MarketCells) -> bool {
    market.arms.iter().any(|arm| !arm.generic)
}

/// Holds two readings of one market against the smallest effect, m.
///
/// Treated − holdout is randomised, but says less and less about adapted texts where
/// the policy has learned to avoid them. Adapted − generic says what those who got an
/// adapted text did, but would mistake a trend for an effect if click rates move while
/// the policy does. "Alike" is said only where both agree: the first within ±m, so that
/// what visitors got made no difference, and the second within −2m to +m, so that no gain
/// is missed where the policy gives adapted texts seldom, and they do not hurt much either.
/// Asking for more can only make a wrong "alike" rarer (intersection–union, Berger 1982).
/// At the level 1 − 2α both ends together are the two one-sided tests at α each.
pub(crate) fn compare_market(
    experiment: &Experiment,
    market: &MarketCells,
    level: Level,
) -> (Compared, Need) {
    let (adapted, generic) = (sum(market, false), sum(market, true).plus(market.holdout));
    let metric = experiment.metric;
    let direct = (metric.difference)(adapted, generic, level);
    let randomised = (metric.difference)(market.treated(), market.holdout, level);
    let all = adapted.plus(generic);
    let margin = experiment.smallest_effect.get();
    let need = Need::greater(
        need(all, direct, (-2.0 * margin, margin)),
        need(all, randomised, (-margin, margin)),
    );
    let compared = Compared {
        market: market.market.clone(),
        adapted: adapted.visitors,
        generic: generic.visitors,
        estimate: direct.ok().map(|found| found.value),
        interval: direct.ok().map(|found| found.interval),
        within: need == Need::Nothing,
    };
    (compared, need)
}

fn sum(market: &MarketCells, generic: bool) -> Cell {
    let cells = market.arms.iter().filter(|arm| arm.generic == generic);
    cells.fold(Cell::default(), |sum, arm| sum.plus(arm.cell))
}

/// Widths shrink as 1/√n: n·(h/room)² visitors make a half-width h fit into the room
/// that an estimate leaves to the nearer limit.
fn need(all: Cell, found: Result<Estimate, TooEarly>, (least, most): (f64, f64)) -> Need {
    let estimate = match found {
        Ok(estimate) => estimate,
        Err(early) => return Need::Visitors(early.need.saturating_sub(early.have).max(1)),
    };
    let Interval { low, high, .. } = estimate.interval;
    if least < low && high < most {
        return Need::Nothing;
    }
    let (above, below) = (most - estimate.value, estimate.value - least);
    if above.min(below) < most / 10.0 {
        return Need::Unknown;
    }
    let times = ((high - estimate.value) / above).max((estimate.value - low) / below);
    let more = real(all.visitors) * (times.powi(2) - 1.0);
    Need::Visitors(whole(more))
}

/// Rounds up to a count of at least one.
fn whole(number: f64) -> u64 {
    #[allow(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number is cut to a range that u64 holds"
    )]
    let count = number.ceil().clamp(1.0, 1e15) as u64;
    count
}

impl Need {
    fn greater(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Visitors(one), Self::Visitors(two)) => Self::Visitors(one.max(two)),
            (Self::Visitors(one), Self::Nothing) | (Self::Nothing, Self::Visitors(one)) => {
                Self::Visitors(one)
            }
            (Self::Nothing, Self::Nothing) => Self::Nothing,
        }
    }
}
