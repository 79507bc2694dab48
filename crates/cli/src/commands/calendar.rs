//! `milieu calendar`: the days that markets keep.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use milieu_culture::{Date, MarketId};
use milieu_engine::journeys::read_calendar::{CalendarDay, read_calendar};
use milieu_engine::shipped_knowledge;

use super::calendar_file;
use crate::output::{Table, count, print, print_json, say, word};
use crate::today::today;

/// How many days are shown when nobody says how many.
const DAYS_AHEAD: i64 = 365;

/// The options of `milieu calendar`.
#[derive(Debug, Args)]
pub(crate) struct CalendarArgs {
    #[command(subcommand)]
    command: CalendarCommand,
}

#[derive(Debug, Subcommand)]
enum CalendarCommand {
    /// Show what a market keeps: feasts, fasts, mourning and remembrance.
    Show(ShowArgs),
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// The market, as ja-JP.
    #[arg(short, long, value_name = "MARKET")]
    market: MarketId,
    /// The first day; without it, today.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The last day; without it, a year later.
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: CalendarFormat,
}

/// The form of a calendar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum CalendarFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For calendar programs (RFC 5545).
    Ics,
}

pub(crate) fn run(args: &CalendarArgs) -> Result<ExitCode> {
    let CalendarCommand::Show(args) = &args.command;
    let first = args.from.unwrap_or_else(today);
    let last = args.to.unwrap_or_else(|| first.plus_days(DAYS_AHEAD));
    let kb = shipped_knowledge()?;
    let days = read_calendar(&kb, &args.market, first, last)?;
    match args.format {
        CalendarFormat::Json => print_json(&days)?,
        CalendarFormat::Ics => print(&calendar_file::text(&args.market, &days, today()))?,
        CalendarFormat::Text if days.is_empty() => {
            say(
                "nothing is known to be kept between these days, which is not the same as nothing kept",
            );
        }
        CalendarFormat::Text => print(&table(&days).text())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Lays the days out as a table.
pub(super) fn table(days: &[CalendarDay]) -> Table {
    let mut table = Table::new(&["FROM", "TO", "TONE", "OBSERVANCE", "ID"]);
    for day in days {
        let name = match doubt(day) {
            0 => day.name.clone(),
            doubt => format!("{} (±{})", day.name, count(doubt, "day", "days")),
        };
        let (from, to) = (day.from.to_string(), day.to.to_string());
        table.row([&from, &to, &word(&day.tone), &name, day.id.as_str()]);
    }
    table
}

/// Returns by how many days a date may move at most.
fn doubt(day: &CalendarDay) -> usize {
    let between = |first: Date, last: Date| (last.civil() - first.civil()).get_days();
    let early = day
        .earliest
        .map_or(0, |earliest| between(earliest, day.from));
    let late = day.latest.map_or(0, |latest| between(day.to, latest));
    usize::try_from(early.max(late)).unwrap_or(0)
}
