//! Reads values of a manifest, tells what is wrong, and keeps where each stands.

use std::ops::Range;

use milieu_culture::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Declared, LocalTime, toml_string};
use crate::format::{Skipped, SkippedBecause};
use crate::{Locale, Places, SourceMap};

/// The most complaints about one manifest.
const MOST_TOLD: usize = 50;

/// A manifest while it is read.
#[derive(Debug)]
pub(super) struct Sheet<'t> {
    pub(super) file: &'t str,
    pub(super) text: &'t str,
    pub(super) places: Places,
    pub(super) declared: Vec<Declared>,
    pub(super) skipped: Vec<Skipped>,
    /// How often something was wrong, told or not.
    pub(super) complaints: usize,
    /// The locale of what names none.
    pub(super) source_locale: Option<Locale>,
}

/// A string of a manifest with the place of each of its parts.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) said: String,
    pub(super) map: SourceMap,
    pub(super) bytes: Range<usize>,
}

impl<'t> Sheet<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        Self {
            file,
            text,
            places: Places::new(text),
            declared: Vec::new(),
            skipped: Vec::new(),
            complaints: 0,
            source_locale: None,
        }
    }

    /// Notes what cannot be used; what follows is still read.
    pub(super) fn tell(
        &mut self,
        at: usize,
        because: SkippedBecause,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.complaints += 1;
        let (message, hint) = match self.complaints {
            told if told < MOST_TOLD => (message.into(), hint.into()),
            MOST_TOLD => (
                "more is wrong here than is told".to_owned(),
                "mend what is told first".to_owned(),
            ),
            _ => return,
        };
        self.skipped.push(Skipped {
            file: self.file.to_owned(),
            place: Some(self.places.of(self.text, at)),
            because,
            message,
            hint,
        });
    }

    pub(super) fn declare(&mut self, key: String, text: String, bytes: Range<usize>) -> Declared {
        let declared = Declared {
            key,
            text,
            file: self.file.to_owned(),
            bytes,
        };
        self.declared.push(declared.clone());
        declared
    }

    /// Returns the tables under a key that is an array of tables.
    pub(super) fn tables<'v>(
        &mut self,
        root: &'v DeTable<'t>,
        key: &str,
    ) -> Vec<(Range<usize>, &'v DeTable<'t>)> {
        let Some(value) = root.get(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            let hint = format!("write [[{key}]], once for each");
            self.wrong_type(value, key, "a list of tables", hint);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => tables.push((item.span(), table)),
                None => self.wrong_type(item, key, "a table", format!("write [[{key}]]")),
            }
        }
        tables
    }

    /// Returns the table under a key.
    pub(super) fn table<'v>(
        &mut self,
        root: &'v DeTable<'t>,
        key: &str,
    ) -> Option<&'v DeTable<'t>> {
        let value = root.get(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(value, key, "a table", format!("write [{key}]"));
        }
        table
    }

    /// Tells of keys that nobody reads.
    pub(super) fn only(&mut self, table: &DeTable<'_>, name: &str, known: &[&str]) {
        for (key, _) in table {
            if !known.contains(&key.get_ref().as_ref()) {
                let found: String = key.get_ref().chars().take(40).collect();
                let place = if name.is_empty() {
                    "a manifest".to_owned()
                } else {
                    format!("[{name}]")
                };
                self.tell(
                    key.span().start,
                    SkippedBecause::Syntax,
                    format!("{place} has no field \"{found}\""),
                    format!("use one of {}", known.join(", ")),
                );
            }
        }
    }

    /// Returns a string that says something.
    pub(super) fn string(&mut self, table: &DeTable<'_>, key: &str) -> Option<Text> {
        let value = table.get(key)?;
        self.string_of(value, key)
    }

    /// Returns the strings of a list.
    pub(super) fn strings(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Text> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            let hint = format!("write {key} = [\"…\"]");
            self.wrong_type(value, key, "a list of texts", hint);
            return Vec::new();
        };
        let read = |item| self.string_of(item, key);
        items.iter().filter_map(read).collect()
    }

    fn string_of(&mut self, value: &Spanned<DeValue<'_>>, key: &str) -> Option<Text> {
        let Some(text) = value.get_ref().as_str() else {
            let hint = "write it between double quotes";
            self.wrong_type(value, key, "a text", hint.to_owned());
            return None;
        };
        if text.trim().is_empty() {
            self.tell(
                value.span().start,
                SkippedBecause::Syntax,
                format!("{key} is empty"),
                "write it, or leave the field out",
            );
            return None;
        }
        let map = toml_string::map(self.text, &value.span(), text);
        Some(Text {
            said: text.to_owned(),
            bytes: map.bytes(0..text.len()),
            map,
        })
    }

    /// Returns a day, written as a date or as a text.
    pub(super) fn date(&mut self, table: &DeTable<'_>, key: &str) -> Option<(Date, Range<usize>)> {
        let value = table.get(key)?;
        let text = match value.get_ref() {
            DeValue::Datetime(time) => time.to_string(),
            DeValue::String(text) => text.to_string(),
            other => other.type_str().to_owned(),
        };
        match text.parse::<Date>() {
            Ok(date) if text.len() == 10 => Some((date, value.span())),
            Ok(_) | Err(_) => {
                self.wrong_type(value, key, "a day", "write 2026-12-31".to_owned());
                None
            }
        }
    }

    /// Returns a day and time without a zone.
    pub(super) fn time(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
    ) -> Option<(LocalTime, Range<usize>)> {
        let value = table.get(key)?;
        let hint = "write 2026-11-20T09:00:00: it is the time on the clocks of each market";
        let parts = value.get_ref().as_datetime().and_then(|at| {
            let date = at.date?.to_string().parse::<Date>().ok()?;
            let clock = at.time?;
            Some((date, clock.hour, clock.minute, at.offset.is_some()))
        });
        let Some((date, hour, minute, zoned)) = parts else {
            self.wrong_type(value, key, "a day with a time", hint.to_owned());
            return None;
        };
        if zoned {
            self.tell(
                value.span().start,
                SkippedBecause::Contradiction,
                format!("{key} has a zone, which is left out: it is local to each market"),
                hint,
            );
        }
        let time = LocalTime { date, hour, minute };
        Some((time, value.span()))
    }

    fn wrong_type(&mut self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str, hint: String) {
        let found = value.get_ref().type_str();
        let found = match found {
            "array" => "list",
            "datetime" => "date or time",
            other => other,
        };
        self.tell(
            value.span().start,
            SkippedBecause::Syntax,
            format!("{key} is not {wanted}, but a value of type {found}"),
            hint,
        );
    }
}
