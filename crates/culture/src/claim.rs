//! Claims: one statement each, with the evidence it stands on.

use serde::{Deserialize, Serialize};

use crate::{Date, LanguageId, MarketId, TerritoryId};

/// Identifies a claim for ever: `jp.colour.white-condolence`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClaimId(pub String);

impl ClaimId {
    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ClaimId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// States one thing about a market, a language or a territory.
///
/// The statement is about what many people in a market associate or expect,
/// or what its law says; never about what a person is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Stable id; never used again for another statement.
    pub id: ClaimId,
    /// What area of culture it speaks of, from a closed list: `colour`, `number`, `law`…
    pub facet: String,
    /// What inside the facet: `white`, `4`, `comparative-advertising`.
    pub key: String,
    /// Where and in which context it holds.
    pub scope: Scope,
    /// The statement for people, in English.
    pub statement: String,
    /// The same statement for rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine: Option<Machine>,
    /// What sort of evidence carries it; sets the ceiling of its confidence.
    pub kind: EvidenceKind,
    /// How strong the effect is where it exists; not how sure we are.
    pub strength: Strength,
    /// How careful one must be with the subject itself.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// Who stands behind it so far.
    #[serde(default)]
    pub state: ClaimState,
    /// At least one source.
    pub evidence: Vec<Evidence>,
    /// What speaks against it or limits it, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<String>,
    /// The last day on which it may be relied on.
    pub expires: Date,
}

impl Claim {
    /// Returns the kind of one of its entries: its own, else the claim's.
    pub fn kind_of(&self, evidence: &Evidence) -> EvidenceKind {
        evidence.kind.unwrap_or(self.kind)
    }

    /// Returns how its best supporting source was read; `None` without support.
    pub fn best_read(&self) -> Option<Read> {
        self.evidence
            .iter()
            .filter(|entry| entry.direction == Direction::Supports)
            .map(|entry| entry.read)
            .max()
    }
}

/// Says where a claim holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Single markets, when a whole territory or language would say too much.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub markets: Vec<MarketId>,
    /// Territories; `001` stands for everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territories: Vec<TerritoryId>,
    /// Languages, wherever they are read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<LanguageId>,
    /// Markets inside the scope for which it does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<MarketId>,
    /// Concepts of which at least one must be near, as `object/gift-wrap`.
    ///
    /// Colours and symbols always name some: no colour means anything by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<String>,
}

impl Scope {
    /// Tells whether the scope covers a market.
    pub fn covers(&self, market: &MarketId) -> bool {
        if self.excludes.contains(market) {
            return false;
        }
        let territory =
            |t: &TerritoryId| t.as_str() == TerritoryId::WORLD || t == market.territory();
        let language =
            |l: &LanguageId| l == market.language() || l.as_str() == market.language().base();
        self.markets.contains(market)
            || self.territories.iter().any(territory)
            || self.languages.iter().any(language)
    }
}

/// Says a claim in a form that rules can compare: predicate and value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// The relation: `associated_with`, `requires`, `offered`…
    pub predicate: String,
    /// What it relates to: `condolence`, `du`, `konbini`…
    pub value: String,
}

/// Where a claim comes from; each kind has a ceiling of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// A statute, regulation or court decision.
    Law,
    /// A published standard.
    Standard,
    /// A calendar that an authority publishes.
    OfficialCalendar,
    /// Behaviour that was measured.
    MeasuredBehaviour,
    /// A controlled experiment.
    Experiment,
    /// A survey.
    Survey,
    /// A score of an index over countries.
    IndexScore,
    /// A named expert or reference work.
    Expert,
    /// Dated press.
    Press,
    /// Somebody who works in the field.
    Practitioner,
}

/// How an entry of evidence was read by whoever entered it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Read {
    /// Known from memory only; shown as "source not yet opened".
    Recalled,
    /// Quoted by another source that was opened.
    Secondary,
    /// The abstract or summary was opened.
    Abstract,
    /// The passage itself was opened.
    Text,
}

/// Whether an entry of evidence speaks for or against the claim.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Speaks for it.
    #[default]
    Supports,
    /// Speaks against it.
    Contradicts,
}

/// One source, and where in it the statement stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The source's title.
    pub title: String,
    /// Who wrote or published it.
    pub publisher: String,
    /// Its date as the source gives it, or `undated page`.
    pub date: String,
    /// Law and article, DOI, standard number or page address.
    pub locator: String,
    /// How it was read.
    pub read: Read,
    /// What was seen there, in our own words; where in it.
    pub seen: String,
    /// For or against.
    #[serde(default)]
    pub direction: Direction,
    /// Its own kind, where that differs from the claim's: a blog that quotes a law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EvidenceKind>,
    /// Entries of one group count once: copies of one source, or one author.
    ///
    /// Without a group, the entries of one publisher count once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// How strong an effect is where it exists, from 0 (negligible) to 3 (strong).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Strength(u8);

impl TryFrom<u8> for Strength {
    type Error = String;
    fn try_from(value: u8) -> Result<Self, String> {
        if value <= 3 {
            Ok(Self(value))
        } else {
            Err(format!("strength {value} is not 0 to 3"))
        }
    }
}

impl From<Strength> for u8 {
    fn from(strength: Strength) -> Self {
        strength.0
    }
}

/// How careful one must be with a subject; more than `cultural` needs two reviewers.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Formats, payment, layout.
    #[default]
    None,
    /// Taste, symbols, address.
    Cultural,
    /// Law and money.
    Legal,
    /// Belief and its practice.
    Religious,
    /// Borders, names of places, parties.
    Political,
    /// Death and remembrance.
    Mourning,
}

/// Who stands behind a claim.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimState {
    /// Nobody local has confirmed it; all that ships is in this state.
    #[default]
    Proposed,
    /// Confirmed by a workspace's own expert.
    Approved,
    /// Evidence or experts disagree; stays visible.
    Contested,
    /// No longer held.
    Retired,
}
