//! Nothing in the repository knows the machine it was written on.

use crate::house::House;

/// Hosts that lock files may name; npm's name none, see `web/.npmrc`.
const REGISTRIES: &[&str] = &["github.com/rust-lang/crates.io-index"];

/// Beginnings of paths that exist on one machine only; split, so that this file passes.
const PATHS: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/Use", "rs/"),
    concat!("C:", "\\Users"),
];

/// Says where a path or a private registry stands.
pub(crate) fn complaints(house: &House) -> Vec<String> {
    let mut complaints = Vec::new();
    for (path, text) in house.files() {
        let is_lock = ["Cargo.lock", "package-lock.json"]
            .iter()
            .any(|lock| path.ends_with(lock));
        for (line, content) in (1..).zip(text.lines()) {
            if let Some(found) = PATHS.iter().find(|found| names_path(content, found)) {
                complaints.push(format!(
                    "{path}:{line}: names a path of one machine ({found}…)"
                ));
            }
            if (is_lock || sets_registry(path, content)) && names_foreign_host(content) {
                complaints.push(format!(
                    "{path}:{line}: names a registry that not everybody has"
                ));
            }
        }
    }
    complaints
}

/// Tells whether an absolute path begins here, not the middle of another.
fn names_path(content: &str, path: &str) -> bool {
    content.match_indices(path).any(|(at, _)| {
        let before = content.get(..at).and_then(|text| text.chars().next_back());
        before.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '/')))
    })
}

fn sets_registry(path: &str, content: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    matches!(file, ".npmrc" | "config.toml" | "pip.conf") && content.contains("://")
}

fn names_foreign_host(content: &str) -> bool {
    let field = ["resolved", "source", "registry", "index"]
        .iter()
        .any(|field| content.contains(field));
    field
        && content
            .split("://")
            .skip(1)
            .any(|rest| !REGISTRIES.iter().any(|known| rest.starts_with(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_one_machine_are_told() {
        let text = format!(
            "see {}anna/notes\nsee ./a{}b\nhttps://x.example{}y\n",
            PATHS[0], PATHS[2], PATHS[0]
        );
        let found = complaints(&House::of([("docs/a.md", text.as_str())]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("docs/a.md:1:"), "{found:?}");
    }

    #[test]
    fn private_registries_are_told() {
        let lock = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n\
                    source = \"sparse+https://mirror.example/index/\"\n";
        let house = House::of([
            ("Cargo.lock", lock),
            ("web/.npmrc", "registry=https://mirror.example/\n"),
            (
                "web/package-lock.json",
                "\"resolved\": \"https://mirror.example/a\"\n\"funding\": \"https://a.example\"\n",
            ),
        ]);
        let found = complaints(&house);
        let places: Vec<&str> = found
            .iter()
            .filter_map(|text| text.split(": ").next())
            .collect();
        assert_eq!(
            places,
            ["Cargo.lock:2", "web/.npmrc:1", "web/package-lock.json:1"]
        );
    }
}
