//! What is left to do stands in an issue, and no test is switched off.

use crate::house::House;

/// Words for unfinished work; split, so that this file passes.
const WORDS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];
/// Ways to switch a test off.
const OFF: &[&str] = &[
    concat!("#[ign", "ore"),
    concat!("#[should_", "panic"),
    concat!("test.sk", "ip("),
    concat!("test.on", "ly("),
    concat!("it.sk", "ip("),
];
const CODE: &[&str] = &[
    ".rs", ".ts", ".tsx", ".mjs", ".js", ".css", ".sh", ".py", ".toml", ".sql", ".yml",
];

/// Says where something is left to do without an issue, or a test does not run.
pub(crate) fn complaints(house: &House) -> Vec<String> {
    let mut complaints = Vec::new();
    let code = house
        .files()
        .filter(|(path, _)| CODE.iter().any(|end| path.ends_with(end)));
    for (path, text) in code {
        for (line, content) in (1..).zip(text.lines()) {
            if let Some(word) = WORDS.iter().find(|word| left_over(content, word)) {
                complaints.push(format!(
                    "{path}:{line}: {word} without an issue: write {word}(#12)"
                ));
            }
            if let Some(off) = OFF.iter().find(|off| content.contains(**off)) {
                complaints.push(format!("{path}:{line}: a test is switched off by {off}"));
            }
        }
    }
    complaints
}

/// Tells whether the word stands alone, and no issue follows it.
fn left_over(content: &str, word: &str) -> bool {
    content.match_indices(word).any(|(at, _)| {
        let before = content.get(..at).and_then(|text| text.chars().next_back());
        let after = content.get(at + word.len()..).unwrap_or_default();
        let alone =
            !before.is_some_and(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        let has_issue = after
            .strip_prefix("(#")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        alone && !has_issue
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_work_without_an_issue_is_told() {
        let text = format!(
            "// {0}: later\n// {0}(#7): known\nlet a{0}s = 1;\n",
            WORDS[0]
        );
        let found = complaints(&House::of([("crates/a/src/lib.rs", text.as_str())]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("crates/a/src/lib.rs:1:"), "{found:?}");
    }

    #[test]
    fn tests_that_are_switched_off_are_told() {
        let found = complaints(&House::of([("crates/a/src/lib.rs", OFF[0])]));
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
