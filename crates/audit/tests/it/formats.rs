//! Each format says the same findings, where they stand, in the way its readers count.

use milieu_audit::render::{self, Sheet};
use milieu_audit::{Report, Severity, run};
use milieu_content::{Campaign, Input, Options};
use milieu_culture::{KnowledgeBase, MarketId};
use serde_json::Value;

use crate::content::settings;
use crate::knowledge::kb;

/// What was audited, kept together for a sheet.
pub(crate) struct Audited {
    campaign: Campaign,
    report: Report,
    kb: KnowledgeBase,
    markets: Vec<MarketId>,
}

impl Audited {
    pub(crate) fn of(files: &[(&str, &str)], markets: &[&str]) -> Self {
        let inputs = files
            .iter()
            .map(|(path, text)| Input::new(*path, text.as_bytes().to_vec()));
        let options = Options {
            source_locale: Some("en-US".parse().unwrap()),
            ..Options::default()
        };
        let campaign = Campaign::read(inputs.collect(), &options);
        let markets: Vec<MarketId> = markets.iter().map(|m| m.parse().unwrap()).collect();
        let kb = kb();
        let report = run(&kb, &campaign, &markets, &settings());
        Self {
            campaign,
            report,
            kb,
            markets,
        }
    }

    pub(crate) fn sheet(&self) -> Sheet<'_> {
        Sheet {
            report: &self.report,
            campaign: &self.campaign,
            kb: &self.kb,
            markets: &self.markets,
            as_of: settings().as_of,
        }
    }
}

/// One finding of each sort, behind characters that programs count differently.
pub(crate) fn shop() -> Audited {
    Audited::of(
        &[
            (
                "campaign.toml",
                "[campaign]\ncategory = \"alcohol\"\n\n[[ignore]]\ncode = \"LAW001\"\nmarkets = [\"de-DE\"]\nreason = \"A lawyer, 100 % sure: cleared\"\nuntil = 2026-12-31\n",
            ),
            (
                "en-US.json",
                "{\"n\": \"{n} gifts\", \"box\": \"A white ribbon\"}",
            ),
            (
                "ja-JP.json",
                "{\"n\": \"ギフト\",\n \"box\": \"e\u{301}🎁白いリボンで\"}",
            ),
            ("sw.json", "{\"box\": \"Utepe mweupe\"}"),
            ("logo.bin", "?"),
        ],
        &["ja-JP", "de-DE"],
    )
}

fn lines(jsonl: &str) -> Vec<Value> {
    jsonl
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn sarif_says_what_where_and_why_not() {
    let shop = shop();
    let log: Value = serde_json::from_str(&render::sarif(&shop.sheet())).unwrap();
    let mut run = log["runs"][0].clone();
    for rule in run["tool"]["driver"]["rules"].as_array_mut().unwrap() {
        assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# "));
        rule["help"]["markdown"] = "its page".into();
    }
    run["tool"]["driver"]["semanticVersion"] = "its version".into();
    insta::assert_json_snapshot!(run);
}

#[test]
fn columns_count_what_each_format_counts() {
    let shop = shop();
    // Before the white: a bracket's line break, ` "box": "` (9), e and its accent, a present.
    let log: Value = serde_json::from_str(&render::sarif(&shop.sheet())).unwrap();
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let white = results
        .iter()
        .find(|r| r["ruleId"] == "COL001" && r["kind"] == "fail")
        .unwrap();
    let region = &white["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (
            &region["startLine"],
            &region["startColumn"],
            &region["endColumn"]
        ),
        (&2.into(), &13.into(), &18.into())
    );
    let diagnostics = lines(&render::rdjsonl(&shop.sheet()));
    let white = diagnostics
        .iter()
        .find(|d| d["code"]["value"] == "COL001" && d["severity"] == "INFO")
        .unwrap();
    let range = &white["location"]["range"];
    // In bytes: 9, one for e, two for its accent, four for the present; then 15.
    assert_eq!(
        (&range["start"]["column"], &range["end"]["column"]),
        (&17.into(), &32.into())
    );
    let annotations = render::github(&shop.sheet());
    assert!(
        annotations.contains("file=ja-JP.json,line=2,endLine=2,col=13,endColumn=17,"),
        "{annotations}"
    );
}

#[test]
fn json_lines_hold_all_that_is_said() {
    let shop = shop();
    let said = lines(&render::jsonl(&shop.report));
    let kinds: Vec<_> = said
        .iter()
        .map(|line| line["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["finding", "finding", "unsure", "suppressed", "skipped"],
        "{said:?}"
    );
    assert_eq!(said[0]["code"], "FMT001");
    assert_eq!(said[3]["finding"]["code"], "LAW001");
}

#[test]
fn junit_fails_where_the_audit_fails() {
    let shop = shop();
    insta::assert_snapshot!(render::junit(&shop.sheet(), Some(Severity::Error)));
    let never = render::junit(&shop.sheet(), None);
    assert!(never.contains("failures=\"0\"") && !never.contains("<failure"));
    let strict = render::junit(&shop.sheet(), Some(Severity::Info));
    assert_eq!(strict.matches("<failure").count(), 2);
}

#[test]
fn annotations_and_diagnostics_read_well() {
    let shop = shop();
    insta::assert_snapshot!(render::github(&shop.sheet()));
    insta::assert_snapshot!(render::rdjsonl(&shop.sheet()));
}

#[test]
fn the_page_reads_well() {
    let page = render::html(&shop().sheet());
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    insta::assert_snapshot!(format!("{head}<style>…</style>{body}"));
}

#[test]
fn colours_change_nothing_but_colours() {
    let shop = shop();
    let coloured = render::coloured(&shop.report, &shop.campaign);
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, escape)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = escape.split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(plain, render::text(&shop.report, &shop.campaign));
}

/// Text that tries to leave its place in every format.
const HOSTILE: &str =
    "<script>alert(1)</script> \"><img src=x onerror=alert(1)> ' ]]> &amp; --> ::error::x%0A";

#[test]
fn nothing_hostile_leaves_its_place() {
    let text = format!("{HOSTILE} A white ribbon \u{202e}javascript:alert(1)\r::warning::y");
    let name = "a<img src=x onerror=alert(1)>,b:\"c.txt";
    let reason = "<svg/onload=alert(1)> & ]]>";
    let audited = Audited::of(&[(name, &text), ("b\u{202e}.png", "?")], &["ja-JP"]);
    let mut report = audited.report.clone();
    assert_eq!(report.findings.len(), 1);
    report.suppressed.push(milieu_audit::Suppressed {
        finding: report.findings[0].clone(),
        reason: reason.to_owned(),
        until: None,
    });
    report.findings[0].message = HOSTILE.to_owned();
    report.findings[0].why = HOSTILE.to_owned();
    let sheet = Sheet {
        report: &report,
        ..audited.sheet()
    };
    let page = render::html(&sheet);
    let (_, body) = page.split_once("</style>").unwrap();
    for tag in ["<script", "<img", "<svg", "\u{202e}", "<a href=\"j"] {
        assert!(!body.contains(tag), "{tag}");
    }
    assert_eq!(page.matches("<style>").count(), 1);
    assert!(page.contains("default-src 'none'"));
    let junit = render::junit(&sheet, Some(Severity::Info));
    for tag in ["<script", "<img", "<svg", "]]>", "\u{202e}", "\r"] {
        assert!(!junit.contains(tag), "{tag}");
    }
    let commands = render::github(&sheet);
    assert!(
        commands.lines().all(|line| line.starts_with("::notice ")),
        "{commands}"
    );
    assert_eq!(commands.lines().count(), 2);
    assert!(commands.contains("file=a<img src=x onerror=alert(1)>%2Cb%3A\"c.txt,line=1"));
    for text in [render::sarif(&sheet), render::json(&report)] {
        serde_json::from_str::<Value>(&text).unwrap();
    }
    assert_eq!(lines(&render::rdjsonl(&sheet)).len(), 1);
    assert!(!render::text(&report, &audited.campaign).contains(['\u{202e}', '\u{1b}', '\r']));
}
