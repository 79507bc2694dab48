//! Writes the public page of every audit rule to `docs/rules/`.

use std::collections::BTreeMap;
use std::fs;

use anyhow::bail;
use milieu_audit::{RulePage, pages};

use crate::house::{House, root};

const FOLDER: &str = "docs/rules";

/// Writes all pages and their index, and removes pages of rules that are gone.
pub(crate) fn write() -> anyhow::Result<()> {
    let wanted = wanted(&pages());
    fs::create_dir_all(root().join(FOLDER))?;
    for (path, text) in &wanted {
        fs::write(root().join(path), text)?;
    }
    let house = House::read()?;
    for (path, _) in house.below(FOLDER, ".md") {
        if !wanted.contains_key(path) {
            fs::remove_file(root().join(path))?;
        }
    }
    println!("{} files in {FOLDER}", wanted.len());
    Ok(())
}

/// Fails when a page is missing, stale or left over.
pub(crate) fn check(house: &House) -> anyhow::Result<()> {
    let complaints = stale(house, &pages());
    if complaints.is_empty() {
        println!("{FOLDER} is fresh");
        return Ok(());
    }
    bail!("{}", complaints.join("\n"))
}

/// Says which pages are missing, stale or left over.
pub(crate) fn stale(house: &House, pages: &[RulePage]) -> Vec<String> {
    let wanted = wanted(pages);
    let mut complaints = Vec::new();
    for (path, text) in &wanted {
        match house.text(path) {
            Some(found) if found == text => {}
            Some(_) => complaints.push(format!("{path} is not fresh: run cargo xtask rules")),
            None => complaints.push(format!("{path} is missing: run cargo xtask rules")),
        }
    }
    let left = house
        .below(FOLDER, ".md")
        .filter(|(path, _)| !wanted.contains_key(*path));
    complaints.extend(left.map(|(path, _)| format!("{path} belongs to no rule: remove it")));
    complaints
}

fn wanted(pages: &[RulePage]) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = pages
        .iter()
        .map(|page| (path_of(page), readable(&page.markdown)))
        .collect();
    files.insert(format!("{FOLDER}/README.md"), index(pages));
    files
}

fn path_of(page: &RulePage) -> String {
    format!("{FOLDER}/{}-{}.md", page.code, page.name)
}

/// Turns examples into blocks that Markdown viewers show as plain text under a label.
fn readable(markdown: &str) -> String {
    let mut text = String::new();
    for line in markdown.lines() {
        if let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) {
            let (verb, rest) = info.split_once(' ').unwrap_or((info, ""));
            if !text.ends_with("\n\n") {
                text.push('\n');
            }
            text.push_str(&capital(verb));
            text.push_str(&told(rest));
            text.push_str("\n```text\n");
        } else {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.push_str("\n---\nWritten by `cargo xtask rules` from the rule's file; edit it there.\n");
    text
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Says `market=ja-JP locale=en-US` in words.
fn told(attributes: &str) -> String {
    let said = attributes.split_whitespace().map(|attribute| {
        let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        format!("{name} {value}")
    });
    let said: Vec<String> = said.collect();
    match said.as_slice() {
        [] => ":\n".to_owned(),
        _ => format!(" ({}):\n", said.join(", ")),
    }
}

fn index(pages: &[RulePage]) -> String {
    let mut lines = vec![
        "# Rules\n".to_owned(),
        "One page a rule, written by `cargo xtask rules`; `milieu explain COL001` shows the same.\n"
            .to_owned(),
        "| code | rule | what it does |\n|---|---|---|".to_owned(),
    ];
    for page in pages {
        let RulePage {
            code,
            name,
            summary,
            ..
        } = page;
        lines.push(format!(
            "| {code} | [{name}]({code}-{name}.md) | {summary} |"
        ));
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Vec<RulePage> {
        vec![RulePage {
            code: "COL009",
            name: "loud-colour",
            summary: "Flags a loud colour.".to_owned(),
            markdown: "# COL009 loud-colour\n\n```flagged market=ja-JP locale=en\nRed.\n```\n"
                .to_owned(),
        }]
    }

    #[test]
    fn missing_stale_and_left_over_pages_are_told() {
        let wanted = wanted(&pages());
        let fresh = || {
            wanted
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str()))
        };
        assert_eq!(stale(&House::of(fresh()), &pages()), Vec::<String>::new());
        let complaints = stale(
            &House::of([
                ("docs/rules/COL009-loud-colour.md", "old"),
                ("docs/rules/COL008-gone.md", ""),
            ]),
            &pages(),
        );
        assert_eq!(
            complaints,
            [
                "docs/rules/COL009-loud-colour.md is not fresh: run cargo xtask rules",
                "docs/rules/README.md is missing: run cargo xtask rules",
                "docs/rules/COL008-gone.md belongs to no rule: remove it",
            ]
        );
    }

    #[test]
    fn examples_are_labelled_and_shown_as_text() {
        let text = readable(&pages()[0].markdown);
        assert!(
            text.contains("Flagged (market ja-JP, locale en):\n\n```text\nRed.\n```\n"),
            "{text}"
        );
    }
}
