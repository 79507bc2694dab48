//! JSON messages, flat or nested: each string is a passage under its key.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::format::spanned::{self, Leaf};
use crate::format::{Limits, Reading, Skipped, SkippedBecause, text_of};
use crate::message::Message;
use crate::{Locale, Passage, Places, Role};

/// Reads JSON messages: `{"cart": {"title": "…"}}` gives the key `cart.title`.
///
/// Array elements are keyed by their number. Numbers, booleans, nulls and
/// empty strings are no passages. Of two strings under one key the later is kept,
/// as every JSON library does, and the earlier is reported.
pub fn read(file: &str, bytes: &[u8], locale: Option<&Locale>, limits: &Limits) -> Reading {
    let text = match text_of(file, bytes, limits) {
        Ok(text) => text,
        Err(skipped) => return Reading::refused(*skipped),
    };
    let skip = |place, because, message: String, hint: &str| Skipped {
        file: file.to_owned(),
        place: Some(place),
        because,
        message,
        hint: hint.to_owned(),
    };
    let leaves = match spanned::strings(text, limits) {
        Ok(leaves) => leaves,
        Err(error) => {
            return Reading::refused(skip(
                Places::new(text).of(text, error.at),
                error.because,
                error.message,
                error.hint,
            ));
        }
    };
    let last: BTreeMap<&str, usize> = leaves
        .iter()
        .enumerate()
        .map(|(index, leaf)| (leaf.key.as_str(), index))
        .collect();
    let is_last = |index: usize, leaf: &Leaf| last.get(leaf.key.as_str()) == Some(&index);
    let places = OnceCell::new();
    let skipped = leaves
        .iter()
        .enumerate()
        .filter(|(index, leaf)| !is_last(*index, leaf))
        .map(|(_, leaf)| {
            skip(
                places.get_or_init(|| Places::new(text)).of(text, leaf.at),
                SkippedBecause::Duplicate,
                format!("the key \"{}\" is given again below", shorten(&leaf.key)),
                "remove one of the two; the later is used",
            )
        })
        .collect();
    let passages = leaves
        .iter()
        .enumerate()
        .filter(|(index, leaf)| is_last(*index, leaf) && !leaf.text.trim().is_empty())
        .map(|(_, leaf)| passage(file, locale, leaf))
        .collect();
    Reading {
        passages,
        skipped,
        ..Reading::default()
    }
}

fn passage(file: &str, locale: Option<&Locale>, leaf: &Leaf) -> Passage {
    Passage {
        id: format!("{file}#{}", leaf.key),
        file: file.to_owned(),
        key: Some(leaf.key.clone()),
        locale: locale.cloned(),
        role: Role::from_key(&leaf.key),
        text: leaf.text.clone(),
        map: leaf.map.clone(),
        message: Message::parse(&leaf.text),
    }
}

fn shorten(key: &str) -> String {
    key.chars().take(60).collect()
}
