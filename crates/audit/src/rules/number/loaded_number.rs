//! Flags a number on a thing where many readers in the market hear more than a count.
//!
//! ## What it flags
//! A number that stands for itself (88, 4, also spelled out where the lexicon has the word)
//! and a thing it counts or is shown on, when a claim about the market says that this number
//! on this sort of thing recalls death, an insult, a code of hate or the like. It also flags
//! the number where it stands alone in the name of a product, and inside a discount code.
//!
//! Numbers are read, not searched for: measures, prices, percentages, dates, times,
//! versions, telephone numbers, ranges, pages, marks of lists, and whatever else is more than
//! a number are told apart and left alone, and so are placeholders and the keys of plurals.
//!
//! ## Why it matters there
//! A number means something only on something: four rooms are four rooms, and a gift in
//! four pieces is another matter where the word sounds like another. The finding quotes
//! the claim and what speaks against it. Where no claim is known, the rule is silent.
//!
//! ## How sure we are
//! As sure as the claim, whose grade is computed from its sources: most claims about numbers
//! rest on press and practice and inform (`info`, *possible*). None is ever an `error`. A claim
//! that has expired, or whose source nobody has opened, gives an `unsure`.
//!
//! ## Examples
//! ```flagged market=de-DE source=en-US
//! --- en-US.json
//! {"product.name": "Ariel 88"}
//! ```
//! ```flagged market=de-DE locale=de
//! Jetzt im Vorteilspack: 88 Waschladungen.
//! ```
//! ```flagged market=de-DE locale=en-US
//! Get the jersey with number 88.
//! ```
//! ```flagged market=de-DE locale=de
//! Mit dem Gutscheincode SOMMER88 sparen Sie doppelt.
//! ```
//! ```flagged market=ja-JP locale=en-US
//! A gift set of four, wrapped with care.
//! ```
//! ```flagged market=ja-JP locale=ja
//! 季節のギフト、4個入りです。
//! ```
//! The same numbers where no claim speaks of them:
//! ```clean market=de-DE locale=en-US
//! A gift set of four, wrapped with care.
//! ```
//! ```clean market=ja-JP locale=ja
//! 背番号88のユニフォームを発売。
//! ```
//! The same digits as part of something else:
//! ```clean market=de-DE locale=de
//! Die Packung misst 88 mm und kostet 88 Euro, wie schon 1988.
//! ```
//! ```clean market=de-DE locale=de
//! Fragen zur Packung? Rufen Sie +49 30 88 18 an oder lesen Sie Seite 88.
//! ```
//! ```clean market=de-DE locale=de
//! Das Trikot gibt es am 18. Dezember ab 18 Uhr, für alle ab 18 Jahren.
//! ```
//! ```clean market=ja-JP locale=en-US
//! Your gift arrives in 4 days. The gift card app needs version 4 and 4 GB.
//! ```
//! ```clean market=ja-JP locale=en-US
//! Rated 4.5 of 5: our gift sets, 24/7 until 4/12/2026.
//! ```
//! The number on another thing, or on none:
//! ```clean market=ja-JP locale=en-US
//! Four designers worked on this page. Everyday packs of 4 batteries.
//! ```
//! ```clean market=de-DE locale=de
//! Wir haben 88 Filialen. Ein Trikot liegt überall bereit.
//! ```
//! What only chooses between plural forms:
//! ```clean market=ja-JP source=en-US
//! --- en-US.json
//! {"n": "{n, plural, =4 {A full gift set} one {# gift} other {# gifts}}"}
//! ```
//!
//! ## What to do
//! Change the count, or show another number in this market: five pieces, another name,
//! another code. Or ask a reviewer in the market whether anybody would think of it.
//!
//! ## When to ignore
//! When the number is the thing's own, such as a player's, a street's or a law's, or when
//! a local reviewer finds nothing in it.
//!
//! ## Limits
//! It reads digits, and words for numbers that the lexicon lists. It does not parse
//! grammar: in "a gift for 4 friends" it sees that the number counts the friends only
//! because another word follows it. In a language without words for the claim's things it
//! says `unsure` once per file, and only where the number stands.
//!
//! ## See also
//! Simmons & Schindler (2003), *Cultural Superstitions and the Price Endings Used in
//! Chinese Advertising*, on numbers that are sought.

use std::collections::BTreeMap;
use std::ops::Range;

use milieu_content::{Passage, Role};
use milieu_culture::{Claim, ClaimState, Machine};

use crate::evidence::{Weight, told, weigh};
use crate::lexicon::{Hit, Words, is_spaced};
use crate::near::{in_clause, neighbours, starting_at, thing_of};
use crate::number::{Number, PIECE, Reading, Sort, numbers};
use crate::rule::{Draft, Spot};
use crate::scene::Scene;
use crate::{Area, Basis, Confidence, Outcome, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "NUM001",
    name: "loaded-number",
    area: Area::Number,
    severity: Severity::Warning,
    since: "0.1.0",
    source: include_str!("loaded_number.rs"),
    check,
};

/// The relation and values of the claims this rule reads.
const ASSOCIATED: &str = "associated_with";
const LOADED: [&str; 10] = [
    "death",
    "suffering",
    "misfortune",
    "neo-nazi-code",
    "hate-code",
    "insult",
    "homophobic-joke",
    "fraud",
    "devil",
    "taboo",
];

/// The context of a number that stands in the name of a product.
const PRODUCT_NAME: &str = "role/product-name";
/// The context of a number in a discount code.
const PROMO_CODE: &str = "object/promo-code";
/// Things that hold what is counted: any count beside them is theirs.
const HOLDERS: [&str; 2] = ["object/gift-set", "object/pack"];

/// Languages in which a full stop after a number makes it an ordinal.
const ORDINAL_STOP: [&str; 17] = [
    "cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr",
    "tr",
];

fn check<'c>(scene: &Scene<'c>) -> Vec<Draft<'c>> {
    let claims: Vec<(&Claim, Weight)> = scene
        .kb
        .claims_about(scene.market, "number")
        .filter(|claim| claim.state != ClaimState::Retired && is_loaded(claim))
        .filter_map(|claim| Some((claim, weigh(claim, scene.settings.as_of)?)))
        .collect();
    if claims.is_empty() {
        return Vec::new();
    }
    let currencies: Vec<&str> = scene
        .kb
        .territories
        .values()
        .filter_map(|territory| territory.currency.as_deref())
        .collect();
    let mut drafts = Vec::new();
    let mut unjudged: BTreeMap<&str, Draft<'c>> = BTreeMap::new();
    for passage in &scene.passages {
        let hits = scene.hits(passage);
        for number in found(passage, hits, &currencies) {
            let about = claims
                .iter()
                .filter(|(claim, _)| claim.key == number.digits);
            let about: Vec<&(&Claim, Weight)> = about.collect();
            if about.is_empty() {
                continue;
            }
            let words = scene.words(passage);
            let meant: Vec<Match<'c>> = about
                .iter()
                .filter_map(|(claim, weight)| {
                    let thing = thing(passage, hits, &number, claim)?;
                    let (claim, weight) = (*claim, *weight);
                    Some(Match {
                        claim,
                        weight,
                        thing,
                    })
                })
                .collect();
            let blind = |claim: &Claim| !words.is_some_and(|words| can_judge(words, claim));
            let unknown: Vec<&Claim> = about.iter().map(|(claim, _)| *claim).collect();
            if !meant.is_empty() {
                drafts.extend(draft(passage, &number, &meant));
            } else if number.sort == Sort::Bare && unknown.iter().all(|claim| blind(claim)) {
                let entry = unjudged.entry(&passage.file);
                entry.or_insert_with(|| unsure(passage, &number, &unknown));
            }
        }
    }
    drafts.extend(unjudged.into_values());
    drafts
}

fn is_loaded(claim: &Claim) -> bool {
    association(claim).is_some_and(|value| LOADED.contains(&value))
}

fn association(claim: &Claim) -> Option<&str> {
    let Machine { predicate, value } = claim.machine.as_ref()?;
    (predicate == ASSOCIATED).then_some(value.as_str())
}

/// Tells whether the words of a language can show what a claim speaks of.
fn can_judge(words: &Words, claim: &Claim) -> bool {
    claim.scope.context.iter().any(|thing| words.know(thing))
}

/// Returns the numbers of a passage that are written as digits or as words.
fn found(passage: &Passage, hits: &[Hit], currencies: &[&str]) -> Vec<Number> {
    let language = passage.locale.as_ref().map(|locale| locale.language.base());
    let reading = Reading {
        currencies,
        ordinal_stop: language.is_some_and(|language| ORDINAL_STOP.contains(&language)),
    };
    numbers(&passage.text, hits, reading)
        .into_iter()
        .filter(|number| number.sort != Sort::Other && passage.message.is_words(&number.span))
        .map(|number| code_digits(passage, number))
        .collect()
}

/// Reads the digits of a code off its whole span: of `A4SALE88` those at its end.
fn code_digits(passage: &Passage, number: Number) -> Number {
    if number.sort != Sort::Code {
        return number;
    }
    let code = passage.text.get(number.span.clone()).unwrap_or("");
    let is_digit = |c: &char| c.is_ascii_digit();
    let tail: Vec<char> = code.chars().rev().take_while(is_digit).collect();
    let digits = if tail.is_empty() {
        number.digits
    } else {
        tail.into_iter().rev().collect()
    };
    Number { digits, ..number }
}

/// A claim that speaks of a number, and where the thing it speaks of stands.
struct Match<'c> {
    claim: &'c Claim,
    weight: Weight,
    thing: Thing,
}

/// Where a number means what a claim says.
enum Thing {
    /// In the name of a product.
    Name,
    /// On a thing the text names.
    Named(Range<usize>),
}

/// Returns the thing a number counts or is shown on, if the claim speaks of it.
fn thing(passage: &Passage, hits: &[Hit], number: &Number, claim: &Claim) -> Option<Thing> {
    let context = &claim.scope.context;
    let names = |wanted: &str| context.iter().any(|thing| thing == wanted);
    if number.sort == Sort::Bare && passage.role == Role::ProductName && names(PRODUCT_NAME) {
        return Some(Thing::Name);
    }
    let near = neighbours(hits, &number.span);
    let clause = in_clause(passage, near, &number.span);
    let shows_a_thing = clause.iter().any(|hit| hit.names_any_below("object/"));
    let near = if shows_a_thing { clause } else { near };
    let thing = thing_of(passage, near, &number.span, context)?;
    let belongs = match number.sort {
        Sort::Code => thing.names(PROMO_CODE),
        Sort::Bare => {
            HOLDERS
                .iter()
                .any(|holder| thing.names(holder) && names(holder))
                || counts_or_names(passage, hits, number, thing)
        }
        Sort::Other => false,
    };
    belongs.then(|| Thing::Named(thing.span.clone()))
}

/// Tells whether a number counts a thing, or is named after it.
///
/// It counts when the thing or a word for pieces follows, with at most one word
/// between (`4 small gifts`). It is named after it when nothing follows (`room 4`).
fn counts_or_names(passage: &Passage, hits: &[Hit], number: &Number, thing: &Hit) -> bool {
    let rest = passage.text.get(number.span.end..).unwrap_or("");
    let tail = rest.trim_start_matches([' ', '\u{a0}', '-', '\u{2011}']);
    let start = number.span.end + (rest.len() - tail.len());
    let follows = starting_at(hits, start).is_some_and(|hit| hit.names(PIECE) || hit == thing);
    let word: usize = tail
        .chars()
        .take_while(|c| c.is_alphanumeric() && is_spaced(*c))
        .map(char::len_utf8)
        .sum();
    let ends = tail.chars().next().is_none_or(|c| !c.is_alphanumeric());
    let after_one_word = 0 < word && {
        let beyond = start + word;
        passage
            .text
            .get(beyond..)
            .is_some_and(|rest| rest.starts_with([' ', '\u{a0}']))
            && thing.span.start == beyond + 1
    };
    let before = thing.span.end <= number.span.start;
    let counter_of_cjk = thing.span.start.checked_sub(number.span.end);
    let close = counter_of_cjk.is_some_and(|bytes| bytes <= 12)
        && !is_spaced(tail.chars().next().unwrap_or(' '));
    follows || after_one_word || (before && ends) || close
}

fn draft<'c>(passage: &'c Passage, number: &Number, matches: &[Match<'c>]) -> Option<Draft<'c>> {
    let strongest = matches
        .iter()
        .map(|found| found.weight)
        .max_by_key(|w| w.rank())?;
    let value = matches.iter().find_map(|found| association(found.claim))?;
    let thing = matches.iter().find_map(|found| match &found.thing {
        Thing::Named(thing) => Some(thing),
        Thing::Name => None,
    });
    let word = |range: &Range<usize>| passage.text.get(range.clone()).unwrap_or("").to_owned();
    let on = match thing {
        Some(thing) => format!("on “{}”", word(thing)),
        None => "in a product's name".to_owned(),
    };
    Some(Draft {
        at: Spot::Passage(passage, number.span.clone()),
        severity: strongest.severity,
        confidence: strongest.confidence,
        basis: strongest.basis,
        outcome: strongest.outcome,
        message: format!(
            "“{}” {on} can recall {} here",
            word(&number.span),
            in_words(value)
        ),
        why: told(matches.iter().map(|found| found.claim)),
        advice: vec![
            "change the count, or show another number in this market".to_owned(),
            "or ask a reviewer in this market".to_owned(),
        ],
        claims: matches.iter().map(|found| found.claim.id.clone()).collect(),
    })
}

/// Writes a value in words: `neo-nazi-code` as `neo-nazi code`.
fn in_words(value: &str) -> String {
    match value.rsplit_once('-') {
        Some((first, last)) => format!("{first} {last}"),
        None => value.to_owned(),
    }
}

fn unsure<'c>(passage: &'c Passage, number: &Number, claims: &[&Claim]) -> Draft<'c> {
    let (message, advice) = match &passage.locale {
        Some(locale) => (
            format!(
                "there are no words in \"{}\" to tell what this number counts",
                locale.language
            ),
            "add things to the language's lexicon, or have a person look",
        ),
        None => (
            "the language of this text is not known".to_owned(),
            "say it with --locale, or in the file's name",
        ),
    };
    Draft {
        at: Spot::Passage(passage, number.span.clone()),
        severity: Severity::Info,
        confidence: Confidence::Possible,
        basis: Basis::Practice,
        outcome: Outcome::Unsure,
        message,
        why: told(claims.iter().copied()),
        advice: vec![advice.to_owned()],
        claims: claims.iter().map(|claim| claim.id.clone()).collect(),
    }
}
