//! What a campaign says of itself in its `campaign.toml`.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use milieu_culture::{Date, MarketId};
use serde::{Deserialize, Serialize};

use crate::Locale;

mod entries;
mod pattern;
mod read;
mod table;
mod toml_string;

pub use pattern::{Pattern, PatternError};
pub(crate) use read::read;

/// The name of the file that makes a folder one campaign.
pub const MANIFEST: &str = "campaign.toml";

/// What a campaign declares: for whom, where, when and with what it goes out.
///
/// Every value also stands in [`Manifest::declared`] with its place, so that what
/// is found in a date or a category can be shown where it was written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manifest {
    /// The path of the manifest.
    pub file: String,
    /// The campaign's name.
    pub name: Option<String>,
    /// The locale that was written first.
    pub source_locale: Option<Locale>,
    /// The markets it is meant for.
    pub markets: Vec<MarketId>,
    /// How it reaches people.
    pub channel: Option<Channel>,
    /// What sort of product it is about.
    pub category: Option<Category>,
    /// Its first day.
    pub starts: Option<Date>,
    /// Its last day.
    pub ends: Option<Date>,
    /// When it is sent, on the clocks of each market.
    pub send_at: Option<LocalTime>,
    /// How the names of files tell which translates which.
    pub pattern: Option<Pattern>,
    /// Declared copy that stands in no file; the words are passages of the campaign.
    pub texts: Vec<DeclaredText>,
    /// Pictures and other things to be seen.
    pub assets: Vec<Asset>,
    /// Every value that was declared and could be read, in the order of the file.
    pub declared: Vec<Declared>,
}

impl Manifest {
    /// Returns where a value was declared: `campaign.starts`, `campaign.markets.0`.
    pub fn declared(&self, key: &str) -> Option<&Declared> {
        self.declared.iter().find(|declared| declared.key == key)
    }

    /// Returns the days it runs; one day when it names only one.
    pub fn days(&self) -> Option<Days> {
        let sent = self.send_at.map(|at| at.date);
        let first = self.starts.or(sent).or(self.ends)?;
        let last = self.ends.unwrap_or(first);
        (first <= last).then_some(Days { first, last })
    }
}

/// One value of a manifest, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// The way to it: `campaign.starts`, `asset.0.tags.1`.
    pub key: String,
    /// The value as text, escapes decoded.
    pub text: String,
    /// The manifest's path.
    pub file: String,
    /// The bytes of the value, without the quotes around it.
    pub bytes: Range<usize>,
}

/// Copy that a manifest declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredText {
    /// The id of the passage that has its words.
    pub passage: String,
    /// Who is quoted or named in it.
    pub person: Option<Declared>,
}

/// A picture or another thing to be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The file in the campaign's folder, relative to it.
    pub path: Option<String>,
    /// The part it plays, as `hero`.
    pub role: Option<String>,
    /// The id of the passage that says what it shows.
    pub alt: Option<String>,
    /// What is to be seen in it: objects, people, symbols, maps, flags.
    pub tags: Vec<Declared>,
}

/// The days of a campaign, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Date,
    /// The last day, not before the first.
    pub last: Date,
}

/// A time on the clocks of each market, without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalTime {
    /// The day.
    pub date: Date,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}", self.date, self.hour, self.minute)
    }
}

/// How a campaign reaches people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// A web site.
    Web,
    /// An app.
    App,
    /// Mail.
    Email,
    /// Notifications.
    Push,
    /// Social media.
    Social,
    /// Print.
    Print,
    /// Television, radio or streaming.
    Broadcast,
    /// A shop with a door.
    Store,
}

impl Channel {
    const NAMED: [(&'static str, Self); 8] = [
        ("web", Self::Web),
        ("app", Self::App),
        ("email", Self::Email),
        ("push", Self::Push),
        ("social", Self::Social),
        ("print", Self::Print),
        ("broadcast", Self::Broadcast),
        ("store", Self::Store),
    ];

    /// Lists the names of all channels.
    fn names() -> String {
        Self::NAMED.map(|(name, _)| name).join(", ")
    }

    /// Returns its name in a manifest.
    pub fn as_str(self) -> &'static str {
        let named = Self::NAMED.iter().find(|(_, channel)| *channel == self);
        named.map_or("web", |(name, _)| name)
    }
}

impl FromStr for Channel {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = Self::NAMED.iter().find(|(name, _)| *name == text);
        named.map(|(_, channel)| *channel).ok_or_else(|| {
            let text: String = text.chars().take(40).collect();
            format!("\"{text}\" is no channel")
        })
    }
}

/// What sort of product a campaign is about, as `homeware` or `alcohol`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Category(String);

impl Category {
    /// Returns its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Category {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let small = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (1..=40).contains(&text.len()) && text.bytes().all(small) {
            Ok(Self(text.to_owned()))
        } else {
            let text: String = text.chars().take(40).collect();
            Err(format!("\"{text}\" is no category"))
        }
    }
}
