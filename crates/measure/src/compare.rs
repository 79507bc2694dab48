//! Counts become a report.

use std::collections::BTreeSet;

use milieu_record::VariantKey;
use milieu_stats::{Estimate, Level, Measured};

use crate::culture::culture;
use crate::overall::{is_included, overall};
use crate::pooling::{difference_unit, heterogeneity, rate_unit, shrink};
use crate::{
    ArmCell, Cell, Definition, Experiment, MarketCells, PooledValue, Report, Row, RowKind,
    TooEarly, Verdict, Window, verdict,
};

const RATES: (f64, f64) = (0.0, 1.0);
const DIFFERENCES: (f64, f64) = (-1.0, 1.0);

/// Compares treated visitors with held-out ones, and variants, in every market.
///
/// Total: what cannot be said yet is `None` with a reason. Every interval stands at
/// `level` for its row alone and at any moment; the markets' verdicts together are
/// wrong with at most 1 − `level`; the overall verdict is a question of its own.
///
/// # Examples
/// ```
/// use milieu_measure::*;
/// use milieu_stats::{Fraction, Level};
/// let few = Cell { visitors: 12, conversions: 3 };
/// let generic = ArmCell { variant: "classic".parse()?, generic: true, cell: few };
/// let experiment = Experiment {
///     metric: &metrics::ctr::CTR, slot: "home.hero".parse()?, horizon: Horizon::DAY,
///     smallest_effect: Fraction::clamped(0.01),
///     markets: vec![MarketCells { market: "ja-JP".parse()?, holdout: few, arms: vec![generic] }],
///     window: None, crossed: 0, anonymous: Anonymous::default(), simulated: true,
/// };
/// let report = compare(&experiment, Level::P95);
/// assert_eq!(report.overall.difference.verdict, Verdict::TooEarly);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(experiment: &Experiment, level: Level) -> Report {
    let metric = experiment.metric;
    let differences: Vec<Option<Measured>> = experiment
        .markets
        .iter()
        .map(|market| difference_unit(experiment, market.treated(), market.holdout))
        .collect();
    let verdicts = verdict::by_market(experiment, level);
    Report {
        metric: metric.key,
        slot: experiment.slot.clone(),
        simulated: experiment.simulated,
        definition: Definition {
            title: metric.title,
            numerator: metric.numerator,
            denominator: metric.denominator,
            horizon_hours: experiment.horizon.hours(),
            method: metric.method,
            level,
        },
        window: Window {
            from: experiment.window.map(|span| span.from.to_string()),
            to: experiment.window.map(|span| span.to.to_string()),
        },
        markets: rows(experiment, &differences, &verdicts, level),
        overall: overall(experiment, level),
        heterogeneity: heterogeneity(&differences, level),
        culture: culture(experiment, &verdicts, level),
        notes: notes(experiment),
    }
}

fn rows(
    experiment: &Experiment,
    differences: &[Option<Measured>],
    verdicts: &[Verdict],
    level: Level,
) -> Vec<Row> {
    let pooled_rates = |cell: &dyn Fn(&MarketCells) -> Option<Cell>| {
        let unit = |market| cell(market).and_then(|cell| rate_unit(experiment, cell));
        let units: Vec<_> = experiment.markets.iter().map(unit).collect();
        shrink(&units, level, RATES)
    };
    let holdouts = pooled_rates(&|market| Some(market.holdout));
    let treated = pooled_rates(&|market| Some(market.treated()));
    let pooled_differences = shrink(differences, level, DIFFERENCES);
    let variants: Vec<(&VariantKey, Vec<Option<PooledValue>>)> = variant_keys(experiment)
        .into_iter()
        .map(|key| {
            (
                key,
                pooled_rates(&|market| arm(market, key).map(|arm| arm.cell)),
            )
        })
        .collect();
    let mut rows = Vec::new();
    for (index, (market, verdict)) in experiment.markets.iter().zip(verdicts).enumerate() {
        let at = |pooled: &[Option<PooledValue>]| pooled.get(index).copied().flatten();
        let here = RowMaker {
            experiment,
            market,
            level,
        };
        rows.push(Row {
            generic: true,
            ..here.rate(RowKind::Holdout, market.holdout, at(&holdouts))
        });
        rows.push(here.rate(RowKind::Treated, market.treated(), at(&treated)));
        rows.push(here.difference(at(&pooled_differences), *verdict));
        for (key, pooled) in &variants {
            if let Some(arm) = arm(market, key) {
                rows.push(here.variant(arm, at(pooled)));
            }
        }
    }
    rows
}

fn variant_keys(experiment: &Experiment) -> BTreeSet<&VariantKey> {
    let arms = experiment.markets.iter().flat_map(|market| &market.arms);
    arms.map(|arm| &arm.variant).collect()
}

fn arm<'a>(market: &'a MarketCells, key: &VariantKey) -> Option<&'a ArmCell> {
    market.arms.iter().find(|arm| arm.variant == *key)
}

/// Makes the rows of one market.
struct RowMaker<'a> {
    experiment: &'a Experiment,
    market: &'a MarketCells,
    level: Level,
}

impl RowMaker<'_> {
    fn rate(&self, kind: RowKind, cell: Cell, pooled: Option<PooledValue>) -> Row {
        let found = (self.experiment.metric.rate)(cell, self.level);
        Row {
            n: cell.visitors,
            conversions: Some(cell.conversions),
            ..self.row(kind, found, pooled)
        }
    }

    fn variant(&self, arm: &ArmCell, pooled: Option<PooledValue>) -> Row {
        Row {
            arm: arm.variant.to_string(),
            variant: Some(arm.variant.clone()),
            generic: arm.generic,
            ..self.rate(RowKind::Variant, arm.cell, pooled)
        }
    }

    fn difference(&self, pooled: Option<PooledValue>, verdict: Verdict) -> Row {
        let (treated, holdout) = (self.market.treated(), self.market.holdout);
        let found = (self.experiment.metric.difference)(treated, holdout, self.level);
        let own = found.as_ref().map_or(Verdict::TooEarly, Verdict::of);
        let row = self.row(RowKind::Difference, found, pooled);
        let reason = match found {
            Err(_) => Some(self.who_is_early()),
            Ok(_) if own != verdict => Some(format!(
                "this market's interval leaves out zero, but not after allowing for {} markets \
                 looked at together",
                self.experiment.markets.len()
            )),
            Ok(_) => None,
        };
        Row {
            n: treated.visitors + holdout.visitors,
            verdict: Some(verdict),
            reason,
            ..row
        }
    }

    fn who_is_early(&self) -> String {
        let need = self.experiment.metric.least_visitors;
        let (treated, holdout) = (self.market.treated().visitors, self.market.holdout.visitors);
        format!(
            "too early: {holdout} held-out and {treated} treated visitors so far, at least {need} \
             of each are needed"
        )
    }

    fn row(
        &self,
        kind: RowKind,
        found: Result<Estimate, TooEarly>,
        pooled: Option<PooledValue>,
    ) -> Row {
        let arm = match kind {
            RowKind::Holdout => "holdout",
            RowKind::Treated => "treated",
            RowKind::Difference => "difference",
            RowKind::Variant => "variant",
        };
        Row {
            market: self.market.market.clone(),
            arm: arm.to_owned(),
            kind,
            variant: None,
            generic: false,
            n: 0,
            conversions: None,
            estimate: found.as_ref().ok().map(|one| one.value),
            interval: found.as_ref().ok().map(|one| one.interval),
            pooled,
            verdict: None,
            reason: found.err().map(|early| format!("too early: {early}")),
        }
    }
}

fn notes(experiment: &Experiment) -> Vec<String> {
    let mut notes = Vec::new();
    if experiment.simulated {
        notes.push("simulated visitors".to_owned());
    }
    if experiment.crossed > 0 {
        notes.push(format!(
            "{} visitors crossed arms; each counts where it was first",
            experiment.crossed
        ));
    }
    let unnamed = experiment.anonymous;
    if unnamed.exposures + unnamed.goals > 0 {
        notes.push(format!(
            "{} exposures and {} goals without consent are in no cell",
            unnamed.exposures, unnamed.goals
        ));
    }
    let is_early = |market: &&MarketCells| !is_included(experiment, market);
    let early: Vec<&str> = experiment
        .markets
        .iter()
        .filter(is_early)
        .map(|market| market.market.as_str())
        .collect();
    if !early.is_empty() {
        notes.push(format!(
            "left out of the overall numbers, too early: {}",
            early.join(", ")
        ));
    }
    notes.push(
        "pooled values borrow from the other markets; their intervals are for one look and give \
         no verdict"
            .to_owned(),
    );
    notes
}
