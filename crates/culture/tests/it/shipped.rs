//! What ships: every pack loads, is contextual, and is opened where it counts.

use std::fs;
use std::path::Path;

use milieu_culture::pack::{self, PackFile};
use milieu_culture::{
    Claim, ClaimState, Count, Grade, KnowledgeBase, MarketId, TerritoryId, grade, may_block,
    needs_context,
};

fn packs() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs"))
}

pub(crate) fn files() -> Vec<PackFile> {
    let mut files = Vec::new();
    for folder in ["calendars", "languages", "markets", "territories", "topics"] {
        for entry in fs::read_dir(packs().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(packs()).unwrap().display().to_string();
            files.push(pack::parse(&name, &fs::read_to_string(&path).unwrap()).unwrap());
        }
    }
    files
}

pub(crate) fn shipped() -> KnowledgeBase {
    let version = fs::read_to_string(packs().join("VERSION")).unwrap();
    pack::merge(version.trim(), &files()).unwrap()
}

fn is_world(territory: &TerritoryId) -> bool {
    territory.as_str() == TerritoryId::WORLD
}

fn market(id: &str) -> MarketId {
    id.parse().unwrap()
}

#[test]
fn the_baked_file_is_fresh_and_reads_back_as_it_was() {
    let base = shipped();
    let baked = fs::read_to_string(packs().join("generated/knowledge.json")).unwrap();
    assert!(baked == base.to_baked().unwrap(), "run cargo xtask packs");
    assert_eq!(KnowledgeBase::from_baked(&baked).unwrap(), base);
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut reversed = files();
    reversed.reverse();
    let base = pack::merge("v", &files()).unwrap().to_baked().unwrap();
    assert_eq!(
        pack::merge("v", &reversed).unwrap().to_baked().unwrap(),
        base
    );
}

#[test]
fn a_baked_file_of_another_format_is_refused_by_number() {
    let error = KnowledgeBase::from_baked("{\"format\":99,\"knowledge\":{}}").unwrap_err();
    assert!(error.to_string().contains("format 99"), "{error}");
    assert!(KnowledgeBase::from_baked("{").is_err());
}

#[test]
fn every_market_has_both_halves_and_the_deep_ones_are_opened() {
    let base = shipped();
    let coverage = base.coverage();
    assert_eq!(coverage.markets.len(), 12);
    for id in &base.markets {
        assert!(base.market(id).is_some(), "{id}");
    }
    for id in ["ja-JP", "de-DE", "ar-SA", "en-US", "pt-BR"] {
        let own = |claim: &&Claim| !claim.scope.territories.iter().any(is_world);
        let market = market(id);
        let count = Count::of(base.claims_of(&market).filter(own));
        assert!(
            24 <= count.claims && 20 <= count.opened(),
            "{id}: {count:?}"
        );
    }
}

#[test]
fn all_that_ships_is_proposed_and_loaded_words_stand_in_a_context() {
    for claim in shipped().claims.values() {
        assert_eq!(claim.state, ClaimState::Proposed, "{}", claim.id);
        if needs_context(&claim.facet) {
            assert!(!claim.scope.context.is_empty(), "{}", claim.id);
        }
    }
}

#[test]
fn only_opened_law_standards_and_calendars_may_block() {
    let as_of = "2026-11-24".parse().unwrap();
    let base = shipped();
    let blocking: Vec<&str> = base
        .claims
        .values()
        .filter(|claim| may_block(claim, &grade(claim, as_of)))
        .map(|claim| claim.id.as_str())
        .collect();
    insta::assert_snapshot!(blocking.join("\n"));
}

#[test]
fn white_near_envelopes_speaks_of_condolence_in_japan_only() {
    let base = shipped();
    let says = |id: &str| -> Vec<String> {
        base.claims_about(&market(id), "colour")
            .filter(|claim| claim.key == "white")
            .filter_map(|claim| claim.machine.as_ref().map(|m| m.value.clone()))
            .collect()
    };
    assert_eq!(says("ja-JP"), ["condolence"]);
    assert_eq!(says("de-DE"), ["wedding"]);
    assert!(says("fr-FR").is_empty());
}

#[test]
fn colour_claims_can_be_found_in_the_languages_of_their_markets() {
    let base = shipped();
    for id in ["ja-JP", "de-DE"] {
        let market = market(id);
        for claim in base.claims_about(&market, "colour") {
            let colour = format!("colour/{}", claim.key);
            for concept in claim.scope.context.iter().chain([&colour]) {
                let words = base.words(market.language(), concept);
                assert!(!words.is_empty(), "{}: {concept} in {id}", claim.id);
            }
        }
    }
}

#[test]
fn grades_of_all_that_ships() {
    let as_of = "2026-11-24".parse().unwrap();
    let mut lines = Vec::new();
    for claim in shipped().claims.values() {
        let grading = grade(claim, as_of);
        let contested = if grading.contested { " contested" } else { "" };
        lines.push(format!(
            "{:?} {} {}{contested}: {}",
            grading.grade,
            grading.confidence,
            claim.id,
            grading.reasons.join("; ")
        ));
        assert!(!grading.expired, "{} has expired", claim.id);
        assert!(grading.confidence <= grading.ceiling, "{}", claim.id);
    }
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with(&format!("{:?}", Grade::A)))
    );
    insta::assert_snapshot!(lines.join("\n"));
}
