//! Reads `slots.toml`, and says where and how it is broken.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use milieu_record::VariantKey;
use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use crate::{Slot, Variant};

/// The most bytes of a file of slots.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// The most variants of a slot: an arm's number is one byte, 0 is the holdout.
const MOST_VARIANTS: usize = 64;
/// The most bytes of one rendering's content.
const MOST_CONTENT: usize = 64 * 1024;

/// What is wrong with a file of slots, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotFileError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl fmt::Display for SlotFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {} ({})",
            self.line, self.column, self.message, self.hint
        )
    }
}

impl std::error::Error for SlotFileError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    slot: Vec<Spanned<Slot>>,
}

/// Reads the slots of a file; the first thing wrong is the error.
///
/// # Examples
/// ```
/// let error = milieu_content::read_slots("[[slot]]\nkey = \"Home\"\n").unwrap_err();
/// assert_eq!((error.line, error.column), (2, 7));
/// ```
pub fn read_slots(text: &str) -> Result<Vec<Slot>, SlotFileError> {
    if MOST_BYTES < text.len() {
        return Err(at(
            text,
            0..0,
            "the file is larger than 4 MiB",
            "split it by slot",
        ));
    }
    let file: File = toml::from_str(text).map_err(|error| {
        let hint = "see docs/slots.md for every field and its values";
        at(text, error.span().unwrap_or(0..0), error.message(), hint)
    })?;
    let mut keys = BTreeSet::new();
    let mut slots = Vec::with_capacity(file.slot.len());
    for slot in file.slot {
        let span = slot.span();
        let slot = check(slot.into_inner())
            .map_err(|(message, hint)| at(text, span.clone(), &message, hint))?;
        if !keys.insert(slot.key.clone()) {
            let message = format!("slot \"{}\" stands twice", slot.key);
            return Err(at(text, span, &message, "merge the two, or rename one"));
        }
        slots.push(slot);
    }
    Ok(slots)
}

type Complaint = (String, &'static str);

/// Finds what TOML can say and JSON cannot: it would be served as something else.
fn refuse_foreign(place: &str, value: &Value) -> Result<(), Complaint> {
    match value {
        Value::Null => Err((
            format!("{place} has nan or inf, which JSON has no word for"),
            "write a number, or a text",
        )),
        Value::Object(fields) if fields.contains_key(TOML_DATE) => Err((
            format!("{place} has a date or time, which JSON has no type for"),
            "write it between quotes",
        )),
        Value::Object(fields) => fields
            .values()
            .try_for_each(|field| refuse_foreign(place, field)),
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| refuse_foreign(place, item)),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

/// The field under which the TOML reader hands a date to other formats.
const TOML_DATE: &str = "$__toml_private_datetime";

fn check(mut slot: Slot) -> Result<Slot, Complaint> {
    let key = slot.key.clone();
    refuse_foreign(&format!("the default of slot \"{key}\""), &slot.default)?;
    slot.default = slot.kind.admit(slot.default).map_err(|mismatch| {
        (
            format!("the default of slot \"{key}\": {mismatch}"),
            "give a value of the slot's type",
        )
    })?;
    if slot.variants.is_empty() || MOST_VARIANTS < slot.variants.len() {
        let count = slot.variants.len();
        return Err((
            format!("slot \"{key}\" has {count} variants"),
            "give 1 to 64",
        ));
    }
    if slot
        .variants
        .iter()
        .filter(|variant| variant.generic)
        .count()
        != 1
    {
        let message = format!("slot \"{key}\" needs exactly one variant with generic = true");
        return Err((message, "mark the one-for-all baseline as generic"));
    }
    let mut names: BTreeSet<VariantKey> = BTreeSet::new();
    for variant in &mut slot.variants {
        if !names.insert(variant.key.clone()) {
            let message = format!("variant \"{}\" stands twice in slot \"{key}\"", variant.key);
            return Err((message, "rename one of them"));
        }
        check_renderings(slot.kind, variant)?;
    }
    Ok(slot)
}

fn check_renderings(kind: crate::SlotType, variant: &mut Variant) -> Result<(), Complaint> {
    for (market, content) in &mut variant.renderings {
        let place = format!("rendering {market} of variant \"{}\"", variant.key);
        refuse_foreign(&place, content)?;
        *content = kind
            .admit(content.take())
            .map_err(|bad| (format!("{place}: {bad}"), "give a value of the slot's type"))?;
        if MOST_CONTENT < content.to_string().len() {
            return Err((
                format!("{place} is larger than 64 KiB"),
                "link large media by address",
            ));
        }
    }
    Ok(())
}

fn at(text: &str, span: Range<usize>, message: &str, hint: &str) -> SlotFileError {
    let before = text.get(..span.start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |tail| tail.chars().count())
        + 1;
    let message = message.trim_end().replace('\n', ", ");
    SlotFileError {
        line,
        column,
        message,
        hint: hint.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GOOD: &str = r#"
[[slot]]
key = "home.hero"
type = "object"
goal = "click"
horizon = "24h"
default = { title = "Welcome" }
[[slot.variant]]
key = "classic"
generic = true
attributes = { formality = 0.5, imagery = "product" }
[slot.variant.renderings]
"ja-JP" = { title = "ようこそ" }
"de-DE" = { title = "Willkommen" }
"#;

    #[test]
    fn a_file_of_slots_is_read() {
        let slots = read_slots(GOOD).unwrap();
        assert_eq!(slots[0].key.as_str(), "home.hero");
        assert_eq!(slots[0].variants[0].renderings.len(), 2);
    }

    #[test]
    fn what_is_broken_is_named_with_its_place() {
        let cases = [
            (
                "type = \"object\"",
                "type = \"blob\"",
                (4, "unknown variant `blob`"),
            ),
            ("\"24h\"", "\"soon\"", (6, "horizon \"soon\" is not")),
            (
                "\"ja-JP\" =",
                "\"Japan\" =",
                (13, "\"Japan\" is not a market"),
            ),
            (
                "{ title = \"ようこそ\" }",
                "\"ようこそ\"",
                (2, "expected Object, found a string"),
            ),
            (
                "generic = true",
                "generic = false",
                (2, "exactly one variant"),
            ),
            (
                "goal = \"click\"",
                "gaol = \"click\"",
                (5, "unknown field `gaol`"),
            ),
            (
                "key = \"classic\"",
                "key = \"Classic!\"",
                (9, "\"Classic!\" is not a key"),
            ),
        ];
        for (good, bad, (line, message)) in cases {
            let error = read_slots(&GOOD.replacen(good, bad, 1)).unwrap_err();
            assert!(error.message.contains(message), "{error}");
            assert_eq!(error.line, line, "{error}");
        }
    }

    #[test]
    fn what_json_has_no_word_for_is_refused() {
        for (bad, what) in [
            ("{ starts = 2026-11-24 }", "a date or time"),
            ("{ at = [07:32:00] }", "a date or time"),
            ("{ share = nan }", "nan or inf"),
            ("{ deep = { most = inf } }", "nan or inf"),
        ] {
            for good in ["{ title = \"Welcome\" }", "{ title = \"Willkommen\" }"] {
                let error = read_slots(&GOOD.replacen(good, bad, 1)).unwrap_err();
                assert!(error.message.contains(what), "{bad}: {error}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(\\PC|\n){0,200}") {
            drop(read_slots(&text));
        }
    }
}
