//! Reports by market, from what the learner has folded.

use std::collections::BTreeMap;

use milieu_content::SmallestEffect;
use milieu_decide::{Live, LiveSlot};
use milieu_measure::{
    ArmCell, Cell, CellKey, Experiment, Horizon, Ledger, MarketCells, Report, compare, metrics,
};
use milieu_record::{ArmNo, SlotKey, VariantKey};
use milieu_stats::{Fraction, Level};

use crate::error::Kind;
use crate::{Engine, EngineError, Principal, publish};

/// Reports a metric of one slot: held out against treated, and each variant, by market.
pub async fn report(
    engine: &Engine,
    who: &Principal,
    metric: &str,
    slot: &SlotKey,
) -> Result<Report, EngineError> {
    who.must_read()?;
    let known = metrics::by_key(metric).ok_or_else(|| EngineError::not_found("metric", metric))?;
    let live = engine.live.load_full();
    let here = live
        .catalogue
        .slots
        .get(slot)
        .ok_or_else(|| EngineError::not_found("slot", slot))?;
    let variants = variants(engine, here).await?;
    let ledger = engine.ledger.read().map_err(|_| {
        EngineError::new(
            Kind::Internal,
            "learner",
            "the ledger is damaged: restart the server",
        )
    })?;
    let experiment = Experiment {
        metric: known,
        slot: slot.clone(),
        horizon: Horizon::minutes(u32::from(here.horizon.hours()) * 60),
        smallest_effect: Fraction::clamped(variants.smallest_effect.get()),
        markets: markets(&live, here, &variants.by_arm, &ledger),
        window: ledger.span(here.no),
        crossed: ledger.crossed(here.no),
        anonymous: ledger.anonymous_in(here.no),
        simulated: engine.workspace().simulated,
    };
    drop(ledger);
    Ok(compare(&experiment, Level::P95))
}

/// What a slot's file says about its arms.
#[derive(Debug, Default)]
pub(super) struct Variants {
    /// By arm: the variant, and whether it is generic. Those that left are in it: they
    /// still have visitors.
    pub(super) by_arm: BTreeMap<ArmNo, (VariantKey, bool)>,
    smallest_effect: SmallestEffect,
}

/// Reads the slot's variants with their arm numbers, and its smallest effect.
pub(super) async fn variants(engine: &Engine, slot: &LiveSlot) -> Result<Variants, EngineError> {
    let rows = engine.control.slots().await?;
    let Some(row) = rows.into_iter().find(|row| row.no == slot.no) else {
        return Ok(Variants::default());
    };
    let body = publish::parse_slot(&row)?;
    let generic = |key: &VariantKey| {
        body.variants
            .iter()
            .any(|variant| variant.generic && variant.key == *key)
    };
    let arms = row.arms.into_iter();
    let arms = arms.map(|(no, key)| (no, (key.clone(), generic(&key))));
    Ok(Variants {
        by_arm: arms.collect(),
        smallest_effect: body.smallest_effect,
    })
}

fn markets(
    live: &Live,
    slot: &LiveSlot,
    variants: &BTreeMap<ArmNo, (VariantKey, bool)>,
    ledger: &Ledger,
) -> Vec<MarketCells> {
    let mut markets = Vec::new();
    for place in live.catalogue.places.all() {
        let cell = |arm| {
            ledger.cell(CellKey {
                slot: slot.no,
                market: place.no,
                arm,
            })
        };
        let served = slot.markets.get(&place.no);
        let mut arms = Vec::new();
        for (no, (variant, generic)) in variants {
            let counts = cell(*no);
            let offered = served.is_some_and(|here| here.arms.iter().any(|arm| arm.no == *no));
            if offered || counts != Cell::default() {
                arms.push(ArmCell {
                    variant: variant.clone(),
                    generic: *generic,
                    cell: counts,
                });
            }
        }
        let holdout = cell(ArmNo::HOLDOUT);
        if !arms.is_empty() || holdout != Cell::default() {
            markets.push(MarketCells {
                market: place.id.clone(),
                holdout,
                arms,
            });
        }
    }
    markets
}
