//! Slots from a file: kept, numbered, and their new texts put up for review.

use milieu_content::{Rendering, Slot, Variant, read_slots};
use milieu_culture::Sensitivity;
use milieu_decide::Places;
use milieu_measure::metrics;
use milieu_record::{ArmNo, Digested as _, SlotNo};
use milieu_review::{Origin, PersonId, Subject, SubjectKind};
use milieu_store::{NewRendering, Writing};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::engine::trail;
use crate::{Engine, EngineError, Principal, clock};

/// What came of a file of slots.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Applied {
    /// The slots of the file.
    pub slots: Vec<String>,
    /// Renderings that are new or were edited, and now wait for review.
    pub waiting: usize,
    /// Renderings that stayed as they were, with their approvals.
    pub unchanged: usize,
    /// Renderings that the file no longer has, taken out of use.
    pub retired: usize,
}

/// Where the texts of a file come from.
#[derive(Debug, Clone, Copy)]
pub struct Provenance {
    /// Who or what wrote them.
    pub origin: Origin,
    /// How careful one must be with them.
    pub sensitivity: Sensitivity,
}

/// Applies a file of slots: all of it, or nothing.
pub async fn apply_slots(
    engine: &Engine,
    who: &Principal,
    file: &str,
    provenance: Provenance,
) -> Result<Applied, EngineError> {
    let author = who.must_edit()?.clone();
    let slots = read_slots(file)?;
    let (_turn, mut writing) = engine.change().await?;
    let places = engine.live().catalogue.places.clone();
    check(&slots, &places)?;
    let mut applied = Applied::default();
    for slot in &slots {
        let mut scribe = Scribe {
            writing: &mut writing,
            places: &places,
            author: &author,
            provenance,
        };
        scribe.slot(slot, &mut applied).await?;
        applied.slots.push(slot.key.to_string());
    }
    let detail = json!({"waiting": applied.waiting, "retired": applied.retired});
    writing
        .note(trail(
            who,
            "slot.apply",
            format!("slots {}", applied.slots.join(", ")),
            &detail,
        ))
        .await?;
    writing.commit().await?;
    engine.republish().await?;
    Ok(applied)
}

fn check(slots: &[Slot], places: &Places) -> Result<(), EngineError> {
    for slot in slots {
        if metrics::by_goal(&slot.goal).is_none() {
            let known: Vec<&str> = metrics::ALL.iter().map(|metric| metric.goal).collect();
            return Err(EngineError::invalid(format!(
                "slot \"{}\" has the goal \"{}\": use one of {}",
                slot.key,
                slot.goal,
                known.join(", ")
            )));
        }
        for market in slot
            .variants
            .iter()
            .flat_map(|variant| variant.renderings.keys())
        {
            if places.by_id(market).is_none() {
                return Err(EngineError::invalid(format!(
                    "slot \"{}\" has a rendering for {market}, which this workspace does not \
                     serve: add it with milieu workspace set --markets",
                    slot.key
                )));
            }
        }
    }
    Ok(())
}

struct Scribe<'s, 'w> {
    writing: &'s mut Writing<'w>,
    places: &'s Places,
    author: &'s PersonId,
    provenance: Provenance,
}

impl Scribe<'_, '_> {
    async fn slot(&mut self, slot: &Slot, applied: &mut Applied) -> Result<(), EngineError> {
        let mut body = slot.clone();
        for variant in &mut body.variants {
            variant.renderings.clear();
        }
        let text = serde_json::to_string(&body)
            .map_err(|error| EngineError::invalid(error.to_string()))?;
        let no = self
            .writing
            .put_slot(&slot.key, &text, clock::now())
            .await?;
        for variant in &slot.variants {
            let arm = self.writing.put_arm(no, &variant.key).await?;
            self.variant(slot, variant, no, arm, applied).await?;
        }
        Ok(())
    }

    async fn variant(
        &mut self,
        slot: &Slot,
        variant: &Variant,
        no: SlotNo,
        arm: ArmNo,
        applied: &mut Applied,
    ) -> Result<(), EngineError> {
        for place in self.places.all() {
            let Some(content) = variant.renderings.get(&place.id) else {
                applied.retired +=
                    usize::from(self.writing.retire_rendering(no, arm, place.no).await?);
                continue;
            };
            let rendering = Rendering {
                slot: slot.key.clone(),
                variant: variant.key.clone(),
                market: place.id.clone(),
                content: content.clone(),
            };
            let digest = rendering.digest();
            let json = content.to_string();
            let new = NewRendering {
                slot: no,
                arm,
                market: place.no,
                digest,
                content: &json,
            };
            let Some(revision) = self.writing.put_rendering(&new, clock::now()).await? else {
                applied.unchanged += 1;
                continue;
            };
            let subject = Subject {
                kind: SubjectKind::Rendering,
                id: revision.to_string(),
                digest,
                market: place.id.clone(),
                sensitivity: self.provenance.sensitivity,
                origin: self.provenance.origin,
                author: self.author.clone(),
            };
            self.writing.propose(&subject, clock::now()).await?;
            applied.waiting += 1;
        }
        Ok(())
    }
}
