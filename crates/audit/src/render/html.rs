//! Reports as one page of HTML that needs nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use milieu_culture::{Claim, ClaimId, Direction, Evidence, Evidenced, Observance, grade};

use super::Sheet;
use super::words::{basis, confidence, escaped, label, plural, word};
use crate::{Finding, Outcome, Severity};

/// The whole style of the page; it is a part of it.
const STYLE: &str = include_str!("page.css");

/// What the page may load and run: its own style, and nothing else.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// How many characters of a line are shown around what was found.
const BEFORE: usize = 120;
const INSIDE: usize = 400;
const AFTER: usize = 160;

/// Writes a report as one page: findings by file, with the claims and sources beside them.
///
/// It has no script and asks for no other file. All text of others is escaped, and
/// characters that turn text around are shown as `�`.
pub fn html(sheet: &Sheet<'_>) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ok = write_page(&mut out, sheet);
    out
}

fn write_page(out: &mut String, sheet: &Sheet<'_>) -> std::fmt::Result {
    let markets: Vec<String> = sheet.markets.iter().map(ToString::to_string).collect();
    let markets = markets.join(", ");
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Audit for {markets}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>Audit for {markets}</h1>\n<p class=\"soft\">{}, weighed as on {}, packs {}</p>\n",
        plural(sheet.campaign.files.len(), "file"),
        sheet.as_of,
        escaped(&sheet.kb.pack_version)
    )?;
    tally(out, sheet)?;
    by_market(out, sheet)?;
    let by_file = by_file(sheet);
    let mut shown = BTreeSet::new();
    contents(out, &by_file)?;
    out.push_str("</header>\n<main>\n");
    if by_file.is_empty() {
        out.push_str("<p>No rule has found anything. That is no proof: see what was skipped, and ask somebody local.</p>\n");
    }
    for (number, (file, findings)) in by_file.iter().enumerate() {
        writeln!(
            out,
            "<section>\n<h2 id=\"file-{number}\"><bdi>{}</bdi></h2>",
            escaped(file)
        )?;
        for finding in findings {
            article(out, sheet, finding, &mut shown)?;
        }
        out.push_str("</section>\n");
    }
    suppressed(out, sheet)?;
    skipped(out, sheet)?;
    write!(
        out,
        "</main>\n<footer><p>A claim speaks of what many in a market associate or expect, never of a person. \
         An audit is no legal advice. Written by milieu {}.</p></footer>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// What is counted in the head of the page, in order.
const LABELS: [&str; 4] = ["error", "warning", "info", "unsure"];

fn all<'a>(sheet: &Sheet<'a>) -> impl Iterator<Item = &'a Finding> {
    sheet.report.findings.iter().chain(&sheet.report.unsure)
}

fn tally(out: &mut String, sheet: &Sheet<'_>) -> std::fmt::Result {
    out.push_str("<ul class=\"tally\">\n");
    for wanted in LABELS {
        let count = all(sheet)
            .filter(|finding| label(finding) == wanted)
            .count();
        let colour = if count == 0 { "soft" } else { wanted };
        let name = match wanted {
            "error" | "warning" => plural(count, wanted).replacen(&format!("{count} "), "", 1),
            other => other.to_owned(),
        };
        writeln!(out, "<li class=\"{colour}\"><b>{count}</b>{name}</li>")?;
    }
    for (count, name) in [
        (sheet.report.suppressed.len(), "suppressed"),
        (sheet.report.skipped.len(), "skipped"),
    ] {
        writeln!(out, "<li class=\"soft\"><b>{count}</b>{name}</li>")?;
    }
    out.push_str("</ul>\n");
    Ok(())
}

fn by_market(out: &mut String, sheet: &Sheet<'_>) -> std::fmt::Result {
    if sheet.markets.len() < 2 {
        return Ok(());
    }
    out.push_str("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">market</th>");
    for wanted in LABELS {
        write!(out, "<th scope=\"col\" class=\"n\">{wanted}</th>")?;
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    let mut markets: Vec<_> = sheet.markets.iter().collect();
    markets.sort();
    markets.dedup();
    for market in markets {
        write!(out, "<tr><th scope=\"row\">{market}</th>")?;
        for wanted in LABELS {
            let of = |finding: &&Finding| finding.market == *market && label(finding) == wanted;
            write!(
                out,
                "<td class=\"n\">{}</td>",
                all(sheet).filter(of).count()
            )?;
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
    Ok(())
}

type ByFile<'a> = BTreeMap<&'a str, Vec<&'a Finding>>;

fn by_file<'a>(sheet: &Sheet<'a>) -> ByFile<'a> {
    let mut files: ByFile<'a> = BTreeMap::new();
    for finding in all(sheet) {
        files
            .entry(&finding.location.file)
            .or_default()
            .push(finding);
    }
    for findings in files.values_mut() {
        findings.sort_by_key(|f| {
            (
                f.location.byte_start,
                f.outcome == Outcome::Unsure,
                f.code,
                &f.market,
            )
        });
    }
    files
}

fn contents(out: &mut String, by_file: &ByFile<'_>) -> std::fmt::Result {
    if by_file.len() < 2 {
        return Ok(());
    }
    out.push_str("<nav aria-label=\"Files\"><ul class=\"contents\">\n");
    for (number, (file, findings)) in by_file.iter().enumerate() {
        writeln!(
            out,
            "<li><a href=\"#file-{number}\"><bdi>{}</bdi></a> <span class=\"soft\">{}</span></li>",
            escaped(file),
            findings.len()
        )?;
    }
    out.push_str("</ul></nav>\n");
    Ok(())
}

fn article<'a>(
    out: &mut String,
    sheet: &Sheet<'_>,
    finding: &'a Finding,
    shown: &mut BTreeSet<&'a ClaimId>,
) -> std::fmt::Result {
    let at = &finding.location;
    write!(
        out,
        "<article>\n<div>\n<p class=\"what\"><strong class=\"{0}\">{0}</strong><span>{1} {2}</span>\
         <span>{3}</span><span>line {4}, column {5}</span></p>\n<h3 dir=\"auto\">{6}</h3>\n",
        label(finding),
        finding.code,
        finding.rule,
        finding.market,
        at.line,
        at.column,
        escaped(&finding.message)
    )?;
    excerpt(out, sheet, finding)?;
    writeln!(out, "<p dir=\"auto\">{}</p>", escaped(&finding.why))?;
    if !finding.advice.is_empty() {
        out.push_str("<ul>\n");
        for advice in &finding.advice {
            writeln!(out, "<li dir=\"auto\">{}</li>", escaped(advice))?;
        }
        out.push_str("</ul>\n");
    }
    write!(
        out,
        "<p class=\"soft\">{}, {}</p>\n</div>\n<div class=\"evidence\">\n",
        sure(finding),
        basis(finding.basis)
    )?;
    evidence(out, sheet, finding, shown)?;
    out.push_str("</div>\n</article>\n");
    Ok(())
}

fn sure(finding: &Finding) -> String {
    let word = confidence(finding.confidence);
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Shows the words that are meant, in the line they stand in.
fn excerpt(out: &mut String, sheet: &Sheet<'_>, finding: &Finding) -> std::fmt::Result {
    let at = &finding.location;
    let Some(file) = sheet.campaign.files.get(&at.file) else {
        return Ok(());
    };
    // All three are lazy: a line may be as long as its file.
    let before = file.text.get(..at.byte_start).unwrap_or("");
    let mut lead: Vec<char> = before
        .chars()
        .rev()
        .take(BEFORE + 1)
        .take_while(|&c| c != '\n')
        .collect();
    let cut = BEFORE < lead.len();
    lead.truncate(BEFORE);
    let lead: String = lead
        .into_iter()
        .rev()
        .filter(|&c| c != '\u{feff}')
        .collect();
    let inside = file.text.get(at.byte_start..at.byte_end).unwrap_or("");
    let marked: String = inside.chars().take(INSIDE).collect();
    let more = if marked.len() < inside.len() {
        "…"
    } else {
        ""
    };
    let after = file.text.get(at.byte_end..).unwrap_or("");
    let tail: String = after
        .chars()
        .take(AFTER)
        .take_while(|&c| c != '\n' && c != '\r')
        .collect();
    let rest = after.get(tail.len()..).and_then(|rest| rest.chars().next());
    let goes_on = rest.is_some_and(|c| c != '\n' && c != '\r');
    writeln!(
        out,
        "<pre><span class=\"line\">{}</span><bdi dir=\"auto\">{}{}{}{}{more}{}{}{}</bdi></pre>",
        at.line,
        if cut { "…" } else { "" },
        escaped(&lead),
        if marked.is_empty() { "" } else { "<mark>" },
        escaped(&marked),
        if marked.is_empty() { "" } else { "</mark>" },
        escaped(&tail),
        if goes_on { "…" } else { "" }
    )
}

/// Shows the claims and observances behind a finding.
///
/// The sources of one are listed where it is cited first, and linked to from then on.
fn evidence<'a>(
    out: &mut String,
    sheet: &Sheet<'_>,
    finding: &'a Finding,
    shown: &mut BTreeSet<&'a ClaimId>,
) -> std::fmt::Result {
    if finding.claims.is_empty() {
        let ground = match finding.severity {
            Severity::Error => "It rests on the rule of a format, not on a claim about the market.",
            Severity::Info | Severity::Warning => "It rests on no claim about the market.",
        };
        return writeln!(
            out,
            "<p class=\"soft\">{ground} <code>milieu explain {}</code></p>",
            finding.code
        );
    }
    writeln!(out, "<h4>Evidence</h4>")?;
    for id in &finding.claims {
        let told = Told::find(sheet, id);
        match told {
            None => writeln!(
                out,
                "<div class=\"claim\"><p><code>{id}</code></p></div>",
                id = escaped(id.as_str())
            )?,
            Some(told) if shown.insert(id) => claim(out, finding, &told)?,
            Some(told) => cited(out, &told)?,
        }
    }
    Ok(())
}

/// A claim or an observance, as the page shows either.
struct Told<'a> {
    id: &'a ClaimId,
    statement: &'a str,
    counter: Option<&'a str>,
    grade: String,
    evidence: &'a [Evidence],
}

impl<'a> Told<'a> {
    fn find(sheet: &Sheet<'a>, id: &ClaimId) -> Option<Self> {
        if let Some(claim) = sheet.kb.claim(id) {
            let Claim {
                id,
                statement,
                counter,
                ..
            } = claim;
            return Some(Self::of(sheet, claim, id, statement, counter.as_deref()));
        }
        let day = sheet.kb.observances.get(id)?;
        let Observance {
            id,
            statement,
            counter,
            ..
        } = day;
        Some(Self::of(sheet, day, id, statement, counter.as_deref()))
    }

    fn of(
        sheet: &Sheet<'_>,
        item: &'a impl Evidenced,
        id: &'a ClaimId,
        statement: &'a str,
        counter: Option<&'a str>,
    ) -> Self {
        let grading = grade(item, sheet.as_of);
        let expired = if grading.expired { ", expired" } else { "" };
        let contested = if grading.contested { ", contested" } else { "" };
        Self {
            id,
            statement,
            counter,
            grade: format!(
                "grade {:?}, {}{contested}{expired}, holds until {}",
                grading.grade,
                word(&item.state()),
                item.expires()
            ),
            evidence: item.evidence(),
        }
    }
}

fn cited(out: &mut String, told: &Told<'_>) -> std::fmt::Result {
    let id = escaped(told.id.as_str());
    writeln!(
        out,
        "<div class=\"claim\">\n<p><a href=\"#claim-{id}\"><code>{id}</code></a><br>\
         <span class=\"soft\">{}; its sources stand above</span></p>\n</div>",
        told.grade
    )
}

fn claim(out: &mut String, finding: &Finding, told: &Told<'_>) -> std::fmt::Result {
    write!(
        out,
        "<div class=\"claim\" id=\"claim-{0}\">\n<p><code>{0}</code><br><span class=\"soft\">{1}</span></p>\n",
        escaped(told.id.as_str()),
        told.grade
    )?;
    if !finding.why.contains(told.statement) {
        writeln!(out, "<p dir=\"auto\">{}</p>", escaped(told.statement))?;
    }
    if let Some(counter) = told
        .counter
        .filter(|counter| !finding.why.contains(*counter))
    {
        writeln!(out, "<p dir=\"auto\">Against it: {}</p>", escaped(counter))?;
    }
    out.push_str("<ul>\n");
    for source in told.evidence {
        let against = match source.direction {
            Direction::Supports => "",
            Direction::Contradicts => "Against: ",
        };
        writeln!(
            out,
            "<li dir=\"auto\">{against}<bdi>{}</bdi>, {}, {}<br><span class=\"soft\"><bdi>{}</bdi>; {}</span></li>",
            escaped(&source.title),
            escaped(&source.publisher),
            escaped(&source.date),
            escaped(&source.locator),
            read(source)
        )?;
    }
    out.push_str("</ul>\n</div>\n");
    Ok(())
}

fn read(source: &Evidence) -> &'static str {
    use milieu_culture::Read;
    match source.read {
        Read::Text => "read at the passage",
        Read::Abstract => "read as an abstract",
        Read::Secondary => "quoted by another source",
        Read::Recalled => "not opened yet",
    }
}

fn suppressed(out: &mut String, sheet: &Sheet<'_>) -> std::fmt::Result {
    if sheet.report.suppressed.is_empty() {
        return Ok(());
    }
    out.push_str("<section>\n<h2>Suppressed</h2>\n<ul>\n");
    for suppressed in &sheet.report.suppressed {
        let finding = &suppressed.finding;
        let until = suppressed.until.map(|day| format!(", until {day}"));
        writeln!(
            out,
            "<li><bdi>{}</bdi>, line {}: {} {}, {}: <span dir=\"auto\">{}</span><br><span class=\"soft\">Reason: <bdi>{}</bdi>{}</span></li>",
            escaped(&finding.location.file),
            finding.location.line,
            finding.code,
            finding.rule,
            finding.market,
            escaped(&finding.message),
            escaped(&suppressed.reason),
            until.unwrap_or_default()
        )?;
    }
    out.push_str("</ul>\n</section>\n");
    Ok(())
}

fn skipped(out: &mut String, sheet: &Sheet<'_>) -> std::fmt::Result {
    if sheet.report.skipped.is_empty() {
        return Ok(());
    }
    out.push_str("<section>\n<h2>Not audited</h2>\n<ul>\n");
    for skip in &sheet.report.skipped {
        writeln!(
            out,
            "<li><bdi>{}</bdi>: {}<br><span class=\"soft\">{}</span></li>",
            escaped(&skip.subject),
            escaped(&skip.reason),
            escaped(&skip.hint)
        )?;
    }
    out.push_str("</ul>\n</section>\n");
    Ok(())
}
