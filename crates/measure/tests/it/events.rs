//! Events to fold, told in few words.

use milieu_measure::*;
use milieu_record::*;

pub(crate) const SLOT: SlotNo = SlotNo(1);
pub(crate) const HOUR: i64 = Instant::HOUR;

/// A click within a day.
pub(crate) fn goals() -> Goals {
    let goal = Goal {
        event: metrics::ctr::CTR.event.to_owned(),
        horizon: Horizon::DAY,
    };
    Goals {
        slots: [(SLOT, goal)].into(),
    }
}

pub(crate) fn visitor(number: u64) -> VisitorId {
    // The workspace's hash is not what is tested here: any 128 bits do.
    let bytes = [number.to_be_bytes(), [0; 8]].concat();
    serde_json::from_value(serde_json::json!(bytes)).unwrap()
}

fn event(at: i64, number: u64, arm: u8, kind: EventKind<'static>) -> Event<'static> {
    Event {
        id: MessageId::of("any"),
        at: Instant::from_micros(at),
        visitor: Some(visitor(number)),
        linked: None,
        market: Some(MarketNo(1)),
        decision: Some(DecisionFacts {
            slot: SLOT,
            market: MarketNo(1),
            rendering: RenderingNo(1),
            arm: ArmNo(arm),
            explored: false,
            policy: PolicyVersion(0),
            propensity: Probability::ONE,
            visitor: visitor(number).tag(),
        }),
        kind,
        properties: [].as_slice().into(),
    }
}

pub(crate) fn sees(at: i64, number: u64, arm: u8) -> Event<'static> {
    event(at, number, arm, EventKind::Exposure)
}

pub(crate) fn clicks(at: i64, number: u64, arm: u8) -> Event<'static> {
    event(at, number, arm, EventKind::Track("Slot Clicked".into()))
}

pub(crate) fn joins(at: i64, one: u64, other: u64) -> Event<'static> {
    Event {
        linked: Some(visitor(other)),
        decision: None,
        ..event(at, one, 0, EventKind::Identify)
    }
}

pub(crate) fn folded(events: &[Event<'static>]) -> Ledger {
    let mut ledger = Ledger::default();
    for event in events {
        ledger.fold(ledger.position(), event, &goals());
    }
    ledger
}

/// (visitors, conversions) of an arm.
pub(crate) fn arm(ledger: &Ledger, arm: u8) -> (u64, u64) {
    let cell = ledger.cell(CellKey {
        slot: SLOT,
        market: MarketNo(1),
        arm: ArmNo(arm),
    });
    (cell.visitors, cell.conversions)
}
