//! Each rule's page is complete, and its examples do what they say.

use milieu_audit::{RulePage, page, pages};

use crate::content::{Block, blocks};
use crate::knowledge::shipped;

/// Runs one example; says what went wrong.
fn run_example(code: &str, example: &Block) -> Result<(), String> {
    let report = example.audit(&shipped());
    let of_rule = |findings: &[milieu_audit::Finding]| {
        let messages = findings.iter().filter(|f| f.code == code);
        messages.map(|f| f.message.clone()).collect::<Vec<_>>()
    };
    let (found, unsure) = (of_rule(&report.findings), of_rule(&report.unsure));
    match example.verb.as_str() {
        _ if !report.skipped.is_empty() => Err(format!("skipped: {:?}", report.skipped)),
        "flagged" if found.is_empty() => Err(format!("nothing was flagged, unsure {unsure:?}")),
        "clean" if !found.is_empty() || !unsure.is_empty() => {
            Err(format!("found {found:?}, unsure {unsure:?}"))
        }
        "flagged" | "clean" => Ok(()),
        other => Err(format!("no example is called {other}")),
    }
}

fn run_page(page: &RulePage) -> Vec<String> {
    blocks(&page.markdown)
        .iter()
        .filter_map(|example| {
            let error = run_example(page.code, example).err()?;
            Some(format!(
                "{} {}: {error}\n{}",
                page.code, example.verb, example.body
            ))
        })
        .collect()
}

#[test]
fn every_example_does_what_it_says() {
    let failures: Vec<_> = pages().iter().flat_map(run_page).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_wrong_example_fails() {
    let with = |block: &str| RulePage {
        markdown: format!("```{block}\n```"),
        ..page("COL001").unwrap()
    };
    let wrong = [
        "clean market=ja-JP locale=en\nA white envelope.",
        "flagged market=ja-JP locale=en\nA clean page.",
        "flagged market=de-DE locale=en\nA white envelope.",
        "clean market=ja-JP locale=sw\nBahasha.",
        "clean market=ja-JP source=en\n--- en.json\n{\"broken\"}",
        "surprising market=ja-JP locale=en\nA page.",
    ];
    for block in wrong {
        assert_eq!(run_page(&with(block)).len(), 1, "{block}");
    }
}

#[test]
fn every_page_has_all_sections_and_enough_examples() {
    let sections = [
        "What it flags",
        "Why it matters there",
        "How sure we are",
        "Examples",
        "What to do",
        "When to ignore",
        "Limits",
        "See also",
    ];
    for page in pages() {
        let found: Vec<_> = page
            .markdown
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        assert_eq!(found, sections, "{}", page.code);
        assert!(
            page.summary.ends_with('.') && page.summary.len() <= 100,
            "{}",
            page.summary
        );
        let blocks = blocks(&page.markdown);
        let count = |verb: &str| blocks.iter().filter(|block| block.verb == verb).count();
        assert!(
            2 <= count("flagged") && 5 <= count("clean"),
            "{}",
            page.code
        );
        let flagged: Vec<_> = blocks.iter().filter(|b| b.verb == "flagged").collect();
        let welcome_elsewhere = blocks.iter().any(|clean| {
            clean.verb == "clean" && flagged.iter().any(|f| f.markets() != clean.markets())
        });
        assert!(
            welcome_elsewhere,
            "{}: no clean example from another market",
            page.code
        );
    }
}

#[test]
fn pages_are_found_by_code_and_by_name() {
    assert_eq!(page("fmt001"), page("placeholder-parity"));
    assert_eq!(page("NOPE001"), None);
    let codes: Vec<_> = pages().iter().map(|page| page.code).collect();
    assert_eq!(
        codes,
        ["COL001", "FMT001", "LAW001", "NUM001", "SYM001", "TIM001",]
    );
}
