//! What waits for review: edits of live texts and a new idea, from a file.

use anyhow::{Context as _, Result};
use milieu_content::{Slot, Variant, read_slots};
use milieu_culture::{MarketId, Sensitivity};
use milieu_engine::journeys::apply_slots::{Provenance, apply_slots};
use milieu_engine::journeys::review_proposal::{ReviewState, list_reviews};
use milieu_engine::{Engine, Principal};
use milieu_record::{SlotKey, VariantKey};
use milieu_review::Origin;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::setup::{SLOTS, approve};

const PROPOSALS: &str = include_str!("../../../../examples/demo/proposals.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    proposal: Vec<Proposal>,
}

/// A text for one variant in one market.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Proposal {
    slot: SlotKey,
    variant: VariantKey,
    market: MarketId,
    sensitivity: Sensitivity,
    content: Value,
    /// Whether the local person has approved it already, and another must.
    #[serde(default)]
    first_approval: bool,
}

/// A file of slots, as `milieu slot apply` takes it.
#[derive(Serialize)]
struct SlotFile<'s> {
    slot: [&'s Slot; 1],
}

/// Lets the editor put up every proposal of the file.
pub(super) async fn put_up(engine: &Engine, editor: &Principal) -> Result<()> {
    let file: File = toml::from_str(PROPOSALS).context("examples/demo/proposals.toml")?;
    let mut slots = read_slots(SLOTS).context("examples/demo/slots.toml")?;
    for proposal in file.proposal {
        let slot = slots
            .iter_mut()
            .find(|slot| slot.key == proposal.slot)
            .with_context(|| format!("a proposal is for the unknown slot {}", proposal.slot))?;
        change(slot, &proposal);
        let provenance = Provenance {
            origin: Origin::Human,
            sensitivity: proposal.sensitivity,
        };
        let text = toml::to_string(&SlotFile { slot: [slot] })?;
        apply_slots(engine, editor, &text, provenance).await?;
        if proposal.first_approval {
            approve_first(engine, &proposal).await?;
        }
    }
    Ok(())
}

/// Changes a variant's text in one market; a variant that is not there yet is added.
fn change(slot: &mut Slot, proposal: &Proposal) {
    let (market, content) = (proposal.market.clone(), proposal.content.clone());
    let known = slot
        .variants
        .iter_mut()
        .find(|variant| variant.key == proposal.variant);
    if let Some(variant) = known {
        variant.renderings.insert(market, content);
        return;
    }
    slot.variants.push(Variant {
        key: proposal.variant.clone(),
        generic: false,
        occasion: milieu_content::Occasion::Celebratory,
        attributes: [].into(),
        renderings: [(market, content)].into(),
    });
}

async fn approve_first(engine: &Engine, proposal: &Proposal) -> Result<()> {
    let here = Some(&proposal.market);
    for review in list_reviews(engine, &Principal::Operator, here).await? {
        let same =
            review.slot == proposal.slot.as_str() && review.variant == proposal.variant.as_str();
        if same && review.state == ReviewState::Waiting {
            approve(engine, &review).await?;
        }
    }
    Ok(())
}
