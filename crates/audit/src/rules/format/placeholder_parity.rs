//! Flags a translation whose placeholders or plurals differ from its source.
//!
//! ## What it flags
//! For each pair of a source passage and its translation under the same key:
//! - a placeholder of the source that the translation never shows in its general
//!   form, which is the form of the `other` branches;
//! - a placeholder of the translation that the source does not have;
//! - a printf placeholder that takes another sort of value (`%d` for `%s`);
//! - a translation that is no valid ICU message although its source surely is one;
//! - a plural that lacks a category which the target language has (Unicode CLDR).
//!
//! Order does not matter. A branch such as `one {Ein Artikel}` may leave the number out,
//! as long as `other` shows it. What only chooses between branches may be left out.
//!
//! ## Why it matters there
//! A lost placeholder shows a sentence without its number or name, a new one shows its
//! braces or stops the page, and a missing plural form is bad grammar to every reader.
//!
//! ## How sure we are
//! *Certain*, `error`, by the standard of the format. One case is `unsure`: a placeholder
//! between apostrophes, as in `l'{name}`. ICU does not fill it in, other libraries do; if
//! the message uses a plural, a select or a format, it is ICU and the case is certain.
//!
//! ## Examples
//! ```flagged market=de-DE source=en-US
//! --- en-US.json
//! {"cart": "You have {count} items"}
//! --- de-DE.json
//! {"cart": "Sie haben {anzahl} Artikel"}
//! ```
//! ```flagged market=ja-JP source=en
//! --- en.json
//! {"mail": "Hello %1$s, you saved %2$d"}
//! --- ja.json
//! {"mail": "%2$sさん、こんにちは"}
//! ```
//! The number is lost where most numbers go:
//! ```flagged market=de-DE source=en
//! --- en.json
//! {"n": "{n, plural, one {One gift} other {# gifts}}"}
//! --- de.json
//! {"n": "{n, plural, one {Ein Geschenk} other {Geschenke}}"}
//! ```
//! A category is missing, and a brace:
//! ```flagged market=de-DE source=en
//! --- en.json
//! {"n": "{n, plural, one {# gift} other {# gifts}}"}
//! --- de.json
//! {"n": "{n, plural, other {# Geschenke}}"}
//! ```
//! ```flagged market=de-DE source=en
//! --- en.json
//! {"n": "{n, plural, one {# gift} other {# gifts}}"}
//! --- de.json
//! {"n": "{n, plural, one {# Geschenk} other {# Geschenke}"}
//! ```
//! Another order, and a branch without its number:
//! ```clean market=de-DE source=en
//! --- en.json
//! {"mail": "Hello %1$s, you saved %2$d", "n": "{n, plural, one {# gift} other {# gifts}}"}
//! --- de.json
//! {"mail": "%2$d gespart, %1$s!", "n": "{n, plural, one {Ein Geschenk} other {# Geschenke}}"}
//! ```
//! A language with one plural form needs no choice at all:
//! ```clean market=ja-JP source=en
//! --- en.json
//! {"n": "{n, plural, one {# gift} other {# gifts}}"}
//! --- ja.json
//! {"n": "ギフト{n}点"}
//! ```
//! Signs of percentage are no placeholders, quoted braces are none either:
//! ```clean market=de-DE source=en
//! --- en.json
//! {"sale": "50% discount on all shirts", "hint": "Write '{name}' for the name"}
//! --- de.json
//! {"sale": "50 % auf alle Hemden", "hint": "'{name}' steht für den Namen"}
//! ```
//! ```clean market=de-DE source=en
//! --- en.json
//! {"hi": "Hi {{ user }}{{#if vip}}, dear friend{{/if}}"}
//! --- de.json
//! {"hi": "{{#if vip}}Liebe Grüße, {{/if}}hallo {{user}}"}
//! ```
//! Another market's translation is not this market's concern:
//! ```clean market=de-DE source=en
//! --- en.json
//! {"cart": "You have {count} items"}
//! --- ja.json
//! {"cart": "商品があります"}
//! ```
//!
//! ## What to do
//! Write the source's placeholders into the translation, where its grammar wants them.
//! Add the missing plural branch. For `l'{name}`, write `l''{name}` or `l’{name}`.
//!
//! ## When to ignore
//! When the translation leaves a value out on purpose and the reader misses nothing.
//!
//! ## Limits
//! Categories are checked for cardinal plurals only. An explicit `=1` stands for `one`
//! where a language has just `one` and `other`. `many` is not asked for in a language
//! without `few`: there it is only for numbers of a million up. An empty translation
//! is another matter and not read here.
//!
//! ## See also
//! Unicode CLDR, *Language Plural Rules*; the ICU user guide, *Formatting Messages*.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use milieu_content::Pair;
use milieu_content::message::{Choice, ChoiceKind, Message, Placeholder, Shown, Syntax};

use crate::rule::{Draft, Spot};
use crate::scene::Scene;
use crate::{Area, Basis, Confidence, Outcome, Rule, Severity};

pub(crate) static RULE: Rule = Rule {
    code: "FMT001",
    name: "placeholder-parity",
    area: Area::Format,
    severity: Severity::Error,
    since: "0.1.0",
    source: include_str!("placeholder_parity.rs"),
    check,
};

fn check<'c>(scene: &Scene<'c>) -> Vec<Draft<'c>> {
    let mut drafts = Vec::new();
    for pair in &scene.pairs {
        drafts.extend(broken(pair).or_else(|| unequal(pair)));
        drafts.extend(lacking_plurals(scene, pair));
    }
    drafts
}

/// Flags a translation that is no ICU message where its source surely is one.
fn broken<'c>(pair: &Pair<'c>) -> Option<Draft<'c>> {
    let source = &pair.source.message;
    let problem = pair.target.message.problem.as_ref()?;
    if source.problem.is_some() || !source.is_surely_icu() {
        return None;
    }
    let end = pair.target.text.len();
    let next = pair
        .target
        .text
        .get(problem.at..)
        .and_then(|rest| rest.chars().next());
    let span = problem.at..next.map_or(end, |c| problem.at + c.len_utf8());
    Some(Draft {
        message: format!("the translation is no valid message: {}", problem.message),
        why: "the source is an ICU message; this one cannot be shown at all".to_owned(),
        advice: vec!["balance the braces as in the source".to_owned()],
        ..certain(pair, span)
    })
}

/// How many placeholders of a sort a message names.
const NAMED: usize = 5;

/// What fills a placeholder, told apart by the way it is written.
type Key = (Syntax, String);

fn key(found: &Placeholder) -> Key {
    let tag = found.kind.as_deref().filter(|kind| {
        found.syntax == Syntax::Handlebars && kind.starts_with(['#', '/', '^', '>'])
    });
    (
        found.syntax,
        tag.unwrap_or_default().to_owned() + &found.name,
    )
}

/// Returns how each placeholder of a message is shown at best.
fn shown(message: &Message) -> BTreeMap<Key, Shown> {
    let mut best = BTreeMap::new();
    for found in &message.placeholders {
        let shown = best.entry(key(found)).or_insert(found.shown);
        *shown = found.shown.min(*shown);
    }
    best
}

fn unequal<'c>(pair: &Pair<'c>) -> Option<Draft<'c>> {
    let (source, target) = (shown(&pair.source.message), shown(&pair.target.message));
    let missing: BTreeSet<&Key> = source
        .iter()
        .filter(|&(key, how)| *how == Shown::Always && target.get(key) != Some(&Shown::Always))
        .map(|(key, _)| key)
        .collect();
    let extra: Vec<&Placeholder> = pair
        .target
        .message
        .placeholders
        .iter()
        .filter(|found| !source.contains_key(&key(found)))
        .collect();
    let retyped = retyped(pair);
    if missing.is_empty() && extra.is_empty() && retyped.is_empty() {
        return None;
    }
    let quoted = pair.target.message.quoted.iter();
    let quoted: Vec<_> = quoted
        .filter(|found| missing.contains(&&key(found)))
        .collect();
    let quoted_keys: BTreeSet<Key> = quoted.iter().map(|found| key(found)).collect();
    let only_quoted = !quoted.is_empty()
        && missing.iter().all(|wanted| quoted_keys.contains(*wanted))
        && extra.is_empty()
        && retyped.is_empty();
    if only_quoted {
        return Some(apostrophes(pair, &quoted));
    }
    let whole = 0..pair.target.text.len();
    let span = extra
        .iter()
        .chain(&retyped)
        .map(|found| found.span.clone())
        .next();
    Some(Draft {
        message: message(pair, &missing, &extra, &retyped),
        why: "readers see a sentence without its value, or the bare placeholder".to_owned(),
        advice: vec![
            "write the source's placeholders into the translation; their order is free".to_owned(),
        ],
        ..certain(pair, span.unwrap_or(whole))
    })
}

/// Returns the printf placeholders that take another sort of value than the source's.
fn retyped<'p>(pair: &Pair<'p>) -> Vec<&'p Placeholder> {
    let printf = |found: &&Placeholder| found.syntax == Syntax::Printf;
    let kinds: BTreeSet<_> = pair
        .source
        .message
        .placeholders
        .iter()
        .filter(printf)
        .map(|found| (&found.name, &found.kind))
        .collect();
    let names: BTreeSet<_> = kinds.iter().map(|(name, _)| *name).collect();
    pair.target
        .message
        .placeholders
        .iter()
        .filter(printf)
        .filter(|found| names.contains(&found.name) && !kinds.contains(&(&found.name, &found.kind)))
        .collect()
}

fn message(
    pair: &Pair<'_>,
    missing: &BTreeSet<&Key>,
    extra: &[&Placeholder],
    retyped: &[&Placeholder],
) -> String {
    let written = |found: &Placeholder| {
        let text = pair.target.text.get(found.span.clone()).unwrap_or_default();
        text.to_owned()
    };
    let source = |wanted: &Key| {
        let found = pair.source.message.placeholders.iter();
        let mut found = found.filter(|found| key(found) == *wanted && found.shown == Shown::Always);
        let span = found.next().map(|found| found.span.clone());
        let text = span.and_then(|span| pair.source.text.get(span));
        match text {
            Some("#") | None => format!("{{{}}}", wanted.1),
            Some(text) => text.to_owned(),
        }
    };
    let list = |lead: &str, mut names: Vec<String>| {
        names.dedup();
        names.truncate(NAMED);
        (!names.is_empty()).then(|| format!("{lead} {}", names.join(", ")))
    };
    let parts = [
        list(
            "lacks",
            missing.iter().take(NAMED).map(|key| source(key)).collect(),
        ),
        list(
            "has the unknown",
            extra.iter().map(|found| written(found)).collect(),
        ),
        list(
            "changes the type of",
            retyped.iter().map(|found| written(found)).collect(),
        ),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("the translation {}", parts.join(" and "))
}

fn apostrophes<'c>(pair: &Pair<'c>, quoted: &[&Placeholder]) -> Draft<'c> {
    let span = quoted.first().map_or(0..0, |found| found.span.clone());
    let icu = pair.source.message.is_surely_icu() || pair.target.message.is_surely_icu();
    let draft = Draft {
        message: "an apostrophe keeps this placeholder from being filled in".to_owned(),
        why: "in ICU messages an apostrophe before a brace quotes what follows".to_owned(),
        advice: vec!["write two apostrophes, or the typographic one: ’".to_owned()],
        ..certain(pair, span)
    };
    if icu {
        draft
    } else {
        Draft {
            outcome: Outcome::Unsure,
            confidence: Confidence::Possible,
            severity: Severity::Warning,
            ..draft
        }
    }
}

fn lacking_plurals<'c>(scene: &Scene<'c>, pair: &Pair<'c>) -> Vec<Draft<'c>> {
    let locale = pair.target.locale.as_ref();
    let language = locale.map_or(scene.market.language(), |locale| &locale.language);
    let known = scene
        .kb
        .language(language)
        .map(|language| &language.plurals);
    let cardinal = |choice: &&Choice| choice.kind == ChoiceKind::Plural;
    let choices = pair.target.message.choices.iter().filter(cardinal);
    choices
        .filter_map(|choice| match known {
            None => Some(Draft {
                message: format!("the plural forms of \"{language}\" are not known"),
                why: "no facts about this language are loaded".to_owned(),
                advice: vec!["add the language to the packs, or have a person look".to_owned()],
                outcome: Outcome::Unsure,
                confidence: Confidence::Possible,
                severity: Severity::Info,
                ..certain(pair, choice.span.clone())
            }),
            Some(wanted) => {
                let lacking = lacking(choice, wanted);
                (!lacking.is_empty()).then(|| Draft {
                    message: format!("the plural lacks the form {}", lacking.join(", ")),
                    why: format!("\"{language}\" has the forms {}", wanted.join(", ")),
                    advice: vec![format!("add a branch: {} {{…}}", lacking.join(" {…} "))],
                    ..certain(pair, choice.span.clone())
                })
            }
        })
        .collect()
}

/// Returns the categories a plural should have and has not; see *Limits*.
fn lacking<'w>(choice: &Choice, wanted: &'w [String]) -> Vec<&'w str> {
    let has = |category: &str| choice.branches.iter().any(|branch| branch == category);
    let knows = |category: &str| wanted.iter().any(|wanted| wanted == category);
    let stands_for_one = has("=1") && wanted.len() == 2;
    wanted
        .iter()
        .map(String::as_str)
        .filter(|&category| !has(category))
        .filter(|&category| !(category == "one" && stands_for_one))
        .filter(|&category| category != "many" || knows("few"))
        .collect()
}

fn certain<'c>(pair: &Pair<'c>, span: Range<usize>) -> Draft<'c> {
    Draft {
        at: Spot::Passage(pair.target, span),
        severity: Severity::Error,
        confidence: Confidence::Certain,
        basis: Basis::Standard,
        outcome: Outcome::Violation,
        message: String::new(),
        why: String::new(),
        advice: Vec::new(),
        claims: Vec::new(),
    }
}
