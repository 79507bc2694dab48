//! Findings: what was found where, why it matters there, and how sure we are.

use milieu_culture::{ClaimId, MarketId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::reading::{self, Word};

/// How grave a finding is; ordered so that `Error` is the greatest.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Worth changing, or a look by somebody local.
    Warning,
    /// Breaks law, a standard or the message itself.
    Error,
}

/// How sure a finding is; ordered so that `Certain` is the greatest.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[schema(as = FindingConfidence)]
pub enum Confidence {
    /// A hint; many such texts are fine.
    Possible,
    /// Well documented.
    Likely,
    /// Can be checked by anybody.
    Certain,
}

/// What a finding rests on.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A law.
    Law,
    /// A standard, an official calendar or a format's own rules.
    Standard,
    /// What people in the field say and do.
    Practice,
    /// Measurement or survey.
    Research,
    /// What is said, with no source that was opened.
    Folklore,
}

/// Whether a rule judged, or leaves the judgement to a person.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The rule is broken.
    Violation,
    /// The rule cannot tell.
    Unsure,
}

/// What a rule is about.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each area is its own name")]
pub enum Area {
    Colour,
    Number,
    Symbol,
    Animal,
    Food,
    Gift,
    Religion,
    Taboo,
    Flag,
    Territory,
    Name,
    Idiom,
    Translation,
    Register,
    Tone,
    Form,
    Format,
    Layout,
    Image,
    ClaimLaw,
    PriceLaw,
    LanguageLaw,
    Season,
    Timing,
    History,
    Inclusion,
}

/// Where in the files something was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Location {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters (Unicode scalar values).
    pub column: usize,
    /// The first byte, from 0.
    pub byte_start: usize,
    /// The byte after the last.
    pub byte_end: usize,
    /// What a reader sees there, escapes decoded.
    pub text: String,
}

/// One thing a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    /// The rule's code: `COL001`.
    #[serde(deserialize_with = "reading::code")]
    #[schema(value_type = String)]
    pub code: Word,
    /// The rule's name: `mourning-colour`.
    #[serde(deserialize_with = "reading::name")]
    #[schema(value_type = String)]
    pub rule: Word,
    /// What the rule is about.
    pub area: Area,
    /// How grave it is.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What it rests on.
    pub basis: Basis,
    /// Whether the rule judged.
    pub outcome: Outcome,
    /// The market it is about.
    pub market: MarketId,
    /// What was found, in one sentence.
    pub message: String,
    /// Why it matters in this market.
    pub why: String,
    /// What can be done, in order of effort.
    pub advice: Vec<String>,
    /// The claims behind it.
    pub claims: Vec<ClaimId>,
    /// Where it stands.
    pub location: Location,
    /// The same for the same finding after lines have moved.
    ///
    /// A hash of code, market, file, key, text found and its number among equals.
    pub fingerprint: String,
}
