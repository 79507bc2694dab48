//! Finds the words of a language's lexicon in a text, all in one pass.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use milieu_content::Passage;
use milieu_culture::{KnowledgeBase, LanguageId};

/// Concepts below this prefix list longer words that only contain another's word.
///
/// `except/colour/white` lists words such as *whitelist*. The longest word wins, so
/// they need no rule of their own: they are found and mean nothing.
const EXCEPT: &str = "except/";

/// A word of the lexicon, found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The concepts it names: `colour/white`.
    pub(crate) concepts: Vec<String>,
    /// Where it stands in the text.
    pub(crate) span: Range<usize>,
}

impl Hit {
    pub(crate) fn names(&self, concept: &str) -> bool {
        self.concepts.iter().any(|named| named == concept)
    }

    pub(crate) fn names_any_below(&self, prefix: &str) -> bool {
        self.concepts.iter().any(|named| named.starts_with(prefix))
    }
}

/// All words of one language as one automaton.
#[derive(Debug)]
pub(crate) struct Words {
    automaton: AhoCorasick,
    concepts: Vec<Vec<String>>,
}

impl Words {
    /// Compiles a language's lexicon; `None` when the language has none.
    ///
    /// A language with a script falls back to the language alone.
    pub(crate) fn compile(kb: &KnowledgeBase, language: &LanguageId) -> Option<Self> {
        let lexicon = kb.lexicons.get(language).or_else(|| {
            let base = language.base().parse::<LanguageId>().ok()?;
            kb.lexicons.get(&base)
        })?;
        let mut by_word: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (concept, words) in &lexicon.0 {
            for word in words.iter().filter(|word| !word.trim().is_empty()) {
                let named = by_word.entry(Folded::of(word).text).or_default();
                named.push(concept.clone());
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(by_word.keys())
            .ok()?;
        Some(Self {
            automaton,
            concepts: by_word.into_values().collect(),
        })
    }

    /// Tells whether the language has a word for a concept.
    pub(crate) fn know(&self, concept: &str) -> bool {
        self.concepts.iter().flatten().any(|named| named == concept)
    }

    /// Finds words in the readable parts of a passage, in order.
    pub(crate) fn find(&self, passage: &Passage) -> Vec<Hit> {
        let folded = Folded::of(&passage.text);
        let mut hits: Vec<Hit> = Vec::new();
        for found in self.automaton.find_iter(&folded.text) {
            let span = folded.original(found.range());
            let joined = hits.last().is_some_and(|last| last.span.end == span.start);
            let concepts = self.concepts.get(found.pattern().as_usize());
            if let Some(concepts) = concepts
                && is_whole_word(&folded.text, &found.range(), joined)
                && passage.message.is_words(&span)
            {
                let concepts = concepts.clone();
                hits.push(Hit { concepts, span });
            }
        }
        hits.retain(|hit| !hit.names_any_below(EXCEPT));
        hits
    }
}

/// Tells whether a match is a word of its own, as far as its script shows it.
///
/// Where words are parted by spaces, no letter or digit may touch it. Where they are
/// not, any place will do, but for one case: a word that starts with a single Han
/// character is part of a longer word when another stands before it (面白い), unless
/// that one is itself a word that was found.
fn is_whole_word(text: &str, found: &Range<usize>, joined: bool) -> bool {
    let inside = text.get(found.clone()).unwrap_or("");
    let before = text.get(..found.start).and_then(|t| t.chars().next_back());
    let after = text.get(found.end..).and_then(|t| t.chars().next());
    let touches = |edge: Option<char>, beyond: Option<char>| match (edge, beyond) {
        (Some(edge), Some(beyond)) => {
            is_spaced(edge)
                && is_spaced(beyond)
                && (edge.is_alphanumeric() && beyond.is_alphanumeric())
        }
        (_, _) => false,
    };
    let mut letters = inside.chars();
    let (first, second) = (letters.next(), letters.next());
    let single_han = first.is_some_and(is_han) && !second.is_some_and(is_han);
    let continued = single_han && before.is_some_and(is_han) && !joined;
    !touches(first, before) && !touches(inside.chars().next_back(), after) && !continued
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Tells whether a character belongs to a script that parts words by spaces.
pub(crate) fn is_spaced(c: char) -> bool {
    let thai_to_myanmar = matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}');
    let khmer = matches!(c, '\u{1780}'..='\u{17ff}');
    let kana =
        matches!(c, '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}');
    !(is_han(c) || thai_to_myanmar || khmer || kana)
}

/// A text in small letters, with the way back to the original.
///
/// Hyphens and all white space become one space each, full-width Latin becomes
/// ordinary, soft hyphens vanish.
struct Folded {
    text: String,
    /// For each byte of `text`, the byte of the original it comes from; then the end.
    origin: Vec<usize>,
}

impl Folded {
    fn of(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut origin = Vec::with_capacity(original.len() + 1);
        for (at, c) in original.char_indices() {
            let plain = match c {
                '\u{ad}' | '\u{200b}' => continue,
                '-' | '\u{2010}' | '\u{2011}' => ' ',
                c if c.is_whitespace() => ' ',
                '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
                c => c,
            };
            text.extend(plain.to_lowercase());
            origin.resize(text.len(), at);
        }
        origin.push(original.len());
        Self { text, origin }
    }

    fn original(&self, folded: Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.origin.get(byte).copied().unwrap_or_default();
        at(folded.start)..at(folded.end)
    }
}
