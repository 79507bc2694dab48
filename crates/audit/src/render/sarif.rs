//! Reports as SARIF 2.1.0, for code scanning and editors.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Sheet;
use super::place::region;
use super::words::{confidence, told, word};
use crate::{Area, Finding, Outcome, RULES, Rule, Severity, Suppressed};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes a report as one SARIF run.
///
/// Columns count characters, and `columnKind` says so. What a rule was unsure of is
/// of kind `review`; what is suppressed stays in the file with its reason; what was
/// skipped is a notification.
pub fn sarif(sheet: &Sheet<'_>) -> String {
    let areas = areas();
    let files: BTreeMap<&str, usize> = sheet
        .campaign
        .files
        .keys()
        .enumerate()
        .map(|(at, file)| (file.as_str(), at))
        .collect();
    let open = sheet.report.findings.iter().chain(&sheet.report.unsure);
    let mut results: Vec<Value> = open
        .map(|f| result(sheet, f, &areas, &files, &[]))
        .collect();
    let suppressed = sheet.report.suppressed.iter();
    results
        .extend(suppressed.map(|s| result(sheet, &s.finding, &areas, &files, &[suppression(s)])));
    let markets: Vec<String> = sheet.markets.iter().map(ToString::to_string).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver(&areas) },
            "taxonomies": [taxonomy(&areas)],
            "columnKind": "unicodeCodePoints",
            "defaultEncoding": "utf-8",
            "artifacts": files.keys().map(|file| artifact(file)).collect::<Vec<_>>(),
            "results": results,
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": sheet.report.skipped.iter().map(|skip| json!({
                    "level": "note",
                    "message": { "text": format!("{}: skipped: {}. {}", skip.subject, skip.reason, skip.hint) },
                })).collect::<Vec<_>>(),
            }],
            "properties": {
                "markets": markets,
                "asOf": sheet.as_of.to_string(),
                "packVersion": sheet.kb.pack_version,
            },
        }],
    });
    // An object of text, numbers and lists cannot fail to serialize.
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

/// Returns the areas that rules are about, in order.
fn areas() -> Vec<Area> {
    let mut areas: Vec<Area> = RULES.iter().map(|rule| rule.area).collect();
    areas.sort_by_key(word);
    areas.dedup();
    areas
}

const TAXONOMY: &str = "Milieu areas";

fn driver(areas: &[Area]) -> Value {
    json!({
        "name": "milieu",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": RULES.iter().map(|rule| descriptor(rule, areas)).collect::<Vec<_>>(),
        "supportedTaxonomies": [{ "name": TAXONOMY, "index": 0 }],
    })
}

fn descriptor(rule: &Rule, areas: &[Area]) -> Value {
    let page = crate::page(rule.code);
    let (summary, markdown) =
        page.map_or_else(Default::default, |page| (page.summary, page.markdown));
    let name: String = rule.name.split('-').map(capital).collect();
    json!({
        "id": rule.code,
        "name": name,
        "shortDescription": { "text": summary },
        "fullDescription": { "text": summary },
        "help": { "text": format!("milieu explain {}", rule.code), "markdown": markdown },
        "helpUri": format!("urn:milieu:docs:rules:{}-{}", rule.code, rule.name),
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [word(&rule.area)], "since": rule.since },
        "relationships": [{ "target": taxon(rule.area, areas), "kinds": ["superset"] }],
    })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn taxonomy(areas: &[Area]) -> Value {
    json!({
        "name": TAXONOMY,
        "shortDescription": { "text": "What in a culture a rule is about." },
        "taxa": areas.iter().map(|area| json!({
            "id": word(area),
            "shortDescription": { "text": format!("The area {}.", word(area)) },
        })).collect::<Vec<_>>(),
    })
}

fn taxon(area: Area, areas: &[Area]) -> Value {
    json!({
        "id": word(&area),
        "index": areas.iter().position(|known| *known == area),
        "toolComponent": { "name": TAXONOMY, "index": 0 },
    })
}

fn artifact(file: &str) -> Value {
    json!({ "location": { "uri": uri(file) }, "encoding": "utf-8" })
}

fn result(
    sheet: &Sheet<'_>,
    finding: &Finding,
    areas: &[Area],
    files: &BTreeMap<&str, usize>,
    suppressions: &[Value],
) -> Value {
    let (kind, level) = match finding.outcome {
        Outcome::Violation => ("fail", level(finding.severity)),
        Outcome::Unsure => ("review", "none"),
    };
    let text = format!("[{}] {}", finding.market, told(finding));
    json!({
        "ruleId": finding.code,
        "ruleIndex": RULES.iter().position(|rule| rule.code == finding.code),
        "kind": kind,
        "level": level,
        "message": { "text": text },
        "locations": [location(sheet, finding, files)],
        "partialFingerprints": { "milieuFinding/v1": finding.fingerprint },
        "taxa": [taxon(finding.area, areas)],
        "suppressions": suppressions,
        "properties": {
            "market": finding.market.to_string(),
            "severity": word(&finding.severity),
            "confidence": confidence(finding.confidence),
            "basis": word(&finding.basis),
            "claims": finding.claims.iter().map(ToString::to_string).collect::<Vec<_>>(),
        },
    })
}

fn location(sheet: &Sheet<'_>, finding: &Finding, files: &BTreeMap<&str, usize>) -> Value {
    let at = &finding.location;
    let place = region(sheet.campaign, at);
    let source = sheet.campaign.files.get(&at.file);
    let snippet = source.and_then(|file| file.text.get(at.byte_start..at.byte_end));
    let mut artifact = json!({ "uri": uri(&at.file) });
    if let (Some(index), Some(artifact)) = (files.get(at.file.as_str()), artifact.as_object_mut()) {
        artifact.insert("index".to_owned(), json!(index));
    }
    json!({
        "physicalLocation": {
            "artifactLocation": artifact,
            "region": {
                "startLine": place.start_line,
                "startColumn": place.start_column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
                "byteOffset": at.byte_start,
                "byteLength": at.byte_end.saturating_sub(at.byte_start),
                "snippet": { "text": snippet.unwrap_or(&at.text) },
            },
        },
    })
}

fn suppression(suppressed: &Suppressed) -> Value {
    let until = suppressed.until.map(|day| format!(" (until {day})"));
    json!({
        "kind": "inSource",
        "status": "accepted",
        "justification": suppressed.reason.clone() + &until.unwrap_or_default(),
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// Writes a path as a URI: relative paths stay relative, others are files.
fn uri(path: &str) -> String {
    let mut out = String::new();
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            other => out.extend(["%", &format!("{other:02X}")]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_written_as_uris() {
        assert_eq!(uri("mail/ja-JP.json"), "mail/ja-JP.json");
        assert_eq!(uri("/shop/a b.txt"), "file:///shop/a%20b.txt");
        assert_eq!(uri("javascript:白"), "javascript%3A%E7%99%BD");
    }
}
