//! The knowledge the tests run on.

use milieu_culture::KnowledgeBase;

/// Returns test data: claims that are marked as such and stand for no market.
pub(crate) fn kb() -> KnowledgeBase {
    serde_json::from_str(include_str!("knowledge.json")).expect("test knowledge")
}

/// Returns the knowledge on which the examples of the rules' pages run.
///
/// FIXME: once the packs are baked on this branch, this is
/// `KnowledgeBase::from_baked(include_str!("../../../../packs/generated/knowledge.json"))`.
pub(crate) fn shipped() -> KnowledgeBase {
    kb()
}
