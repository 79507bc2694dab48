//! Reports as text: place, what, the line with a marker, why, what to do, how sure.

use std::fmt::Write as _;

use milieu_content::{Campaign, SourceFile};
use unicode_width::UnicodeWidthChar;

use crate::{Basis, Confidence, Finding, Outcome, Report, Severity};

/// How many columns of a long line are shown before and after a finding's start.
const BEFORE: usize = 40;
const AFTER: usize = 80;

/// Writes a report for people, in the manner of a compiler.
///
/// The marker below a line counts terminal columns: a wide character takes two.
/// Control characters, also those that turn text around, are shown as `�`.
pub fn text(report: &Report, campaign: &Campaign) -> String {
    let mut out = String::new();
    for finding in report.findings.iter().chain(&report.unsure) {
        // Writing to a String cannot fail.
        let _ok = write_finding(&mut out, finding, campaign);
    }
    for skip in &report.skipped {
        let _ok = writeln!(
            out,
            "{}: skipped: {}\n   do: {}\n",
            skip.subject, skip.reason, skip.hint
        );
    }
    let _ok = writeln!(out, "{}", summary(report));
    out
}

fn write_finding(out: &mut String, finding: &Finding, campaign: &Campaign) -> std::fmt::Result {
    let at = &finding.location;
    let label = match finding.outcome {
        Outcome::Violation => severity(finding.severity),
        Outcome::Unsure => "unsure",
    };
    writeln!(
        out,
        "{}:{}:{}: {label} {} {} [{}]: {}",
        clean(&at.file),
        at.line,
        at.column,
        finding.code,
        finding.rule,
        finding.market,
        clean(&finding.message)
    )?;
    if let Some(file) = campaign.files.get(&at.file) {
        let frame = frame(file, at.byte_start, at.byte_end);
        writeln!(
            out,
            "{:>5} | {}\n      | {}",
            at.line, frame.line, frame.marker
        )?;
    }
    writeln!(out, "  why: {}", clean(&finding.why))?;
    for advice in &finding.advice {
        writeln!(out, "   do: {}", clean(advice))?;
    }
    write!(
        out,
        " sure: {}, {}",
        confidence(finding.confidence),
        basis(finding.basis)
    )?;
    for (number, claim) in finding.claims.iter().enumerate() {
        let lead = if number == 0 { "; claim" } else { "," };
        write!(out, "{lead} {claim}")?;
    }
    out.push_str("\n\n");
    Ok(())
}

/// A line of a file and the marker to put below it.
struct Frame {
    line: String,
    marker: String,
}

/// Cuts the line around a finding out of its file.
fn frame(file: &SourceFile, start: usize, end: usize) -> Frame {
    // Both iterators are lazy: a line may be as long as the file.
    let before = file.text.get(..start).unwrap_or("");
    let lead = before.chars().rev().take_while(|&c| c != '\n');
    let after_start = file.text.get(start..).unwrap_or("");
    let rest = after_start
        .char_indices()
        .take_while(|&(_, c)| c != '\n' && c != '\r');
    let marked = end.saturating_sub(start);
    let mut shown_lead: Vec<char> = Vec::new();
    let mut columns = 0;
    let mut cut = false;
    for c in lead.filter(|&c| c != '\u{feff}') {
        let c = visible(c);
        columns += width(c);
        if BEFORE < columns {
            columns -= width(c);
            cut = true;
            break;
        }
        shown_lead.push(c);
    }
    let mut line: String = if cut { "…".to_owned() } else { String::new() };
    let mut marker = " ".repeat(columns + usize::from(cut));
    line.extend(shown_lead.into_iter().rev());
    let mut after = 0;
    for (at, c) in rest {
        let c = visible(c);
        after += width(c);
        if AFTER < after {
            line.push('…');
            break;
        }
        line.push(c);
        if at < marked {
            let tilde = "~".repeat(width(c));
            marker.push_str(&if at == 0 {
                tilde.replacen('~', "^", 1)
            } else {
                tilde
            });
        }
    }
    if marker.trim().is_empty() {
        marker.push('^');
    }
    Frame { line, marker }
}

fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Shows what could steer a terminal, or turn text around, as a mark.
fn visible(c: char) -> char {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    match c {
        '\t' => ' ',
        c if c.is_control() || turns => '\u{fffd}',
        c => c,
    }
}

fn clean(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Possible => "possible",
        Confidence::Likely => "likely",
        Confidence::Certain => "certain",
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Law => "by law",
        Basis::Standard => "by a standard",
        Basis::Practice => "from practice",
        Basis::Research => "from research",
        Basis::Folklore => "no source opened yet",
    }
}

fn summary(report: &Report) -> String {
    let count = |wanted: Severity| {
        let of = |finding: &&Finding| finding.severity == wanted;
        report.findings.iter().filter(of).count()
    };
    format!(
        "{}, {}, {} info, {} unsure, {} skipped",
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
        count(Severity::Info),
        report.unsure.len(),
        report.skipped.len()
    )
}

fn plural(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}
