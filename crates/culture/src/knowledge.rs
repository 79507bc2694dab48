//! The loaded knowledge base and the questions it answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Claim, ClaimId, Language, LanguageId, Market, MarketId, Observance, Story, Territory,
    TerritoryId,
};

/// Words by which a language names a concept: `colour/white` → white, snow-white.
///
/// A lexicon is linguistic, not cultural: it says how a text names a thing,
/// claims say what the thing means in a market.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lexicon(pub BTreeMap<String, Vec<String>>);

impl Lexicon {
    /// Returns the words of a concept; none when the language does not list it.
    pub fn words(&self, concept: &str) -> &[String] {
        self.0.get(concept).map_or(&[], Vec::as_slice)
    }
}

/// Everything that is known, immutable once loaded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct KnowledgeBase {
    /// The version of the packs it was baked from.
    pub pack_version: String,
    /// Territories by id.
    pub territories: BTreeMap<TerritoryId, Territory>,
    /// Languages by id.
    pub languages: BTreeMap<LanguageId, Language>,
    /// The markets that have a pack of their own, in order.
    pub markets: Vec<MarketId>,
    /// Words by language.
    pub lexicons: BTreeMap<LanguageId, Lexicon>,
    /// Claims by id.
    pub claims: BTreeMap<ClaimId, Claim>,
    /// Observances by id.
    #[serde(default)]
    pub observances: BTreeMap<ClaimId, Observance>,
    /// Stories that no claim may rest on.
    #[serde(default)]
    pub folklore: Vec<Story>,
}

impl KnowledgeBase {
    /// Returns a market's record, when both its halves are known.
    pub fn market(&self, id: &MarketId) -> Option<Market> {
        let territory = self.territories.get(id.territory())?.clone();
        let language = self.language(id.language())?.clone();
        Some(Market {
            id: id.clone(),
            territory,
            language,
        })
    }

    /// Returns a language, or the language without its script.
    pub fn language(&self, id: &LanguageId) -> Option<&Language> {
        self.languages.get(id).or_else(|| {
            let base = id.base().parse::<LanguageId>().ok()?;
            self.languages.get(&base)
        })
    }

    /// Returns a claim by id.
    pub fn claim(&self, id: &ClaimId) -> Option<&Claim> {
        self.claims.get(id)
    }

    /// Returns the claims that cover a market, in order of id.
    pub fn claims_of<'kb>(&'kb self, market: &'kb MarketId) -> impl Iterator<Item = &'kb Claim> {
        self.claims
            .values()
            .filter(|claim| claim.scope.covers(market))
    }

    /// Returns the claims of one facet that cover a market.
    pub fn claims_about<'kb>(
        &'kb self,
        market: &'kb MarketId,
        facet: &'kb str,
    ) -> impl Iterator<Item = &'kb Claim> {
        self.claims_of(market)
            .filter(move |claim| claim.facet == facet)
    }

    /// Returns the observances that a market keeps, in order of id.
    pub fn observances_of<'kb>(
        &'kb self,
        market: &'kb MarketId,
    ) -> impl Iterator<Item = &'kb Observance> {
        self.observances
            .values()
            .filter(|observance| observance.scope.covers(market))
    }

    /// Returns the words by which a language names a concept.
    pub fn words(&self, language: &LanguageId, concept: &str) -> &[String] {
        self.lexicons
            .get(language)
            .map_or(&[], |lexicon| lexicon.words(concept))
    }
}
