//! The baked form of the packs: one compact JSON text, the same on every machine.

use serde::{Deserialize, Serialize};

use crate::KnowledgeBase;

/// The version of the baked form that this code writes and reads.
const FORMAT: u32 = 1;

/// Why a baked knowledge base could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BakedError {
    /// Not the JSON that the packs bake to.
    #[error("the baked knowledge is damaged ({0}); run cargo xtask packs")]
    Damaged(#[from] serde_json::Error),
    /// Written by another version.
    #[error("the baked knowledge has format {found}, not {FORMAT}; run cargo xtask packs")]
    Format {
        /// The format number it carries.
        found: u32,
    },
}

#[derive(Serialize)]
struct Written<'k> {
    format: u32,
    knowledge: &'k KnowledgeBase,
}

#[derive(Deserialize)]
struct Head {
    format: u32,
}

#[derive(Deserialize)]
struct Body {
    knowledge: KnowledgeBase,
}

impl KnowledgeBase {
    /// Writes the baked form: compact, sorted, ending with a newline.
    pub fn to_baked(&self) -> Result<String, BakedError> {
        let mut text = serde_json::to_string(&Written {
            format: FORMAT,
            knowledge: self,
        })?;
        text.push('\n');
        Ok(text)
    }

    /// Reads what [`KnowledgeBase::to_baked`] wrote.
    pub fn from_baked(text: &str) -> Result<Self, BakedError> {
        let Head { format } = serde_json::from_str(text)?;
        if format != FORMAT {
            return Err(BakedError::Format { found: format });
        }
        let Body { knowledge } = serde_json::from_str(text)?;
        Ok(knowledge)
    }
}
