//! A report as the API tells it.

use serde::Deserialize;

/// A report, as the API tells it.
#[derive(Debug, Deserialize)]
pub(super) struct Report {
    pub(super) slot: String,
    pub(super) simulated: bool,
    pub(super) definition: Definition,
    pub(super) window: Window,
    pub(super) markets: Vec<Row>,
    pub(super) overall: Overall,
    pub(super) heterogeneity: Heterogeneity,
    pub(super) culture: Culture,
    pub(super) notes: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Definition {
    pub(super) title: String,
    pub(super) numerator: String,
    pub(super) denominator: String,
    pub(super) horizon_hours: f64,
    pub(super) method: String,
    pub(super) level: f64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Window {
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Row {
    pub(super) market: String,
    pub(super) arm: String,
    pub(super) kind: String,
    pub(super) generic: bool,
    pub(super) n: u64,
    pub(super) conversions: Option<u64>,
    pub(super) estimate: Option<f64>,
    pub(super) interval: Option<Interval>,
    pub(super) pooled: Option<Pooled>,
    pub(super) verdict: Option<String>,
    pub(super) reason: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Interval {
    pub(super) low: f64,
    pub(super) high: f64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Pooled {
    pub(super) estimate: f64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Overall {
    pub(super) holdout: Rate,
    pub(super) treated: Rate,
    pub(super) difference: Difference,
}

#[derive(Debug, Deserialize)]
pub(super) struct Rate {
    pub(super) n: u64,
    pub(super) conversions: u64,
    pub(super) estimate: Option<f64>,
    pub(super) interval: Option<Interval>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Difference {
    pub(super) n: u64,
    pub(super) estimate: Option<f64>,
    pub(super) interval: Option<Interval>,
    pub(super) verdict: String,
    pub(super) reason: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Heterogeneity {
    pub(super) markets: usize,
    pub(super) tau: Option<f64>,
    pub(super) tau_low: Option<f64>,
    pub(super) tau_high: Option<f64>,
    pub(super) reason: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Culture {
    pub(super) reason: String,
    pub(super) disagreeing: Vec<Disagreement>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Disagreement {
    pub(super) market: String,
    pub(super) n: u64,
    pub(super) estimate: f64,
    pub(super) interval: Interval,
    pub(super) reason: String,
}
