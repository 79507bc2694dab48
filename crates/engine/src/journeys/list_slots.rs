//! All slots of the workspace, and where they are live.

use milieu_decide::{LiveSlot, Place};
use milieu_record::MarketNo;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Engine, EngineError, Principal, publish};

/// A slot in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedSlot {
    /// Its name.
    pub key: String,
    /// The type of its values.
    #[serde(rename = "type")]
    pub kind: milieu_content::SlotType,
    /// The metric that counts as success.
    pub goal: String,
    /// How long after its exposure a success still belongs to it.
    pub horizon_hours: u16,
    /// `live` when it is live somewhere, else `waiting`.
    pub status: &'static str,
    /// Where it is live, and where not and why.
    pub markets: Vec<ListedMarket>,
    /// Its variants.
    pub variants: Vec<ListedVariant>,
}

/// A slot's state in one market.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedMarket {
    /// The market.
    pub market: String,
    /// Whether visitors get something approved there.
    pub live: bool,
    /// If not, why.
    pub reason: Option<String>,
}

/// A variant in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedVariant {
    /// Its name.
    pub key: String,
    /// Whether it is the baseline.
    pub generic: bool,
}

/// Lists all slots in order of name.
pub async fn list_slots(engine: &Engine, who: &Principal) -> Result<Vec<ListedSlot>, EngineError> {
    who.must_read()?;
    let rows = engine.control.slots().await?;
    let live = engine.live.load_full();
    let mut listed = Vec::with_capacity(rows.len());
    for row in rows {
        let slot = publish::parse_slot(&row)?;
        let served = live.catalogue.slots.get(&row.key);
        let places = live.catalogue.places.all().iter();
        let markets: Vec<ListedMarket> = places.map(|place| market(served, place)).collect();
        let variant = |variant: milieu_content::Variant| ListedVariant {
            key: variant.key.to_string(),
            generic: variant.generic,
        };
        listed.push(ListedSlot {
            key: slot.key.to_string(),
            kind: slot.kind,
            goal: slot.goal,
            horizon_hours: slot.horizon.hours(),
            status: if markets.iter().any(|market| market.live) {
                "live"
            } else {
                "waiting"
            },
            markets,
            variants: slot.variants.into_iter().map(variant).collect(),
        });
    }
    Ok(listed)
}

fn market(slot: Option<&LiveSlot>, place: &Place) -> ListedMarket {
    let generic = |no: MarketNo| {
        slot.and_then(|slot| slot.markets.get(&no))
            .is_some_and(|here| here.arms.iter().any(|arm| arm.generic))
    };
    let live = generic(place.no);
    let reason = (!live)
        .then(|| "no approved generic rendering: approve one in the review queue".to_owned());
    ListedMarket {
        market: place.id.to_string(),
        live,
        reason,
    }
}
