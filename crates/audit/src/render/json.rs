//! Reports as JSON.

use crate::Report;

/// Writes a report as one JSON object: `findings`, `unsure`, `skipped`.
pub fn json(report: &Report) -> String {
    // A report holds only text, numbers and lists: it cannot fail to serialize.
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}
