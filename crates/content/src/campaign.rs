//! Campaigns in memory: files that were read, and which of them translate which.

use std::collections::{BTreeMap, BTreeSet};

use milieu_culture::MarketId;

use crate::format::{self, Languages, Limits, Reading, Skipped, SkippedBecause};
use crate::manifest::{self, Days, MANIFEST, Manifest};
use crate::{Locale, Passage, Places, Suppression};

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

/// What the command line says about a campaign; it goes before the manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The locale that was written first; translations are compared with it.
    ///
    /// A file whose name gives no locale is taken to be in this one.
    pub source_locale: Option<Locale>,
    /// The days it runs.
    pub days: Option<Days>,
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
    /// The locale of its passages, unless one says otherwise.
    pub locale: Option<Locale>,
    /// The name its translations share; none when it pairs with nothing.
    pub group: Option<String>,
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
    /// What it declares of itself, when it has a `campaign.toml`.
    pub manifest: Option<Manifest>,
    /// The locale that was written first.
    pub source_locale: Option<Locale>,
    /// The days it runs, when they are known.
    pub days: Option<Days>,
    /// The files that were read.
    pub files: BTreeMap<String, SourceFile>,
    /// All passages, file by file.
    pub passages: Vec<Passage>,
    /// Where people said that a finding is known and meant.
    pub suppressions: Vec<Suppression>,
    /// What was not read, and why.
    pub skipped: Vec<Skipped>,
}

impl Campaign {
    /// Reads files into campaigns: one for each `campaign.toml` with all files below
    /// it, and one for what is left.
    ///
    /// Files below two manifests belong to the nearer one. Without a manifest a file
    /// has nothing but its locale in common with others, so that one campaign can
    /// hold them all. There is at least one campaign, even of no file.
    pub fn read_all(inputs: Vec<Input>, options: &Options) -> Vec<Self> {
        let roots = inputs.iter().filter_map(|input| root_of(&input.path));
        let roots: BTreeSet<String> = roots.map(str::to_owned).collect();
        let mut parts: BTreeMap<&str, Vec<Input>> = BTreeMap::new();
        let mut loose = Vec::new();
        for input in inputs {
            match nearest(&roots, &input.path) {
                Some(root) => parts.entry(root).or_default().push(input),
                None => loose.push(input),
            }
        }
        let alone = parts.is_empty();
        let mut campaigns: Vec<_> = parts
            .into_values()
            .map(|inputs| Self::read(inputs, options))
            .collect();
        if alone || !loose.is_empty() {
            campaigns.push(Self::read(loose, options));
        }
        campaigns
    }

    /// Reads files into one campaign; what cannot be read is listed as skipped.
    ///
    /// The first `campaign.toml` in the order of paths is its manifest.
    pub fn read(inputs: Vec<Input>, options: &Options) -> Self {
        let mut campaign = Self {
            source_locale: options.source_locale.clone(),
            days: options.days,
            ..Self::default()
        };
        let root = inputs.iter().filter_map(|input| root_of(&input.path)).min();
        let root = root.map(str::to_owned);
        if let Some(root) = &root {
            campaign.read_manifest(root, &inputs, options);
        }
        let manifest = root.map(|root| format!("{root}{MANIFEST}"));
        for input in inputs {
            if Some(&input.path) == manifest.as_ref() {
                campaign.keep(input, None, manifest.clone());
                continue;
            }
            if campaign.is_declared_asset(&input.path) {
                continue;
            }
            let (locale, group) = campaign.place_of(&input.path);
            let source = campaign.source_locale.clone();
            let languages = Languages {
                named: locale.as_ref(),
                otherwise: source.as_ref(),
            };
            let reading = read_file(&input, languages, &options.limits);
            let locale = locale.or(source);
            campaign.passages.extend(reading.passages);
            campaign.suppressions.extend(reading.suppressions);
            campaign.skipped.extend(reading.skipped);
            campaign.keep(input, locale, group);
        }
        campaign.check_source_locale();
        campaign
    }

    fn read_manifest(&mut self, root: &str, inputs: &[Input], options: &Options) {
        let path = format!("{root}{MANIFEST}");
        let Some(input) = inputs.iter().find(|input| input.path == path) else {
            return;
        };
        let text = match format::text_of(&input.path, &input.bytes, &options.limits) {
            Ok(text) => text,
            Err(skipped) => {
                self.skipped.push(*skipped);
                return;
            }
        };
        let inside = inputs
            .iter()
            .filter_map(|input| input.path.strip_prefix(root));
        let source = options.source_locale.as_ref();
        let read = manifest::read(&path, text, &inside.collect(), source);
        self.source_locale = source.or(read.manifest.source_locale.as_ref()).cloned();
        self.days = options.days.or_else(|| read.manifest.days());
        self.passages.extend(read.passages);
        self.suppressions.extend(read.suppressions);
        self.skipped.extend(read.skipped);
        self.manifest = Some(read.manifest);
    }

    fn keep(&mut self, input: Input, locale: Option<Locale>, group: Option<String>) {
        if let Ok(text) = String::from_utf8(input.bytes) {
            let file = SourceFile {
                path: input.path.clone(),
                places: Places::new(&text),
                text,
                locale,
                group,
            };
            self.files.insert(input.path, file);
        }
    }

    /// Returns the path below the manifest's folder; the whole path without one.
    fn relative<'p>(&self, path: &'p str) -> &'p str {
        let manifest = self.manifest.as_ref();
        let root = manifest.and_then(|manifest| manifest.file.strip_suffix(MANIFEST));
        root.and_then(|root| path.strip_prefix(root))
            .unwrap_or(path)
    }

    /// Tells whether the manifest says what is to be seen in a picture.
    fn is_declared_asset(&self, path: &str) -> bool {
        let name = self.relative(path);
        let assets = self.manifest.as_ref().map(|manifest| &manifest.assets);
        let declared = assets.is_some_and(|assets| {
            let mut paths = assets.iter().filter_map(|asset| asset.path.as_deref());
            paths.any(|path| path == name)
        });
        declared && !is_read(path)
    }

    /// Returns the locale that a file's name gives, and the name its translations share.
    fn place_of(&self, path: &str) -> (Option<Locale>, Option<String>) {
        let pattern = self.manifest.as_ref().and_then(|m| m.pattern.as_ref());
        match pattern {
            None => named(path).unzip(),
            Some(pattern) => match pattern.read(self.relative(path)) {
                Some((locale, group)) => (Some(locale), Some(group)),
                None => (named(path).map(|(locale, _)| locale), None),
            },
        }
    }

    /// Tells when nothing is in the source locale: nothing could be compared.
    fn check_source_locale(&mut self) {
        let Some((manifest, source)) = self.manifest.as_ref().zip(self.source_locale.as_ref())
        else {
            return;
        };
        let Some(declared) = manifest.declared("campaign.source_locale") else {
            return;
        };
        let of_files = self
            .files
            .values()
            .filter(|file| file.path != manifest.file);
        let mut locales = of_files.filter_map(|file| file.locale.as_ref()).peekable();
        if locales.peek().is_none() || locales.any(|locale| locale.is_source(source)) {
            return;
        }
        let place = self.files.get(&declared.file);
        self.skipped.push(Skipped {
            file: declared.file.clone(),
            place: place.map(|file| file.place(declared.bytes.start)),
            because: SkippedBecause::Contradiction,
            message: format!("no file is in the source locale {source}"),
            hint: "name the locale that was written first, or add its files".to_owned(),
        });
    }

    /// Returns each translated passage with its source, in order of the targets.
    ///
    /// Two files pair as the manifest's pattern says. Without one they pair when
    /// they stand in one folder and are named by their locales, as `en-US.json` and
    /// `ja-JP.json`. Their passages pair by key.
    pub fn pairs(&self) -> Vec<Pair<'_>> {
        let Some(source_locale) = &self.source_locale else {
            return Vec::new();
        };
        let is_source = |passage: &Passage| {
            let locale = passage.locale.as_ref();
            locale.map(|locale| locale.is_source(source_locale))
        };
        let mut sources = BTreeMap::new();
        for passage in &self.passages {
            if let Some(key) = self.shared_key(passage)
                && is_source(passage) == Some(true)
            {
                sources.entry(key).or_insert(passage);
            }
        }
        self.passages
            .iter()
            .filter(|passage| is_source(passage) == Some(false))
            .filter_map(|target| {
                let source = *sources.get(&self.shared_key(target)?)?;
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
        let own: BTreeSet<_> = self
            .passages
            .iter()
            .filter(|passage| serves(passage))
            .filter_map(|passage| self.shared_key(passage))
            .collect();
        let is_seen = |passage: &&Passage| match (&passage.locale, &self.source_locale) {
            (None, _) | (Some(_), None) => true,
            (Some(locale), Some(_)) if locale.serves(market) => true,
            (Some(locale), Some(source)) => {
                let translated = self
                    .shared_key(passage)
                    .is_some_and(|key| own.contains(&key));
                locale.is_source(source) && !translated
            }
        };
        self.passages.iter().filter(is_seen).collect()
    }

    /// Returns what a passage has in common with its translations.
    fn shared_key<'c>(&'c self, passage: &'c Passage) -> Option<(&'c str, &'c str)> {
        let group = self.files.get(&passage.file)?.group.as_deref()?;
        Some((group, passage.key.as_deref()?))
    }
}

/// Returns the folder of a manifest, with the slash at its end.
fn root_of(path: &str) -> Option<&str> {
    let root = path.strip_suffix(MANIFEST)?;
    (root.is_empty() || root.ends_with('/')).then_some(root)
}

/// Finds the nearest of some folders above a file.
fn nearest<'r>(roots: &'r BTreeSet<String>, path: &str) -> Option<&'r str> {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        let with_slash = path.get(..=above.len()).unwrap_or("");
        if let Some(root) = roots.get(with_slash) {
            return Some(root);
        }
        folder = above;
    }
    roots.get("").map(String::as_str)
}

/// Reads the locale off a file's name or the nearest folder that has one.
///
/// `mail/ja-JP.json` and `ja-JP/mail.json` are in `ja-JP`. A folder needs language
/// and territory to be taken for one: `it` holds tests more often than Italian.
/// The group is the path with the locale taken out.
fn named(path: &str) -> Option<(Locale, String)> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if let Some(locale) = Locale::plausible(stem) {
        return Some((locale, format!("{folder}/")));
    }
    let mut end = folder.len();
    for part in folder.rsplit('/') {
        let start = end.saturating_sub(part.len());
        let locale = Locale::plausible(part).filter(|locale| locale.territory.is_some());
        if let Some(locale) = locale {
            let before = path.get(..start).unwrap_or("");
            let after = path.get(end..).unwrap_or("");
            return Some((locale, format!("{before}*{after}")));
        }
        end = start.saturating_sub(1);
    }
    None
}

/// What reads a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Plain,
    Json,
    Markdown,
    Html,
}

impl Reader {
    fn of(extension: &str) -> Option<Self> {
        match extension {
            "txt" | "text" | "" | "-" => Some(Self::Plain),
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }
}

/// Tells whether there is a reader for files with a name; others need not be opened.
pub fn is_read(path: &str) -> bool {
    root_of(path).is_some() || Reader::of(&extension_of(path)).is_some()
}

fn extension_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.to_ascii_lowercase()
}

fn read_file(input: &Input, languages: Languages<'_>, limits: &Limits) -> Reading {
    let Input { path, bytes } = input;
    let locale = languages.named.or(languages.otherwise);
    let extension = extension_of(path);
    match Reader::of(&extension) {
        Some(Reader::Plain) => format::plain::read(path, bytes, locale, limits),
        Some(Reader::Json) => format::json::read(path, bytes, locale, limits),
        Some(Reader::Markdown) => format::markdown::read(path, bytes, languages, limits),
        Some(Reader::Html) => format::html::read(path, bytes, languages, limits),
        None => Reading {
            skipped: vec![no_reader(path, &extension)],
            ..Reading::default()
        },
    }
}

fn no_reader(path: &str, extension: &str) -> Skipped {
    let (message, hint) = match extension {
        "zip" | "gz" | "tgz" | "tar" | "bz2" | "xz" | "zst" | "br" | "7z" | "rar" | "jar" => {
            let message = format!("a .{extension} archive is not unpacked");
            (message, "unpack it, and audit what is inside")
        }
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "svg" | "ico" | "bmp" | "heic" => {
            let message = format!("a .{extension} picture is not looked at");
            (message, "say in campaign.toml what it shows: [[asset]]")
        }
        other => {
            let short: String = other.chars().take(20).collect();
            let message = format!("no reader for files that end in .{short}");
            (
                message,
                "give text (.txt), Markdown (.md), HTML (.html) or JSON (.json)",
            )
        }
    };
    Skipped {
        file: path.to_owned(),
        place: None,
        because: SkippedBecause::UnknownFormat,
        message,
        hint: hint.to_owned(),
    }
}
