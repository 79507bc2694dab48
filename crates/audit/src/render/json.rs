//! Reports as JSON: one object, or one line for each thing that is said.

use serde::Serialize;
use serde_json::{Value, json};

use crate::Report;

/// Writes a report as one JSON object: `findings`, `unsure`, `suppressed`, `skipped`.
pub fn json(report: &Report) -> String {
    // A report holds only text, numbers and lists: it cannot fail to serialize.
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}

/// Writes a report as JSON lines, each with its `kind`.
///
/// `finding` and `unsure` are findings, `suppressed` has a finding and its reason,
/// `skipped` says what was not looked at.
pub fn jsonl(report: &Report) -> String {
    let mut out = String::new();
    report
        .findings
        .iter()
        .for_each(|f| line(&mut out, "finding", f));
    report
        .unsure
        .iter()
        .for_each(|f| line(&mut out, "unsure", f));
    report
        .suppressed
        .iter()
        .for_each(|s| line(&mut out, "suppressed", s));
    report
        .skipped
        .iter()
        .for_each(|s| line(&mut out, "skipped", s));
    out
}

fn line(out: &mut String, kind: &str, value: &impl Serialize) {
    let mut object = json!({ "kind": kind });
    if let (Some(object), Ok(Value::Object(fields))) =
        (object.as_object_mut(), serde_json::to_value(value))
    {
        object.extend(fields);
    }
    out.push_str(&object.to_string());
    out.push('\n');
}
