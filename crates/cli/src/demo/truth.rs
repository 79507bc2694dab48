//! `milieu demo --show-truth`: what the visitors really do, to hold a report against.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::world::{MARKETS, SLOTS, World};

/// Writes the truth as tables, a row for each market.
pub(super) fn write_text(out: &mut dyn Write, world: World) -> io::Result<()> {
    writeln!(
        out,
        "The hidden truth of the simulated shop: invented click rates, in percent."
    )?;
    for truth in &SLOTS {
        writeln!(out, "\n{}", truth.slot)?;
        write!(out, "  {:<10}", "market")?;
        for (place, variant) in truth.variants.iter().enumerate() {
            let label = if place == 0 { " (generic)" } else { "" };
            write!(out, "{:>20}", format!("{variant}{label}"))?;
        }
        writeln!(out, "  {:>24}", "best against generic")?;
        for (market, (id, _)) in MARKETS.iter().enumerate() {
            let rates = rates(truth, world, market);
            write!(out, "  {id:<10}")?;
            for rate in &rates {
                write!(out, "{:>20.1}", rate * 100.0)?;
            }
            writeln!(out, "  {:>+18.1} points", gain(&rates) * 100.0)?;
        }
    }
    Ok(())
}

/// Says the truth as JSON.
pub(super) fn as_json(world: World) -> Value {
    let mut cells = Vec::new();
    for truth in &SLOTS {
        for (market, (id, _)) in MARKETS.iter().enumerate() {
            for (place, variant) in truth.variants.iter().enumerate() {
                cells.push(json!({
                    "slot": truth.slot, "market": id, "variant": variant, "generic": place == 0,
                    "rate": truth.rate(world, market, place),
                }));
            }
        }
    }
    json!({"simulated": true, "rates": cells})
}

fn rates(truth: &super::world::SlotTruth, world: World, market: usize) -> Vec<f64> {
    let places = 0..truth.variants.len();
    places
        .map(|place| truth.rate(world, market, place))
        .collect()
}

/// The adapted variant that does best, against the generic one.
fn gain(rates: &[f64]) -> f64 {
    let [generic, adapted @ ..] = rates else {
        return 0.0;
    };
    let best = adapted.iter().copied().fold(f64::MIN, f64::max);
    best - generic
}

#[cfg(test)]
mod tests {
    use milieu_content::read_slots;

    use super::super::world::CONTRARIAN;
    use super::*;

    fn text(world: World) -> String {
        let mut out = Vec::new();
        write_text(&mut out, world).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_truth_is_told_as_a_table() {
        insta::assert_snapshot!(text(World::Culture));
    }

    #[test]
    fn without_culture_no_variant_gains_anything() {
        assert!(
            text(World::None)
                .lines()
                .filter(|line| line.ends_with("points"))
                .all(|line| line.contains("+0.0 points"))
        );
    }

    #[test]
    fn the_truth_is_about_the_slots_on_sale() {
        let slots = read_slots(super::super::setup::SLOTS).unwrap();
        for (slot, truth) in slots.iter().zip(&SLOTS) {
            assert_eq!(slot.key.as_str(), truth.slot);
            let variants = slot.variants.iter().map(|variant| variant.key.as_str());
            assert!(
                variants.eq(truth.variants.iter().copied()),
                "{}",
                truth.slot
            );
            let apart = slot.smallest_effect.get() - truth.smallest_effect;
            assert!(apart.abs() < 1e-12, "{}", truth.slot);
        }
        assert_eq!(slots.len(), SLOTS.len());
    }

    #[test]
    fn one_market_loses_what_all_others_gain() {
        for truth in &SLOTS {
            for (market, (id, _)) in MARKETS.iter().enumerate() {
                let gain = gain(&rates(truth, World::Contrarian, market)) * 100.0;
                let is_contrarian = market == CONTRARIAN;
                assert_eq!(gain < 0.0, is_contrarian, "{}, {id}: {gain}", truth.slot);
            }
        }
    }

    #[test]
    fn with_culture_most_markets_gain_some_do_not_and_one_loses() {
        for truth in &SLOTS {
            let gains =
                (0..MARKETS.len()).map(|market| gain(&rates(truth, World::Culture, market)));
            let (mut helped, mut hurt) = (0, 0);
            for gain in gains {
                helped += u32::from(0.01 < gain);
                hurt += u32::from(gain < -0.01);
            }
            assert!(7 <= helped && helped <= 10, "{}: {helped}", truth.slot);
            assert_eq!(hurt, 1, "{}", truth.slot);
        }
    }
}
