//! The page that describes packs: its examples are packs.

use std::fs;
use std::path::Path;

use milieu_culture::{ClaimId, pack};

use crate::shipped::files;

/// Returns the examples of the page, with the folder that each names in its first line.
fn examples() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/packs.md");
    let page = fs::read_to_string(path).unwrap();
    let blocks = page.split("```toml\n").skip(1);
    blocks
        .map(|block| {
            let text = block.split("```").next().unwrap();
            let schema = text.lines().next().unwrap();
            let name = schema.strip_prefix("#:schema ../schema/").unwrap();
            let folder = name.strip_suffix(".schema.json").unwrap();
            (folder.to_owned(), text.to_owned())
        })
        .collect()
}

#[test]
fn the_examples_of_the_page_are_sound_packs() {
    let found = examples();
    let folders: Vec<&str> = found.iter().map(|(folder, _)| folder.as_str()).collect();
    assert_eq!(folders, ["topics", "calendars"]);
    let mut all = files();
    for (folder, text) in &found {
        all.push(pack::parse(&format!("{folder}/example.toml"), text).unwrap());
    }
    let base = pack::merge("docs", &all).unwrap();
    let ids: Vec<&str> = base.claims.keys().map(ClaimId::as_str).collect();
    assert!(ids.contains(&"jp.number.example-gift"));
    let kept: Vec<&str> = base.observances.keys().map(ClaimId::as_str).collect();
    assert!(kept.contains(&"islamic.calendar.example"));
}

#[test]
fn the_page_lists_every_facet() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/packs.md");
    let page = fs::read_to_string(path).unwrap().replace('\n', " ");
    assert!(page.contains(&format!("Facets: {}", milieu_culture::FACETS.join(", "))));
}
