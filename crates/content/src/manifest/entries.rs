//! The entries of a manifest: declared texts, assets, and what is to be ignored.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

use super::read::{locale, markets};
use super::table::{Sheet, Text};
use super::{Asset, DeclaredText, MANIFEST, Manifest};
use crate::format::SkippedBecause;
use crate::message::Message;
use crate::suppression::is_code;
use crate::{Covers, Locale, Passage, Role, Suppression};

/// The most entries of one sort.
const MOST_ENTRIES: usize = 10_000;

pub(super) fn texts<'t>(
    sheet: &mut Sheet<'t>,
    root: &DeTable<'t>,
    manifest: &mut Manifest,
    passages: &mut Vec<Passage>,
) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (number, (span, table)) in bounded(sheet, root, "text").into_iter().enumerate() {
        sheet.only(table, "text", &["key", "role", "locale", "text", "person"]);
        let key = sheet.string(table, "key");
        let Some(words) = sheet.string(table, "text") else {
            missing(sheet, table, span.start, "text");
            continue;
        };
        if key.is_none() {
            missing(sheet, table, span.start, "key");
        }
        let role = sheet
            .string(table, "role")
            .and_then(|name| role(sheet, &name));
        let person = sheet.string(table, "person");
        let person =
            person.map(|p| sheet.declare(format!("text.{number}.person"), p.said, p.bytes));
        let key = key.map(|key| key.said);
        let passage = passage(
            sheet.file,
            key.clone().unwrap_or_else(|| format!("text.{number}")),
            locale(sheet, table),
            role.unwrap_or_else(|| key.as_deref().map_or(Role::Body, Role::from_key)),
            words,
        );
        if let Some(line) = seen.get(&passage.id) {
            let of = passage.locale.as_ref().map(|l| format!(" in {l}"));
            sheet.tell(
                span.start,
                SkippedBecause::Duplicate,
                format!(
                    "the text \"{}\"{} stands already in line {line}",
                    short(passage.key.as_deref().unwrap_or("")),
                    of.unwrap_or_default()
                ),
                "rename or remove one of the two; the later is used",
            );
            passages.retain(|earlier| earlier.id != passage.id);
            manifest.texts.retain(|text| text.passage != passage.id);
        }
        let line = sheet.places.of(sheet.text, span.start).0;
        seen.insert(passage.id.clone(), line);
        manifest.texts.push(DeclaredText {
            passage: passage.id.clone(),
            person,
        });
        passages.push(passage);
    }
}

pub(super) fn assets<'t>(
    sheet: &mut Sheet<'t>,
    root: &DeTable<'t>,
    manifest: &mut Manifest,
    passages: &mut Vec<Passage>,
    inside: &BTreeSet<&str>,
) {
    for (number, (_, table)) in bounded(sheet, root, "asset").into_iter().enumerate() {
        sheet.only(table, "asset", &["path", "role", "alt", "tags"]);
        let path = sheet.string(table, "path");
        let path = path.and_then(|path| file_inside(sheet, &path, inside, "the asset"));
        let role = sheet.string(table, "role").map(|role| role.said);
        let alt = sheet.string(table, "alt").map(|words| {
            let key = format!("asset.{number}.alt");
            let locale = sheet.source_locale.clone();
            passage(sheet.file, key, locale, Role::Alt, words)
        });
        let tags = sheet.strings(table, "tags");
        let declare = |(index, tag): (usize, Text)| {
            sheet.declare(format!("asset.{number}.tags.{index}"), tag.said, tag.bytes)
        };
        manifest.assets.push(Asset {
            path,
            role,
            alt: alt.as_ref().map(|alt| alt.id.clone()),
            tags: tags.into_iter().enumerate().map(declare).collect(),
        });
        passages.extend(alt);
    }
}

pub(super) fn ignores<'t>(
    sheet: &mut Sheet<'t>,
    root: &DeTable<'t>,
    inside: &BTreeSet<&str>,
) -> Vec<Suppression> {
    let mut found = Vec::new();
    for (span, table) in bounded(sheet, root, "ignore") {
        let known = ["code", "markets", "file", "key", "until", "reason"];
        sheet.only(table, "ignore", &known);
        let before = sheet.complaints;
        let code = sheet.string(table, "code");
        let until = sheet.date(table, "until");
        let markets = markets_of(sheet, table);
        let file = sheet.string(table, "file");
        let within = file.as_ref().and_then(|file| {
            let name = file_inside(sheet, file, inside, "[[ignore]]")?;
            let root = sheet.file.strip_suffix(MANIFEST).unwrap_or("");
            Some(format!("{root}{name}"))
        });
        let key = sheet.string(table, "key");
        let Some(code) = code else {
            missing(sheet, table, span.start, "code");
            continue;
        };
        if !is_code(&code.said) {
            let message = format!("\"{}\" is no code of a rule", short(&code.said));
            let hint = "write it as NUM001; see `milieu explain`";
            sheet.tell(code.bytes.start, SkippedBecause::Syntax, message, hint);
            continue;
        }
        let Some(reason) = sheet.string(table, "reason") else {
            sheet.tell(
                span.start,
                SkippedBecause::Syntax,
                format!("{} is not ignored: no reason is given", code.said),
                "say in reason = \"…\" why it is no mistake here",
            );
            continue;
        };
        // What restricts it and cannot be read must not make it ignore more.
        if before < sheet.complaints {
            let message = format!("{} is not ignored before this is mended", code.said);
            let hint = "mend what is told of this [[ignore]]";
            sheet.tell(span.start, SkippedBecause::Syntax, message, hint);
            continue;
        }
        found.push(Suppression {
            codes: vec![code.said],
            markets,
            reason: reason.said,
            until: until.map(|(until, _)| until),
            file: sheet.file.to_owned(),
            bytes: span,
            within,
            covers: key.map_or(Covers::File, |key| Covers::Key(key.said)),
        });
    }
    found
}

fn markets_of(sheet: &mut Sheet<'_>, table: &DeTable<'_>) -> Vec<milieu_culture::MarketId> {
    let declared = sheet.declared.len();
    let found = markets(sheet, table, "ignore");
    sheet.declared.truncate(declared);
    found
}

type Entry<'v, 't> = (std::ops::Range<usize>, &'v DeTable<'t>);

fn bounded<'v, 't>(sheet: &mut Sheet<'t>, root: &'v DeTable<'t>, key: &str) -> Vec<Entry<'v, 't>> {
    let mut tables = sheet.tables(root, key);
    if let Some((span, _)) = tables.get(MOST_ENTRIES) {
        let message = format!("more than {MOST_ENTRIES} [[{key}]]; the rest is left out");
        let hint = "put texts into files, or make several campaigns of it";
        sheet.tell(span.start, SkippedBecause::TooLarge, message, hint);
        tables.truncate(MOST_ENTRIES);
    }
    tables
}

fn passage(file: &str, key: String, locale: Option<Locale>, role: Role, words: Text) -> Passage {
    let id = match &locale {
        Some(locale) => format!("{file}#{key}@{locale}"),
        None => format!("{file}#{key}"),
    };
    Passage {
        id,
        file: file.to_owned(),
        key: Some(key),
        locale,
        role,
        message: Message::parse(&words.said),
        text: words.said,
        map: words.map,
    }
}

fn role(sheet: &mut Sheet<'_>, name: &Text) -> Option<Role> {
    let role = Role::named(&name.said);
    if role.is_none() {
        sheet.tell(
            name.bytes.start,
            SkippedBecause::Syntax,
            format!("\"{}\" is no role", short(&name.said)),
            format!("use one of {}", Role::names()),
        );
    }
    role
}

/// Returns the name of a file of the campaign, or tells that it has none such.
fn file_inside(
    sheet: &mut Sheet<'_>,
    path: &Text,
    inside: &BTreeSet<&str>,
    whose: &str,
) -> Option<String> {
    let name = path.said.strip_prefix("./").unwrap_or(&path.said);
    let outside = name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..");
    let (message, hint) = if outside || name.contains("://") {
        let message = format!(
            "{whose} \"{}\" lies outside of the campaign's folder",
            short(name)
        );
        (message, "name a file below the folder of this manifest")
    } else if !inside.contains(name) {
        let message = format!("{whose} \"{}\" is no file of the campaign", short(name));
        (
            message,
            "name a file below the folder of this manifest, or leave the path out",
        )
    } else {
        return Some(name.to_owned());
    };
    let because = SkippedBecause::Contradiction;
    sheet.tell(path.bytes.start, because, message, hint);
    None
}

/// Tells of a field that is not there; one that is wrong has been told of.
fn missing(sheet: &mut Sheet<'_>, table: &DeTable<'_>, at: usize, key: &str) {
    if !table.contains_key(key) {
        let message = format!("{key} is missing here");
        let hint = format!("add {key} = \"…\"");
        sheet.tell(at, SkippedBecause::Syntax, message, hint);
    }
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
