//! The knowledge packs, baked into the program.

use std::sync::Arc;

use milieu_culture::KnowledgeBase;

use crate::EngineError;
use crate::error::Kind;

const BAKED: &str = include_str!("../../../packs/generated/knowledge.json");

/// Loads the packs that this program was built with.
pub fn shipped_knowledge() -> Result<Arc<KnowledgeBase>, EngineError> {
    KnowledgeBase::from_baked(BAKED)
        .map(Arc::new)
        .map_err(|error| {
            EngineError::new(
                Kind::Internal,
                "packs",
                format!("the built-in packs are damaged: {error}"),
            )
        })
}
