//! Campaigns in memory: files that were read, and which of them translate which.

use std::collections::BTreeMap;

use milieu_culture::MarketId;

use crate::format::{self, Limits, Reading, Skipped, SkippedBecause};
use crate::{Locale, Passage, Places};

/// A file as it arrives: its name and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path, with `/` between the parts.
    pub path: String,
    /// What it contains.
    pub bytes: Vec<u8>,
}

impl Input {
    /// Makes an input from a path and bytes.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            path: path.into(),
            bytes,
        }
    }
}

/// What a campaign's manifest or the command line says about its files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The locale that was written first; translations are compared with it.
    ///
    /// A file whose name gives no locale is taken to be in this one.
    pub source_locale: Option<Locale>,
    /// What the readers may take in.
    pub limits: Limits,
}

/// A file that was read, kept to show what stands around a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceFile {
    /// Its path.
    pub path: String,
    /// Its whole text.
    pub text: String,
    /// Where its lines are.
    pub places: Places,
    /// The locale of its passages.
    pub locale: Option<Locale>,
}

impl SourceFile {
    /// Returns line and column of a byte, both from 1, the column in characters.
    pub fn place(&self, byte: usize) -> (usize, usize) {
        self.places.of(&self.text, byte)
    }
}

/// A passage and its translation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair<'c> {
    /// The passage in the source locale.
    pub source: &'c Passage,
    /// The same key in another locale.
    pub target: &'c Passage,
}

/// Content with a purpose: its files as passages, in the order given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Campaign {
    /// The locale that was written first.
    pub source_locale: Option<Locale>,
    /// The files that were read.
    pub files: BTreeMap<String, SourceFile>,
    /// All passages, file by file.
    pub passages: Vec<Passage>,
    /// What was not read, and why.
    pub skipped: Vec<Skipped>,
}

impl Campaign {
    /// Reads files into a campaign; what cannot be read is listed as skipped.
    pub fn read(inputs: Vec<Input>, options: &Options) -> Self {
        let mut campaign = Self {
            source_locale: options.source_locale.clone(),
            ..Self::default()
        };
        for input in inputs {
            let locale = locale_of(&input.path).or_else(|| options.source_locale.clone());
            let reading = read_file(&input, locale.as_ref(), &options.limits);
            campaign.passages.extend(reading.passages);
            campaign.skipped.extend(reading.skipped);
            if let Ok(text) = String::from_utf8(input.bytes) {
                let file = SourceFile {
                    path: input.path.clone(),
                    places: Places::new(&text),
                    text,
                    locale,
                };
                campaign.files.insert(input.path, file);
            }
        }
        campaign
    }

    /// Returns each translated passage with its source, in order of the targets.
    ///
    /// Two files pair when they stand in one folder and are named by their locales,
    /// as `en-US.json` and `ja-JP.json`; their passages pair by key.
    pub fn pairs(&self) -> Vec<Pair<'_>> {
        let Some(source_locale) = &self.source_locale else {
            return Vec::new();
        };
        let mut sources = BTreeMap::new();
        for passage in &self.passages {
            if let Some(key) = key_in_folder(passage)
                && passage
                    .locale
                    .as_ref()
                    .is_some_and(|l| is_source(l, source_locale))
            {
                sources.entry(key).or_insert(passage);
            }
        }
        let translated = |passage: &&Passage| {
            passage
                .locale
                .as_ref()
                .is_some_and(|l| !is_source(l, source_locale))
        };
        self.passages
            .iter()
            .filter(translated)
            .filter_map(|target| {
                let source = *sources.get(&key_in_folder(target)?)?;
                Some(Pair { source, target })
            })
            .collect()
    }

    /// Returns the passages that readers in a market get to see.
    ///
    /// Those are the passages in the market's locale. A passage in another locale
    /// counts too when nothing says that it is only for others: it has no locale,
    /// the campaign has no source locale, or it is source text that has no
    /// translation for the market (yet).
    pub fn passages_for<'c>(&'c self, market: &MarketId) -> Vec<&'c Passage> {
        let serves = |passage: &Passage| passage.locale.as_ref().is_some_and(|l| l.serves(market));
        let own: std::collections::BTreeSet<_> = self
            .passages
            .iter()
            .filter(|passage| serves(passage))
            .filter_map(key_in_folder)
            .collect();
        let is_seen = |passage: &&Passage| match (&passage.locale, &self.source_locale) {
            (None, _) | (Some(_), None) => true,
            (Some(locale), Some(_)) if locale.serves(market) => true,
            (Some(locale), Some(source)) => {
                is_source(locale, source)
                    && key_in_folder(passage).is_none_or(|key| !own.contains(&key))
            }
        };
        self.passages.iter().filter(is_seen).collect()
    }
}

/// Tells whether a file's locale is the source: `en.json` is when `en-US` was asked.
fn is_source(locale: &Locale, source: &Locale) -> bool {
    locale == source || (locale.territory.is_none() && locale.language == source.language)
}

/// Returns folder and key of a passage in a file named by its locale.
fn key_in_folder(passage: &Passage) -> Option<(&str, &str)> {
    let key = passage.key.as_deref()?;
    locale_of(&passage.file)?;
    let folder = passage
        .file
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    Some((folder, key))
}

/// Reads the locale off a file name: `mail/ja-JP.json` is in `ja-JP`.
///
/// A bare language has two small letters: `app.json` is no locale, although
/// three letters can be a language too; such a language needs its territory.
fn locale_of(path: &str) -> Option<Locale> {
    let name = path.rsplit('/').next()?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let locale: Locale = stem.parse().ok()?;
    let bare = stem.len() <= 3;
    let plausible = !bare || (stem.len() == 2 && stem.bytes().all(|b| b.is_ascii_lowercase()));
    plausible.then_some(locale)
}

fn read_file(input: &Input, locale: Option<&Locale>, limits: &Limits) -> Reading {
    let name = input.path.rsplit('/').next().unwrap_or(&input.path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "json" => format::json::read(&input.path, &input.bytes, locale, limits),
        "txt" | "text" | "" | "-" => format::plain::read(&input.path, &input.bytes, locale, limits),
        other => Reading {
            passages: Vec::new(),
            skipped: vec![Skipped {
                file: input.path.clone(),
                place: None,
                because: SkippedBecause::UnknownFormat,
                message: format!(
                    "no reader for files that end in .{}",
                    other.chars().take(20).collect::<String>()
                ),
                hint: "give plain text (.txt) or JSON messages (.json)".to_owned(),
            }],
        },
    }
}
