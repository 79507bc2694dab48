//! Runs every rule for every market, and makes findings of what they say.

use std::collections::{BTreeMap, BTreeSet};

use milieu_content::{Campaign, Declared, Passage};
use milieu_culture::{Date, KnowledgeBase, MarketId};

use crate::rule::{Draft, Spot};
use crate::scene::{Scene, Vocabulary};
use crate::suppress::Suppressions;
use crate::{Finding, Location, Outcome, RULES, Report, Rule, Skip};

/// What an audit is told besides content and markets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The day on which claims are weighed.
    pub as_of: Date,
    /// Codes of rules that shall not run.
    pub off: BTreeSet<String>,
}

impl Settings {
    /// Makes settings for a day, with every rule on.
    pub fn on(as_of: Date) -> Self {
        Self {
            as_of,
            off: BTreeSet::new(),
        }
    }
}

/// Audits a campaign for markets; total, pure, and the same for the same input.
pub fn run(
    kb: &KnowledgeBase,
    campaign: &Campaign,
    markets: &[MarketId],
    settings: &Settings,
) -> Report {
    let vocabulary = Vocabulary::of(kb, campaign);
    let all_pairs = campaign.pairs();
    let (mut violations, mut unsure) = (Vec::new(), Vec::new());
    for market in markets.iter().collect::<BTreeSet<_>>() {
        let served = |passage: &Passage| passage.locale.as_ref().is_some_and(|l| l.serves(market));
        let scene = Scene {
            kb,
            market,
            settings,
            passages: campaign.passages_for(market),
            pairs: all_pairs
                .iter()
                .copied()
                .filter(|pair| served(pair.target))
                .collect(),
            vocabulary: &vocabulary,
            manifest: campaign.manifest.as_ref(),
            days: campaign.days,
        };
        for rule in RULES
            .iter()
            .filter(|rule| !settings.off.contains(rule.code))
        {
            for draft in (rule.check)(&scene) {
                let found = found(rule, &draft, market, campaign);
                match draft.outcome {
                    Outcome::Violation => violations.push(found),
                    Outcome::Unsure => unsure.push(found),
                }
            }
        }
    }
    number_twins(&mut violations);
    number_twins(&mut unsure);
    let mut suppressions = Suppressions::of(campaign, settings.as_of);
    let mut suppressed = Vec::new();
    let findings = suppressions.part(violations, &mut suppressed);
    let unsure = suppressions.part(unsure, &mut suppressed);
    let mut skipped = skipped(kb, campaign, markets, settings);
    skipped.extend(suppressions.complaints(markets, settings));
    skipped.sort();
    skipped.dedup();
    Report {
        findings,
        unsure,
        suppressed,
        skipped,
    }
}

/// A finding, and the key of the passage or value it is about.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) finding: Finding,
    pub(crate) key: Option<String>,
}

fn found(rule: &Rule, draft: &Draft<'_>, market: &MarketId, campaign: &Campaign) -> Found {
    let (file, key, bytes, text) = match &draft.at {
        Spot::Passage(passage, span) => {
            let text = passage.text.get(span.clone()).unwrap_or("");
            let bytes = passage.bytes(span.clone());
            (&passage.file, passage.key.clone(), bytes, text)
        }
        Spot::Declared(declared) => {
            let key = Some(declared.key.clone());
            let Declared {
                file, bytes, text, ..
            } = declared;
            (file, key, bytes.clone(), text.as_str())
        }
    };
    let (line, column) = campaign
        .files
        .get(file)
        .map_or((1, 1), |file| file.place(bytes.start));
    let mut claims = draft.claims.clone();
    claims.sort();
    claims.dedup();
    let finding = Finding {
        code: rule.code,
        rule: rule.name,
        area: rule.area,
        severity: draft.severity.min(rule.severity),
        confidence: draft.confidence,
        basis: draft.basis,
        outcome: draft.outcome,
        market: market.clone(),
        message: draft.message.clone(),
        why: draft.why.clone(),
        advice: draft.advice.clone(),
        claims,
        fingerprint: String::new(),
        location: Location {
            file: file.clone(),
            line,
            column,
            byte_start: bytes.start,
            byte_end: bytes.end,
            text: text.to_owned(),
        },
    };
    Found { finding, key }
}

/// Puts findings in order and gives each its fingerprint.
///
/// Equal findings of a file are told apart by their number, so that moving lines
/// changes nothing.
fn number_twins(found: &mut [Found]) {
    found.sort_by(|a, b| {
        let (a, b) = (&a.finding, &b.finding);
        let order = |f: &Finding| (f.location.byte_start, f.location.byte_end, f.code);
        a.location
            .file
            .cmp(&b.location.file)
            .then_with(|| order(a).cmp(&order(b)))
            .then_with(|| a.market.cmp(&b.market))
            .then_with(|| a.message.cmp(&b.message))
    });
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for Found { finding, key } in found {
        let identity = [
            finding.code,
            finding.market.as_str(),
            &finding.location.file,
            key.as_deref().unwrap_or_default(),
            &finding.location.text,
        ]
        .join("\0");
        let number = seen.entry(identity.clone()).or_default();
        let hash = blake3::hash(format!("{identity}\0{number}").as_bytes());
        *number += 1;
        finding.fingerprint = hash.to_hex().chars().take(32).collect();
    }
}

fn skipped(
    kb: &KnowledgeBase,
    campaign: &Campaign,
    markets: &[MarketId],
    settings: &Settings,
) -> Vec<Skip> {
    let files = campaign.skipped.iter().map(|skipped| {
        let place = skipped
            .place
            .map(|(line, column)| format!(":{line}:{column}"));
        Skip {
            subject: skipped.file.clone() + &place.unwrap_or_default(),
            reason: skipped.message.clone(),
            hint: skipped.hint.clone(),
        }
    });
    let unknown = markets.iter().filter(|market| kb.market(market).is_none());
    let unknown = unknown.map(|market| Skip {
        subject: market.to_string(),
        reason: "nothing is known about this market but what holds everywhere".to_owned(),
        hint: "see `milieu market list`, or add a pack".to_owned(),
    });
    let off = RULES.iter().filter(|rule| settings.off.contains(rule.code));
    let off = off.map(|rule| Skip {
        subject: rule.code.to_owned(),
        reason: "the rule is switched off".to_owned(),
        hint: "take it off the list to run it".to_owned(),
    });
    files.chain(unknown).chain(off).collect()
}
