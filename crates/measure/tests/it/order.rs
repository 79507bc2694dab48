//! Neither the order of arrival nor a restart changes what is counted.

use milieu_measure::{Checkpoint, Ledger};
use milieu_record::Event;
use proptest::prelude::*;

use crate::events::*;

/// Events of few visitors within `days`, so that they meet often.
fn events(days: i64) -> impl Strategy<Value = Vec<Event<'static>>> {
    let one = (0..4_u8, 0..days * 8, 1_u64..6, 0_u8..3).prop_map(|(kind, step, who, arm)| {
        let at = step * 3 * HOUR;
        match kind {
            0 | 1 => sees(at, who, arm),
            2 => clicks(at, who, arm),
            _ => joins(at, who, u64::from(arm) + 1),
        }
    });
    prop::collection::vec(one, 0..40)
}

/// The same counts, told plainly: everything at once, without a ledger.
fn plainly(events: &[Event<'static>]) -> Vec<(u8, u64, u64)> {
    let mut group: Vec<u64> = (0..6).collect();
    for event in events {
        if let (Some(one), Some(other)) = (event.visitor, event.linked) {
            let of = |tag: u64| group[usize::try_from(tag).unwrap()];
            let (one, other) = (of(one.tag().0), of(other.tag().0));
            for member in &mut group {
                if *member == one {
                    *member = other;
                }
            }
        }
    }
    let mut cells = std::collections::BTreeMap::<u8, (u64, u64)>::new();
    for label in 0..6 {
        let ours = |event: &&Event<'_>| {
            event
                .decision
                .is_some_and(|facts| group[usize::try_from(facts.visitor.0).unwrap()] == label)
        };
        let is_exposure = |event: &&Event<'_>| event.kind == milieu_record::EventKind::Exposure;
        let first = events.iter().filter(ours).filter(is_exposure);
        let key = |event: &&Event<'_>| (event.at, event.decision.unwrap().arm);
        if let Some(first) = first.min_by_key(key) {
            let clicked = events.iter().filter(ours).any(|event| {
                let after = event.at.since(first.at);
                !is_exposure(&event) && (0..=24 * HOUR).contains(&after)
            });
            let cell = cells.entry(first.decision.unwrap().arm.0).or_default();
            cell.0 += 1;
            cell.1 += u64::from(clicked);
        }
    }
    cells.into_iter().map(|(arm, (n, y))| (arm, n, y)).collect()
}

fn counted(ledger: &Ledger) -> Vec<(u8, u64, u64)> {
    let cells = ledger.cells();
    cells
        .map(|(key, cell)| (key.arm.0, cell.visitors, cell.conversions))
        .collect()
}

proptest! {
    #[test]
    fn any_order_within_the_window_counts_the_same(
        (events, shuffled) in events(7)
            .prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
    ) {
        let (one, other) = (folded(&events), folded(&shuffled));
        prop_assert_eq!(counted(&one), plainly(&events));
        prop_assert_eq!(counted(&one), counted(&other));
        prop_assert_eq!(one.crossed(SLOT), other.crossed(SLOT));
        prop_assert_eq!(one.span(SLOT), other.span(SLOT));
    }

    #[test]
    fn a_restart_anywhere_changes_nothing(events in events(40), cut in 0_usize..40) {
        let (before, after) = events.split_at(cut.min(events.len()));
        let mut restored = Ledger::restore(folded(before).checkpoint());
        for event in after {
            restored.fold(restored.position(), event, &goals());
        }
        prop_assert_eq!(restored, folded(&events));
    }

    #[test]
    fn a_checkpoint_survives_both_formats(events in events(40)) {
        let checkpoint = folded(&events).checkpoint();
        let bytes = postcard::to_stdvec(&checkpoint).unwrap();
        let text = serde_json::to_string(&checkpoint).unwrap();
        let from_bytes: Checkpoint = postcard::from_bytes(&bytes).unwrap();
        let from_text: Checkpoint = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&from_bytes, &checkpoint);
        prop_assert_eq!(&from_text, &checkpoint);
    }
}
