//! The changelog has an entry for the version that is being written.

use crate::house::House;

/// Says what the changelog lacks.
pub(crate) fn complaints(house: &House) -> Vec<String> {
    let Some(text) = house.text("CHANGELOG.md") else {
        return vec!["CHANGELOG.md is missing".to_owned()];
    };
    let Some(version) = version(house) else {
        return vec!["Cargo.toml has no [workspace.package] version".to_owned()];
    };
    let mut lines = text.lines();
    let heading = |line: &str| {
        line.strip_prefix("## ")
            .is_some_and(|title| title.split_whitespace().next() == Some(&version))
    };
    if !lines.any(heading) {
        return vec![format!("CHANGELOG.md has no section \"## {version}\"")];
    }
    let items = lines
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| line.starts_with("- "))
        .count();
    if items == 0 {
        return vec![format!("CHANGELOG.md says nothing about {version}")];
    }
    Vec::new()
}

fn version(house: &House) -> Option<String> {
    let manifest: toml::Table = house.text("Cargo.toml")?.parse().ok()?;
    let version = manifest.get("workspace")?.get("package")?.get("version")?;
    version.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(changelog: &str) -> Vec<String> {
        let manifest = ("Cargo.toml", "[workspace.package]\nversion = \"0.2.0\"\n");
        complaints(&House::of([manifest, ("CHANGELOG.md", changelog)]))
    }

    #[test]
    fn a_version_without_an_entry_is_told() {
        assert_eq!(
            of("## 0.2.0 (unreleased)\n- audit: more rules\n"),
            Vec::<String>::new()
        );
        assert_eq!(
            of("## 0.1.0\n- first\n"),
            ["CHANGELOG.md has no section \"## 0.2.0\""]
        );
        assert_eq!(
            of("## 0.2.0\n\n## 0.1.0\n- first\n"),
            ["CHANGELOG.md says nothing about 0.2.0"]
        );
        assert_eq!(complaints(&House::of([])), ["CHANGELOG.md is missing"]);
    }
}
