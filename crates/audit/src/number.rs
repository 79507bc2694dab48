//! Reads the numbers of a text, and tells which of them are mere numbers.
//!
//! A number with a unit, a date, a price, a version or a telephone number says something
//! else than its digits. What is left is a [`Number`] that stands for itself: a count,
//! or a number that is shown.

use std::ops::Range;

use crate::lexicon::{Hit, is_spaced};
use crate::near::{ending_at, starting_at};

/// A run of digits in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// Its digits, written 0 to 9 whatever the script.
    pub(crate) digits: String,
    /// Where it stands.
    pub(crate) span: Range<usize>,
    /// What it is.
    pub(crate) sort: Sort,
}

/// What a run of digits is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A number that stands for itself.
    Bare,
    /// Part of a code such as `SALE88`; the span is the whole code.
    Code,
    /// A price, measure, date, version, reference or part of a longer number.
    Other,
}

/// What the reader of numbers is told of a text's language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'k> {
    /// ISO codes of currencies.
    pub(crate) currencies: &'k [&'k str],
    /// Whether a full stop after a number makes it an ordinal, as in `18. Dezember`.
    pub(crate) ordinal_stop: bool,
}

/// Words that say what the number before them measures: `years`, `GB`, `年`.
const MEASURE: &str = "unit/measure";
/// Words that say what the number after them counts off: `page`, `version`.
const REFERENCE: &str = "unit/reference";
/// Words for pieces, which leave a number a mere count: `pieces`, `個`.
pub(crate) const PIECE: &str = "unit/piece";

/// Concepts below this prefix are words for a number: `number/4`.
const SPELLED: &str = "number/";

/// Symbols of units, which are the same in all languages.
const UNITS: [&str; 62] = [
    "nm", "µm", "mm", "cm", "dm", "m", "km", "in", "ft", "yd", "mi", "mm²", "cm²", "m²", "km²",
    "ha", "ml", "cl", "dl", "l", "m³", "mg", "g", "kg", "t", "oz", "lb", "lbs", "ms", "s", "min",
    "h", "hz", "khz", "mhz", "ghz", "b", "kb", "mb", "gb", "tb", "pb", "mbit", "gbit", "mp", "px",
    "pt", "dpi", "fps", "k", "p", "x", "v", "w", "kw", "kwh", "wh", "a", "mah", "pa", "am", "pm",
];

/// Reads all numbers of a text: those in digits, then those in words.
///
/// `hits` are the words of the lexicon that were found in it.
pub(crate) fn numbers(text: &str, hits: &[Hit], reading: Reading<'_>) -> Vec<Number> {
    let spelled = hits.iter().filter_map(|hit| {
        let digits = hit.concepts.iter().find_map(|c| c.strip_prefix(SPELLED))?;
        let before = text.get(..hit.span.start)?;
        let after = text.get(hit.span.end..)?;
        let other =
            is_led(before, hits, reading) || is_followed(after, hit.span.end, hits, reading);
        Some(Number {
            digits: digits.to_owned(),
            span: hit.span.clone(),
            sort: if other { Sort::Other } else { Sort::Bare },
        })
    });
    let mut found = in_digits(text, hits, reading);
    found.extend(spelled);
    found
}

fn in_digits(text: &str, hits: &[Hit], reading: Reading<'_>) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(text, at) {
        let end = run_end(text, start);
        let number = read(text, start..end, hits, reading);
        at = number.span.end.max(end);
        found.push(number);
    }
    found
}

fn next_digit(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    rest.char_indices()
        .find(|&(_, c)| digit(c).is_some())
        .map(|(at, _)| from + at)
}

/// Returns the value of a digit of ASCII, full width, Arabic or Persian.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        _ => return None,
    };
    char::from_digit(u32::from(c).wrapping_sub(u32::from(zero)), 10)
}

/// Returns the end of a run of digits, with what joins digits to longer numbers.
fn run_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut rest = text.get(start..).unwrap_or("").chars().peekable();
    while let Some(c) = rest.next() {
        let joins = is_joint(c) && rest.peek().is_some_and(|&next| digit(next).is_some());
        if digit(c).is_none() && !joins {
            break;
        }
        end += c.len_utf8();
    }
    end
}

fn is_joint(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ':'
            | '/'
            | '-'
            | '–'
            | '×'
            | '\''
            | '’'
            | '．'
            | '：'
            | '／'
            | '～'
            | '~'
            | '٫'
            | '٬'
    )
}

fn read(text: &str, span: Range<usize>, hits: &[Hit], reading: Reading<'_>) -> Number {
    let inside = text.get(span.clone()).unwrap_or("");
    let before = text.get(..span.start).unwrap_or("");
    let after = text.get(span.end..).unwrap_or("");
    let joined = inside.chars().any(|c| digit(c).is_none());
    let code = code_around(before, after, &span);
    let other = joined
        || is_year(inside)
        || is_led(before, hits, reading)
        || is_followed(after, span.end, hits, reading)
        || is_list_mark(before, after);
    let (sort, span) = match code {
        Some(code) if !joined => (Sort::Code, code),
        Some(code) => (Sort::Other, code),
        None if other => (Sort::Other, span),
        None => (Sort::Bare, span),
    };
    Number {
        digits: inside.chars().filter_map(digit).collect(),
        span,
        sort,
    }
}

/// Returns the word of Latin letters and digits a number is part of: `SALE88`, `v4`.
///
/// Letters after it alone make no code: they are a unit or an ending.
fn code_around(before: &str, after: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let lead = before
        .chars()
        .rev()
        .take_while(|&c| is_spaced_letter(c) || c == '_' || digit(c).is_some());
    let lead: usize = lead.map(char::len_utf8).sum();
    if lead == 0 {
        let letter = before.chars().rev().nth(1).is_some_and(is_spaced_letter);
        let hyphen = before.ends_with('-') && letter;
        return hyphen.then(|| span.start - 1..span.end);
    }
    let tail = after
        .chars()
        .take_while(|&c| is_spaced_letter(c) || c == '_' || digit(c).is_some());
    let tail: usize = tail.map(char::len_utf8).sum();
    Some(span.start - lead..span.end + tail)
}

fn is_spaced_letter(c: char) -> bool {
    c.is_alphabetic() && is_spaced(c)
}

/// Tells whether digits name a year of our time.
fn is_year(digits: &str) -> bool {
    let digits: String = digits.chars().filter_map(digit).collect();
    let year = digits.parse::<u32>().unwrap_or(0);
    digits.len() == 4 && (1900..2100).contains(&year)
}

/// Tells whether what stands before a number makes it more than a number.
fn is_led(before: &str, hits: &[Hit], reading: Reading<'_>) -> bool {
    let lead = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let Some(last) = lead.chars().next_back() else {
        return false;
    };
    let touching = lead.len() == before.len();
    let glued = touching && matches!(last, '+' | '/' | '=' | '@' | '&' | '%' | '−' | '.' | '第');
    let signed = touching && last == '-';
    let word = lead
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    let grouped = digit(last).is_some();
    let referred = ending_at(hits, lead.len()).is_some_and(|hit| hit.names(REFERENCE));
    is_money(last) || glued || signed || grouped || reading.currencies.contains(&word) || referred
}

/// Tells whether what stands after a number makes it more than a number.
fn is_followed(after: &str, end: usize, hits: &[Hit], reading: Reading<'_>) -> bool {
    let Some(first) = after.chars().next() else {
        return false;
    };
    let tail = after.trim_start_matches([' ', '\u{a0}', '\u{202f}', '-', '\u{2011}']);
    let start = end + (after.len() - tail.len());
    let touching = tail.len() == after.len();
    match starting_at(hits, start) {
        Some(hit) if hit.names(MEASURE) => return true,
        Some(hit) if hit.names(PIECE) || hit.names_any_below("object/") => return false,
        Some(_) | None => {}
    }
    let word: String = tail
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, 'µ' | '²' | '³'))
        .collect();
    let unit = UNITS.contains(&word.to_lowercase().as_str()) && is_unit(&word, touching);
    let glued = touching && word.chars().next().is_some_and(is_spaced_letter);
    let compound = matches!(first, '-' | '\u{2011}') && !word.is_empty();
    let priced = tail.chars().next().is_some_and(is_money)
        || reading.currencies.contains(&word.as_str())
        || after.starts_with(",-")
        || after.starts_with(",–");
    let grouped = tail.chars().next().is_some_and(|c| digit(c).is_some());
    let marked = matches!(
        first,
        '%' | '‰' | '°' | '′' | '″' | '+' | '％' | 'º' | 'ª' | '*' | '=' | '_' | '/'
    );
    let ordinal = reading.ordinal_stop
        && after.strip_prefix('.').is_some_and(|rest| {
            rest.trim_start()
                .chars()
                .next()
                .is_some_and(char::is_alphabetic)
        });
    unit || glued || compound || priced || grouped || marked || ordinal || percent(tail)
}

/// Tells `88 in` the unit from `88 in` the word: words of one language look like units.
fn is_unit(word: &str, touching: bool) -> bool {
    let ambiguous = [
        "in", "a", "s", "am", "m", "p", "x", "k", "pt", "min", "t", "h", "l",
    ];
    touching || !ambiguous.contains(&word.to_lowercase().as_str()) || word.len() == 1
}

fn percent(tail: &str) -> bool {
    tail.starts_with(['%', '‰', '％', '°'])
}

/// Tells whether a number begins a line as the mark of a list: `4. Unpack`, `4) Unpack`.
fn is_list_mark(before: &str, after: &str) -> bool {
    let begins = before
        .chars()
        .rev()
        .find(|&c| c != ' ' && c != '\t')
        .is_none_or(|c| c == '\n');
    let mut marks = after.chars();
    begins && matches!(marks.next(), Some('.' | ')' | '．')) && marks.next().is_some()
}

/// Tells whether a character is a sign of a currency (Unicode category Sc).
fn is_money(c: char) -> bool {
    matches!(
        c,
        '$' | '\u{a2}'..='\u{a5}' | '\u{58f}' | '\u{60b}' | '\u{9f2}' | '\u{9f3}' | '\u{e3f}'
            | '\u{17db}' | '\u{20a0}'..='\u{20cf}' | '\u{fdfc}' | '\u{fe69}' | '\u{ff04}'
            | '\u{ffe0}' | '\u{ffe1}' | '\u{ffe5}' | '\u{ffe6}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: Reading<'_> = Reading {
        currencies: &["EUR", "USD"],
        ordinal_stop: false,
    };

    fn sorts(text: &str, reading: Reading<'_>) -> Vec<(String, Sort)> {
        let found = numbers(text, &[], reading);
        found.into_iter().map(|n| (n.digits, n.sort)).collect()
    }

    #[test]
    fn a_number_that_stands_for_itself_is_bare() {
        for text in [
            "Ariel 88",
            "88 wash loads",
            "a set of 88.",
            "(88)",
            "“88”",
            "#88",
            "88!",
            "88、",
            "第 88",
            "８８個",
            "٨٨",
        ] {
            assert_eq!(
                sorts(text, ENGLISH),
                [("88".to_owned(), Sort::Bare)],
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_measured_priced_dated_or_referred_to_is_not() {
        for text in [
            "88 mm",
            "88mm",
            "88-mm lens",
            "88 %",
            "88%",
            "88°",
            "88 °C",
            "€88",
            "88 €",
            "$ 88",
            "EUR 88",
            "88 EUR",
            "88,-",
            "88.5",
            "8,800",
            "88:30",
            "18:88",
            "24/88",
            "1.88.2",
            "88×88",
            "+88",
            "-88",
            "88+",
            "88 123 456",
            "1988",
            "0.88",
            "88k",
            "88th",
            "88x",
            "第88章",
            "88-star",
            "example.com/88",
            "?page=88",
            "2026-11-88",
            "88–90",
            "4. Unpack it",
        ] {
            let found = sorts(text, ENGLISH);
            assert!(
                found.iter().all(|(_, sort)| *sort == Sort::Other),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn a_number_in_a_word_is_a_code() {
        for text in ["SALE88", "v88", "A88", "SALE88NOW", "COVID-88", "x_88"] {
            assert_eq!(
                sorts(text, ENGLISH),
                [("88".to_owned(), Sort::Code)],
                "{text}"
            );
        }
    }

    #[test]
    fn a_full_stop_makes_an_ordinal_only_where_the_language_says_so() {
        let german = Reading {
            ordinal_stop: true,
            ..ENGLISH
        };
        assert_eq!(sorts("am 18. Dezember", german)[0].1, Sort::Other);
        assert_eq!(sorts("mit der 18.", german)[0].1, Sort::Bare);
        assert_eq!(sorts("a set of 18. Order now", ENGLISH)[0].1, Sort::Bare);
    }

    #[test]
    fn hostile_digits_end() {
        let text = "8-".repeat(50_000) + &"٨".repeat(50_000) + "\u{ff18}x";
        assert_eq!(numbers(&text, &[], ENGLISH).len(), 1);
    }
}
