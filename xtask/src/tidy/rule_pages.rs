//! Every rule of the audit is listed and has a fresh public page.

use milieu_audit::{RulePage, pages};

use crate::house::House;
use crate::rules;

const SOURCES: &str = "crates/audit/src/rules/";

/// Says which rules lack their page, and which files are no rule.
pub(crate) fn complaints(house: &House) -> Vec<String> {
    let pages = pages();
    let mut complaints = unlisted(house, &pages);
    complaints.extend(rules::stale(house, &pages));
    complaints
}

/// A rule's file that nobody listed would never run.
fn unlisted(house: &House, pages: &[RulePage]) -> Vec<String> {
    house
        .below(SOURCES, ".rs")
        .filter(|(path, _)| !path.ends_with("/mod.rs"))
        .filter_map(|(path, _)| {
            let stem = path.rsplit('/').next()?.strip_suffix(".rs")?;
            let listed = pages.iter().any(|page| page.name.replace('-', "_") == stem);
            (!listed).then(|| {
                format!("{path} is no rule that RULES lists: add it, or name it after its rule")
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_is_not_listed_is_told() {
        let house = House::of([
            ("crates/audit/src/rules/mod.rs", ""),
            ("crates/audit/src/rules/colour/mourning_colour.rs", ""),
            ("crates/audit/src/rules/colour/forgotten.rs", ""),
        ]);
        let found = unlisted(&house, &pages());
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("forgotten.rs"), "{found:?}");
    }

    #[test]
    fn a_house_without_pages_fails() {
        assert!(pages().len() < complaints(&House::of([])).len());
    }
}
