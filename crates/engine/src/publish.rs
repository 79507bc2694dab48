//! Builds the live snapshot from what the store keeps.

use std::collections::{BTreeMap, HashMap};

use milieu_content::{Rendering, Slot};
use milieu_culture::TerritoryId;
use milieu_decide::{Catalogue, LiveArm, LiveMarket, LiveSlot, Place, Places, Quiet, QuietMode};
use milieu_record::{ArmNo, Instant, MarketNo};
use milieu_review::{Approved, Person, PersonId, Roster, Subject, Verdict, admit};
use milieu_store::{Control, MarketRow, PersonRow, ProposalRow, QuietRow, RenderingRow, SlotRow};

use crate::EngineError;
use crate::error::Kind;

/// Reads everybody into a roster.
pub(crate) async fn roster(control: &Control) -> Result<Roster, EngineError> {
    let mut roster = Roster::new(control.people().await?.into_iter().map(person));
    roster.attestation = control.setting("attestation").await?.as_deref() != Some("off");
    Ok(roster)
}

pub(crate) fn person(row: PersonRow) -> Person {
    Person {
        id: PersonId::new(&row.name),
        display_name: row.display_name,
        grants: row.grants,
        active: row.active,
    }
}

/// Reads a proposal as the subject that `review` judges.
pub(crate) fn subject(row: &ProposalRow) -> Subject {
    Subject {
        kind: row.kind,
        id: row.subject_id.clone(),
        digest: row.digest,
        market: row.market.clone(),
        sensitivity: row.sensitivity,
        origin: row.origin,
        author: PersonId::new(&row.author),
    }
}

/// Admits every current rendering that is approved, and leaves out all others.
pub(crate) async fn catalogue(
    control: &Control,
    roster: &Roster,
    version: u64,
    now: Instant,
) -> Result<Catalogue, EngineError> {
    let places: Vec<Place> = control.markets().await?.into_iter().map(place).collect();
    let judged = Judged::read(control).await?;
    let renderings = control.renderings().await?;
    let mut slots = HashMap::new();
    for row in control.slots().await? {
        let slot = parse_slot(&row)?;
        let mut markets: BTreeMap<MarketNo, LiveMarket> = BTreeMap::new();
        for rendering in renderings
            .iter()
            .filter(|rendering| rendering.slot == row.no)
        {
            let Some(arm) = live_arm(&slot, &row, rendering, &places, &judged, roster, now) else {
                continue;
            };
            markets.entry(rendering.market).or_default().arms.push(arm);
        }
        slots.insert(
            row.key.clone(),
            LiveSlot {
                no: row.no,
                key: row.key,
                kind: slot.kind,
                default: slot.default,
                exposure: slot.exposure,
                goal: slot.goal,
                horizon: slot.horizon,
                markets,
            },
        );
    }
    Ok(Catalogue {
        version,
        places: Places::new(places),
        slots,
    })
}

fn place(row: MarketRow) -> Place {
    Place {
        no: row.no,
        id: row.id,
        holdout: row.holdout,
    }
}

/// Reads a slot's body; its renderings stand in their own table.
pub(crate) fn parse_slot(row: &SlotRow) -> Result<Slot, EngineError> {
    serde_json::from_str(&row.body).map_err(|error| {
        let message = format!("slot \"{}\" cannot be read back: {error}", row.key);
        EngineError::new(Kind::Internal, "storage", message)
    })
}

/// Proposals of renderings with their verdicts.
struct Judged {
    subjects: HashMap<String, (Subject, Vec<Verdict>)>,
}

impl Judged {
    async fn read(control: &Control) -> Result<Self, EngineError> {
        let mut verdicts = control.verdicts().await?;
        let pair = |row: ProposalRow| {
            let own = verdicts.remove(&row.id).unwrap_or_default();
            (row.subject_id.clone(), (subject(&row), own))
        };
        Ok(Self {
            subjects: control.proposals().await?.into_iter().map(pair).collect(),
        })
    }
}

fn live_arm(
    slot: &Slot,
    row: &SlotRow,
    rendering: &RenderingRow,
    places: &[Place],
    judged: &Judged,
    roster: &Roster,
    now: Instant,
) -> Option<LiveArm> {
    let key = variant_of(row, rendering.arm)?;
    let variant = slot.variants.iter().find(|variant| variant.key == *key)?;
    let market = places.iter().find(|place| place.no == rendering.market)?;
    let (subject, verdicts) = judged.subjects.get(&rendering.no.to_string())?;
    let item = Rendering {
        slot: slot.key.clone(),
        variant: variant.key.clone(),
        market: market.id.clone(),
        content: serde_json::from_str(&rendering.content).ok()?,
    };
    let approved: Approved<Rendering> = admit(item, subject, verdicts, roster, now).ok()?;
    Some(LiveArm::new(
        rendering.arm,
        rendering.no,
        variant.generic,
        variant.occasion,
        approved,
    ))
}

fn variant_of(row: &SlotRow, arm: ArmNo) -> Option<&milieu_record::VariantKey> {
    row.arms
        .iter()
        .find(|(no, _)| *no == arm)
        .map(|(_, key)| key)
}

/// Spreads quiet mode over the markets that a scope covers.
pub(crate) fn quiet(rows: &[QuietRow], places: &Places) -> Quiet {
    let mut markets: BTreeMap<MarketNo, QuietMode> = BTreeMap::new();
    for row in rows {
        for place in places
            .all()
            .iter()
            .filter(|place| covers(&row.scope, place))
        {
            let mode = QuietMode {
                until: row.until,
                reason: row.reason.clone(),
            };
            let kept = markets.entry(place.no).or_insert_with(|| mode.clone());
            // Of two scopes over one market the one that lasts longer holds.
            let longer = match (kept.until, mode.until) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(kept), Some(new)) => kept < new,
            };
            if longer {
                *kept = mode;
            }
        }
    }
    Quiet { markets }
}

/// Tells whether `JP` or `ja-JP` covers a market.
pub(crate) fn covers(scope: &str, place: &Place) -> bool {
    let territory = scope
        .parse::<TerritoryId>()
        .is_ok_and(|id| id == *place.id.territory());
    territory || place.id.as_str() == scope
}
