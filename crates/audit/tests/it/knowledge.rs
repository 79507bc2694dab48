//! The knowledge the tests run on.

use milieu_culture::KnowledgeBase;

/// Test data in the shape of the baked packs; change this line to run on real ones.
const BAKED: &str = include_str!("knowledge.json");

pub(crate) fn kb() -> KnowledgeBase {
    serde_json::from_str(BAKED).expect("baked knowledge")
}
