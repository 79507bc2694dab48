//! Reports as GitHub's workflow commands, which become annotations of a pull request.

use super::Sheet;
use super::place::region;
use super::words::{clean, told};
use crate::{Finding, Outcome, Severity};

/// Writes one `::error`, `::warning` or `::notice` command for each finding.
///
/// What a rule was unsure of, and what was skipped, is a notice. Columns count
/// characters. Text cannot end its command: `%`, line ends, and in properties `:` and
/// `,` too, are escaped as GitHub's toolkit does it.
pub fn github(sheet: &Sheet<'_>) -> String {
    let mut out = String::new();
    for finding in sheet.report.findings.iter().chain(&sheet.report.unsure) {
        out.push_str(&annotation(sheet, finding));
    }
    for skip in &sheet.report.skipped {
        let said = format!("{}: skipped: {}. {}", skip.subject, skip.reason, skip.hint);
        out.extend(["::notice title=milieu::", &data(&said), "\n"]);
    }
    out
}

fn annotation(sheet: &Sheet<'_>, finding: &Finding) -> String {
    let command = match (finding.outcome, finding.severity) {
        (Outcome::Unsure, _) | (_, Severity::Info) => "notice",
        (_, Severity::Warning) => "warning",
        (_, Severity::Error) => "error",
    };
    let place = region(sheet.campaign, &finding.location);
    let columns = if place.start_line == place.end_line {
        let last = place.end_column.saturating_sub(1).max(place.start_column);
        format!(",col={},endColumn={last}", place.start_column)
    } else {
        String::new()
    };
    let unsure = match finding.outcome {
        Outcome::Unsure => " (unsure)",
        Outcome::Violation => "",
    };
    let title = format!(
        "{} {} {}{unsure}",
        finding.code, finding.rule, finding.market
    );
    format!(
        "::{command} file={},line={},endLine={}{columns},title={}::{}\n",
        property(&finding.location.file),
        place.start_line,
        place.end_line,
        property(&title),
        data(&told(finding))
    )
}

fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(clean).collect();
    lines
        .join("\n")
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
