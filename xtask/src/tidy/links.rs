//! What documents name is there: link targets, and paths in code spans.

use super::markdown::{self, Code};
use crate::house::House;

/// Folders whose files documents name from the root.
const ROOTS: &[&str] = &[
    "crates/", "xtask/", "bench/", "docs/", "packs/", "scripts/", "web/", "tests/", ".ci/",
];

/// Says which links and paths lead nowhere.
pub(crate) fn complaints(house: &House) -> Vec<String> {
    let mut complaints = Vec::new();
    for (path, text) in house.below("", ".md") {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for Code { line, text } in markdown::links(text) {
            let target = text.split(['#', ' ']).next().unwrap_or_default();
            let outside = target.contains("://") || target.starts_with("mailto:");
            if !target.is_empty() && !outside && !house.has(&joined(folder, target)) {
                complaints.push(format!("{path}:{line}: the link to {target} leads nowhere"));
            }
        }
        if path.ends_with("CHANGELOG.md") {
            continue;
        }
        let paths = markdown::code(text)
            .into_iter()
            .filter(|code| is_path(code.text));
        for Code { line, text } in paths {
            if !found_from(house, folder, text) {
                complaints.push(format!("{path}:{line}: there is no {text}"));
            }
        }
    }
    complaints
}

/// Looks from the root, then from the document's folder and those around it.
fn found_from(house: &House, folder: &str, path: &str) -> bool {
    let around = folder.match_indices('/').map(|(end, _)| end);
    house.has(path)
        || around
            .chain([folder.len()])
            .filter_map(|end| folder.get(..end))
            .any(|folder| house.has(&joined(folder, path)))
}

/// Tells whether a code span names one file or folder from the root.
fn is_path(text: &str) -> bool {
    let generated = text.starts_with("web/dist") || text.starts_with("bench/out");
    let pattern = text.contains(['<', '*', '{', '…', ' ', '(']);
    ROOTS.iter().any(|root| text.starts_with(root)) && !generated && !pattern
}

fn joined(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_paths_that_lead_nowhere_are_told() {
        let house = House::of([
            (
                "docs/start.md",
                "[a](slots.md#fields) [b](../README.md) [c](gone.md) [d](https://x.example/)\n`crates/a/src/lib.rs` `crates/a/src/gone.rs` `crates/<name>/`\n",
            ),
            ("docs/slots.md", ""),
            ("README.md", ""),
            ("crates/a/src/lib.rs", ""),
            ("crates/a/README.md", "`tests/it/main.rs`"),
            ("crates/a/tests/it/main.rs", ""),
        ]);
        assert_eq!(
            complaints(&house),
            [
                "docs/start.md:1: the link to gone.md leads nowhere",
                "docs/start.md:2: there is no crates/a/src/gone.rs",
            ]
        );
    }
}
