//! The knowledge base as its users meet it: packs, merging and grades.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "tests read the shipped packs from disk"
)]

mod broken;
mod calendars;
mod docs;
mod grades;
mod observances;
mod shipped;

use milieu_culture::Claim;

/// A claim in the form of a pack, for tests to vary.
pub(crate) fn claim(text: &str) -> Claim {
    let head = r#"
id = "xx.law.test"
facet = "law"
key = "test"
statement = "Prices include tax."
strength = 2
"#;
    toml::from_str(&format!("{head}{text}")).unwrap()
}
