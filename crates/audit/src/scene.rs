//! What a rule sees: one market, its readers' passages, and the words in them.

use std::collections::BTreeMap;

use milieu_content::{Campaign, Days, Manifest, Pair, Passage};
use milieu_culture::{KnowledgeBase, LanguageId, MarketId};

use crate::Settings;
use crate::lexicon::{Hit, Words};

/// The words of a campaign, found once for all markets and rules.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    by_language: BTreeMap<LanguageId, Option<Words>>,
    /// For each passage by id, what was found in it.
    hits: BTreeMap<String, Vec<Hit>>,
}

impl Vocabulary {
    pub(crate) fn of(kb: &KnowledgeBase, campaign: &Campaign) -> Self {
        let mut by_language = BTreeMap::new();
        let mut hits = BTreeMap::new();
        for passage in &campaign.passages {
            if let Some(locale) = &passage.locale {
                let words = by_language
                    .entry(locale.language.clone())
                    .or_insert_with(|| Words::compile(kb, &locale.language));
                if let Some(words) = words {
                    hits.insert(passage.id.clone(), words.find(passage));
                }
            }
        }
        Self { by_language, hits }
    }
}

/// One market's view of a campaign.
#[derive(Debug)]
pub(crate) struct Scene<'c> {
    pub(crate) kb: &'c KnowledgeBase,
    pub(crate) market: &'c MarketId,
    pub(crate) settings: &'c Settings,
    /// What readers in the market get to see.
    pub(crate) passages: Vec<&'c Passage>,
    /// What was translated for the market, with its source.
    pub(crate) pairs: Vec<Pair<'c>>,
    pub(crate) vocabulary: &'c Vocabulary,
    /// What the campaign declares.
    pub(crate) manifest: Option<&'c Manifest>,
    /// The days it runs.
    pub(crate) days: Option<Days>,
}

impl<'c> Scene<'c> {
    /// Returns the words of a passage's language; `None` when it has no lexicon.
    pub(crate) fn words(&self, passage: &Passage) -> Option<&'c Words> {
        let language = &passage.locale.as_ref()?.language;
        self.vocabulary.by_language.get(language)?.as_ref()
    }

    /// Returns the words found in a passage, in order.
    pub(crate) fn hits(&self, passage: &Passage) -> &'c [Hit] {
        let found = self.vocabulary.hits.get(&passage.id);
        found.map_or(&[], Vec::as_slice)
    }
}
