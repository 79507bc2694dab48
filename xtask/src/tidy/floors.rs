//! Crates import only from lower floors, and on their own floor only what is listed.

use std::collections::BTreeSet;

use super::manifest::{self, Manifest};
use crate::house::House;

/// Where a crate stands in the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Floor {
    Ground,
    Craft,
    Cellar,
    Hall,
    Doors,
}

/// A room: a crate, its floor, and all that it may import.
pub(crate) struct Room {
    pub(crate) name: &'static str,
    pub(crate) floor: Floor,
    pub(crate) may: &'static [&'static str],
}

const fn room(floor: Floor, name: &'static str, may: &'static [&'static str]) -> Room {
    Room { name, floor, may }
}

use Floor::{Cellar, Craft, Doors, Ground, Hall};

/// The plan of the house. A new edge is a decision: say why in `ARCHITECTURE.md`.
pub(crate) const ROOMS: &[Room] = &[
    room(Ground, "culture", &[]),
    room(Ground, "language", &[]),
    room(Ground, "stats", &[]),
    room(Ground, "record", &["culture"]),
    room(Craft, "content", &["culture", "record"]),
    room(Craft, "audit", &["culture", "language", "content"]),
    room(Craft, "adapt", &["culture", "content"]),
    room(Craft, "review", &["culture", "record"]),
    room(
        Craft,
        "research",
        &["culture", "language", "stats", "review"],
    ),
    room(Craft, "decide", &["culture", "record", "content", "review"]),
    room(Craft, "measure", &["culture", "record", "stats"]),
    room(
        Craft,
        "learn",
        &[
            "culture", "record", "content", "review", "decide", "measure", "stats",
        ],
    ),
    room(
        Cellar,
        "store",
        &[
            "culture", "record", "content", "review", "audit", "research", "decide", "measure",
        ],
    ),
    room(Cellar, "lake", &["culture", "record", "measure"]),
    room(
        Hall,
        "engine",
        &[
            "culture", "language", "stats", "record", "content", "audit", "adapt", "review",
            "research", "decide", "measure", "learn", "store", "lake",
        ],
    ),
    room(
        Doors,
        "server",
        &[
            "engine", "culture", "language", "stats", "record", "content", "audit", "adapt",
            "review", "research", "decide", "measure", "learn",
        ],
    ),
    room(
        Doors,
        "cli",
        &[
            "engine", "server", "culture", "language", "stats", "record", "content", "audit",
            "adapt", "review", "research", "decide", "measure", "learn",
        ],
    ),
];

/// Finds a crate in the plan.
pub(crate) fn find(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}

/// Says which imports the plan does not know.
pub(crate) fn complaints(house: &House) -> Vec<String> {
    let (manifests, mut complaints) = manifest::all(house);
    for manifest in &manifests {
        complaints.extend(of_crate(manifest));
    }
    complaints
}

fn of_crate(manifest: &Manifest) -> Vec<String> {
    let file = format!("crates/{}/Cargo.toml", manifest.name);
    let Some(room) = find(&manifest.name) else {
        return vec![format!(
            "{file}: the plan of the house has no such crate: see xtask/src/tidy/floors.rs"
        )];
    };
    let mut complaints = Vec::new();
    for import in &manifest.imports {
        if !room.may.contains(&import.as_str()) {
            let may = room.may.join(", ");
            complaints.push(format!(
                "{file}: {} may not import {import}: it stands on the {:?} floor and may import {may}",
                room.name, room.floor
            ));
        }
    }
    // A test may look sideways for its data, never up.
    for import in &manifest.tests {
        let above = find(import).is_none_or(|other| room.floor < other.floor);
        if above {
            complaints.push(format!(
                "{file}: tests of {} may not import {import}, which stands on a higher floor",
                room.name
            ));
        }
    }
    complaints
}

/// Prints floor by floor what each crate imports, and what else it might.
pub(crate) fn report(house: &House) -> String {
    let (manifests, _) = manifest::all(house);
    let mut text = vec![format!(
        "{:<8} {:<9} {:<72} for tests",
        "floor", "crate", "imports"
    )];
    for room in ROOMS {
        let Some(manifest) = manifests.iter().find(|it| it.name == room.name) else {
            continue;
        };
        let floor = format!("{:?}", room.floor).to_lowercase();
        text.push(format!(
            "{floor:<8} {:<9} {:<72} {}",
            room.name,
            list(&manifest.imports),
            list(&manifest.tests)
        ));
    }
    text.join("\n") + "\n"
}

fn list(names: &BTreeSet<String>) -> String {
    names
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_never_lets_a_crate_import_from_above() {
        for room in ROOMS {
            for name in room.may {
                let below = find(name).unwrap();
                assert!(below.floor <= room.floor, "{} imports {name}", room.name);
                assert!(
                    !below.may.contains(&room.name),
                    "{} and {name} import each other",
                    room.name
                );
            }
        }
    }

    #[test]
    fn an_import_from_above_is_told() {
        let text = "[dependencies]\nmilieu-store.workspace = true\n";
        let found = complaints(&House::of([("crates/decide/Cargo.toml", text)]));
        assert_eq!(found.len(), 1);
        assert!(
            found[0].contains("decide may not import store"),
            "{found:?}"
        );
    }

    #[test]
    fn only_the_engine_may_import_the_store() {
        for name in ["server", "cli", "learn"] {
            let path = format!("crates/{name}/Cargo.toml");
            let found = complaints(&House::of([(
                path.as_str(),
                "[dependencies]\nmilieu-store = \"1\"\n",
            )]));
            assert_eq!(found.len(), 1, "{name}");
        }
        let engine = (
            "crates/engine/Cargo.toml",
            "[dependencies]\nmilieu-store = \"1\"\n",
        );
        assert_eq!(complaints(&House::of([engine])), Vec::<String>::new());
    }

    #[test]
    fn tests_may_look_sideways_but_not_up() {
        let sideways =
            "[dev-dependencies]\nmilieu-culture.workspace = true\nmilieu-stats.workspace = true\n";
        assert_eq!(
            complaints(&House::of([("crates/record/Cargo.toml", sideways)])),
            Vec::<String>::new()
        );
        let up = "[dev-dependencies]\nmilieu-engine.workspace = true\n";
        assert_eq!(
            complaints(&House::of([("crates/record/Cargo.toml", up)])).len(),
            1
        );
    }

    #[test]
    fn a_crate_that_is_not_planned_is_told() {
        let found = complaints(&House::of([("crates/utils/Cargo.toml", "")]));
        assert!(found[0].contains("no such crate"), "{found:?}");
    }
}
