//! Flags an emblem that the law protects where it marks a product, an icon or a pack.
//!
//! ## What it flags
//! A word for the emblem (*red cross*, *red crescent*) that stands close to a word for an
//! icon, a badge or packaging, when a claim about the market says that its law or a treaty
//! forbids such use. Close means: in one sentence and at most 40 columns apart, with no
//! other thing nearer. In a campaign of the category *health*, a picture whose alternative
//! text names the emblem is enough, if the claim says so; so is a picture whose tags in
//! the `campaign.toml` name it.
//!
//! The organisation is not flagged: its full name is known, and a name written with capital
//! letters, as in *the Red Cross*, counts as an emblem only where the thing follows at once.
//!
//! ## Why it matters there
//! The emblem protects people in war because it stands for nothing else. The First Geneva
//! Convention forbids its use by firms at all times, and many countries punish it under
//! a law of their own. The finding quotes the claim with the article.
//!
//! ## How sure we are
//! As sure as the claim. The text of a law that somebody opened makes an `error` where a
//! picture's own description says that it shows the emblem; elsewhere the words may mean
//! something else, and it is a `warning`. A law known through others warns, one that
//! nobody has opened gives an `unsure`. This is no legal advice.
//!
//! ## Examples
//! ```flagged market=de-DE locale=en-US
//! Look for the red cross icon on our first-aid kits.
//! ```
//! ```flagged market=de-DE source=de
//! --- de.json
//! {"kit.image.alt": "Verbandkasten, auf der Verpackung ein rotes Kreuz"}
//! ```
//! ```flagged market=de-DE locale=de
//! Das Rotkreuz-Symbol führt zur Notfallnummer.
//! ```
//! ```flagged market=ja-JP locale=ja
//! 赤十字マークのアイコンをタップしてください。
//! ```
//! Another colour, another shape, and a price that is crossed out:
//! ```clean market=de-DE locale=en-US
//! Look for the green cross icon of your pharmacy.
//! ```
//! ```clean market=de-DE locale=en-US
//! The red crossed-out price on the label was ours until May.
//! ```
//! ```clean market=de-DE locale=en-US
//! A red cross-body bag with our logo.
//! ```
//! The organisation, named in a text:
//! ```clean market=de-DE locale=en-US
//! For each order we give one euro to the Red Cross, and you get a badge.
//! ```
//! ```clean market=de-DE locale=de
//! Das Deutsche Rote Kreuz dankt allen, die das Logo gestaltet haben.
//! ```
//! ```clean market=ja-JP locale=ja
//! 売上の一部を日本赤十字社に寄付し、アイコンでお知らせします。
//! ```
//! A mark for what is wrong:
//! ```clean market=ja-JP locale=en-US
//! A red cross is the icon for a wrong answer.
//! ```
//! The cross of a flag, on something else:
//! ```clean market=ja-JP locale=en-US
//! A dress with a red cross, as on the flag of England.
//! ```
//!
//! ## What to do
//! Take another sign: a white cross on green stands for first aid (ISO 7010, E003), a heart
//! or a plaster for care. Where you have the right to the emblem, note it as the reason of
//! a suppression.
//!
//! ## When to ignore
//! When the national society has given its consent, or the text only speaks of the emblem.
//!
//! ## Limits
//! It sees words, not pictures: an emblem that no text names stays unseen. A German name
//! at the start of a sentence looks like the sign; it is taken for the name.
//!
//! ## See also
//! Geneva Convention (I) of 1949, articles 44 and 53; the ICRC's commentary of 2016.

use std::ops::Range;

use milieu_content::{Passage, Role};
use milieu_culture::{Claim, ClaimState, Machine};

use crate::evidence::{Weight, told, weigh};
use crate::lexicon::Hit;
use crate::near::{columns_between, neighbours, thing_of};
use crate::rule::{Draft, Spot};
use crate::scene::Scene;
use crate::{Area, Confidence, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "SYM001",
    name: "protected-emblem",
    area: Area::Symbol,
    severity: Severity::Error,
    since: "0.1.0",
    source: include_str!("protected_emblem.rs"),
    check,
};

/// The relation of the claims this rule reads, and the ending of their values.
const FORBIDS: &str = "forbids";
const EMBLEM: &str = "-emblem";

/// Words that say that a cross marks what is wrong.
const WRONG: &str = "meaning/wrong";

fn check<'c>(scene: &Scene<'c>) -> Vec<Draft<'c>> {
    let claims: Vec<(&Claim, Weight)> = scene
        .kb
        .claims_about(scene.market, "symbol")
        .filter(|claim| claim.state != ClaimState::Retired && is_emblem(claim))
        .filter_map(|claim| Some((claim, weigh(claim, scene.settings.as_of)?)))
        .collect();
    let mut drafts = tagged(scene, &claims);
    for passage in &scene.passages {
        let hits = scene.hits(passage);
        for hit in hits.iter().filter(|hit| hit.names_any_below("symbol/")) {
            let about = claims.iter().filter(|(claim, _)| hit.names(&symbol(claim)));
            let meant: Vec<Match<'c>> = about
                .filter_map(|&(claim, weight)| {
                    let thing = marked_thing(passage, hits, hit, claim)
                        .or_else(|| pictured(scene, passage, hit, claim))?;
                    Some(Match {
                        claim,
                        weight,
                        thing,
                    })
                })
                .collect();
            drafts.extend(draft(passage, hit, &meant));
        }
    }
    drafts
}

fn is_emblem(claim: &Claim) -> bool {
    let machine = claim.machine.as_ref();
    machine
        .is_some_and(|Machine { predicate, value }| predicate == FORBIDS && value.ends_with(EMBLEM))
}

fn symbol(claim: &Claim) -> String {
    format!("symbol/{}", claim.key)
}

/// A claim that forbids an emblem on a thing.
struct Match<'c> {
    claim: &'c Claim,
    weight: Weight,
    thing: Range<usize>,
}

/// Returns the thing an emblem marks, if the claim speaks of it.
fn marked_thing(
    passage: &Passage,
    hits: &[Hit],
    emblem: &Hit,
    claim: &Claim,
) -> Option<Range<usize>> {
    let near = neighbours(hits, &emblem.span);
    let of_the_wrong = near
        .iter()
        .filter(|hit| hit.names(WRONG))
        .any(|hit| columns_between(passage, &emblem.span, &hit.span).is_some());
    if of_the_wrong {
        return None;
    }
    let thing = thing_of(passage, near, &emblem.span, &claim.scope.context)?;
    let columns = columns_between(passage, &emblem.span, &thing.span)?;
    let follows = emblem.span.end <= thing.span.start && columns <= 1;
    (follows || !is_name(passage, emblem)).then(|| thing.span.clone())
}

/// Returns the emblem itself where a picture shows it in a category the claim speaks of.
fn pictured(
    scene: &Scene<'_>,
    passage: &Passage,
    emblem: &Hit,
    claim: &Claim,
) -> Option<Range<usize>> {
    let category = scene.manifest?.category.as_ref()?;
    let meant = format!("category/{}", category.as_str());
    let shows = passage.role == Role::Alt && !is_name(passage, emblem);
    (shows && claim.scope.context.contains(&meant)).then(|| emblem.span.clone())
}

/// Flags a picture whose tags name an emblem.
fn tagged<'c>(scene: &Scene<'c>, claims: &[(&Claim, Weight)]) -> Vec<Draft<'c>> {
    let assets = scene.manifest.map_or(&[][..], |manifest| &manifest.assets);
    let mut drafts = Vec::new();
    for tag in assets.iter().flat_map(|asset| &asset.tags) {
        let key = tag.text.trim().to_lowercase().replace(' ', "-");
        let about = claims.iter().filter(|(claim, _)| claim.key == key);
        let about: Vec<&(&Claim, Weight)> = about.collect();
        let Some((_, strongest)) = about.iter().max_by_key(|(_, weight)| weight.rank()) else {
            continue;
        };
        drafts.push(Draft {
            at: Spot::Declared(tag),
            severity: strongest.severity.min(Severity::Warning),
            confidence: strongest.confidence.min(Confidence::Likely),
            basis: strongest.basis,
            outcome: strongest.outcome,
            message: format!("“{}” in a picture: {PROTECTED}", tag.text),
            why: told(about.iter().map(|(claim, _)| *claim)),
            advice: advice(),
            claims: about.iter().map(|(claim, _)| claim.id.clone()).collect(),
        });
    }
    drafts
}

const PROTECTED: &str = "the emblem is protected and not free to use";

fn advice() -> Vec<String> {
    vec![
        "take another sign: a white cross on green, a heart, a plaster".to_owned(),
        "or suppress this with the consent of the national society as the reason".to_owned(),
    ]
}

/// Tells whether words are written as a name is: each with a capital letter.
fn is_name(passage: &Passage, hit: &Hit) -> bool {
    let text = passage.text.get(hit.span.clone()).unwrap_or("");
    let mut words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

fn draft<'c>(passage: &'c Passage, emblem: &Hit, matches: &[Match<'c>]) -> Option<Draft<'c>> {
    let strongest = matches
        .iter()
        .map(|found| found.weight)
        .max_by_key(|w| w.rank())?;
    let thing = matches
        .iter()
        .map(|found| &found.thing)
        .min_by_key(|thing| thing.start)?;
    let word = |range: &Range<usize>| passage.text.get(range.clone()).unwrap_or("").to_owned();
    let shown = passage.role == Role::Alt;
    let ceiling = if shown {
        Severity::Error
    } else {
        Severity::Warning
    };
    let confidence = if shown {
        strongest.confidence
    } else {
        strongest.confidence.min(Confidence::Likely)
    };
    let span = emblem.span.start.min(thing.start)..emblem.span.end.max(thing.end);
    Some(Draft {
        at: Spot::Passage(passage, span),
        severity: strongest.severity.min(ceiling),
        confidence,
        basis: strongest.basis,
        outcome: strongest.outcome,
        message: if *thing == emblem.span {
            format!("“{}” in a picture: {PROTECTED}", word(thing))
        } else {
            format!("“{}” on “{}”: {PROTECTED}", word(&emblem.span), word(thing))
        },
        why: told(matches.iter().map(|found| found.claim)),
        advice: advice(),
        claims: matches.iter().map(|found| found.claim.id.clone()).collect(),
    })
}
