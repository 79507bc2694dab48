//! Cases: prose, content, and exactly the findings expected of it.

use milieu_audit::{Finding, Outcome, Suppressed};

use crate::content::blocks;
use crate::knowledge::kb;

const CASES: [(&str, &str); 10] = [
    (
        "gift-wrapping",
        include_str!("../../cases/gift-wrapping.md"),
    ),
    ("near-misses", include_str!("../../cases/near-misses.md")),
    (
        "translated-shop",
        include_str!("../../cases/translated-shop.md"),
    ),
    ("plural-forms", include_str!("../../cases/plural-forms.md")),
    (
        "loaded-numbers",
        include_str!("../../cases/loaded-numbers.md"),
    ),
    (
        "protected-emblem",
        include_str!("../../cases/protected-emblem.md"),
    ),
    ("solemn-days", include_str!("../../cases/solemn-days.md")),
    (
        "restricted-categories",
        include_str!("../../cases/restricted-categories.md"),
    ),
    ("suppressions", include_str!("../../cases/suppressions.md")),
    (
        "what-cannot-be-judged",
        include_str!("../../cases/what-cannot-be-judged.md"),
    ),
];

fn line(finding: &Finding) -> String {
    let at = &finding.location;
    let label = match finding.outcome {
        Outcome::Violation => format!("{:?}", finding.severity).to_lowercase(),
        Outcome::Unsure => "unsure".to_owned(),
    };
    format!(
        "{}:{}:{} {label} {} {} \"{}\": {}\n",
        at.file, at.line, at.column, finding.code, finding.market, at.text, finding.message
    )
}

fn hidden(suppressed: &Suppressed) -> String {
    let Suppressed {
        finding,
        reason,
        until,
    } = suppressed;
    let at = &finding.location;
    let until = until.map(|day| format!(", until {day}"));
    format!(
        "suppressed {}:{}:{} {} {}: {reason}{}\n",
        at.file,
        at.line,
        at.column,
        finding.code,
        finding.market,
        until.unwrap_or_default()
    )
}

#[test]
fn every_case_finds_exactly_what_it_says() {
    for (name, markdown) in CASES {
        let blocks = blocks(markdown);
        assert!(
            !blocks.is_empty() && blocks.len().is_multiple_of(2),
            "{name}"
        );
        for pair in blocks.chunks(2) {
            let [content, expected] = pair else { continue };
            assert_eq!(
                (content.verb.as_str(), expected.verb.as_str()),
                ("content", "findings")
            );
            let report = content.audit(&kb());
            let mut found: String = report
                .findings
                .iter()
                .chain(&report.unsure)
                .map(line)
                .collect();
            found.extend(report.suppressed.iter().map(hidden));
            for skip in report.skipped {
                found.extend(["skipped ", &skip.subject, ": ", &skip.reason, "\n"]);
            }
            assert_eq!(found, expected.body, "{name}:\n{}", content.body);
        }
    }
}

#[test]
fn every_case_in_the_folder_is_run() {
    let listed = CASES.len();
    let lines = include_str!("../../cases/README.md").lines();
    assert_eq!(lines.filter(|line| line.starts_with("- `")).count(), listed);
}
