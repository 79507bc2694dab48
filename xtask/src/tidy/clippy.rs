//! The lints that keep I/O, clock and environment out of ground and craft crates.

use super::floors::{Floor, find};
use super::manifest;
use crate::house::House;

/// What `clippy.toml` must disallow.
const DISALLOWED: &[&str] = &[
    "std::time::SystemTime::now",
    "std::time::Instant::now",
    "std::env::var",
    "std::fs::read",
    "std::fs::read_to_string",
    "std::fs::write",
    "std::fs::File::open",
    "std::fs::File::create",
    "jiff::Timestamp::now",
];
/// What no method list can disallow: whole modules and crates.
const FOREIGN: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "tokio::",
    "sqlx::",
    "axum::",
    "ureq::",
    "getrandom::",
    "rand::",
];

/// Says where the lints are off, or something foreign is used.
pub(crate) fn complaints(house: &House) -> Vec<String> {
    let mut complaints = Vec::new();
    let list = house.text("clippy.toml").unwrap_or_default();
    for method in DISALLOWED {
        if !list.contains(&format!("\"{method}\"")) {
            complaints.push(format!("clippy.toml no longer disallows {method}"));
        }
    }
    let workspace = house.text("Cargo.toml").unwrap_or_default();
    if !workspace.contains("\ndisallowed_methods = ") {
        complaints.push("Cargo.toml no longer turns on disallowed_methods".to_owned());
    }
    let (manifests, errors) = manifest::all(house);
    complaints.extend(errors);
    for manifest in manifests {
        let name = &manifest.name;
        if !manifest.lints {
            complaints.push(format!(
                "crates/{name}/Cargo.toml lacks [lints] workspace = true"
            ));
        }
        if find(name).is_some_and(|room| room.floor <= Floor::Craft) {
            complaints.extend(foreign(house, name));
        }
    }
    complaints
}

fn foreign(house: &House, name: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    for (path, text) in house.below(&format!("crates/{name}/src/"), ".rs") {
        for (line, code) in (1..).zip(text.lines()) {
            let code = code.split("//").next().unwrap_or_default();
            if code.contains("clippy::disallowed_methods") {
                complaints.push(format!("{path}:{line}: switches disallowed_methods off"));
            }
            let used = FOREIGN.iter().find(|foreign| uses(code, foreign));
            if let Some(foreign) = used {
                complaints.push(format!(
                    "{path}:{line}: uses {foreign}: make it an argument"
                ));
            }
        }
    }
    complaints
}

/// Tells whether a path stands in the code, not as the end of a longer one.
fn uses(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, code: &str) -> Vec<String> {
        let list: Vec<String> = DISALLOWED
            .iter()
            .map(|path| format!("\"{path}\""))
            .collect();
        let list = list.join("\n");
        let manifest = "[lints]\nworkspace = true\n";
        complaints(&House::of([
            ("clippy.toml", list.as_str()),
            ("Cargo.toml", "\ndisallowed_methods = \"warn\"\n"),
            ("crates/decide/Cargo.toml", manifest),
            ("crates/store/Cargo.toml", manifest),
            (path, code),
        ]))
    }

    #[test]
    fn io_below_the_cellar_is_told() {
        let code = "use std::fs;\n// std::fs in words is fine\nlet brand::x = 1;\n";
        let found = of("crates/decide/src/lib.rs", code);
        assert_eq!(
            found,
            ["crates/decide/src/lib.rs:1: uses std::fs: make it an argument"]
        );
        assert_eq!(of("crates/store/src/lib.rs", code), Vec::<String>::new());
        let off = of(
            "crates/decide/src/lib.rs",
            "#![allow(clippy::disallowed_methods)]\n",
        );
        assert!(
            off[0].contains("switches disallowed_methods off"),
            "{off:?}"
        );
    }

    #[test]
    fn lints_that_were_dropped_are_told() {
        let found = of("crates/decide/Cargo.toml", "");
        assert_eq!(
            found,
            ["crates/decide/Cargo.toml lacks [lints] workspace = true"]
        );
        let empty = complaints(&House::of([]));
        assert_eq!(empty.len(), DISALLOWED.len() + 1);
    }
}
