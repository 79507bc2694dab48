//! Flags a colour on a thing where many readers in the market think of mourning.
//!
//! ## What it flags
//! A word for a colour and a word for a thing that stand close together, when a
//! claim about the market says that this colour on this sort of thing is
//! associated with condolence or mourning. Close means: in one sentence and at
//! most 40 columns apart (a wide character counts two), with no other colour and no
//! other thing in between. It reads the text of every passage a reader in the market gets to see,
//! in the language the passage is written in; placeholders are left out.
//!
//! A colour by itself is never flagged, nor is a thing.
//!
//! ## Why it matters there
//! No colour means anything by itself, and what an occasion asks for differs by
//! market and within it. The finding quotes the claim: who associates what, on
//! which things, and what speaks against it. Where no claim is known, the rule is silent.
//!
//! ## How sure we are
//! As sure as the claim, whose grade is computed from its sources. Grades D and C,
//! such as practice and press, inform (`info`, *possible*); grades B and A, such as
//! good surveys and measurement, may warn (`warning`, *likely*); none is ever an
//! `error`, because a colour breaks no law. A claim that is contested informs. One that
//! has expired, or whose source nobody has opened, gives an `unsure`.
//!
//! ## Examples
//! ```flagged market=ja-JP locale=en-US
//! Every present comes in a white envelope.
//! ```
//! ```flagged market=ja-JP locale=en-US
//! Choose a ribbon
//! in white.
//! ```
//! ```flagged market=ja-JP locale=ja
//! 白い封筒でお届けします。
//! ```
//! ```flagged market=ja-JP locale=de
//! Mit weißem Band verpackt.
//! ```
//! White on the same things, where no claim says so:
//! ```clean market=de-DE locale=en-US
//! Every present comes in a white envelope.
//! ```
//! ```clean market=de-DE locale=de
//! Das Brautpaar freut sich über weiße Blumen und ein weißes Band.
//! ```
//! A colour alone, a thing alone, and a colour on something else:
//! ```clean market=ja-JP locale=en-US
//! A clean white page and a lot of air.
//! ```
//! ```clean market=ja-JP locale=en-US
//! Every present comes in an envelope.
//! ```
//! ```clean market=ja-JP locale=en-US
//! Our shirts are white. Ask for an envelope at the till.
//! ```
//! ```clean market=ja-JP locale=en-US
//! A white shirt with a blue ribbon.
//! ```
//! ```clean market=ja-JP locale=en-US
//! A white shirt in plain wrapping.
//! ```
//! ```clean market=ja-JP locale=en-US
//! The envelope icon opens the whiteboard.
//! ```
//! A colour that a claim about the market calls festive stands beside it:
//! ```clean market=ja-JP locale=en-US
//! An envelope with a red and white cord.
//! ```
//! A longer word that only contains the character:
//! ```clean market=ja-JP locale=ja
//! 面白い封筒です。
//! ```
//! ```clean market=ja-JP locale=ja
//! ホワイトデーに花束を贈ろう。
//! ```
//! A text about the occasion itself:
//! ```clean market=ja-JP locale=en-US
//! Our condolence cards come in a white envelope.
//! ```
//! ```clean market=ja-JP locale=ja
//! お悔やみの花は白い花束で。
//! ```
//!
//! ## What to do
//! Show or name another colour on that thing in this market. Or keep it and say
//! the occasion, so that nobody has to guess. Or ask a reviewer in the market.
//!
//! ## When to ignore
//! When the text is about condolence itself, or the brand's colour is known there
//! and a local reviewer agrees.
//!
//! ## Limits
//! It sees words, not pictures, and does not parse grammar: a colour goes to the
//! nearest thing it knows, so in "a white vase in gift wrap" it takes the wrap for
//! white, because no lexicon lists the vase. It knows the words of its lexicon only; in a language without one, or without words for the claim's colour
//! and things, it says `unsure` once per file.
//!
//! ## See also
//! Madden, Hewett & Roth (2000), *Managing Images in Different Cultures*, on how
//! much the liking of colours is shared.

use std::collections::BTreeMap;
use std::ops::Range;

use milieu_content::Passage;
use milieu_culture::{Claim, ClaimState, Machine};

use crate::evidence::{Weight, told, weigh};
use crate::lexicon::{Hit, Words};
use crate::near::{columns_between, gap, neighbours, thing_of};
use crate::rule::{Draft, Spot};
use crate::scene::Scene;
use crate::{Area, Basis, Confidence, Outcome, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "COL001",
    name: "mourning-colour",
    area: Area::Colour,
    severity: Severity::Warning,
    since: "0.1.0",
    source: include_str!("mourning_colour.rs"),
    check,
};

/// The relation and values of the claims this rule reads.
const ASSOCIATED: &str = "associated_with";
const MOURNING: [&str; 2] = ["condolence", "mourning"];

fn check<'c>(scene: &Scene<'c>) -> Vec<Draft<'c>> {
    let (mourning, other): (Vec<&Claim>, Vec<&Claim>) = scene
        .kb
        .claims_about(scene.market, "colour")
        .filter(|claim| claim.state != ClaimState::Retired)
        .filter(|claim| association(claim).is_some())
        .partition(|claim| association(claim).is_some_and(|value| MOURNING.contains(&value)));
    if mourning.is_empty() {
        return Vec::new();
    }
    let welcome: Vec<String> = other.iter().map(|claim| colour_of(claim)).collect();
    let mut drafts = Vec::new();
    let mut unjudged: BTreeMap<&str, Draft<'c>> = BTreeMap::new();
    for passage in &scene.passages {
        let words = scene.words(passage);
        let judged = |claim: &&&Claim| words.is_some_and(|words| can_judge(words, claim));
        let (known, unknown): (Vec<&Claim>, Vec<&Claim>) =
            mourning.iter().partition(|claim| judged(claim));
        if !unknown.is_empty() && !unjudged.contains_key(passage.file.as_str()) {
            unjudged.insert(&passage.file, unsure(passage, &unknown));
        }
        drafts.extend(flagged(scene, passage, &known, &welcome));
    }
    drafts.extend(unjudged.into_values());
    drafts
}

fn association(claim: &Claim) -> Option<&str> {
    let Machine { predicate, value } = claim.machine.as_ref()?;
    (predicate == ASSOCIATED).then_some(value.as_str())
}

fn colour_of(claim: &Claim) -> String {
    format!("colour/{}", claim.key)
}

fn can_judge(words: &Words, claim: &Claim) -> bool {
    let things = &claim.scope.context;
    words.know(&colour_of(claim)) && things.iter().any(|thing| words.know(thing))
}

/// A colour on a thing, and the claim that speaks of the two.
struct Match<'c> {
    claim: &'c Claim,
    weight: Weight,
    colour: Range<usize>,
}

/// Returns one draft for each thing of the passage that has a colour of mourning.
fn flagged<'c>(
    scene: &Scene<'c>,
    passage: &'c Passage,
    claims: &[&'c Claim],
    welcome: &[String],
) -> Vec<Draft<'c>> {
    let hits = scene.hits(passage);
    let mut by_thing: BTreeMap<(usize, usize), Vec<Match<'c>>> = BTreeMap::new();
    for &claim in claims {
        let Some(weight) = weigh(claim, scene.settings.as_of) else {
            continue;
        };
        if is_about_the_occasion(hits, claim) {
            continue;
        }
        let colour = colour_of(claim);
        for hit in hits.iter().filter(|hit| hit.names(&colour)) {
            let near = neighbours(hits, &hit.span);
            if let Some(thing) = coloured_thing(passage, near, hit, claim, claims)
                && !is_beside_welcome(passage, near, hit, welcome)
            {
                by_thing
                    .entry((thing.span.start, thing.span.end))
                    .or_default()
                    .push(Match {
                        claim,
                        weight,
                        colour: hit.span.clone(),
                    });
            }
        }
    }
    by_thing
        .into_iter()
        .filter_map(|((start, end), matches)| draft(passage, &(start..end), &matches))
        .collect()
}

/// Tells whether the text names the occasion itself, so that nobody is surprised.
fn is_about_the_occasion(hits: &[Hit], claim: &Claim) -> bool {
    let occasion = association(claim).map(|value| format!("occasion/{value}"));
    occasion.is_some_and(|occasion| hits.iter().any(|hit| hit.names(&occasion)))
}

/// Returns the thing a colour stands on, if it is one the claim speaks of.
///
/// None when another colour stands between the two.
fn coloured_thing<'h>(
    passage: &Passage,
    hits: &'h [Hit],
    colour: &Hit,
    claim: &Claim,
    mourning: &[&Claim],
) -> Option<&'h Hit> {
    let parted = |hit: &Hit| {
        let gap = gap(&colour.span, &hit.span);
        hits.iter().any(|between| {
            gap.start <= between.span.start
                && between.span.end <= gap.end
                && between.names_any_below("colour/")
                && !mourning
                    .iter()
                    .any(|claim| between.names(&colour_of(claim)))
        })
    };
    thing_of(passage, hits, &colour.span, &claim.scope.context).filter(|hit| !parted(hit))
}

fn is_beside_welcome(passage: &Passage, hits: &[Hit], colour: &Hit, welcome: &[String]) -> bool {
    hits.iter()
        .filter(|hit| welcome.iter().any(|colour| hit.names(colour)))
        .any(|hit| columns_between(passage, &colour.span, &hit.span).is_some())
}

fn draft<'c>(
    passage: &'c Passage,
    thing: &Range<usize>,
    matches: &[Match<'c>],
) -> Option<Draft<'c>> {
    let strongest = matches
        .iter()
        .map(|found| found.weight)
        .max_by_key(|weight| weight.rank())?;
    let start = matches
        .iter()
        .map(|found| found.colour.start)
        .min()?
        .min(thing.start);
    let end = matches
        .iter()
        .map(|found| found.colour.end)
        .max()?
        .max(thing.end);
    let word = |range: &Range<usize>| passage.text.get(range.clone()).unwrap_or("").to_owned();
    let mut colours: Vec<String> = matches.iter().map(|found| word(&found.colour)).collect();
    colours.dedup();
    let value = matches.iter().find_map(|found| association(found.claim))?;
    Some(Draft {
        at: Spot::Passage(passage, start..end),
        severity: strongest.severity,
        confidence: strongest.confidence,
        basis: strongest.basis,
        outcome: strongest.outcome,
        message: format!(
            "“{}” on “{}” can read as {value} here",
            colours.join("” and “"),
            word(thing)
        ),
        why: told(matches.iter().map(|found| found.claim)),
        advice: vec![
            "show or name another colour on it in this market".to_owned(),
            "or keep it and name the occasion in the text".to_owned(),
            "or ask a reviewer in this market".to_owned(),
        ],
        claims: matches.iter().map(|found| found.claim.id.clone()).collect(),
    })
}

fn unsure<'c>(passage: &'c Passage, claims: &[&Claim]) -> Draft<'c> {
    let language = passage.locale.as_ref();
    let (message, advice) = match language {
        Some(locale) => (
            format!(
                "there are no words in \"{}\" to look for colours on things",
                locale.language
            ),
            "add colours and things to the language's lexicon, or have a person look",
        ),
        None => (
            "the language of this text is not known".to_owned(),
            "say it with --locale, or in the file's name",
        ),
    };
    Draft {
        at: Spot::Passage(passage, 0..0),
        severity: Severity::Info,
        confidence: Confidence::Possible,
        basis: Basis::Practice,
        outcome: Outcome::Unsure,
        message,
        why: "in this market some colours on some things are associated with mourning".to_owned(),
        advice: vec![advice.to_owned()],
        claims: claims.iter().map(|claim| claim.id.clone()).collect(),
    }
}
