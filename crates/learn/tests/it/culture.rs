//! Whether the report says of the simulated shop what is true of it.

use milieu_measure::{Culture, CultureVerdict, compare};
use milieu_stats::Level;

use crate::simulation::shop;
use crate::truth::{CONTRARIAN, FIRST_CROWD, MARKETS, SLOTS, SlotTruth, World as Truth};
use crate::world::{World, run};

const SEEDS: u64 = 5;

fn said(truth: &SlotTruth, culture: Truth, visitors: u64, seed: u64) -> Culture {
    let world = World {
        visitors,
        ..shop(truth, culture)
    };
    compare(&run(&world, seed).experiment(), Level::P95).culture
}

/// In how many runs each verdict was given: mattered, did not matter.
fn verdicts(truth: &SlotTruth, culture: Truth, visitors: u64) -> (u64, u64) {
    let (mut yes, mut no) = (0, 0);
    for seed in 0..SEEDS {
        let verdict = said(truth, culture, visitors, seed).verdict;
        yes += u64::from(verdict == CultureVerdict::Mattered);
        no += u64::from(verdict == CultureVerdict::DidNotMatter);
    }
    println!(
        "{}, {culture:?}, {visitors}: mattered {yes}, not {no} of {SEEDS}",
        truth.slot
    );
    (yes, no)
}

#[test]
fn where_culture_matters_the_first_crowd_shows_it() {
    for truth in &SLOTS {
        let found = verdicts(truth, Truth::Culture, FIRST_CROWD);
        assert_eq!(found, (SEEDS, 0), "{}", truth.slot);
    }
}

#[test]
fn where_culture_does_not_matter_the_report_says_so_in_time() {
    for truth in &SLOTS {
        let (early, _) = verdicts(truth, Truth::None, FIRST_CROWD);
        let (late, not) = verdicts(truth, Truth::None, 2 * FIRST_CROWD);
        assert_eq!((early, late), (0, 0), "{}", truth.slot);
        assert!(SEEDS - 1 <= not, "{}: {not} of {SEEDS}", truth.slot);
    }
}

#[test]
fn the_contrarian_market_is_listed_and_no_other() {
    let (contrarian, _) = MARKETS[CONTRARIAN];
    for truth in &SLOTS {
        for seed in 0..SEEDS {
            let culture = said(truth, Truth::Contrarian, FIRST_CROWD, seed);
            assert_eq!(culture.verdict, CultureVerdict::Mattered);
            let listed = culture.disagreeing.iter();
            let listed: Vec<&str> = listed.map(|one| one.market.as_str()).collect();
            assert_eq!(listed, [contrarian], "{}, seed {seed}", truth.slot);
        }
    }
}
