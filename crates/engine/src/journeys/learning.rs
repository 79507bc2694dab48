//! How a slot's experiment went over time: visitors, shares and expected rates.

use milieu_culture::MarketId;
use milieu_decide::{LiveSlot, Places};
use milieu_learn::{ArmPoint, MarketPoint, Point};
use milieu_record::{MarketNo, SlotKey, VariantKey};
use serde::Serialize;
use utoipa::ToSchema;

use super::report::{Variants, variants};
use crate::error::Kind;
use crate::{Engine, EngineError, Principal, learner};

/// A slot's learning over time, oldest first; its field names are a contract.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Learning {
    /// The slot.
    pub slot: SlotKey,
    /// Whether the visitors are simulated.
    pub simulated: bool,
    /// At most some 200 moments; the last one is now.
    pub points: Vec<Moment>,
    /// What a reader must know besides.
    pub notes: Vec<String>,
}

/// What was known at a moment.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = LearningMoment)]
pub struct Moment {
    /// The time of the newest event behind it, in RFC 3339.
    pub at: String,
    /// How many events of the whole workspace stood behind it.
    pub events: u64,
    /// The markets the slot was live in.
    pub markets: Vec<MarketMoment>,
}

/// One market at a moment.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct MarketMoment {
    /// The market.
    pub market: MarketId,
    /// Visitors of all arms, with those who are held out.
    pub n: u64,
    /// Those who are held out.
    pub holdout: u64,
    /// The arms that could be chosen.
    pub arms: Vec<ArmMoment>,
}

/// One arm at a moment.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ArmMoment {
    /// The variant.
    pub variant: VariantKey,
    /// Whether it is the baseline.
    pub generic: bool,
    /// Treated visitors who got it first.
    pub n: u64,
    /// The probability with which it was chosen from then on.
    pub share: f64,
    /// The expected rate, which leans on other markets; `None` before anybody was seen.
    pub mean: Option<f64>,
}

/// Tells how the weights of a slot's arms came to be what they are.
pub async fn learning(
    engine: &Engine,
    who: &Principal,
    slot: &SlotKey,
) -> Result<Learning, EngineError> {
    who.must_read()?;
    let live = engine.live.load_full();
    let here = live
        .catalogue
        .slots
        .get(slot)
        .ok_or_else(|| EngineError::not_found("slot", slot))?;
    let known = Known {
        slot: here,
        places: &live.catalogue.places,
        variants: variants(engine, here).await?,
    };
    let damaged = || {
        let message = "the ledger is damaged: restart the server";
        EngineError::new(Kind::Internal, "learner", message)
    };
    let history = engine.history.read().map_err(|_| damaged())?;
    let mut points: Vec<Moment> = history.points().iter().map(|at| known.moment(at)).collect();
    drop(history);
    let now = learner::now(engine, here.no).ok_or_else(damaged)?;
    let is_newer = points
        .last()
        .is_none_or(|last| last.events < now.position.0);
    if 0 < now.position.0 && is_newer {
        points.push(known.moment(&now));
    }
    let mut notes = Vec::new();
    if engine.workspace().simulated {
        notes.push("simulated visitors".to_owned());
    }
    notes.push(
        "a mean is what the policy expects: it leans on the other markets; a share is the \
         probability for visitors who are not held out"
            .to_owned(),
    );
    Ok(Learning {
        slot: slot.clone(),
        simulated: engine.workspace().simulated,
        points,
        notes,
    })
}

/// Numbers become names.
struct Known<'a> {
    slot: &'a LiveSlot,
    places: &'a Places,
    variants: Variants,
}

impl Known<'_> {
    fn moment(&self, point: &Point) -> Moment {
        let of_slot = point.markets.iter().filter(|one| one.slot == self.slot.no);
        Moment {
            at: point.at.to_string(),
            events: point.position.0,
            markets: of_slot.filter_map(|one| self.market(one)).collect(),
        }
    }

    fn market(&self, point: &MarketPoint) -> Option<MarketMoment> {
        let treated: u64 = point.arms.iter().map(|arm| arm.visitors).sum();
        Some(MarketMoment {
            market: self.market_id(point.market)?.clone(),
            n: point.holdout + treated,
            holdout: point.holdout,
            arms: point.arms.iter().filter_map(|arm| self.arm(arm)).collect(),
        })
    }

    fn market_id(&self, no: MarketNo) -> Option<&MarketId> {
        Some(&self.places.by_no(no)?.id)
    }

    fn arm(&self, arm: &ArmPoint) -> Option<ArmMoment> {
        let (variant, generic) = self.variants.by_arm.get(&arm.arm)?;
        Some(ArmMoment {
            variant: variant.clone(),
            generic: *generic,
            n: arm.visitors,
            share: arm.share.get(),
            mean: arm.mean.map(milieu_stats::Fraction::get),
        })
    }
}
