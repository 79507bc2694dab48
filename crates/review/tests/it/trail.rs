//! The trail verifies; any change to it is found at its place.

use milieu_record::Instant;
use milieu_review::{TrailBody, TrailEntry, link, verify};
use proptest::prelude::*;

fn trail(length: usize) -> Vec<TrailEntry> {
    let mut entries: Vec<TrailEntry> = Vec::new();
    for index in 0..length {
        let body = TrailBody {
            at: Instant::from_micros(i64::try_from(index).unwrap()),
            actor: "anna".to_owned(),
            action: "verdict.approve".to_owned(),
            subject: format!("rendering {index}"),
            detail: "{}".to_owned(),
        };
        entries.push(link(entries.last(), body));
    }
    entries
}

proptest! {
    #[test]
    fn one_edited_entry_is_found(length in 1_usize..20, pick: prop::sample::Index, field in 0..5) {
        let mut entries = trail(length);
        prop_assert!(verify(entries.clone()).is_ok());
        let at = pick.index(length);
        let body = &mut entries[at].body;
        match field {
            0 => body.at = body.at.plus(1),
            1 => body.actor.push('x'),
            2 => body.action.push('x'),
            3 => body.subject.push('x'),
            _ => body.detail.push('x'),
        }
        prop_assert_eq!(verify(entries).unwrap_err().seq, u64::try_from(at).unwrap() + 1);
    }

    #[test]
    fn a_missing_or_moved_entry_is_found(length in 3_usize..20, pick: prop::sample::Index) {
        let at = pick.index(length - 1);
        let mut cut = trail(length);
        cut.remove(at);
        prop_assert!(verify(cut).is_err());
        let mut moved = trail(length);
        moved.swap(at, at + 1);
        prop_assert!(verify(moved).is_err());
    }
}
