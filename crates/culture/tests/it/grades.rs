//! How evidence becomes confidence.

use milieu_culture::{
    Claim, ClaimState, Date, Direction, Evidence, EvidenceKind, Grade, Read, grade, may_block,
};
use proptest::prelude::*;

use crate::claim;

const LAW: &str = r#"
kind = "law"
expires = "2027-05-24"
scope = { territories = ["DE"] }
[[evidence]]
title = "Act"
publisher = "State"
date = "1949"
locator = "§ 1"
read = "text"
seen = "The rule."
"#;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn today() -> Date {
    day("2026-11-24")
}

fn grade_of(claim: &Claim) -> Grade {
    grade(claim, today()).grade
}

#[test]
fn a_statute_opened_at_the_passage_is_an_a_whatever_its_age() {
    let law = claim(LAW);
    let grading = grade(&law, today());
    assert_eq!(grading.grade, Grade::A);
    assert!(may_block(&law, &grading));
}

#[test]
fn a_statute_from_memory_is_a_d_and_never_blocks() {
    let law = claim(&LAW.replace("\"text\"", "\"recalled\""));
    let grading = grade(&law, today());
    assert_eq!(grading.grade, Grade::D);
    assert!(!may_block(&law, &grading));
    assert!(grading.reasons.join(" ").contains("source not yet opened"));
}

#[test]
fn a_blog_that_quotes_a_law_does_not_block() {
    let law = claim(&format!("{LAW}kind = \"practitioner\"\n"));
    assert_eq!(grade_of(&law), Grade::D);
    assert!(!may_block(&law, &grade(&law, today())));
}

#[test]
fn a_standard_cited_in_passing_does_not_lift_a_practitioners_claim() {
    let text = LAW.replace("kind = \"law\"", "kind = \"practitioner\"");
    let custom = claim(&format!("{text}kind = \"standard\"\n"));
    let grading = grade(&custom, today());
    assert_eq!(grading.grade, Grade::D);
    assert!(!may_block(&custom, &grading));
}

#[test]
fn the_last_day_counts_and_the_next_does_not() {
    let law = claim(LAW);
    let last = grade(&law, day("2027-05-24"));
    let next = grade(&law, day("2027-05-25"));
    assert!(!last.expired && may_block(&law, &last));
    assert!(next.expired && !may_block(&law, &next));
    let later = grade(&law, day("2027-11-23"));
    assert!((later.confidence.get() - 0.475).abs() < 1e-9, "{later:?}");
}

#[test]
fn a_contradiction_contests_and_only_local_experts_lift_that() {
    let mut law = claim(LAW);
    let mut against = law.evidence[0].clone();
    against.publisher = "Court".to_owned();
    against.direction = Direction::Contradicts;
    law.evidence.push(against);
    let grading = grade(&law, today());
    assert!(grading.contested && grading.grade == Grade::D);
    assert!(!may_block(&law, &grading));
    law.state = ClaimState::Approved;
    assert!(may_block(&law, &grading));
    law.state = ClaimState::Retired;
    assert!(!may_block(&law, &grading));
}

#[test]
fn three_independent_experts_are_a_panel() {
    let text = LAW
        .replace("kind = \"law\"", "kind = \"expert\"")
        .replace("1949", "2026-11-24");
    let mut expert = claim(&text);
    let one = expert.evidence[0].clone();
    assert_eq!(grade(&expert, today()).confidence.to_string(), "0.50");
    for name in ["second", "third"] {
        expert.evidence.push(Evidence {
            publisher: name.to_owned(),
            ..one.clone()
        });
    }
    assert_eq!(grade(&expert, today()).confidence.to_string(), "0.70");
}

#[test]
fn measurements_lose_half_their_weight_in_twenty_years() {
    let text = LAW
        .replace("kind = \"law\"", "kind = \"experiment\"")
        .replace("1949", "2006-11-24");
    let confidence = grade(&claim(&text), today()).confidence.get();
    assert!((confidence - 0.40).abs() < 1e-9, "{confidence}");
}

fn any_kind() -> impl Strategy<Value = EvidenceKind> {
    use EvidenceKind as K;
    prop::sample::select(vec![
        K::Law,
        K::Standard,
        K::OfficialCalendar,
        K::MeasuredBehaviour,
        K::Experiment,
        K::Survey,
        K::IndexScore,
        K::Expert,
        K::Press,
        K::Practitioner,
    ])
}

fn any_evidence() -> impl Strategy<Value = Evidence> {
    let read = prop::sample::select(vec![
        Read::Recalled,
        Read::Secondary,
        Read::Abstract,
        Read::Text,
    ]);
    let date = prop::sample::select(vec![
        "undated page",
        "1973-06",
        "2012",
        "2026-01-31",
        "n.d.",
    ]);
    let fields = (any_kind(), read, date, 0..6_u8, prop::bool::weighted(0.2));
    fields.prop_map(|(kind, read, date, group, against)| Evidence {
        title: "Source".to_owned(),
        publisher: format!("publisher {group}"),
        date: date.to_owned(),
        locator: "§ 1".to_owned(),
        read,
        seen: "Seen.".to_owned(),
        direction: if against {
            Direction::Contradicts
        } else {
            Direction::Supports
        },
        kind: Some(kind),
        group: None,
    })
}

fn any_claim() -> impl Strategy<Value = Claim> {
    prop::collection::vec(any_evidence(), 1..8).prop_map(|evidence| Claim {
        evidence,
        ..claim(LAW)
    })
}

proptest! {
    #[test]
    fn an_independent_supporting_source_never_lowers(
        mut claim in any_claim(), mut more in any_evidence(), years in 0..9_u32,
    ) {
        let as_of = day(&format!("{}-06-01", 2026 + years));
        let before = grade(&claim, as_of);
        more.direction = Direction::Supports;
        more.group = Some("independent".to_owned());
        claim.evidence.push(more);
        let after = grade(&claim, as_of);
        prop_assert!(before.confidence.get() <= after.confidence.get() + 1e-12);
    }

    #[test]
    fn copies_of_one_group_count_once(mut claim in any_claim(), pick in any::<prop::sample::Index>()) {
        let before = grade(&claim, today());
        let copy = pick.get(&claim.evidence).clone();
        claim.evidence.push(copy);
        prop_assert_eq!(grade(&claim, today()), before);
    }

    #[test]
    fn confidence_never_passes_the_ceiling(claim in any_claim()) {
        let grading = grade(&claim, today());
        prop_assert!(grading.confidence <= grading.ceiling);
        prop_assert!(0.0 <= grading.confidence.get());
        prop_assert_eq!(grading.grade, Grade::of(grading.confidence));
    }

    #[test]
    fn what_is_only_recalled_is_a_d(mut claim in any_claim()) {
        for entry in &mut claim.evidence {
            entry.read = Read::Recalled;
        }
        let grading = grade(&claim, today());
        prop_assert_eq!(grading.grade, Grade::D);
        prop_assert!(!may_block(&claim, &grading));
    }

    #[test]
    fn memory_adds_nothing_to_what_was_opened(mut claim in any_claim(), mut memory in any_evidence()) {
        for entry in &mut claim.evidence {
            entry.read = Read::Text;
            entry.direction = Direction::Supports;
            entry.kind = Some(EvidenceKind::Law);
        }
        let before = grade(&claim, today());
        memory.read = Read::Recalled;
        memory.direction = Direction::Supports;
        claim.evidence.push(memory);
        prop_assert_eq!(grade(&claim, today()), before);
    }
}
