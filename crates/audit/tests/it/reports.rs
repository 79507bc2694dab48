//! Reports read well, hold still, and go no further than their claims.

use milieu_audit::{Report, Severity, render, run};
use milieu_content::{Campaign, Input, Options};
use milieu_culture::{ClaimState, EvidenceKind, KnowledgeBase, Read};

use crate::content::settings;
use crate::knowledge::kb;

fn campaign(files: &[(&str, &str)]) -> Campaign {
    let inputs = files
        .iter()
        .map(|(path, text)| Input::new(*path, text.as_bytes().to_vec()));
    let options = Options {
        source_locale: Some("en-US".parse().unwrap()),
        ..Options::default()
    };
    Campaign::read(inputs.collect(), &options)
}

fn audit_with(kb: &KnowledgeBase, text: &str) -> Report {
    let markets = ["ja-JP".parse().unwrap()];
    run(kb, &campaign(&[("mail.txt", text)]), &markets, &settings())
}

fn audit(text: &str) -> Report {
    audit_with(&kb(), text)
}

const SHOP: [(&str, &str); 4] = [
    (
        "en-US.json",
        "{\"n\": \"{n} gifts\",\n\"box\": \"\u{200f}A\\twhite ribbon\"}",
    ),
    (
        "ja-JP.json",
        "{\"n\": \"ギフトです\", \"box\": \"心をこめて、白いリボンで🎁\"}",
    ),
    ("mail.txt", "Hello,\neach gift in a white envelope."),
    ("logo.bin", "?"),
];

#[test]
fn the_text_report_shows_what_where_why_and_what_to_do() {
    let campaign = campaign(&SHOP);
    let markets = ["ja-JP".parse().unwrap()];
    let report = run(&kb(), &campaign, &markets, &settings());
    insta::assert_snapshot!(render::text(&report, &campaign));
}

#[test]
fn the_json_report_has_the_shape_that_was_promised() {
    let report = audit("Each gift in a white envelope.");
    insta::assert_snapshot!(render::json(&report));
}

#[test]
fn markers_stand_below_what_they_mean_in_long_and_hostile_lines() {
    let lead = "白".repeat(60);
    let line = format!(
        "{lead}, \u{1b}[31m a\u{202e} white ribbon{}",
        " and more".repeat(20)
    );
    let campaign = campaign(&[("mail.txt", &line)]);
    let markets = ["ja-JP".parse().unwrap()];
    let report = run(&kb(), &campaign, &markets, &settings());
    insta::assert_snapshot!(render::text(&report, &campaign));
}

#[test]
fn a_report_is_the_same_each_time_and_in_any_order_of_markets() {
    let markets = ["ja-JP", "de-DE", "fr-FR"].map(|market| market.parse().unwrap());
    let mut turned = markets.clone();
    turned.reverse();
    let campaign = campaign(&SHOP);
    let reports = [&markets, &turned].map(|m| run(&kb(), &campaign, m, &settings()));
    assert_eq!(reports[0], reports[1]);
}

#[test]
fn a_fingerprint_outlives_moved_lines_and_tells_twins_apart() {
    let prints = |text: &str| {
        let findings = audit(text).findings;
        findings
            .into_iter()
            .map(|f| f.fingerprint)
            .collect::<Vec<_>>()
    };
    let before = prints("A white ribbon.\n\nA white ribbon.");
    let after = prints("News.\n\nMore news:\nA white ribbon.\n\n\nA white ribbon.");
    assert_eq!(before, after);
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1]);
    assert_ne!(before[0], prints("A white envelope.")[0]);
}

#[test]
fn a_rule_can_be_switched_off_and_says_so() {
    let mut off = settings();
    off.off.insert("COL001".to_owned());
    let campaign = campaign(&[("mail.txt", "A white ribbon.")]);
    let report = run(&kb(), &campaign, &["ja-JP".parse().unwrap()], &off);
    assert!(report.findings.is_empty());
    assert_eq!(report.skipped[0].subject, "COL001");
}

#[test]
fn the_gravest_finding_decides() {
    assert_eq!(audit("A page.").worst(), None);
    let info = audit("A white ribbon.");
    assert_eq!(info.worst(), Some(Severity::Info));
    assert!(info.reaches(Severity::Info) && !info.reaches(Severity::Warning));
}

/// Changes the one claim behind a finding, and returns its severity or `unsure`.
fn with_claim(change: impl Fn(&mut milieu_culture::Claim)) -> String {
    let mut kb = kb();
    kb.claims.values_mut().for_each(change);
    let report = audit_with(&kb, "A white ribbon.");
    match (report.findings.as_slice(), report.unsure.as_slice()) {
        ([finding], []) => format!("{:?}", finding.severity),
        ([], [_]) => "unsure".to_owned(),
        ([], []) => "silent".to_owned(),
        (_, _) => "too much".to_owned(),
    }
}

#[test]
fn a_finding_goes_no_further_than_its_claim() {
    assert_eq!(with_claim(|_| {}), "Info");
    let measured = |c: &mut milieu_culture::Claim| {
        c.kind = EvidenceKind::MeasuredBehaviour;
        c.evidence[0].date = "2026-11-24".to_owned();
    };
    assert_eq!(with_claim(measured), "Warning");
    assert_eq!(
        with_claim(|c| c.kind = EvidenceKind::Survey),
        "Info",
        "an undated survey is a C"
    );
    assert_eq!(
        with_claim(|c| c.kind = EvidenceKind::Law),
        "Warning",
        "the rule's own ceiling"
    );
    assert_eq!(
        with_claim(|c| c.state = ClaimState::Approved),
        "Info",
        "approval does not lift a grade"
    );
    assert_eq!(with_claim(|c| c.state = ClaimState::Retired), "silent");
    let contested = |c: &mut milieu_culture::Claim| {
        measured(c);
        c.state = ClaimState::Contested;
    };
    assert_eq!(with_claim(contested), "Info");
    assert_eq!(
        with_claim(|c| c.expires = "2026-11-23".parse().unwrap()),
        "unsure"
    );
    assert_eq!(
        with_claim(|c| c.expires = "2026-11-24".parse().unwrap()),
        "Info"
    );
    assert_eq!(
        with_claim(|c| c.evidence[0].read = Read::Recalled),
        "unsure"
    );
}
