//! Reports as `JUnit` XML, as Jenkins and GitLab read it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use milieu_content::Campaign;

use super::Sheet;
use super::words::{escaped, label};
use crate::{Finding, RULES, Rule, Severity};

/// Writes one suite for each file and one case for each rule.
///
/// A case fails with the findings that are at least as grave as `fail_on`; the others,
/// what the rule was unsure of, and what is suppressed stand in its output. What was not
/// read is a suite of its own with skipped cases.
pub fn junit(sheet: &Sheet<'_>, fail_on: Option<Severity>) -> String {
    let mut by_case: BTreeMap<(&str, &str), Case<'_>> = BTreeMap::new();
    for finding in &sheet.report.findings {
        let case = by_case.entry(key(finding)).or_default();
        if fail_on.is_some_and(|threshold| threshold <= finding.severity) {
            case.failing.push(finding);
        } else {
            case.told.push(said(finding));
        }
    }
    for finding in &sheet.report.unsure {
        by_case
            .entry(key(finding))
            .or_default()
            .told
            .push(said(finding));
    }
    for suppressed in &sheet.report.suppressed {
        let line = format!(
            "{}suppressed: {}\n",
            said(&suppressed.finding),
            suppressed.reason
        );
        by_case
            .entry(key(&suppressed.finding))
            .or_default()
            .told
            .push(line);
    }
    let failing = by_case
        .values()
        .filter(|case| !case.failing.is_empty())
        .count();
    let skips = sheet.report.skipped.len();
    let files = audited(sheet.campaign);
    let cases = files.len() * RULES.len() + skips;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a String cannot fail.
    let _ok = writeln!(
        out,
        "<testsuites name=\"milieu audit\" tests=\"{cases}\" failures=\"{failing}\" errors=\"0\" skipped=\"{skips}\" time=\"0\">"
    );
    for file in files {
        suite(&mut out, file, &by_case);
    }
    skipped(&mut out, sheet);
    out.push_str("</testsuites>\n");
    out
}

/// Returns the files of which something was read; the others are told as skipped.
fn audited(campaign: &Campaign) -> Vec<&str> {
    let skipped: BTreeSet<&str> = campaign.skipped.iter().map(|s| s.file.as_str()).collect();
    let read: BTreeSet<&str> = campaign.passages.iter().map(|p| p.file.as_str()).collect();
    let files = campaign.files.keys().map(String::as_str);
    files
        .filter(|file| read.contains(file) || !skipped.contains(file))
        .collect()
}

/// What is said of one rule in one file.
#[derive(Default)]
struct Case<'r> {
    failing: Vec<&'r Finding>,
    told: Vec<String>,
}

fn key(finding: &Finding) -> (&str, &str) {
    (finding.location.file.as_str(), finding.code)
}

fn suite(out: &mut String, file: &str, by_case: &BTreeMap<(&str, &str), Case<'_>>) {
    let of_file = |rule: &&Rule| {
        by_case
            .get(&(file, rule.code))
            .filter(|case| !case.failing.is_empty())
    };
    let failing = RULES.iter().filter_map(of_file).count();
    let _ok = writeln!(
        out,
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failing}\" errors=\"0\" skipped=\"0\" time=\"0\">",
        escaped(file),
        RULES.len()
    );
    for rule in RULES {
        let open = format!(
            "    <testcase classname=\"{0}\" name=\"{1} {2}\" file=\"{0}\" time=\"0\"",
            escaped(file),
            rule.code,
            rule.name
        );
        let _ok = match by_case.get(&(file, rule.code)) {
            None => writeln!(out, "{open}/>"),
            Some(case) => write!(out, "{open}>\n{}    </testcase>\n", inside(case)),
        };
    }
    out.push_str("  </testsuite>\n");
}

fn inside(case: &Case<'_>) -> String {
    let mut out = String::new();
    if let Some(first) = case.failing.first() {
        let grave = case.failing.iter().map(|finding| finding.severity).max();
        let kind = grave.map_or("info", super::words::severity);
        let more = match case.failing.len() {
            1 => String::new(),
            many => format!(" (and {} more)", many - 1),
        };
        let text: String = case.failing.iter().map(|finding| said(finding)).collect();
        let _ok = writeln!(
            out,
            "      <failure message=\"{}{more}\" type=\"{kind}\">{}</failure>",
            escaped(&first.message),
            escaped(&text)
        );
    }
    if !case.told.is_empty() {
        let _ok = writeln!(
            out,
            "      <system-out>{}</system-out>",
            escaped(&case.told.concat())
        );
    }
    out
}

fn said(finding: &Finding) -> String {
    let at = &finding.location;
    let mut said = format!(
        "{}:{}:{}: {} {} [{}]: {}\n  why: {}\n",
        at.file,
        at.line,
        at.column,
        label(finding),
        finding.code,
        finding.market,
        finding.message,
        finding.why
    );
    for advice in &finding.advice {
        said.extend(["  do: ", advice, "\n"]);
    }
    said
}

fn skipped(out: &mut String, sheet: &Sheet<'_>) {
    let skips = &sheet.report.skipped;
    if skips.is_empty() {
        return;
    }
    let _ok = writeln!(
        out,
        "  <testsuite name=\"not audited\" tests=\"{0}\" failures=\"0\" errors=\"0\" skipped=\"{0}\" time=\"0\">",
        skips.len()
    );
    for skip in skips {
        let _ok = writeln!(
            out,
            "    <testcase classname=\"not audited\" name=\"{}\" time=\"0\">\n      <skipped message=\"{}: {}\"/>\n    </testcase>",
            escaped(&skip.subject),
            escaped(&skip.reason),
            escaped(&skip.hint)
        );
    }
    out.push_str("  </testsuite>\n");
}
