//! The campaigns of `examples/campaigns`: each seeded mistake is found at its bytes,
//! nothing else above `info`, and in the corrected twins nothing at all.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use milieu_audit::RULES;
use serde_json::Value;

use crate::program::{Place, Run};

const CAMPAIGNS: [&str; 3] = ["mail", "landing", "app-strings"];

/// A finding: its code, market and file, the bytes it stands on, and its severity.
type Found = (String, String, String, u64, u64, String);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/campaigns")
}

fn audit(campaign: &str) -> Run {
    let path = folder().join(campaign);
    Place::new().run(&format!("audit {} --format json", path.display()))
}

fn report(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

fn findings(report: &Value, campaign: &str) -> BTreeSet<Found> {
    let root = format!("{}/", folder().join(campaign).display());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let found = report["findings"].as_array().unwrap().iter();
    found
        .map(|finding| {
            let place = &finding["location"];
            (
                text(&finding["code"]),
                text(&finding["market"]),
                text(&place["file"]).replace(&root, ""),
                place["byte_start"].as_u64().unwrap(),
                place["byte_end"].as_u64().unwrap(),
                text(&finding["severity"]),
            )
        })
        .collect()
}

fn seeded() -> toml::Table {
    let text = fs::read_to_string(folder().join("expected.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

/// Finds the bytes of what was seeded: its words stand once in the file.
fn expected(campaign: &str) -> BTreeSet<Found> {
    let entries = seeded();
    let entries = entries["mistake"].as_array().unwrap().iter();
    entries
        .filter(|entry| entry["campaign"].as_str() == Some(campaign))
        .map(|entry| {
            let field = |name: &str| entry[name].as_str().unwrap().to_owned();
            let file = fs::read_to_string(folder().join(campaign).join(field("file"))).unwrap();
            let words = field("bytes");
            assert_eq!(
                file.matches(&words).count(),
                1,
                "{words} once in {campaign}"
            );
            let start = file.find(&words).unwrap();
            let byte = |at: usize| u64::try_from(at).unwrap();
            (
                field("code"),
                field("market"),
                field("file"),
                byte(start),
                byte(start + words.len()),
                field("severity"),
            )
        })
        .collect()
}

#[test]
fn each_seeded_mistake_is_found_at_its_bytes_and_nothing_else() {
    for campaign in CAMPAIGNS {
        let report = report(&audit(campaign));
        assert_eq!(
            findings(&report, campaign),
            expected(campaign),
            "{campaign}"
        );
        assert_eq!(report["skipped"], Value::Array(Vec::new()), "{campaign}");
    }
}

#[test]
fn the_corrected_twins_are_clean() {
    for campaign in CAMPAIGNS {
        let run = audit(&format!("{campaign}-corrected"));
        let report = report(&run);
        assert_eq!(run.code, 0, "{campaign}");
        for part in ["findings", "unsure", "skipped"] {
            assert_eq!(report[part], Value::Array(Vec::new()), "{campaign}: {part}");
        }
    }
}

#[test]
fn every_rule_has_a_seeded_mistake() {
    let seeded = seeded();
    let entries = seeded["mistake"].as_array().unwrap().iter();
    let codes: BTreeSet<&str> = entries
        .map(|entry| entry["code"].as_str().unwrap())
        .collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(codes, rules);
}

#[test]
fn all_campaigns_are_audited_in_one_run() {
    let run = audit("");
    assert_eq!(run.code, 1);
    assert_eq!(run.stderr.matches("campaign.toml: markets").count(), 6);
    let report = report(&run);
    let readme = report["skipped"][0]["subject"].as_str().unwrap();
    assert!(readme.ends_with("campaigns/README.md"), "for no market");
    let all = findings(&report, "");
    let apart: usize = CAMPAIGNS
        .iter()
        .map(|campaign| expected(campaign).len())
        .sum();
    assert_eq!(all.len(), apart);
}
