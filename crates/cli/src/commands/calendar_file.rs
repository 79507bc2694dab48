//! A calendar as a file for calendar programs (RFC 5545).

use milieu_culture::{Date, MarketId};
use milieu_engine::journeys::read_calendar::CalendarDay;

use crate::output::word;

/// The longest line in bytes, without its end; longer ones are folded.
const LONGEST: usize = 75;

/// Writes the days of a market as one calendar of all-day events.
///
/// `stamp` is the day on which the file is made.
pub(super) fn text(market: &MarketId, days: &[CalendarDay], stamp: Date) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Milieu//Calendars of markets//EN".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(&format!("Milieu {market}"))),
    ];
    for day in days {
        lines.extend(event(market, day, stamp));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn event(market: &MarketId, day: &CalendarDay, stamp: Date) -> Vec<String> {
    let told = format!("{}\nDates: {}", day.statement, day.basis);
    vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}-{}-{market}@milieu", day.id, compact(day.from)),
        format!("DTSTAMP:{}T000000Z", compact(stamp)),
        format!("DTSTART;VALUE=DATE:{}", compact(day.from)),
        // The end of an all-day event is the first day after it.
        format!("DTEND;VALUE=DATE:{}", compact(day.to.plus_days(1))),
        format!("SUMMARY:{}", escaped(&day.name)),
        format!("DESCRIPTION:{}", escaped(&told)),
        format!("CATEGORIES:{}", escaped(&word(&day.tone))),
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
    ]
}

fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// Escapes a text value (section 3.3.11).
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

/// Folds a line so that no part is longer than 75 bytes (section 3.1), and ends it.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 2);
    let mut used = 0;
    for c in line.chars() {
        if LONGEST < used + c.len_utf8() {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use milieu_engine::journeys::read_calendar::read_calendar;
    use milieu_engine::shipped_knowledge;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn shown(market: &str, first: &str, last: &str) -> String {
        let kb = shipped_knowledge().unwrap();
        let market = market.parse().unwrap();
        let days = read_calendar(&kb, &market, day(first), day(last)).unwrap();
        text(&market, &days, day("2026-11-25"))
    }

    #[test]
    fn a_season_is_one_event_that_ends_on_the_day_after() {
        let file = shown("ar-SA", "2027-02-01", "2027-02-28");
        assert_eq!(file.matches("BEGIN:VEVENT").count(), 1, "{file}");
        assert!(file.contains("DTSTART;VALUE=DATE:20270208\r\nDTEND;VALUE=DATE:20270309\r\n"));
        assert!(file.contains("SUMMARY:Ramadan (رمضان)\r\n"));
        assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert!(file.ends_with("END:VCALENDAR\r\n"));
    }

    #[test]
    fn lines_are_short_and_unfold_to_what_they_were() {
        let file = shown("ja-JP", "2026-11-25", "2027-11-25");
        assert!(file.split("\r\n").all(|line| line.len() <= LONGEST));
        let whole = file.replace("\r\n ", "");
        assert!(whole.contains("DESCRIPTION:In mid-August most regions welcome"));
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
    }

    #[test]
    fn what_steers_a_calendar_file_is_escaped() {
        assert_eq!(escaped("a;b,c\\d\ne"), "a\\;b\\,c\\\\d\\ne");
    }
}
