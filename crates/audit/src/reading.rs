//! Reads findings back that another program of the same version wrote.

use serde::{Deserialize, Deserializer};

use crate::RULES;

/// A word of a rule's own. Written as a reference, it would be borrowed from what is read.
pub(crate) type Word = &'static str;

/// Reads a rule's code; an unknown one is an error.
pub(crate) fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
    known(&String::deserialize(deserializer)?, |rule| rule.code)
}

/// Reads a rule's name; an unknown one is an error.
pub(crate) fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
    known(&String::deserialize(deserializer)?, |rule| rule.name)
}

fn known<E: serde::de::Error>(
    text: &str,
    part: fn(&crate::Rule) -> &'static str,
) -> Result<&'static str, E> {
    let rules = RULES.iter().map(|rule| part(rule));
    rules
        .into_iter()
        .find(|known| *known == text)
        .ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            E::custom(format!("this version knows no rule \"{shown}\""))
        })
}

#[cfg(test)]
mod tests {
    use crate::{RULES, Report};

    #[test]
    fn a_report_is_read_back_as_it_was_written_and_unknown_rules_are_told() {
        let rule = RULES[0];
        let text = serde_json::json!({
            "findings": [{
                "code": rule.code, "rule": rule.name, "area": "colour", "severity": "error",
                "confidence": "certain", "basis": "law", "outcome": "violation",
                "market": "ja-JP", "message": "a", "why": "b", "advice": ["c"], "claims": ["d"],
                "location": {
                    "file": "e", "line": 1, "column": 1, "byte_start": 0, "byte_end": 1,
                    "text": "f",
                },
                "fingerprint": "0",
            }],
            "unsure": [], "suppressed": [], "skipped": [],
        });
        let report: Report = serde_json::from_value(text.clone()).unwrap();
        assert_eq!(serde_json::to_value(&report).unwrap(), text);
        let mut newer = text;
        newer["findings"][0]["code"] = "ZZZ999".into();
        let error = serde_json::from_value::<Report>(newer).unwrap_err();
        assert!(error.to_string().contains("ZZZ999"), "{error}");
    }
}
