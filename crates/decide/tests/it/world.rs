//! A small live world: one slot, one market, approved arms.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use milieu_content::{Exposed, Horizon, Occasion, Rendering, SlotType};
use milieu_culture::{MarketId, Sensitivity};
use milieu_decide::{
    Catalogue, Decision, Live, LiveArm, LiveMarket, LiveSlot, Place, Places, Policy, Question,
    Quiet, QuietMode, Salt, Shares, choose,
};
use milieu_record::{ArmNo, Digested, Instant, MarketNo, RenderingNo, SlotKey, SlotNo, VisitorKey};
use milieu_review::{
    Approved, Choice, Grant, Origin, Person, PersonId, Role, Roster, Subject, SubjectKind, Verdict,
    admit,
};

pub(crate) const NOW: Instant = Instant::from_micros(50);
pub(crate) const QUIET_UNTIL: Instant = Instant::from_micros(60);
pub(crate) const APPROVED_UNTIL: Instant = Instant::from_micros(100);

pub(crate) fn salt() -> Salt {
    Salt::from_bytes([3; 32])
}

pub(crate) struct World {
    pub(crate) live: Live,
    slot: SlotKey,
    place: Place,
    visitors: VisitorKey,
}

impl World {
    /// Builds a slot with one approved arm per occasion; the first is generic.
    pub(crate) fn new(occasions: &[Occasion]) -> Self {
        let slot: SlotKey = "home.hero".parse().unwrap();
        let place = Place {
            no: MarketNo(1),
            id: "ja-JP".parse().unwrap(),
            holdout: 0.1,
        };
        let arm = |(no, occasion): (u8, &Occasion)| {
            let rendering = approved(&slot, &place.id, no);
            LiveArm::new(
                ArmNo(no),
                RenderingNo(u32::from(no)),
                no == 1,
                *occasion,
                rendering,
            )
        };
        let arms = (1..).zip(occasions).map(arm).collect();
        let live_slot = LiveSlot {
            no: SlotNo(1),
            key: slot.clone(),
            kind: SlotType::String,
            default: "Welcome".into(),
            exposure: Exposed::Reported,
            goal: "click".to_owned(),
            horizon: Horizon::default(),
            markets: BTreeMap::from([(place.no, LiveMarket { arms })]),
        };
        let catalogue = Catalogue {
            version: 1,
            places: Places::new(vec![place.clone()]),
            slots: HashMap::from([(slot.clone(), live_slot)]),
        };
        let live = Live {
            catalogue: Arc::new(catalogue),
            policy: Arc::default(),
            quiet: Arc::default(),
            packs: "test".into(),
            salt: salt(),
        };
        Self {
            live,
            slot,
            place,
            visitors: VisitorKey::from_bytes([5; 32]),
        }
    }

    pub(crate) fn set_shares(&mut self, shares: Shares) {
        let shares = HashMap::from([((SlotNo(1), MarketNo(1)), shares)]);
        self.live.policy = Arc::new(Policy {
            shares,
            ..Policy::default()
        });
    }

    pub(crate) fn quiet(&mut self) {
        let mode = QuietMode {
            until: Some(QUIET_UNTIL),
            reason: "test".to_owned(),
        };
        self.live.quiet = Arc::new(Quiet {
            markets: BTreeMap::from([(MarketNo(1), mode)]),
        });
    }

    pub(crate) fn question(&self, visitor: u32, now: Instant) -> Question<'_> {
        let visitor = Some(self.visitors.visitor(&format!("v{visitor}")));
        Question {
            slot: &self.slot,
            place: &self.place,
            visitor,
            now,
        }
    }

    pub(crate) fn decide_at(&self, visitor: u32, now: Instant) -> Decision<'_> {
        choose(&self.question(visitor, now), &self.live)
    }

    pub(crate) fn decide(&self, visitor: u32) -> Decision<'_> {
        self.decide_at(visitor, NOW)
    }
}

fn approved(slot: &SlotKey, market: &MarketId, no: u8) -> Approved<Rendering> {
    let rendering = Rendering {
        slot: slot.clone(),
        variant: format!("v{no}").parse().unwrap(),
        market: market.clone(),
        content: format!("text {no}").into(),
    };
    let local = PersonId::new("local");
    let subject = Subject {
        kind: SubjectKind::Rendering,
        id: no.to_string(),
        digest: rendering.digest(),
        market: market.clone(),
        sensitivity: Sensitivity::None,
        origin: Origin::Human,
        author: PersonId::new("author"),
    };
    let verdict = Verdict {
        by: local.clone(),
        choice: Choice::Approve,
        digest: rendering.digest(),
        reason: String::new(),
        at: Instant::default(),
        expires: Some(APPROVED_UNTIL),
    };
    let person = Person {
        id: local,
        display_name: "Local".to_owned(),
        grants: vec![Grant {
            role: Role::Reviewer,
            market: None,
        }],
        active: true,
    };
    admit(rendering, &subject, &[verdict], &Roster::new([person]), NOW).unwrap()
}
