//! `milieu market`: what is known about markets.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use milieu_culture::{ClaimState, Count, Date, KnowledgeBase, MarketId, Read};
use milieu_engine::journeys::read_market::{MarketPage, read_market};
use milieu_engine::shipped_knowledge;
use serde::Serialize;

use super::calendar;
use crate::output::{Format, FormatArgs, Table, print, print_json, word};
use crate::today::today;

/// The options of `milieu market`.
#[derive(Debug, Args)]
pub(crate) struct MarketArgs {
    #[command(subcommand)]
    command: MarketCommand,
}

#[derive(Debug, Subcommand)]
enum MarketCommand {
    /// List the known markets and how much is known about each.
    List(FormatArgs),
    /// Show a market (ja-JP) or a territory (JP).
    Show(ShowArgs),
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// The market or territory.
    #[arg(value_name = "ID")]
    id: String,
    /// The day from which the calendar is told; without it, today.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    #[command(flatten)]
    output: FormatArgs,
}

/// A market in the list.
#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    territory: String,
    language: String,
    native_name: String,
    currency: Option<String>,
    coverage: Count,
}

pub(crate) fn run(args: &MarketArgs) -> Result<ExitCode> {
    let kb = shipped_knowledge()?;
    match &args.command {
        MarketCommand::List(output) => list(&kb, output.format)?,
        MarketCommand::Show(args) => {
            let page = read_market(&kb, &args.id, args.from.unwrap_or_else(today))?;
            match args.output.format {
                Format::Text => print(&text(&page))?,
                Format::Json => print_json(&page)?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(kb: &KnowledgeBase, format: Format) -> Result<()> {
    let coverage = kb.coverage();
    let listed = kb.markets.iter().filter_map(|id| {
        let market = kb.market(id)?;
        Some(Listed {
            id: id.to_string(),
            territory: market.territory.name,
            language: market.language.name,
            native_name: market.language.native_name,
            currency: market.territory.currency,
            coverage: coverage.markets.get(id).cloned().unwrap_or_default(),
        })
    });
    if format == Format::Json {
        return print_json(&listed.collect::<Vec<_>>());
    }
    let mut table = Table::new(&[
        "MARKET",
        "TERRITORY",
        "LANGUAGE",
        "CURRENCY",
        "CLAIMS>",
        "SOURCE OPENED>",
        "CONFIRMED>",
    ]);
    for market in listed {
        let count = &market.coverage;
        table.row([
            &market.id,
            &market.territory,
            &format!("{} ({})", market.language, market.native_name),
            market.currency.as_deref().unwrap_or("-"),
            &count.claims.to_string(),
            &count.opened().to_string(),
            &confirmed(count).to_string(),
        ]);
    }
    print(&table.text())
}

fn confirmed(count: &Count) -> usize {
    count
        .by_state
        .get(&ClaimState::Approved)
        .copied()
        .unwrap_or(0)
}

fn text(page: &MarketPage) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ok = write_page(&mut out, page);
    out
}

fn write_page(out: &mut String, page: &MarketPage) -> std::fmt::Result {
    let territory = &page.territory;
    match &page.language {
        Some(language) => {
            writeln!(out, "{}: {} in {}", page.id, language.name, territory.name)?;
            let direction = word(&language.direction);
            writeln!(
                out,
                "  language   {} ({}), {direction}, plurals: {}",
                language.native_name,
                language.id,
                language.plurals.join(", ")
            )?;
        }
        None => writeln!(out, "{}: {}", page.id, territory.name)?,
    }
    writeln!(
        out,
        "  territory  {}, {}",
        territory
            .currency
            .as_deref()
            .unwrap_or("no common currency"),
        territory.reference_zone
    )?;
    if page.language.is_none() {
        let markets: Vec<&str> = page.markets.iter().map(MarketId::as_str).collect();
        writeln!(out, "  markets    {}", markets.join(", "))?;
    }
    write_formats(out, page)?;
    write_unknown(out, page)?;
    write_coverage(out, &page.coverage)?;
    write_calendar(out, page)?;
    writeln!(out, "\nClaims (milieu claim show ID):")?;
    for (facet, ids) in &page.claims {
        writeln!(out, "  {facet}")?;
        for id in ids {
            writeln!(out, "    {id}")?;
        }
    }
    Ok(())
}

fn write_formats(out: &mut String, page: &MarketPage) -> std::fmt::Result {
    let Some(formats) = &page.formats else {
        return Ok(());
    };
    let or_unknown = |known: Option<String>| known.unwrap_or_else(|| "unknown".to_owned());
    writeln!(
        out,
        "  formats    week begins: {}, hours: {}",
        or_unknown(formats.first_day.as_ref().map(word)),
        or_unknown(formats.hour_cycle.as_ref().map(word)),
    )
}

/// How many days of the calendar are shown; the rest has its own command.
const DAYS_SHOWN: usize = 8;

fn write_calendar(out: &mut String, page: &MarketPage) -> std::fmt::Result {
    let Some(days) = page.calendar.as_deref().filter(|days| !days.is_empty()) else {
        return Ok(());
    };
    writeln!(out, "\nComing (milieu calendar show -m MARKET):")?;
    let shown = days.get(..DAYS_SHOWN).unwrap_or(days);
    for line in calendar::table(shown).text().lines().skip(1) {
        writeln!(out, "  {line}")?;
    }
    let more = days.len() - shown.len();
    if 0 < more {
        writeln!(out, "  and {more} more within the year")?;
    }
    Ok(())
}

/// Says what is missing: a blank would read as "nothing special".
fn write_unknown(out: &mut String, page: &MarketPage) -> std::fmt::Result {
    let mut missing = Vec::new();
    for (name, absent) in [
        ("formats", page.formats.is_none()),
        ("calendar", page.calendar.is_none()),
        ("channels", page.channels.is_none()),
        (
            "scores of frameworks",
            page.frameworks.hofstede.edition.is_none(),
        ),
    ] {
        if absent {
            missing.push(name);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    writeln!(out, "  unknown    {}", missing.join(", "))
}

fn write_coverage(out: &mut String, count: &Count) -> std::fmt::Result {
    let read = |how: Read| count.by_read.get(&how).copied().unwrap_or(0);
    writeln!(
        out,
        "  coverage   {} claims: source opened {}, abstract {}, quoted elsewhere {}, not yet opened {}; \
         confirmed in this market {}",
        count.claims,
        read(Read::Text),
        read(Read::Abstract),
        read(Read::Secondary),
        read(Read::Recalled),
        confirmed(count)
    )
}
