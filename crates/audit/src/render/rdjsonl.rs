//! Reports as reviewdog's diagnostic format, one JSON object a line.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Sheet;
use super::place::region;
use super::words::told;
use crate::{Finding, Outcome, Severity};

/// Writes one diagnostic for each finding; columns count bytes of UTF-8, from 1.
///
/// What a rule was unsure of is information. Skips have no place in this format and
/// are left out.
pub fn rdjsonl(sheet: &Sheet<'_>) -> String {
    let mut lines = BTreeMap::new();
    let findings = sheet.report.findings.iter().chain(&sheet.report.unsure);
    let line = |finding| diagnostic(sheet, finding, &mut lines).to_string() + "\n";
    findings.map(line).collect()
}

/// Where each line of a file starts, in bytes; counted once a file.
type Starts<'a> = BTreeMap<&'a str, Vec<usize>>;

fn starts<'s, 'a>(sheet: &Sheet<'a>, file: &'a str, known: &'s mut Starts<'a>) -> &'s [usize] {
    known.entry(file).or_insert_with(|| {
        let text = sheet.campaign.files.get(file).map_or("", |file| &file.text);
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        std::iter::once(0).chain(after).collect()
    })
}

fn diagnostic<'a>(sheet: &Sheet<'a>, finding: &'a Finding, known: &mut Starts<'a>) -> Value {
    let place = region(sheet.campaign, &finding.location);
    let starts = starts(sheet, &finding.location.file, known);
    let column = |line: usize, byte: usize| {
        let start = line.checked_sub(1).and_then(|line| starts.get(line));
        byte.saturating_sub(start.copied().unwrap_or(0)) + 1
    };
    let (first, end) = (finding.location.byte_start, finding.location.byte_end);
    let severity = match (finding.outcome, finding.severity) {
        (Outcome::Unsure, _) | (_, Severity::Info) => "INFO",
        (_, Severity::Warning) => "WARNING",
        (_, Severity::Error) => "ERROR",
    };
    let unsure = match finding.outcome {
        Outcome::Unsure => "unsure: ",
        Outcome::Violation => "",
    };
    let message = format!("{unsure}[{}] {}", finding.market, told(finding));
    json!({
        "source": { "name": "milieu" },
        "severity": severity,
        "code": { "value": finding.code },
        "message": message,
        "location": {
            "path": finding.location.file,
            "range": {
                "start": { "line": place.start_line, "column": column(place.start_line, first) },
                "end": { "line": place.end_line, "column": column(place.end_line, end) },
            },
        },
    })
}
