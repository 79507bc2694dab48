//! Decision records are numbered without gaps and have one anatomy.

use crate::house::House;

const FOLDER: &str = "docs/decisions/";
const SECTIONS: [&str; 3] = ["Decision", "Why", "When to look again"];

/// Says which records are misnumbered or incomplete.
pub(crate) fn complaints(house: &House) -> Vec<String> {
    let mut complaints = Vec::new();
    let records = house
        .below(FOLDER, ".md")
        .filter(|(path, _)| !path.ends_with("/README.md"));
    let mut next = 1;
    for (path, text) in records {
        let name = path.trim_start_matches(FOLDER);
        let wanted = format!("{next:04}-");
        if !name.starts_with(&wanted) {
            complaints.push(format!(
                "{path}: expected the number {next:04}: numbers have no gaps and no twins"
            ));
        }
        if !text.starts_with(&format!("# {} ", name.get(..4).unwrap_or_default())) {
            complaints.push(format!(
                "{path}: the title does not begin with the record's number"
            ));
        }
        let found: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        if found != SECTIONS {
            complaints.push(format!("{path}: sections are {found:?}, not {SECTIONS:?}"));
        }
        next += 1;
    }
    if next == 1 {
        complaints.push(format!("{FOLDER} is empty"));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = "# 0001 One\n\n## Decision\n\n## Why\n\n## When to look again\n";

    #[test]
    fn gaps_titles_and_sections_are_checked() {
        let good = ("docs/decisions/0001-one.md", RECORD);
        assert_eq!(complaints(&House::of([good])), Vec::<String>::new());
        let found = complaints(&House::of([
            good,
            ("docs/decisions/0003-three.md", "# Three\n\n## Why\n"),
        ]));
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].contains("expected the number 0002"), "{found:?}");
        assert_eq!(complaints(&House::of([])), ["docs/decisions/ is empty"]);
    }
}
