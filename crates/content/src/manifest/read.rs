//! Reads a `campaign.toml`: what is usable is used, the rest is told with its place.

use std::collections::{BTreeMap, BTreeSet};

use milieu_culture::MarketId;
use toml::de::DeTable;

use super::table::{Sheet, Text};
use super::{Channel, Manifest, Pattern, entries};
use crate::format::{Skipped, SkippedBecause};
use crate::{Locale, Passage, Suppression};

/// The most bytes of a manifest.
const MOST_BYTES: usize = 1 << 20;
/// The most markets of a campaign.
const MOST_MARKETS: usize = 1000;

/// All that a manifest says.
#[derive(Debug)]
pub(crate) struct Declarations {
    pub(crate) manifest: Manifest,
    pub(crate) passages: Vec<Passage>,
    pub(crate) suppressions: Vec<Suppression>,
    pub(crate) skipped: Vec<Skipped>,
}

/// Reads the text of a manifest; `inside` names the files of its folder, relative to it.
///
/// What names no locale is in `source`, or else in the manifest's source locale.
pub(crate) fn read(
    file: &str,
    text: &str,
    inside: &BTreeSet<&str>,
    source: Option<&Locale>,
) -> Declarations {
    let mut sheet = Sheet::new(file, text);
    let mut manifest = Manifest {
        file: file.to_owned(),
        ..Manifest::default()
    };
    let mut passages = Vec::new();
    let mut suppressions = Vec::new();
    if MOST_BYTES < text.len() {
        let because = SkippedBecause::TooLarge;
        let message = "the manifest is larger than 1 MiB and was not read";
        sheet.tell(0, because, message, "put long texts into files");
    } else {
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            let message = error.message().trim_end().replace('\n', ", ");
            let hint = "mend the TOML; what could be read without it was";
            sheet.tell(at, SkippedBecause::Syntax, message, hint);
        }
        let root = root.get_ref();
        let known = ["campaign", "files", "text", "asset", "ignore"];
        sheet.only(root, "", &known);
        campaign(&mut sheet, root, &mut manifest);
        files(&mut sheet, root, &mut manifest, inside);
        let declared = manifest.source_locale.as_ref();
        sheet.source_locale = source.or(declared).cloned();
        entries::texts(&mut sheet, root, &mut manifest, &mut passages);
        entries::assets(&mut sheet, root, &mut manifest, &mut passages, inside);
        suppressions = entries::ignores(&mut sheet, root, inside);
    }
    sheet.declared.sort_by_key(|declared| declared.bytes.start);
    sheet.skipped.sort_by_key(|skipped| skipped.place);
    manifest.declared = sheet.declared;
    Declarations {
        manifest,
        passages,
        suppressions,
        skipped: sheet.skipped,
    }
}

fn campaign<'t>(sheet: &mut Sheet<'t>, root: &DeTable<'t>, manifest: &mut Manifest) {
    let Some(table) = sheet.table(root, "campaign") else {
        return;
    };
    let known = [
        "name",
        "source_locale",
        "markets",
        "channel",
        "category",
        "starts",
        "ends",
        "send_at",
    ];
    sheet.only(table, "campaign", &known);
    let key = |name: &str| format!("campaign.{name}");
    if let Some(name) = sheet.string(table, "name") {
        sheet.declare(key("name"), name.said.clone(), name.bytes);
        manifest.name = Some(name.said);
    }
    if let Some(text) = sheet.string(table, "source_locale") {
        let hint = "write language and territory, as en-US";
        manifest.source_locale = parsed(sheet, &text, hint);
        if manifest.source_locale.is_some() {
            sheet.declare(key("source_locale"), text.said, text.bytes);
        }
    }
    manifest.markets = markets(sheet, table, "campaign");
    if let Some(text) = sheet.string(table, "channel") {
        manifest.channel = parsed(sheet, &text, &format!("use one of {}", Channel::names()));
        if manifest.channel.is_some() {
            sheet.declare(key("channel"), text.said, text.bytes);
        }
    }
    if let Some(text) = sheet.string(table, "category") {
        let hint = "use small letters, digits and hyphens, as homeware or alcohol";
        manifest.category = parsed(sheet, &text, hint);
        if manifest.category.is_some() {
            sheet.declare(key("category"), text.said, text.bytes);
        }
    }
    days(sheet, table, manifest);
}

fn days(sheet: &mut Sheet<'_>, table: &DeTable<'_>, manifest: &mut Manifest) {
    let starts = sheet.date(table, "starts");
    let ends = sheet.date(table, "ends");
    let send_at = sheet.time(table, "send_at");
    if let Some((starts, bytes)) = &starts {
        sheet.declare(
            "campaign.starts".to_owned(),
            starts.to_string(),
            bytes.clone(),
        );
        manifest.starts = Some(*starts);
    }
    let before = match (&starts, &ends) {
        (Some((starts, _)), Some((ends, bytes))) if ends < starts => Some((starts, ends, bytes)),
        _ => None,
    };
    match (before, &ends) {
        (Some((starts, ends, bytes)), _) => sheet.tell(
            bytes.start,
            SkippedBecause::Contradiction,
            format!("the campaign ends on {ends}, before it starts on {starts}"),
            "mend one of the two; the end is left out until then",
        ),
        (None, Some((ends, bytes))) => {
            sheet.declare("campaign.ends".to_owned(), ends.to_string(), bytes.clone());
            manifest.ends = Some(*ends);
        }
        (None, None) => {}
    }
    let Some((send_at, bytes)) = send_at else {
        return;
    };
    let early = manifest.starts.is_some_and(|starts| send_at.date < starts);
    let late = manifest.ends.is_some_and(|ends| ends < send_at.date);
    if early || late {
        let end = if early {
            "before it starts"
        } else {
            "after it ends"
        };
        sheet.tell(
            bytes.start,
            SkippedBecause::Contradiction,
            format!("the campaign is sent on {}, {end}", send_at.date),
            "send it from starts to ends; both are used as they stand",
        );
    }
    sheet.declare("campaign.send_at".to_owned(), send_at.to_string(), bytes);
    manifest.send_at = Some(send_at);
}

/// Returns the markets of a list, each once.
pub(super) fn markets(sheet: &mut Sheet<'_>, table: &DeTable<'_>, name: &str) -> Vec<MarketId> {
    let mut seen: BTreeMap<MarketId, usize> = BTreeMap::new();
    let mut found: Vec<MarketId> = Vec::new();
    for text in sheet.strings(table, "markets") {
        let hint = "write language and territory, as ja-JP";
        let Some(market) = parsed::<MarketId>(sheet, &text, hint) else {
            continue;
        };
        if let Some(before) = seen.get(&market) {
            let line = sheet.places.of(sheet.text, *before).0;
            sheet.tell(
                text.bytes.start,
                SkippedBecause::Duplicate,
                format!("the market {market} stands twice, first in line {line}"),
                "remove one of the two",
            );
        } else if found.len() == MOST_MARKETS {
            let message = format!("more than {MOST_MARKETS} markets; the rest is left out");
            let hint = "make several campaigns of it";
            sheet.tell(text.bytes.start, SkippedBecause::TooLarge, message, hint);
            break;
        } else {
            seen.insert(market.clone(), text.bytes.start);
            let key = format!("{name}.markets.{}", found.len());
            sheet.declare(key, text.said, text.bytes);
            found.push(market);
        }
    }
    found
}

fn files<'t>(
    sheet: &mut Sheet<'t>,
    root: &DeTable<'t>,
    manifest: &mut Manifest,
    inside: &BTreeSet<&str>,
) {
    let Some(table) = sheet.table(root, "files") else {
        return;
    };
    sheet.only(table, "files", &["pattern"]);
    let Some(text) = sheet.string(table, "pattern") else {
        return;
    };
    match text.said.parse::<Pattern>() {
        Err(error) => sheet.tell(
            text.bytes.start,
            SkippedBecause::Contradiction,
            error.to_string(),
            "write where the locale stands, as {locale}/mail.md; until then names pair as usual",
        ),
        Ok(pattern) => {
            if !inside.iter().any(|name| pattern.read(name).is_some()) {
                sheet.tell(
                    text.bytes.start,
                    SkippedBecause::Contradiction,
                    format!("no file is named as the pattern \"{pattern}\" says"),
                    "mend the pattern, or name the files by it; it is relative to this folder",
                );
            }
            sheet.declare("files.pattern".to_owned(), text.said, text.bytes);
            manifest.pattern = Some(pattern);
        }
    }
}

/// Reads a text as something, or tells that it is none.
pub(super) fn parsed<T: std::str::FromStr>(
    sheet: &mut Sheet<'_>,
    text: &Text,
    hint: &str,
) -> Option<T>
where
    T::Err: std::fmt::Display,
{
    match text.said.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            let message = error.to_string();
            sheet.tell(text.bytes.start, SkippedBecause::Syntax, message, hint);
            None
        }
    }
}

/// Reads the locale of an entry; without one it is in the source locale.
pub(super) fn locale(sheet: &mut Sheet<'_>, table: &DeTable<'_>) -> Option<Locale> {
    match sheet.string(table, "locale") {
        Some(text) => parsed(sheet, &text, "write language and territory, as ja-JP"),
        None => sheet.source_locale.clone(),
    }
}
