//! Claims: one statement each, with the evidence it stands on.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::evidence::{ClaimState, Evidence, EvidenceKind, Evidenced};
use crate::{Date, LanguageId, MarketId, TerritoryId};

/// Identifies a claim for ever: `jp.colour.white-condolence`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
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

impl Evidenced for Claim {
    fn kind(&self) -> EvidenceKind {
        self.kind
    }
    fn state(&self) -> ClaimState {
        self.state
    }
    fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }
    fn expires(&self) -> Date {
        self.expires
    }
}

/// Says where a claim holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// The relation: `associated_with`, `requires`, `offered`…
    pub predicate: String,
    /// What it relates to: `condolence`, `du`, `konbini`…
    pub value: String,
}

/// How strong an effect is where it exists, from 0 (negligible) to 3 (strong).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "u8", into = "u8")]
#[schema(value_type = u8, minimum = 0, maximum = 3)]
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
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
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
