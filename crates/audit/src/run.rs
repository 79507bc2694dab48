//! Runs every rule for every market, and makes findings of what they say.

use std::collections::{BTreeMap, BTreeSet};

use milieu_content::{Campaign, Passage};
use milieu_culture::{Date, KnowledgeBase, MarketId};

use crate::rule::Draft;
use crate::scene::{Scene, Vocabulary};
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
    let mut report = Report {
        skipped: skipped(kb, campaign, markets, settings),
        ..Report::default()
    };
    let markets: BTreeSet<&MarketId> = markets.iter().collect();
    for market in markets {
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
        };
        for rule in RULES
            .iter()
            .filter(|rule| !settings.off.contains(rule.code))
        {
            for draft in (rule.check)(&scene) {
                let finding = finding(rule, &draft, market, campaign);
                match draft.outcome {
                    Outcome::Violation => report.findings.push(finding),
                    Outcome::Unsure => report.unsure.push(finding),
                }
            }
        }
    }
    number_twins(&mut report.findings);
    number_twins(&mut report.unsure);
    report
}

fn finding(rule: &Rule, draft: &Draft<'_>, market: &MarketId, campaign: &Campaign) -> Finding {
    let passage = draft.passage;
    let bytes = passage.bytes(draft.span.clone());
    let file = campaign.files.get(&passage.file);
    let (line, column) = file.map_or((1, 1), |file| file.place(bytes.start));
    let text = passage
        .text
        .get(draft.span.clone())
        .unwrap_or("")
        .to_owned();
    let mut claims = draft.claims.clone();
    claims.sort();
    claims.dedup();
    Finding {
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
        fingerprint: passage.key.clone().unwrap_or_default(),
        location: Location {
            file: passage.file.clone(),
            line,
            column,
            byte_start: bytes.start,
            byte_end: bytes.end,
            text,
        },
    }
}

/// Puts findings in order and gives each its fingerprint.
///
/// Until here the field holds the passage's key. Equal findings of a file are told
/// apart by their number, so that moving lines changes nothing.
fn number_twins(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let order = |f: &Finding| (f.location.byte_start, f.location.byte_end, f.code);
        a.location
            .file
            .cmp(&b.location.file)
            .then_with(|| order(a).cmp(&order(b)))
            .then_with(|| a.market.cmp(&b.market))
            .then_with(|| a.message.cmp(&b.message))
    });
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let identity = [
            finding.code,
            finding.market.as_str(),
            &finding.location.file,
            &finding.fingerprint,
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
    let mut skipped: Vec<_> = files.chain(unknown).chain(off).collect();
    skipped.sort();
    skipped.dedup();
    skipped
}
