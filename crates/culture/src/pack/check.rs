//! Checks of one claim or observance: what it must say, and what it must not.

use std::collections::BTreeSet;

use super::place::Step;
use super::{PackError, PackFile, dates, persons};
use crate::facet::{is_facet, needs_context};
use crate::{
    Claim, ClaimId, Direction, Evidence, EvidenceKind, Evidenced, KnowledgeBase, Observance, Scope,
    TerritoryId,
};

/// The longest text a claim or source may hold, in characters.
pub(super) const MAX_TEXT: usize = 1_000;
/// The most sources one claim may cite.
const MAX_EVIDENCE: usize = 50;

/// What a claim is checked against.
pub(super) struct Known<'k> {
    /// Everything the packs define besides claims.
    pub(super) base: &'k KnowledgeBase,
    /// The concepts that at least one lexicon lists.
    pub(super) concepts: BTreeSet<&'k str>,
}

/// Collects the mistakes of one item of a file: a claim or an observance.
pub(super) struct Report<'r> {
    file: &'r PackFile,
    /// The table the item stands in: `claim` or `observance`.
    table: &'r str,
    index: usize,
    id: &'r ClaimId,
    errors: Vec<PackError>,
}

impl Report<'_> {
    /// Adds a mistake at a field of the item.
    pub(super) fn add(&mut self, field: &[Step<'_>], message: &str, hint: &str) {
        let mut path = vec![Step::Key(self.table), Step::Item(self.index)];
        path.extend_from_slice(field);
        let id = super::shorten(self.id.as_str());
        let message = format!("{} \"{id}\": {message}", self.table);
        self.errors.push(self.file.error(&path, message, hint));
    }
}

/// Returns all mistakes of the claim at `index` of a file.
pub(super) fn claim(
    file: &PackFile,
    index: usize,
    claim: &Claim,
    known: &Known<'_>,
) -> Vec<PackError> {
    let mut report = Report {
        file,
        table: "claim",
        index,
        id: &claim.id,
        errors: Vec::new(),
    };
    check_id(&mut report);
    check_names(&mut report, claim, known);
    check_said(&mut report, &claim.statement, claim, known);
    check_scope(&mut report, &claim.scope, known);
    if needs_context(&claim.facet) && claim.scope.context.is_empty() {
        report.add(
            &[Step::Key("scope")],
            &format!("a {} claim without context", claim.facet),
            "no colour, number, symbol or gesture means anything by itself: \
             add context = [\"object/envelope\"]",
        );
    }
    report.errors
}

/// Returns all mistakes of the observance at `index` of a file.
pub(super) fn observance(
    file: &PackFile,
    index: usize,
    observance: &Observance,
    known: &Known<'_>,
) -> Vec<PackError> {
    let mut report = Report {
        file,
        table: "observance",
        index,
        id: &observance.id,
        errors: Vec::new(),
    };
    check_id(&mut report);
    if observance.name.trim().is_empty() || MAX_TEXT < observance.name.chars().count() {
        report.add(
            &[Step::Key("name")],
            "the name is empty or far too long",
            "name it in English, with its own name where that helps",
        );
    }
    check_said(&mut report, &observance.statement, observance, known);
    check_scope(&mut report, &observance.scope, known);
    dates::check(&mut report, &observance.dates);
    report.errors
}

fn check_id(report: &mut Report<'_>) {
    let parts: Vec<&str> = report.id.as_str().split('.').collect();
    if parts.len() != 3 || !parts.iter().all(|part| is_kebab(part)) {
        report.add(
            &[Step::Key("id")],
            "the id is not three lower-case words with dots",
            "write scope.facet.what, as in jp.colour.white-condolence",
        );
    }
}

fn check_names(report: &mut Report<'_>, claim: &Claim, known: &Known<'_>) {
    if !is_facet(&claim.facet) {
        report.add(
            &[Step::Key("facet")],
            &format!("unknown facet \"{}\"", super::shorten(&claim.facet)),
            "use one of the facets in docs/packs.md",
        );
    }
    if !is_kebab(&claim.key) {
        report.add(
            &[Step::Key("key")],
            &format!(
                "the key \"{}\" is not in kebab case",
                super::shorten(&claim.key)
            ),
            "use lower-case letters, digits and hyphens",
        );
    }
    let concept = format!("colour/{}", claim.key);
    if claim.facet == "colour" && !known.concepts.contains(concept.as_str()) {
        report.add(
            &[Step::Key("key")],
            &format!("no lexicon lists \"{}\"", super::shorten(&concept)),
            "use a colour of packs/languages, or add its words there",
        );
    }
}

/// Checks a statement and the sources it stands on.
fn check_said(report: &mut Report<'_>, statement: &str, item: &impl Evidenced, known: &Known<'_>) {
    let length = statement.chars().count();
    if statement.trim().is_empty() || MAX_TEXT < length {
        report.add(
            &[Step::Key("statement")],
            &format!("the statement has {length} characters"),
            "say one thing in one or two sentences",
        );
    }
    if let Some(words) = persons::spoken_of(statement) {
        report.add(
            &[Step::Key("statement")],
            &format!("\"{words}\" speaks of persons"),
            "speak of the market: \"in this market many readers associate …\"",
        );
    }
    check_evidence(report, item);
    check_folklore(report, statement, item.evidence(), known.base);
}

fn check_scope(report: &mut Report<'_>, scope: &Scope, known: &Known<'_>) {
    check_places(report, scope, known.base);
    check_context(report, &scope.context, known);
}

fn check_places(report: &mut Report<'_>, scope: &Scope, base: &KnowledgeBase) {
    if scope.markets.is_empty() && scope.territories.is_empty() && scope.languages.is_empty() {
        report.add(
            &[Step::Key("scope")],
            "the scope names no place",
            "name markets, territories or languages; \"001\" is everywhere",
        );
    }
    let mut unknown = Vec::new();
    for (index, territory) in scope.territories.iter().enumerate() {
        let world = territory.as_str() == TerritoryId::WORLD;
        if !world && !base.territories.contains_key(territory) {
            unknown.push(("territories", index, "territory", territory.to_string()));
        }
    }
    for (index, language) in scope.languages.iter().enumerate() {
        if base.language(language).is_none() {
            unknown.push(("languages", index, "language", language.to_string()));
        }
    }
    for (field, markets) in [("markets", &scope.markets), ("excludes", &scope.excludes)] {
        for (index, market) in markets.iter().enumerate() {
            if base.market(market).is_none() {
                unknown.push((field, index, "market", market.to_string()));
            }
        }
    }
    for (field, index, what, id) in unknown {
        report.add(
            &[Step::Key("scope"), Step::Key(field), Step::Item(index)],
            &format!("unknown {what} \"{id}\""),
            "add its pack file first, or correct the id",
        );
    }
}

fn check_context(report: &mut Report<'_>, context: &[String], known: &Known<'_>) {
    for (index, concept) in context.iter().enumerate() {
        let path = [Step::Key("scope"), Step::Key("context"), Step::Item(index)];
        let shape = concept
            .split_once('/')
            .is_some_and(|(kind, name)| is_kebab(kind) && is_kebab(name));
        if !shape {
            report.add(
                &path,
                &format!("\"{}\" is not a concept", super::shorten(concept)),
                "write kind/name in kebab case, as in object/gift-wrap",
            );
        } else if concept.starts_with("object/") && !known.concepts.contains(concept.as_str()) {
            report.add(
                &path,
                &format!("no lexicon lists \"{}\"", super::shorten(concept)),
                "add its words to a file of packs/languages, or no rule can find it",
            );
        }
    }
}

fn check_evidence(report: &mut Report<'_>, item: &impl Evidenced) {
    let evidence = item.evidence();
    let supports = evidence
        .iter()
        .any(|entry| entry.direction == Direction::Supports);
    if !supports || MAX_EVIDENCE < evidence.len() {
        report.add(
            &[Step::Key("evidence")],
            if supports {
                "more than 50 sources"
            } else {
                "no source supports it"
            },
            "cite what you have read, the weightiest first",
        );
    }
    for (index, entry) in evidence.iter().enumerate() {
        let path = |field| [Step::Key("evidence"), Step::Item(index), Step::Key(field)];
        for (field, text) in texts(entry) {
            if text.trim().is_empty() || MAX_TEXT < text.chars().count() {
                report.add(
                    &path(field),
                    &format!("the source's {field} is empty or longer than {MAX_TEXT} characters"),
                    "fill it in own words; \"undated page\" is a date too",
                );
            }
        }
        let law = item.kind_of(entry) == EvidenceKind::Law;
        if law && !names_an_article(&entry.locator) {
            report.add(
                &path("locator"),
                &format!("\"{}\" names no article", super::shorten(&entry.locator)),
                "give section or article (§ 5, art. 63), or set the source's own kind",
            );
        }
    }
}

fn check_folklore(
    report: &mut Report<'_>,
    statement: &str,
    evidence: &[Evidence],
    base: &KnowledgeBase,
) {
    let mut told = vec![(vec![Step::Key("statement")], statement.to_owned())];
    for (index, entry) in evidence.iter().enumerate() {
        let path = vec![Step::Key("evidence"), Step::Item(index), Step::Key("seen")];
        told.push((path, format!("{} {}", entry.title, entry.seen)));
    }
    for (path, text) in told {
        if let Some(story) = base.folklore.iter().find(|story| story.told_in(&text)) {
            report.add(
                &path,
                &format!("rests on folklore, \"{}\"", story.name),
                &format!("leave it out: {}", story.why),
            );
        }
    }
}

fn texts(entry: &Evidence) -> [(&'static str, &str); 5] {
    [
        ("title", &entry.title),
        ("publisher", &entry.publisher),
        ("date", &entry.date),
        ("locator", &entry.locator),
        ("seen", &entry.seen),
    ]
}

fn names_an_article(locator: &str) -> bool {
    let lower = locator.to_lowercase();
    ["§", "art", "section", "sec.", "条"]
        .iter()
        .any(|word| lower.contains(word))
}

fn is_kebab(text: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=80).contains(&text.len()) && text.bytes().all(fine)
}
