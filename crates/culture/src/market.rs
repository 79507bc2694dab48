//! Records of territories, languages and markets.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{LanguageId, MarketId, TerritoryId};

/// Which way a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TextDirection {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// The day a calendar's weeks begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FirstDay {
    /// Monday.
    Mon,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

/// How the hours of a day are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HourCycle {
    /// 12, 1 to 11, twice a day.
    H12,
    /// 0 to 23.
    H23,
}

/// Facts about a territory that all its markets inherit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Territory {
    /// Its id: `JP`.
    pub id: TerritoryId,
    /// Its name in English.
    pub name: String,
    /// The ISO 4217 code of its currency; `None` where none is common, as in 419.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The IANA zone whose days its reports use.
    pub reference_zone: String,
    /// The day its weeks begin with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_day: Option<FirstDay>,
    /// How its hours are written; `None` where its languages differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hour_cycle: Option<HourCycle>,
    /// Where the facts come from.
    pub source: String,
}

/// Facts about a language that all its markets inherit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Its id: `ja`.
    pub id: LanguageId,
    /// Its name in English.
    pub name: String,
    /// Its own name for itself.
    pub native_name: String,
    /// Which way it runs.
    pub direction: TextDirection,
    /// The CLDR plural categories of its cardinal numbers, `other` last.
    pub plurals: Vec<String>,
    /// Where the facts come from.
    pub source: String,
}

/// A language spoken in a territory, with what it inherits from both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Market {
    /// Its id: `ja-JP`.
    pub id: MarketId,
    /// The territory's facts.
    pub territory: Territory,
    /// The language's facts.
    pub language: Language,
}
