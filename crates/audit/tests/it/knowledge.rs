//! The knowledge the tests run on.

use milieu_culture::KnowledgeBase;

/// Returns test data: claims that are marked as such and stand for no market.
pub(crate) fn kb() -> KnowledgeBase {
    serde_json::from_str(include_str!("knowledge.json")).expect("test knowledge")
}

/// Returns what ships: the knowledge on which the examples of the rules' pages run.
pub(crate) fn shipped() -> KnowledgeBase {
    KnowledgeBase::from_baked(include_str!("../../../../packs/generated/knowledge.json"))
        .expect("baked packs")
}
