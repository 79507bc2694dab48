//! `milieu quiet`: markets in mourning or crisis.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use milieu_record::Instant;
use serde::Deserialize;
use serde_json::json;

use super::ListArgs;
use crate::client::{Body, Client, Folder, WhereArgs, ask, encoded};
use crate::output::{Format, Table, pretty, print, say};

/// The options of `milieu quiet`.
#[derive(Debug, Args)]
pub(crate) struct QuietArgs {
    #[command(subcommand)]
    command: QuietCommand,
}

#[derive(Debug, Subcommand)]
enum QuietCommand {
    /// Stop what sells or celebrates in a territory or market.
    On(OnArgs),
    /// Let it begin again.
    Off(OffArgs),
    /// List where quiet mode was switched on.
    List(ListArgs),
}

#[derive(Debug, Args)]
struct OnArgs {
    /// The territory (JP) or market (ja-JP).
    #[arg(value_name = "SCOPE")]
    scope: String,
    /// When it ends by itself, as 2026-11-30T00:00:00+09:00.
    #[arg(long, value_name = "TIME")]
    until: Option<Instant>,
    /// Why; people will ask.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    place: WhereArgs,
}

#[derive(Debug, Args)]
struct OffArgs {
    /// The territory (JP) or market (ja-JP).
    #[arg(value_name = "SCOPE")]
    scope: String,
    #[command(flatten)]
    place: WhereArgs,
}

#[derive(Deserialize)]
struct Quiet {
    scope: String,
    until: Option<String>,
    reason: String,
    by: String,
    at: String,
}

pub(crate) fn run(args: &QuietArgs) -> Result<ExitCode> {
    match &args.command {
        QuietCommand::On(args) => ask(&args.place, Folder::Existing, |client| {
            let until = args.until.map(|end| end.to_string());
            let body = json!({"until": until, "reason": args.reason});
            client.put(&path(&args.scope), Body::Json(body))?;
            let end = until.map_or_else(
                || "until it is switched off".to_owned(),
                |end| format!("until {end}"),
            );
            say(&format!("quiet in {} {end}", args.scope));
            Ok(())
        })?,
        QuietCommand::Off(args) => ask(&args.place, Folder::Existing, |client| {
            client.delete(&path(&args.scope))?;
            say(&format!("no longer quiet in {}", args.scope));
            Ok(())
        })?,
        QuietCommand::List(args) => {
            ask(&args.place, Folder::Existing, |client| {
                list(client, args.output.format)
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn path(scope: &str) -> String {
    format!("/api/v1/quiet/{}", encoded(scope))
}

fn list(client: &Client, format: Format) -> Result<()> {
    let rows = client.list("/api/v1/quiet")?;
    if format == Format::Json {
        return print(&pretty(&rows.json()));
    }
    let quiet: Vec<Quiet> = rows.read()?;
    if quiet.is_empty() {
        say("quiet mode is on nowhere");
        return Ok(());
    }
    let mut table = Table::new(&["SCOPE", "SINCE", "UNTIL", "BY", "REASON"]);
    for one in &quiet {
        let until = one.until.as_deref().unwrap_or("switched off");
        table.row([&one.scope, &one.at, until, &one.by, &one.reason]);
    }
    print(&table.text())
}
