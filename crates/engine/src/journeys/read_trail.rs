//! The audit trail, read and verified.

use milieu_review::{TrailEntry, verify};

use crate::error::Kind;
use crate::{Engine, EngineError, Principal};

/// Reads a page of the trail.
pub async fn read_trail(
    engine: &Engine,
    who: &Principal,
    after: u64,
    most: u32,
) -> Result<Vec<TrailEntry>, EngineError> {
    who.must_read()?;
    Ok(engine.control.trail(after, most.min(500)).await?)
}

/// Checks the whole trail; returns how many entries there are and the last hash.
pub async fn verify_trail(
    engine: &Engine,
    who: &Principal,
) -> Result<(usize, String), EngineError> {
    who.must_read()?;
    let trail = engine.control.trail(0, u32::MAX).await?;
    let entries = trail.len();
    let last = verify(trail)
        .map_err(|broken| EngineError::new(Kind::Conflict, "broken-trail", broken.to_string()))?;
    Ok((entries, last.to_string()))
}
