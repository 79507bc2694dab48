//! Observances: their dates, where they are kept, and what is refused.

use milieu_culture::pack::{self, PackError};
use milieu_culture::{Date, Grade, KnowledgeBase, MarketId, Tone, grade, may_block};

use crate::broken::base_files;

/// A sound calendar file; line 12 begins the first dates.
const CALENDAR: &str = r#"[[observance]]
id = "moon.calendar.fast"
name = "A fast"
tone = "fasting"
statement = "Pictures of food by day are out of place for many readers."
kind = "official-calendar"
sensitivity = "religious"
expires = "2028-12-31"
scope = { territories = ["JP"] }
evidence = [{ title = "Almanac", publisher = "Ministry", date = "2026", locator = "p. 3", read = "text", seen = "The month." }]

[[observance.dates]]
from = "2026-02-18"
to = "2026-03-19"
earliest = "2026-02-17"
latest = "2026-03-20"
basis = "computed; sighting may move it by a day"

[[observance.dates]]
from = "2027-02-08"
to = "2027-03-09"
basis = "decreed"
"#;

fn merged(calendar: &str) -> Result<KnowledgeBase, Vec<PackError>> {
    let file = pack::parse("calendars/moon.toml", calendar).map_err(|error| vec![error])?;
    let mut files = base_files();
    files.push(file);
    pack::merge("test", &files)
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn an_occurrence_is_met_on_every_day_that_it_may_take_in() {
    let base = merged(CALENDAR).unwrap();
    let fast = base.observances.values().next().unwrap();
    let met = |first: &str, last: &str| -> Vec<String> {
        fast.occurrences_in(day(first), day(last))
            .map(|dates| dates.from.to_string())
            .collect()
    };
    assert_eq!(met("2026-01-01", "2026-02-16"), [""; 0]);
    assert_eq!(met("2026-02-17", "2026-02-17"), ["2026-02-18"]);
    assert_eq!(met("2026-03-01", "2026-03-02"), ["2026-02-18"]);
    assert_eq!(met("2026-03-20", "2027-02-07"), ["2026-02-18"]);
    assert_eq!(met("2026-03-21", "2027-02-07"), [""; 0]);
    assert_eq!(
        met("2026-01-01", "2027-12-31"),
        ["2026-02-18", "2027-02-08"]
    );
    assert_eq!(met("2027-12-31", "2026-01-01"), [""; 0]);
}

#[test]
fn an_observance_is_kept_where_its_scope_says() {
    let base = merged(CALENDAR).unwrap();
    let kept = |id: &str| {
        let market: MarketId = id.parse().unwrap();
        base.observances_of(&market).count()
    };
    assert_eq!((kept("ja-JP"), kept("en-JP"), kept("ja-US")), (1, 1, 0));
}

#[test]
fn an_observance_is_graded_as_a_claim_is() {
    let base = merged(CALENDAR).unwrap();
    let fast = base.observances.values().next().unwrap();
    assert_eq!(fast.tone, Tone::Fasting);
    let grading = grade(fast, day("2026-11-24"));
    assert_eq!(grading.grade, Grade::A);
    assert!(may_block(fast, &grading));
    let late = grade(fast, day("2029-01-01"));
    assert!(late.expired && !may_block(fast, &late));
}

#[test]
fn the_baked_form_keeps_observances_and_can_do_without() {
    let base = merged(CALENDAR).unwrap();
    let baked = base.to_baked().unwrap();
    assert_eq!(KnowledgeBase::from_baked(&baked).unwrap(), base);
    let older = include_str!("fixtures/baked-2026.11.1.json");
    let older = KnowledgeBase::from_baked(older).unwrap();
    assert!(older.observances.is_empty() && !older.claims.is_empty());
}

#[test]
fn each_mistake_in_a_calendar_names_its_place_value_and_next_step() {
    let cases = [
        ("moon.calendar.fast", "moon"),
        ("\"A fast\"", "\" \""),
        ("\"fasting\"", "\"hungry\""),
        ("[\"JP\"]", "[\"ZZ\"]"),
        ("[\"JP\"] }", "[\"JP\"], context = [\"object/rice\"] }"),
        ("Pictures of food", "Muslims avoid food; pictures of it"),
        ("\"The month.\"", "\"The Chevrolet Nova.\""),
        ("kind = \"official-calendar\"", "kind = \"law\""),
        ("2026-03-19", "2026-02-17"),
        ("2026-03-19", "2026-09-19"),
        ("2026-02-17", "2026-02-19"),
        ("2026-03-20", "2027-03-20"),
        ("from = \"2027-02-08\"", "from = \"2026-03-19\""),
        ("\"decreed\"", "\"\""),
        ("basis = \"decreed\"\n", ""),
        ("expires = \"2028-12-31\"\n", ""),
    ];
    let mut lines = Vec::new();
    for (from, to) in cases {
        assert!(CALENDAR.contains(from), "{from}");
        let errors = merged(&CALENDAR.replacen(from, to, 1)).unwrap_err();
        for found in errors {
            lines.push(format!(
                "{}:{}:{}: {}\n  hint: {}",
                found.file, found.line, found.column, found.message, found.hint
            ));
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn an_observance_lists_dates_and_shares_ids_with_claims() {
    let bare = CALENDAR.split("[[observance.dates]]").next().unwrap();
    let missing = merged(bare).unwrap_err();
    assert!(
        missing[0].hint.contains("[[observance.dates]]"),
        "{missing:?}"
    );
    let twice = merged(&format!("{CALENDAR}{CALENDAR}")).unwrap_err();
    assert_eq!(twice.len(), 1, "{twice:?}");
    assert!(
        twice[0]
            .message
            .contains("already stands in calendars/moon.toml")
    );
}
