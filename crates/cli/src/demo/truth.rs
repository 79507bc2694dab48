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
        write!(out, "  {:<8}", "market")?;
        for (place, variant) in truth.variants.iter().enumerate() {
            let label = if place == 0 { " (generic)" } else { "" };
            write!(out, "{:>20}", format!("{variant}{label}"))?;
        }
        writeln!(out, "  {:>24}", "best against generic")?;
        for (market, (id, _)) in MARKETS.iter().enumerate() {
            let rates = rates(truth, world, market);
            write!(out, "  {id:<8}")?;
            for rate in rates {
                write!(out, "{:>20.1}", rate * 100.0)?;
            }
            writeln!(out, "  {:>+18.1} points", gain(rates) * 100.0)?;
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

fn rates(truth: &super::world::SlotTruth, world: World, market: usize) -> [f64; 3] {
    [0, 1, 2].map(|place| truth.rate(world, market, place))
}

/// The adapted variant that does best, against the generic one.
fn gain([generic, one, other]: [f64; 3]) -> f64 {
    one.max(other) - generic
}

#[cfg(test)]
mod tests {
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
}
