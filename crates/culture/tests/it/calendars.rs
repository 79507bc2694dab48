//! The shipped calendars: their dates against rules that are written out here.

use jiff::civil::{Date as Civil, Weekday, date};
use milieu_culture::{ClaimState, KnowledgeBase, MarketId, Observance, Occurrence, Tone, grade};

use crate::shipped::shipped;

fn observance<'kb>(base: &'kb KnowledgeBase, id: &str) -> &'kb Observance {
    let found = base.observances.values().find(|o| o.id.as_str() == id);
    found.unwrap_or_else(|| panic!("{id} is not shipped"))
}

fn firsts(base: &KnowledgeBase, id: &str) -> Vec<Civil> {
    let dates = &observance(base, id).dates;
    dates.iter().map(|dates| dates.from.civil()).collect()
}

/// Returns Western Easter by the rule of Meeus (Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Civil {
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let (century, rest) = (year_number / 100, year_number % 100);
    let moved = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moved + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let days = epact + weekday - 7 * ((golden + 11 * epact + 22 * weekday) / 451) + 114;
    let (month, day) = (days / 31, days % 31 + 1);
    date(
        year,
        i8::try_from(month).unwrap(),
        i8::try_from(day).unwrap(),
    )
}

/// Returns a day of the tabular Islamic calendar, within a day of any observed one.
fn tabular(year: i64, month: i64, day: i64) -> Civil {
    let months = (59 * (month - 1) + 1) / 2;
    let days = (year - 1) * 354 + (3 + 11 * year) / 30 + months + day - 1;
    date(622, 7, 19).saturating_add(jiff::Span::new().days(days))
}

#[test]
fn good_friday_is_two_days_before_easter() {
    let base = shipped();
    for id in ["western.calendar.good-friday", "de.calendar.good-friday"] {
        let expected: Vec<Civil> = (2026..=2030)
            .map(|year| easter(year).saturating_sub(jiff::Span::new().days(2)))
            .collect();
        assert_eq!(firsts(&base, id), expected, "{id}");
    }
}

#[test]
fn islamic_months_begin_within_a_day_of_the_tabular_calendar() {
    let base = shipped();
    for (id, month, day) in [
        ("islamic.calendar.ramadan", 9, 1),
        ("islamic.calendar.eid-al-fitr", 10, 1),
        ("islamic.calendar.eid-al-adha", 12, 10),
        ("islamic.calendar.ashura", 1, 10),
    ] {
        for dates in &observance(&base, id).dates {
            let near = (1447..=1453)
                .map(|year| tabular(year, month, day))
                .any(|day| day.duration_since(dates.from.civil()).as_hours().abs() <= 24);
            assert!(near, "{id}: {}", dates.from);
            let bounds = (dates.earliest.is_some(), dates.latest.is_some());
            assert_eq!(bounds, (true, true), "{id} hangs on a sighting");
        }
    }
}

#[test]
fn ramadan_ends_on_the_eve_of_the_feast() {
    let base = shipped();
    let ends = &observance(&base, "islamic.calendar.ramadan").dates;
    let feasts = firsts(&base, "islamic.calendar.eid-al-fitr");
    for (fast, feast) in ends.iter().zip(feasts) {
        assert_eq!(fast.to.civil().tomorrow().unwrap(), feast);
    }
}

#[test]
fn days_of_the_week_are_what_their_names_say() {
    let base = shipped();
    for (id, weekday) in [
        ("de.calendar.totensonntag", Weekday::Sunday),
        ("de.calendar.volkstrauertag", Weekday::Sunday),
        ("gb.calendar.remembrance-sunday", Weekday::Sunday),
        ("us.calendar.memorial-day", Weekday::Monday),
        ("us.calendar.thanksgiving", Weekday::Thursday),
    ] {
        for day in firsts(&base, id) {
            assert_eq!(day.weekday(), weekday, "{id}: {day}");
        }
    }
    let mourning = firsts(&base, "de.calendar.volkstrauertag");
    let dead = firsts(&base, "de.calendar.totensonntag");
    for (mourning, dead) in mourning.iter().zip(&dead) {
        assert_eq!((*dead - *mourning).get_days(), 7);
        assert!(
            (20..=26).contains(&dead.day()) && dead.month() == 11,
            "{dead}"
        );
    }
}

#[test]
fn lunar_new_year_may_differ_by_a_day_between_hong_kong_and_korea() {
    let base = shipped();
    let hong_kong = firsts(&base, "hk.calendar.lunar-new-year");
    let korea = &observance(&base, "kr.calendar.seollal").dates;
    let apart = |(day, korea): (&Civil, &Occurrence)| (korea.from.civil() - *day).get_days();
    // The Korean holiday begins on the eve: -1 where both calendars agree.
    let apart: Vec<i32> = hong_kong.iter().zip(korea).map(apart).collect();
    assert_eq!(apart, [-1, 0, 0, -1, -1]);
}

#[test]
fn every_market_keeps_a_quiet_day_and_each_reaches_to_2030() {
    let base = shipped();
    for market in &base.markets {
        let quiet = |o: &&Observance| o.tone != Tone::Festive;
        assert!(
            0 < base.observances_of(market).filter(quiet).count(),
            "{market}"
        );
    }
    let as_of = "2026-11-24".parse().unwrap();
    for observance in base.observances.values() {
        assert_eq!(observance.state, ClaimState::Proposed, "{}", observance.id);
        assert!(!grade(observance, as_of).expired, "{}", observance.id);
        let last = observance.dates.last().unwrap().to.civil();
        assert!(2030 <= last.year(), "{}", observance.id);
    }
}

#[test]
fn what_each_market_keeps() {
    let base = shipped();
    let line = |market: &MarketId| {
        let ids: Vec<&str> = base.observances_of(market).map(|o| o.id.as_str()).collect();
        format!("{market}: {}", ids.join(", "))
    };
    let lines: Vec<String> = base.markets.iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"));
}
