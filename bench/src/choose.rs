//! One choice among ten arms, in process.

use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant as Clock;

use milieu_content::{Exposed, Horizon, Occasion, Rendering, SlotType};
use milieu_culture::Sensitivity;
use milieu_decide::{
    ArmShare, Catalogue, Decision, Live, LiveArm, LiveMarket, LiveSlot, Place, Places, Policy,
    Question, Salt, Shares, choose,
};
use milieu_record::{
    ArmNo, Digested as _, Instant, MarketNo, Probability, RenderingNo, SlotKey, SlotNo, VisitorId,
    VisitorKey,
};
use milieu_review::{
    Approved, Choice, Grant, Origin, Person, PersonId, Role, Roster, Subject, SubjectKind, Verdict,
    admit,
};

use crate::result::BenchResult;

const ARMS: u8 = 10;
const CHOICES: usize = 200_000;

/// Times every single choice; the clock's own cost (tens of nanoseconds) is included.
pub(crate) fn measure() -> BenchResult {
    let live = live();
    let Some(place) = live.catalogue.places.all().first() else {
        unreachable!("one place was made")
    };
    let Ok(slot) = "home.hero".parse::<SlotKey>() else {
        unreachable!("a key")
    };
    let key = VisitorKey::from_bytes([5; 32]);
    let visitors: Vec<VisitorId> = (0..CHOICES).map(|n| key.visitor(&n.to_string())).collect();
    let mut nanos = Vec::with_capacity(CHOICES);
    for visitor in visitors {
        let question = Question {
            slot: &slot,
            place,
            visitor: Some(visitor),
            now: Instant::from_micros(1),
        };
        let began = Clock::now();
        let decision = black_box(choose(black_box(&question), &live));
        nanos.push(began.elapsed().as_nanos());
        assert!(
            matches!(decision, Decision::Served(_)),
            "everything is approved"
        );
    }
    nanos.sort_unstable();
    let at = |share: f64| {
        nanos
            .get((CHOICES as f64 * share) as usize)
            .copied()
            .unwrap_or(0) as f64
            / 1e3
    };
    BenchResult {
        bench: "choose",
        what: "one choice among 10 arms, median",
        unit: "us",
        ours: at(0.5),
        peer: "none",
        peer_version: "",
        peer_value: None,
        ratio: None,
        target: "<= 2 us",
        met: at(0.5) <= 2.0,
        n: CHOICES,
        spread: format!(
            "p1 {:.3}, p99 {:.3}, p99.9 {:.3}",
            at(0.01),
            at(0.99),
            at(0.999)
        ),
    }
}

fn live() -> Live {
    let (Ok(key), Ok(market)) = ("home.hero".parse::<SlotKey>(), "ja-JP".parse()) else {
        unreachable!("keys")
    };
    let place = Place {
        no: MarketNo(1),
        id: market,
        holdout: 0.1,
    };
    let arm = |no: u8| {
        LiveArm::new(
            ArmNo(no),
            RenderingNo(no.into()),
            no == 1,
            Occasion::Neutral,
            approved(&key, &place, no),
        )
    };
    let arms = (1..=ARMS).map(arm).collect();
    let slot = LiveSlot {
        no: SlotNo(1),
        key: key.clone(),
        kind: SlotType::String,
        default: "".into(),
        exposure: Exposed::Reported,
        goal: "click".to_owned(),
        horizon: Horizon::default(),
        markets: BTreeMap::from([(place.no, LiveMarket { arms })]),
    };
    let share = |no: u8| ArmShare {
        arm: ArmNo(no),
        probability: Probability::clamped(f64::from(no) / 55.0),
        mean: None,
    };
    let shares = Shares {
        arms: (1..=ARMS).map(share).collect(),
        best: Some(ArmNo(ARMS)),
    };
    let shares = HashMap::from([((SlotNo(1), MarketNo(1)), shares)]);
    let catalogue = Catalogue {
        version: 1,
        places: Places::new(vec![place]),
        slots: HashMap::from([(key, slot)]),
    };
    Live {
        catalogue: Arc::new(catalogue),
        policy: Arc::new(Policy {
            shares,
            ..Policy::default()
        }),
        quiet: Arc::default(),
        packs: "bench".into(),
        salt: Salt::from_bytes([3; 32]),
    }
}

fn approved(slot: &SlotKey, place: &Place, no: u8) -> Approved<Rendering> {
    let Ok(variant) = format!("v{no}").parse() else {
        unreachable!("a key")
    };
    let rendering = Rendering {
        slot: slot.clone(),
        variant,
        market: place.id.clone(),
        content: format!("text {no}").into(),
    };
    let local = PersonId::new("local");
    let subject = Subject {
        kind: SubjectKind::Rendering,
        id: no.to_string(),
        digest: rendering.digest(),
        market: place.id.clone(),
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
        expires: None,
    };
    let grants = vec![Grant {
        role: Role::Reviewer,
        market: None,
    }];
    let person = Person {
        id: local,
        display_name: "Local".to_owned(),
        grants,
        active: true,
    };
    match admit(
        rendering,
        &subject,
        &[verdict],
        &Roster::new([person]),
        Instant::default(),
    ) {
        Ok(approved) => approved,
        Err(error) => unreachable!("the verdict is there: {error}"),
    }
}
