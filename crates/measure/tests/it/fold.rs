//! What counts, and what does not.

use milieu_measure::{Anonymous, CellKey, Ledger};
use milieu_record::{ArmNo, EventKind, LogPosition, MarketNo, VisitorTag};

use crate::events::*;

#[test]
fn a_click_within_the_horizon_converts_once() {
    let ledger = folded(&[sees(0, 7, 1), clicks(HOUR, 7, 1), clicks(2 * HOUR, 7, 1)]);
    assert_eq!(arm(&ledger, 1), (1, 1));
}

#[test]
fn a_click_before_the_exposure_or_after_the_horizon_does_not_count() {
    let early = folded(&[sees(HOUR, 7, 1), clicks(0, 7, 1)]);
    let late = folded(&[sees(0, 7, 1), clicks(24 * HOUR + 1, 7, 1)]);
    let last_moment = folded(&[sees(0, 7, 1), clicks(24 * HOUR, 7, 1)]);
    assert_eq!([arm(&early, 1), arm(&late, 1)], [(1, 0); 2]);
    assert_eq!(arm(&last_moment, 1), (1, 1));
}

#[test]
fn a_click_that_arrives_first_waits_and_creates_no_exposure() {
    let waiting = folded(&[clicks(HOUR, 7, 1)]);
    assert_eq!(arm(&waiting, 1), (0, 0));
    let matched = folded(&[clicks(HOUR, 7, 1), sees(0, 7, 1)]);
    assert_eq!(arm(&matched, 1), (1, 1));
}

#[test]
fn other_events_and_other_goals_do_not_count() {
    let mut other = clicks(HOUR, 7, 1);
    other.kind = EventKind::Track("Order Completed".into());
    let mut without = clicks(HOUR, 7, 1);
    without.decision = None;
    assert_eq!(arm(&folded(&[sees(0, 7, 1), other, without]), 1), (1, 0));
}

#[test]
fn the_first_exposure_by_time_decides_and_crossing_is_shown() {
    let ledger = folded(&[sees(HOUR, 7, 2), sees(0, 7, 1), clicks(2 * HOUR, 7, 2)]);
    assert_eq!((arm(&ledger, 1), arm(&ledger, 2)), ((1, 1), (0, 0)));
    assert_eq!(ledger.crossed(SLOT), 1);
    assert_eq!(folded(&[sees(0, 7, 1), sees(HOUR, 7, 1)]).crossed(SLOT), 0);
}

#[test]
fn joined_ids_are_one_visitor_with_the_earlier_assignment() {
    let before = [sees(0, 9, 1), sees(HOUR, 3, 2), clicks(2 * HOUR, 3, 2)];
    let ledger = folded(&[before.as_slice(), &[joins(3 * HOUR, 3, 9)]].concat());
    assert_eq!((arm(&ledger, 1), arm(&ledger, 2)), ((1, 1), (0, 0)));
    assert_eq!(ledger.crossed(SLOT), 1);
    let after = folded(&[[joins(0, 9, 3)].as_slice(), &before].concat());
    assert_eq!(
        after.cells().collect::<Vec<_>>(),
        ledger.cells().collect::<Vec<_>>()
    );
}

#[test]
fn refused_consent_is_counted_apart() {
    let mut seen = sees(0, 7, 1);
    seen.visitor = None;
    let mut clicked = clicks(0, 7, 1);
    clicked.decision.as_mut().unwrap().visitor = VisitorTag(0);
    let ledger = folded(&[seen.clone(), seen, clicked]);
    assert_eq!(ledger.cells().count(), 0);
    let key = CellKey {
        slot: SLOT,
        market: MarketNo(1),
        arm: ArmNo(1),
    };
    let counted = Anonymous {
        exposures: 2,
        goals: 1,
    };
    assert_eq!(ledger.anonymous(key), counted);
    assert_eq!(ledger.anonymous_in(SLOT), counted);
}

#[test]
fn late_events_are_counted_but_not_used() {
    let ledger = folded(&[sees(8 * 24 * HOUR, 1, 1), sees(0, 7, 1)]);
    assert_eq!((arm(&ledger, 1), ledger.late()), ((1, 0), 1));
}

#[test]
fn settled_visits_keep_their_conversion_and_lonely_clicks_are_given_up() {
    let day = 24 * HOUR;
    let ledger = folded(&[
        sees(0, 7, 1),
        clicks(HOUR, 7, 1),
        clicks(HOUR, 8, 1),
        sees(20 * day, 1, 2),
        sees(20 * day, 7, 2),
    ]);
    assert_eq!((arm(&ledger, 1), arm(&ledger, 2)), ((1, 1), (1, 0)));
    assert_eq!((ledger.unmatched(), ledger.crossed(SLOT)), (1, 1));
}

#[test]
fn an_event_that_was_folded_changes_nothing() {
    let mut ledger = Ledger::default();
    ledger.fold(LogPosition(0), &sees(0, 7, 1), &goals());
    ledger.fold(LogPosition(0), &sees(0, 8, 1), &goals());
    assert_eq!(arm(&ledger, 1), (1, 0));
    assert_eq!(ledger.position(), LogPosition(1));
}
