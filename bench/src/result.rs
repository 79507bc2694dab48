//! A figure beside its peer's.

use std::fmt;

use serde::Serialize;

/// One row of `bench/results.json`.
#[derive(Debug, Serialize)]
pub(crate) struct BenchResult {
    pub(crate) bench: &'static str,
    pub(crate) what: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) ours: f64,
    pub(crate) peer: &'static str,
    pub(crate) peer_version: &'static str,
    pub(crate) peer_value: Option<f64>,
    pub(crate) ratio: Option<f64>,
    pub(crate) target: &'static str,
    pub(crate) met: bool,
    pub(crate) n: usize,
    pub(crate) spread: String,
}

impl fmt::Display for BenchResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let met = if self.met { "met" } else { "MISSED" };
        write!(
            f,
            "{:10} {:44} {:>12.3} {:18}",
            self.bench, self.what, self.ours, self.unit
        )?;
        if let (Some(peer), Some(ratio)) = (self.peer_value, self.ratio) {
            write!(
                f,
                " {}: {peer:.3}, ratio {ratio:.2} ({})",
                self.peer, self.spread
            )?;
        } else {
            write!(f, " ({})", self.spread)?;
        }
        write!(f, " target {}: {met}", self.target)
    }
}

/// Returns the middle value, and the least and greatest as text.
pub(crate) fn middle(values: &[f64]) -> (f64, String) {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
    let ends = (
        sorted.first().copied().unwrap_or(f64::NAN),
        sorted.last().copied().unwrap_or(f64::NAN),
    );
    (middle, format!("{:.3} to {:.3}", ends.0, ends.1))
}
