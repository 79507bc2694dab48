//! Why a visitor got what a decision token says.

use milieu_decide::explain;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Engine, EngineError, Principal, clock};

/// A decision, read back from its token and explained.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Explained {
    /// The slot's key.
    pub slot: Option<String>,
    /// The market.
    pub market: Option<String>,
    /// The variant that was given.
    pub variant: Option<String>,
    /// The revision of its rendering.
    pub rendering: u32,
    /// Whether the visitor is held out.
    pub holdout: bool,
    /// With which probability the policy gave this arm.
    pub propensity: f64,
    /// Whether another arm had the higher expected reward.
    pub explored: bool,
    /// The log position the policy had learned from.
    pub policy_version: u64,
    /// The version of the knowledge packs now.
    pub pack_version: String,
    /// Who approved the rendering, as far as it is still live.
    pub approved_by: Vec<String>,
    /// The reason in words.
    pub reasons: Vec<String>,
    /// What cannot be given in this market now, and why.
    pub blocked: Vec<BlockedVariant>,
    /// Whether the same rendering can still be given.
    pub still_eligible: bool,
}

/// A variant that cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BlockedVariant {
    /// The variant.
    pub variant: String,
    /// Why.
    pub why: String,
}

/// Explains a token; a forged or foreign one is an error.
pub fn explain_decision(
    engine: &Engine,
    who: &Principal,
    token: &str,
) -> Result<Explained, EngineError> {
    who.must_read()?;
    let facts = engine.secrets.token.open(token).map_err(|error| {
        EngineError::invalid(format!("{error}: paste a decisionId of this workspace"))
    })?;
    let live = engine.live();
    let told = explain(&facts, &live, clock::now());
    let slot = live.catalogue.slot_by_no(facts.slot);
    let here = slot.and_then(|slot| slot.markets.get(&facts.market));
    let arm = here.and_then(|here| {
        here.arms
            .iter()
            .find(|arm| arm.rendering_no == facts.rendering)
    });
    let people =
        |arm: &milieu_decide::LiveArm| arm.rendering.by().iter().map(ToString::to_string).collect();
    Ok(Explained {
        slot: slot.map(|slot| slot.key.to_string()),
        market: live
            .catalogue
            .places
            .by_no(facts.market)
            .map(|place| place.id.to_string()),
        variant: arm.map(|arm| arm.rendering.get().variant.to_string()),
        rendering: facts.rendering.0,
        holdout: facts.arm.is_holdout(),
        propensity: facts.propensity.get(),
        explored: facts.explored,
        policy_version: facts.policy.0,
        pack_version: live.packs.to_string(),
        approved_by: arm.map(people).unwrap_or_default(),
        reasons: told.sentences,
        blocked: told
            .blocked
            .into_iter()
            .map(|blocked| BlockedVariant {
                variant: blocked.variant,
                why: blocked.why.to_owned(),
            })
            .collect(),
        still_eligible: told.still_eligible,
    })
}
