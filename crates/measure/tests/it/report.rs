//! What a report says, and what it refuses to say.

use milieu_measure::*;
use milieu_stats::{Fraction, Level};

pub(crate) fn cell(visitors: u64, conversions: u64) -> Cell {
    Cell {
        visitors,
        conversions,
    }
}

pub(crate) fn market(name: &str, holdout: Cell, generic: Cell, adapted: Cell) -> MarketCells {
    let arm = |variant: &str, generic, cell| ArmCell {
        variant: variant.parse().unwrap(),
        generic,
        cell,
    };
    MarketCells {
        market: name.parse().unwrap(),
        holdout,
        arms: vec![arm("classic", true, generic), arm("local", false, adapted)],
    }
}

fn report(markets: Vec<MarketCells>) -> Report {
    compare(&experiment(markets), Level::P95)
}

pub(crate) fn experiment(markets: Vec<MarketCells>) -> Experiment {
    Experiment {
        metric: &metrics::ctr::CTR,
        slot: "home.hero".parse().unwrap(),
        horizon: Horizon::DAY,
        smallest_effect: Fraction::clamped(0.01),
        markets,
        window: Some(Span {
            from: "2026-11-01T00:00:00Z".parse().unwrap(),
            to: "2026-11-20T00:00:00Z".parse().unwrap(),
        }),
        crossed: 12,
        anonymous: Anonymous {
            exposures: 5,
            goals: 1,
        },
        simulated: true,
    }
}

fn differences(report: &Report) -> Vec<&Row> {
    let rows = report.markets.iter();
    rows.filter(|row| row.kind == RowKind::Difference).collect()
}

/// 20 000 visitors a side; `more` clicks beyond 800 for the treated.
fn decided(name: &str, more: u64) -> MarketCells {
    market(
        name,
        cell(20_000, 800),
        cell(10_000, 400),
        cell(10_000, 400 + more),
    )
}

#[test]
fn the_json_is_the_contract() {
    let report = report(vec![
        decided("ja-JP", 400),
        market("de-DE", cell(12, 1), cell(50, 2), cell(60, 3)),
    ]);
    insta::assert_json_snapshot!(report);
}

#[test]
fn a_clear_gain_and_a_clear_loss_are_called() {
    let mut loss = decided("de-DE", 0);
    loss.holdout = cell(20_000, 1_300);
    let report = report(vec![decided("ja-JP", 400), loss, decided("pt-BR", 0)]);
    let verdicts: Vec<_> = differences(&report).iter().map(|row| row.verdict).collect();
    let expected = [
        Verdict::AdaptedBetter,
        Verdict::AdaptedWorse,
        Verdict::NoDifferenceSeen,
    ];
    assert_eq!(verdicts, expected.map(Some));
}

#[test]
fn many_markets_looked_at_together_need_more_evidence() {
    let names = [
        "ja-JP", "de-DE", "pt-BR", "ar-SA", "fr-FR", "it-IT", "ko-KR", "es-MX",
    ];
    let just_enough = (0..400)
        .find(|more| {
            let alone = report(vec![decided("ja-JP", *more)]);
            differences(&alone)[0].verdict == Some(Verdict::AdaptedBetter)
        })
        .unwrap();
    let mut markets: Vec<_> = names.iter().map(|name| decided(name, 0)).collect();
    markets[0] = decided("ja-JP", just_enough);
    let together = report(markets);
    let row = differences(&together)[0];
    assert_eq!(row.verdict, Some(Verdict::NoDifferenceSeen));
    assert!(
        row.interval.unwrap().low > 0.0,
        "its own interval stays at 95 %"
    );
    assert!(row.reason.as_ref().unwrap().contains("8 markets"));
}

#[test]
fn decided_markets_no_longer_burden_the_others() {
    // Holm: with seven markets clearly decided, the eighth is judged at the full level.
    let names = [
        "ja-JP", "de-DE", "pt-BR", "ar-SA", "fr-FR", "it-IT", "ko-KR",
    ];
    let is_better = |more: u64| {
        let mut markets: Vec<_> = names.iter().map(|name| decided(name, 900)).collect();
        markets.push(decided("es-MX", more));
        differences(&report(markets))[7].verdict == Some(Verdict::AdaptedBetter)
    };
    let alone = |more| differences(&report(vec![decided("es-MX", more)]))[0].verdict;
    let just_enough = (0..400).find(|more| is_better(*more)).unwrap();
    assert_eq!(alone(just_enough), Some(Verdict::AdaptedBetter));
    assert_eq!(alone(just_enough - 1), Some(Verdict::NoDifferenceSeen));
}

#[test]
fn a_shift_between_markets_is_no_effect() {
    // Within each market both sides click alike, but the holdout sits mostly where few
    // click: raw totals say 8.2 % against 2.8 % (Simpson's paradox).
    let much = market(
        "ja-JP",
        cell(1_000, 100),
        cell(5_000, 500),
        cell(4_000, 400),
    );
    let little = market("de-DE", cell(9_000, 180), cell(1_000, 20), cell(1_000, 20));
    let overall = report(vec![much, little]).overall;
    assert!(overall.difference.estimate.unwrap().abs() < 1e-12);
    assert_eq!(overall.difference.verdict, Verdict::NoDifferenceSeen);
    let (treated, holdout) = (overall.treated.estimate, overall.holdout.estimate);
    assert!((treated.unwrap() - holdout.unwrap()).abs() < 1e-12);
}

#[test]
fn pooled_values_lean_on_the_other_markets() {
    let small = market("de-DE", cell(400, 16), cell(200, 8), cell(200, 24));
    let found = report(vec![decided("ja-JP", 100), decided("pt-BR", 120), small]);
    let row = differences(&found)[2];
    let (own, pooled) = (row.estimate.unwrap(), row.pooled.unwrap());
    assert!(pooled.estimate < own && pooled.low <= pooled.estimate);
    assert!(found.heterogeneity.tau.is_some());
    let alone = report(vec![decided("ja-JP", 100)]);
    assert!(alone.markets.iter().all(|row| row.pooled.is_none()));
    assert!(alone.heterogeneity.reason.is_some());
}

#[test]
fn no_market_at_all_is_a_report_too() {
    let empty = report(Vec::new());
    assert!(empty.markets.is_empty());
    assert_eq!(empty.overall.difference.verdict, Verdict::TooEarly);
}
