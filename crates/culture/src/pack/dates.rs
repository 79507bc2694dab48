//! Checks of an observance's dates: in order, apart, each with its basis.

use super::check::{MAX_TEXT, Report};
use super::place::Step;
use crate::Occurrence;

/// The most occurrences one observance may list.
const MAX_DATES: usize = 200;
/// The most days one occurrence may last; a longer one is a slip of the pen.
const MAX_DAYS: i32 = 62;
/// The most days by which an occurrence may be uncertain at one end.
const MAX_UNSURE: i32 = 14;

/// Adds the mistakes of an observance's dates.
pub(super) fn check(report: &mut Report<'_>, dates: &[Occurrence]) {
    if dates.is_empty() || MAX_DATES < dates.len() {
        report.add(
            &[Step::Key("dates")],
            &format!("it lists {} dates", dates.len()),
            "list the occurrences of the coming years, at most 200",
        );
    }
    let mut before = None;
    for (index, occurrence) in dates.iter().enumerate() {
        let mut add = |field, message: &str, hint| {
            let path = [Step::Key("dates"), Step::Item(index), Step::Key(field)];
            report.add(&path, message, hint);
        };
        for (field, message, hint) in mistakes(occurrence) {
            add(field, &message, hint);
        }
        if before.is_some_and(|last| occurrence.from <= last) {
            add(
                "from",
                &format!("{} does not follow the dates before it", occurrence.from),
                "list dates in order and apart from each other",
            );
        }
        before = Some(occurrence.to);
    }
}

fn mistakes(occurrence: &Occurrence) -> Vec<(&'static str, String, &'static str)> {
    let Occurrence { from, to, .. } = *occurrence;
    let days = |a: crate::Date, b: crate::Date| (b.civil() - a.civil()).get_days();
    let mut found = Vec::new();
    if to < from || MAX_DAYS <= days(from, to) {
        found.push((
            "to",
            format!("{to} ends what begins on {from}"),
            "write first day and last day, the same for a single day",
        ));
    }
    for (field, bound, unsure) in [
        (
            "earliest",
            occurrence.earliest,
            occurrence.earliest.map(|day| days(day, from)),
        ),
        (
            "latest",
            occurrence.latest,
            occurrence.latest.map(|day| days(to, day)),
        ),
    ] {
        let (Some(day), Some(unsure)) = (bound, unsure) else {
            continue;
        };
        if !(0..=MAX_UNSURE).contains(&unsure) {
            found.push((
                field,
                format!("{field} {day} does not fit {from} to {to}"),
                "earliest comes before from, latest after to, by at most 14 days",
            ));
        }
    }
    let length = occurrence.basis.chars().count();
    if occurrence.basis.trim().is_empty() || MAX_TEXT < length {
        found.push((
            "basis",
            format!("the basis has {length} characters"),
            "say how the days were found: law, table, or computed with what",
        ));
    }
    found
}
