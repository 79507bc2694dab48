//! Reports as text: place, what, the line with a marker, why, what to do, how sure.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use milieu_content::{Campaign, SourceFile};
use unicode_width::UnicodeWidthChar;

use super::words::{basis, clean, confidence, label, plural, visible};
use crate::{Finding, Outcome, Report, Severity};

/// How many columns of a long line are shown before and after a finding's start.
const BEFORE: usize = 40;
const AFTER: usize = 80;

/// Writes a report for people, in the manner of a compiler.
///
/// The marker below a line counts terminal columns: a wide character takes two.
/// Control characters, also those that turn text around, are shown as `�`.
pub fn text(report: &Report, campaign: &Campaign) -> String {
    written(report, campaign, &Colours::default())
}

/// Writes the same with the colours of a terminal, as ANSI escapes.
pub fn coloured(report: &Report, campaign: &Campaign) -> String {
    written(report, campaign, &Colours::of_a_terminal())
}

/// How the parts of a report look.
#[derive(Default)]
struct Colours {
    error: Style,
    warning: Style,
    info: Style,
    unsure: Style,
    strong: Style,
    weak: Style,
}

impl Colours {
    fn of_a_terminal() -> Self {
        let bold = Style::new().bold();
        Self {
            error: bold.fg_color(Some(AnsiColor::Red.into())),
            warning: bold.fg_color(Some(AnsiColor::Yellow.into())),
            info: bold.fg_color(Some(AnsiColor::Cyan.into())),
            unsure: bold.fg_color(Some(AnsiColor::Magenta.into())),
            strong: bold,
            weak: Style::new().dimmed(),
        }
    }

    fn of(&self, finding: &Finding) -> Style {
        match (finding.outcome, finding.severity) {
            (Outcome::Unsure, _) => self.unsure,
            (Outcome::Violation, Severity::Error) => self.error,
            (Outcome::Violation, Severity::Warning) => self.warning,
            (Outcome::Violation, Severity::Info) => self.info,
        }
    }
}

fn written(report: &Report, campaign: &Campaign, colours: &Colours) -> String {
    let mut out = String::new();
    for finding in report.findings.iter().chain(&report.unsure) {
        // Writing to a String cannot fail.
        let _ok = write_finding(&mut out, finding, campaign, colours);
    }
    let weak = colours.weak;
    for suppressed in &report.suppressed {
        let finding = &suppressed.finding;
        let at = &finding.location;
        let until = suppressed.until.map(|day| format!(", until {day}"));
        let _ok = writeln!(
            out,
            "{}:{}:{}: suppressed {} {} [{}]: {}\n   {weak}for:{weak:#} {}{}\n",
            clean(&at.file),
            at.line,
            at.column,
            finding.code,
            finding.rule,
            finding.market,
            clean(&finding.message),
            clean(&suppressed.reason),
            until.unwrap_or_default()
        );
    }
    for skip in &report.skipped {
        let _ok = writeln!(
            out,
            "{}: skipped: {}\n   {weak}do:{weak:#} {}\n",
            clean(&skip.subject),
            clean(&skip.reason),
            clean(&skip.hint)
        );
    }
    let _ok = writeln!(out, "{}", summary(report));
    out
}

fn write_finding(
    out: &mut String,
    finding: &Finding,
    campaign: &Campaign,
    colours: &Colours,
) -> std::fmt::Result {
    let at = &finding.location;
    let (colour, strong, weak) = (colours.of(finding), colours.strong, colours.weak);
    writeln!(
        out,
        "{}:{}:{}: {colour}{}{colour:#} {} {} [{}]: {strong}{}{strong:#}",
        clean(&at.file),
        at.line,
        at.column,
        label(finding),
        finding.code,
        finding.rule,
        finding.market,
        clean(&finding.message)
    )?;
    if let Some(file) = campaign.files.get(&at.file) {
        let frame = frame(file, at.byte_start, at.byte_end);
        writeln!(
            out,
            "{weak}{:>5} |{weak:#} {}\n      {weak}|{weak:#} {colour}{}{colour:#}",
            at.line, frame.line, frame.marker
        )?;
    }
    writeln!(out, "  {weak}why:{weak:#} {}", clean(&finding.why))?;
    for advice in &finding.advice {
        writeln!(out, "   {weak}do:{weak:#} {}", clean(advice))?;
    }
    write!(
        out,
        " {weak}sure:{weak:#} {}, {}",
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

fn summary(report: &Report) -> String {
    let count = |wanted: Severity| {
        let of = |finding: &&Finding| finding.severity == wanted;
        report.findings.iter().filter(of).count()
    };
    let suppressed = match report.suppressed.len() {
        0 => String::new(),
        some => format!(", {some} suppressed"),
    };
    format!(
        "{}, {}, {} info, {} unsure{suppressed}, {} skipped",
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
        count(Severity::Info),
        report.unsure.len(),
        report.skipped.len()
    )
}
