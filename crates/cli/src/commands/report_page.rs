//! A report as text: one line for each arm of each market, and what may be said.

use std::fmt::{Result, Write as _};

use super::report_answer::{Culture, Heterogeneity, Interval, Overall, Report};
use crate::output::{Table, shown};

/// Writes a report.
pub(super) fn page(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ok = write_page(&mut out, report);
    out
}

fn write_page(out: &mut String, report: &Report) -> Result {
    let definition = &report.definition;
    let simulated = if report.simulated {
        " (SIMULATED VISITORS)"
    } else {
        ""
    };
    writeln!(
        out,
        "{} of {}{simulated}",
        definition.title,
        shown(&report.slot)
    )?;
    writeln!(out, "  counts     {}", definition.numerator)?;
    writeln!(out, "  out of     {}", definition.denominator)?;
    writeln!(out, "  horizon    {} hours", definition.horizon_hours)?;
    let level = definition.level * 100.0;
    writeln!(out, "  intervals  {level:.0} %, {}", definition.method)?;
    match (&report.window.from, &report.window.to) {
        (Some(from), Some(to)) => writeln!(out, "  exposures  {from} to {to}\n")?,
        _ => writeln!(out, "  exposures  none yet\n")?,
    }
    out.push_str(&table(report));
    let reasons = report
        .markets
        .iter()
        .filter_map(|row| Some((row, row.reason.as_ref()?)));
    let mut said = std::collections::BTreeSet::new();
    let overall = report
        .overall
        .difference
        .reason
        .iter()
        .map(|reason| ("all", reason));
    let of_rows = reasons
        .filter(|(row, _)| row.kind == "difference")
        .map(|(row, reason)| (&*row.market, reason));
    for (number, (market, reason)) in of_rows.chain(overall).enumerate() {
        if number == 0 {
            out.push('\n');
        }
        if said.insert((market, reason)) {
            writeln!(out, "{market}: {reason}")?;
        }
    }
    write_spread(out, &report.heterogeneity)?;
    write_culture(out, &report.culture)?;
    for note in &report.notes {
        writeln!(out, "note: {}", shown(note))?;
    }
    Ok(())
}

fn table(report: &Report) -> String {
    let head = [
        "MARKET",
        "ARM",
        "VISITORS>",
        "REACHED>",
        "ESTIMATE>",
        "INTERVAL",
        "POOLED>",
        "VERDICT",
    ];
    let mut table = Table::new(&head);
    let mut last = "";
    for row in &report.markets {
        let is_difference = row.kind == "difference";
        let market = if last == row.market { "" } else { &*row.market };
        last = &row.market;
        let arm = match (&*row.kind, row.generic) {
            ("variant", true) => format!("· {} (generic)", row.arm),
            ("variant", false) => format!("· {}", row.arm),
            _ => row.arm.clone(),
        };
        table.row([
            market,
            &arm,
            &row.n.to_string(),
            &row.conversions
                .map_or_else(String::new, |reached| reached.to_string()),
            &value(row.estimate, is_difference),
            &interval(row.interval.as_ref(), is_difference),
            &value(
                row.pooled.as_ref().map(|pooled| pooled.estimate),
                is_difference,
            ),
            &verdict(row.verdict.as_deref().unwrap_or_default()),
        ]);
    }
    add_overall(&mut table, &report.overall);
    table.text()
}

fn add_overall(table: &mut Table, overall: &Overall) {
    for (market, arm, rate) in [
        ("all", "holdout", &overall.holdout),
        ("", "treated", &overall.treated),
    ] {
        table.row([
            market,
            arm,
            &rate.n.to_string(),
            &rate.conversions.to_string(),
            &value(rate.estimate, false),
            &interval(rate.interval.as_ref(), false),
            "",
            "",
        ]);
    }
    let difference = &overall.difference;
    table.row([
        "",
        "difference",
        &difference.n.to_string(),
        "",
        &value(difference.estimate, true),
        &interval(difference.interval.as_ref(), true),
        "",
        &verdict(&difference.verdict),
    ]);
}

fn verdict(word: &str) -> String {
    word.replace('-', " ")
}

/// Writes a share in percent and a difference in percentage points.
fn value(estimate: Option<f64>, is_difference: bool) -> String {
    match estimate {
        None => "-".to_owned(),
        Some(value) if is_difference => format!("{:+.2} pp", 100.0 * value),
        Some(value) => format!("{:.2} %", 100.0 * value),
    }
}

fn interval(interval: Option<&Interval>, is_difference: bool) -> String {
    let Some(Interval { low, high }) = interval else {
        return "-".to_owned();
    };
    let (low, high) = (100.0 * low, 100.0 * high);
    if is_difference {
        format!("{low:+.2} to {high:+.2}")
    } else {
        format!("{low:.2} to {high:.2}")
    }
}

fn write_spread(out: &mut String, spread: &Heterogeneity) -> Result {
    match (spread.tau, spread.tau_low, spread.tau_high, &spread.reason) {
        (Some(tau), Some(low), Some(high), _) => writeln!(
            out,
            "\nbetween {} markets the true differences lie {:.2} pp apart (standard deviation; \
             {:.2} to {:.2})",
            spread.markets,
            100.0 * tau,
            100.0 * low,
            100.0 * high
        ),
        (Some(tau), ..) => writeln!(
            out,
            "\nbetween {} markets the true differences lie {:.2} pp apart (standard deviation)",
            spread.markets,
            100.0 * tau
        ),
        (None, _, _, Some(reason)) => writeln!(out, "\nhow far markets lie apart: {reason}"),
        (None, _, _, None) => Ok(()),
    }
}

/// Says whether culture mattered, and which markets disagree.
fn write_culture(out: &mut String, culture: &Culture) -> Result {
    writeln!(out, "\n{}", shown(&culture.reason))?;
    for one in &culture.disagreeing {
        writeln!(
            out,
            "  disagrees: {}: {} ({}; {}, n = {})",
            one.market,
            shown(&one.reason),
            value(Some(one.estimate), true),
            interval(Some(&one.interval), true),
            one.n
        )?;
    }
    out.push('\n');
    Ok(())
}

#[cfg(test)]
mod tests {
    use milieu_measure::{
        Anonymous, ArmCell, Cell, Experiment, Horizon, MarketCells, Span, compare, metrics,
    };
    use milieu_stats::{Fraction, Level};

    use super::*;

    fn cell(visitors: u64, conversions: u64) -> Cell {
        Cell {
            visitors,
            conversions,
        }
    }

    fn market(name: &str, holdout: Cell, generic: Cell, adapted: Cell) -> MarketCells {
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

    #[test]
    fn a_report_reads_as_a_table_with_its_verdicts() {
        let experiment = Experiment {
            metric: &metrics::ctr::CTR,
            slot: "home.hero".parse().unwrap(),
            horizon: Horizon::DAY,
            smallest_effect: Fraction::clamped(0.01),
            markets: vec![
                market(
                    "ja-JP",
                    cell(20_000, 800),
                    cell(10_000, 400),
                    cell(10_000, 800),
                ),
                market(
                    "pt-BR",
                    cell(9_000, 300),
                    cell(9_000, 310),
                    cell(9_000, 305),
                ),
                market("de-DE", cell(12, 1), cell(50, 2), cell(60, 3)),
            ],
            window: Some(Span {
                from: "2026-11-01T00:00:00Z".parse().unwrap(),
                to: "2026-11-20T00:00:00Z".parse().unwrap(),
            }),
            crossed: 12,
            anonymous: Anonymous::default(),
            simulated: true,
        };
        let json = serde_json::to_string(&compare(&experiment, Level::P95)).unwrap();
        insta::assert_snapshot!(page(&serde_json::from_str(&json).unwrap()));
    }
}
