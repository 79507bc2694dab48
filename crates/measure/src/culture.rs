//! Whether adapting by market mattered in a slot, and where markets disagree.

use milieu_stats::Level;
use serde::Serialize;
use utoipa::ToSchema;

use crate::disagreement::{Disagreement, disagreeing};
use crate::equivalence::{Compared, Need, compare_market, is_adapted};
use crate::{Experiment, MarketCells, Verdict};

/// Whether adapting by market mattered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CultureVerdict {
    /// A difference between treated and held-out visitors is established in a market.
    Mattered,
    /// Every market's difference is established to be smaller than what would matter.
    DidNotMatter,
    /// Neither can be said yet.
    TooEarly,
}

/// What a report says about culture in its slot.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Culture {
    /// Whether adapting by market mattered.
    pub verdict: CultureVerdict,
    /// The verdict in words, with its numbers.
    pub reason: String,
    /// The smallest difference that would matter, as the slot says.
    pub smallest_effect: f64,
    /// Visitors in the markets that were compared.
    pub n: u64,
    /// About how many more visitors "did not matter" needs at least, in all markets
    /// that are not there yet; `None` when it is said, or when no number can be given.
    pub more: Option<u64>,
    /// Each market that has something adapted.
    pub compared: Vec<Compared>,
    /// Markets whose difference lies apart from that of the rest; empty unless it mattered.
    pub disagreeing: Vec<Disagreement>,
}

/// Judges from the same counts and verdicts as the report's rows.
///
/// - *did not matter*: in every market both readings of the difference lie within ± the
///   slot's smallest effect (equivalence, two one-sided tests: Schuirmann 1987; Lakens
///   2017) at every look. Wrong with at most α, however many markets there are, since
///   all of them must pass (Berger 1982). Never said because nothing was found.
/// - *mattered*: the markets' own verdicts, already corrected, decide at least one.
/// - *too early* otherwise, with what is missing.
///
/// Markets where only the generic variant can be had say nothing and are left out.
pub(crate) fn culture(experiment: &Experiment, verdicts: &[Verdict], level: Level) -> Culture {
    let (mut markets, mut decided) = (Vec::new(), Vec::new());
    for (market, verdict) in experiment.markets.iter().zip(verdicts) {
        if is_adapted(market) {
            markets.push(market);
            decided.push((market, *verdict));
        }
    }
    let one_sided = Level::new(1.0 - 2.0 * level.alpha()).unwrap_or(level);
    let judged = markets
        .iter()
        .map(|market| compare_market(experiment, market, one_sided));
    let (compared, needs): (Vec<Compared>, Vec<Need>) = judged.unzip();
    let all_within = !compared.is_empty() && compared.iter().all(|one| one.within);
    let mattered = decided.iter().any(|(_, verdict)| verdict.is_decided());
    let verdict = match (all_within, mattered) {
        (true, _) => CultureVerdict::DidNotMatter,
        (false, true) => CultureVerdict::Mattered,
        (false, false) => CultureVerdict::TooEarly,
    };
    let n = compared.iter().map(|one| one.adapted + one.generic).sum();
    let margin = points(experiment.smallest_effect.get());
    let reason = match verdict {
        CultureVerdict::DidNotMatter => said_alike(&compared, margin, n),
        CultureVerdict::Mattered => said_mattered(&decided, n),
        CultureVerdict::TooEarly => said_early(&compared, &needs, margin, n),
    };
    Culture {
        verdict,
        reason,
        smallest_effect: experiment.smallest_effect.get(),
        n,
        more: more(&needs),
        disagreeing: match verdict {
            CultureVerdict::Mattered => disagreeing(experiment, &markets, level),
            CultureVerdict::DidNotMatter | CultureVerdict::TooEarly => Vec::new(),
        },
        compared,
    }
}

fn points(difference: f64) -> f64 {
    100.0 * difference
}

fn more(needs: &[Need]) -> Option<u64> {
    let mut sum = 0_u64;
    for need in needs {
        match need {
            Need::Nothing => {}
            Need::Visitors(count) => sum = sum.saturating_add(*count),
            Need::Unknown => return None,
        }
    }
    (0 < sum).then(|| roughly(sum))
}

/// Rounds up to two digits that count: a forecast knows no more.
fn roughly(count: u64) -> u64 {
    let mut step = 1;
    while 100 <= count / step {
        step *= 10;
    }
    count.div_ceil(step).saturating_mul(step)
}

fn said_alike(compared: &[Compared], margin: f64, n: u64) -> String {
    let reach = |one: &Compared| {
        let interval = one.interval.as_ref();
        interval.map_or(0.0, |interval| interval.high.max(-interval.low))
    };
    let widest = compared
        .iter()
        .max_by(|one, other| reach(one).total_cmp(&reach(other)));
    let example = widest.and_then(|one| {
        let interval = one.interval.as_ref()?;
        let (low, high) = (points(interval.low), points(interval.high));
        Some(format!(
            "; of adapted texts alone the widest is {}: {low:+.2} to {high:+.2}",
            one.market
        ))
    });
    format!(
        "culture did not matter here: in every market treated minus held out lies within \
         ±{margin:.2} points, the smallest difference that would matter, and adapted texts alone \
         gain less than that and lose less than twice that ({} markets, n = {n}{})",
        compared.len(),
        example.unwrap_or_default()
    )
}

fn said_mattered(decided: &[(&MarketCells, Verdict)], n: u64) -> String {
    let of = |wanted: Verdict| -> Vec<&str> {
        let here = decided.iter().filter(|(_, verdict)| *verdict == wanted);
        here.map(|(market, _)| market.market.as_str()).collect()
    };
    let mut parts = Vec::new();
    for (verdict, word) in [
        (Verdict::AdaptedBetter, "better"),
        (Verdict::AdaptedWorse, "worse"),
    ] {
        let markets = of(verdict);
        if !markets.is_empty() {
            parts.push(format!("{word} in {}", markets.join(", ")));
        }
    }
    format!(
        "adapting by market mattered here: {} ({} of {} markets decided, n = {n})",
        parts.join("; "),
        decided.iter().filter(|(_, one)| one.is_decided()).count(),
        decided.len()
    )
}

fn said_early(compared: &[Compared], needs: &[Need], margin: f64, n: u64) -> String {
    if compared.is_empty() {
        return "too early: no market has an adapted variant yet, so there is nothing to compare"
            .to_owned();
    }
    let open = || compared.iter().zip(needs).filter(|(one, _)| !one.within);
    let names: Vec<&str> = open().map(|(one, _)| one.market.as_str()).collect();
    let unclear = open().filter(|(_, need)| **need == Need::Unknown);
    let unclear: Vec<&str> = unclear.map(|(one, _)| one.market.as_str()).collect();
    let lacking = || {
        format!(
            "how many more visitors are needed cannot be told yet: in {} there are too few for an \
             estimate, or it lies at that limit or beyond",
            unclear.join(", ")
        )
    };
    let visitors = more(needs).map_or_else(lacking, |count| {
        format!("to say that it did not, about {count} more visitors are needed")
    });
    format!(
        "too early to say whether culture mattered: no difference is established, and in {} of {} \
         markets ({}) one of ±{margin:.2} points is still possible (n = {n}); {visitors}",
        names.len(),
        compared.len(),
        names.join(", ")
    )
}
