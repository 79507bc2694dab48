//! What house tests read of a crate's `Cargo.toml`.

use std::collections::BTreeSet;

use crate::house::House;

/// A crate: its folder's name and the crates of this house it imports.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The folder below `crates/`, as `culture`.
    pub(crate) name: String,
    /// What its code imports, build scripts included.
    pub(crate) imports: BTreeSet<String>,
    /// What only its tests import.
    pub(crate) tests: BTreeSet<String>,
    /// Whether it takes the workspace's lints.
    pub(crate) lints: bool,
}

/// Reads the manifests of all crates; the errors say which cannot be read.
pub(crate) fn all(house: &House) -> (Vec<Manifest>, Vec<String>) {
    let mut manifests = Vec::new();
    let mut errors = Vec::new();
    for (path, text) in house.below("crates/", "/Cargo.toml") {
        let name = path
            .trim_start_matches("crates/")
            .trim_end_matches("/Cargo.toml");
        match text.parse::<toml::Table>() {
            Ok(table) => manifests.push(read(name, &table)),
            Err(error) => errors.push(format!("{path} cannot be read: {error}")),
        }
    }
    (manifests, errors)
}

fn read(name: &str, table: &toml::Table) -> Manifest {
    let lints = table.get("lints").and_then(|lints| lints.get("workspace"));
    let mut imports = milieu_crates(table, "dependencies");
    imports.extend(milieu_crates(table, "build-dependencies"));
    let mut tests = milieu_crates(table, "dev-dependencies");
    let targets = table.get("target").and_then(toml::Value::as_table);
    for target in targets
        .into_iter()
        .flat_map(toml::Table::values)
        .filter_map(toml::Value::as_table)
    {
        imports.extend(milieu_crates(target, "dependencies"));
        imports.extend(milieu_crates(target, "build-dependencies"));
        tests.extend(milieu_crates(target, "dev-dependencies"));
    }
    Manifest {
        name: name.to_owned(),
        imports,
        tests,
        lints: lints.and_then(toml::Value::as_bool) == Some(true),
    }
}

/// Names the crates of this house in a section, also where they are renamed.
fn milieu_crates(table: &toml::Table, section: &str) -> BTreeSet<String> {
    let Some(section) = table.get(section).and_then(toml::Value::as_table) else {
        return BTreeSet::new();
    };
    let real_name = |(key, value): (&String, &toml::Value)| {
        let package = value.get("package").and_then(toml::Value::as_str);
        package.unwrap_or(key).to_owned()
    };
    let ours = |name: String| name.strip_prefix("milieu-").map(str::to_owned);
    section.iter().map(real_name).filter_map(ours).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renamed_and_target_dependencies_are_seen() {
        let text = "[lints]\nworkspace = true\n[dependencies]\nserde = \"1\"\nstore = { package = \"milieu-store\", path = \"\" }\n\
                    [target.'cfg(unix)'.dependencies]\nmilieu-stats.workspace = true\n\
                    [dev-dependencies]\nmilieu-culture.workspace = true\n";
        let (manifests, errors) = all(&House::of([("crates/learn/Cargo.toml", text)]));
        assert_eq!(errors, Vec::<String>::new());
        let wanted = Manifest {
            name: "learn".to_owned(),
            imports: ["stats", "store"].map(str::to_owned).into(),
            tests: ["culture"].map(str::to_owned).into(),
            lints: true,
        };
        assert_eq!(manifests, [wanted]);
    }

    #[test]
    fn a_broken_manifest_is_told() {
        let (_, errors) = all(&House::of([("crates/learn/Cargo.toml", "[dependencies")]));
        assert!(
            errors[0].starts_with("crates/learn/Cargo.toml cannot be read"),
            "{errors:?}"
        );
    }
}
