//! Comments that suppress a finding: `<!-- milieu-ignore NUM001 de-DE: reason -->`.

use std::ops::Range;

use milieu_culture::{Date, MarketId};

use crate::suppression::is_code;
use crate::{Covers, Suppression};

/// What a comment says about findings, or why it is not obeyed.
pub(super) type Directive = Result<Suppression, (String, String)>;

/// Reads the inside of a comment; `None` when it speaks of something else.
///
/// A suppression comes back as one of the whole file. Unless `whole` is told, the
/// reader says which bytes it covers.
pub(super) fn read(comment: &str, file: &str, bytes: Range<usize>) -> Option<(bool, Directive)> {
    let words = comment.trim();
    let rest = words.strip_prefix("milieu-ignore")?;
    let (whole, rest) = match rest.strip_prefix("-file") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if !rest.is_empty() && !rest.starts_with(|c: char| c.is_whitespace() || c == ':') {
        return None;
    }
    Some((whole, parse(rest, file, bytes)))
}

fn parse(rest: &str, file: &str, bytes: Range<usize>) -> Directive {
    let hint = "write <!-- milieu-ignore NUM001 de-DE until 2027-03-31: the reason -->";
    let refuse = |message: String| Err((message, hint.to_owned()));
    let (head, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let mut codes = Vec::new();
    let mut markets = Vec::new();
    let mut until = None;
    let parts = head.split(|c: char| c.is_whitespace() || c == ',');
    let mut parts = parts.filter(|part| !part.is_empty());
    while let Some(part) = parts.next() {
        if part == "until" {
            let date = parts.next().unwrap_or("");
            match date.parse::<Date>() {
                Ok(date) => until = Some(date),
                Err(error) => return refuse(format!("nothing is ignored: {error}")),
            }
        } else if is_code(part) {
            codes.push(part.to_owned());
        } else if let Ok(market) = part.parse::<MarketId>() {
            markets.push(market);
        } else {
            let part: String = part.chars().take(40).collect();
            let message = "nothing is ignored: it is neither a rule, a market nor a day";
            return refuse(format!("\"{part}\": {message}"));
        }
    }
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if codes.is_empty() {
        return refuse("nothing is ignored: no rule is named".to_owned());
    }
    if reason.is_empty() {
        return refuse(format!(
            "{} is not ignored: no reason is given",
            codes.join(", ")
        ));
    }
    Ok(Suppression {
        codes,
        markets,
        reason,
        until,
        file: file.to_owned(),
        bytes,
        within: Some(file.to_owned()),
        covers: Covers::File,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_names_rules_markets_a_day_and_a_reason() {
        let text = " milieu-ignore NUM001, COL001 de-DE ja-JP until 2027-03-31: a band's\n name ";
        let (whole, directive) = read(text, "f.md", 3..9).unwrap();
        let found = directive.unwrap();
        assert!(!whole);
        assert_eq!(found.codes, ["NUM001", "COL001"]);
        assert_eq!(found.markets.len(), 2);
        assert_eq!(found.until.unwrap().to_string(), "2027-03-31");
        assert_eq!(found.reason, "a band's name");
        assert!(
            read("milieu-ignore-file SYM001: ours", "f", 0..1)
                .unwrap()
                .0
        );
    }

    #[test]
    fn what_is_incomplete_is_not_obeyed_and_told() {
        for (text, why) in [
            ("milieu-ignore NUM001", "no reason"),
            ("milieu-ignore: because", "no rule"),
            (
                "milieu-ignore NUM001 until soon: x",
                "\"soon\" is not a date",
            ),
            ("milieu-ignore everything: x", "\"everything\""),
        ] {
            let (_, directive) = read(text, "f", 0..1).unwrap();
            let (message, _) = directive.unwrap_err();
            assert!(message.contains(why), "{message}");
        }
        assert!(read("milieu-ignorance is bliss", "f", 0..1).is_none());
        assert!(read("a note", "f", 0..1).is_none());
    }
}
