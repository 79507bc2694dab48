//! `milieu trail`: who did what, and whether anybody changed the record of it.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde::Deserialize;

use crate::client::{Client, Folder, WhereArgs, ask};
use crate::output::{Format, FormatArgs, Table, count, pretty, print};

/// The options of `milieu trail`.
#[derive(Debug, Args)]
pub(crate) struct TrailArgs {
    #[command(subcommand)]
    command: TrailCommand,
}

#[derive(Debug, Subcommand)]
enum TrailCommand {
    /// List entries, oldest first.
    List(ListArgs),
    /// Check the whole trail; a broken one ends with exit code 1.
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Only entries after this number.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    after: u64,
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Debug, Args)]
struct VerifyArgs {
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Deserialize)]
struct Entry {
    seq: u64,
    at: String,
    actor: String,
    action: String,
    subject: String,
    detail: String,
}

#[derive(Deserialize)]
struct Verified {
    entries: usize,
    last_hash: String,
}

pub(crate) fn run(args: &TrailArgs) -> Result<ExitCode> {
    match &args.command {
        TrailCommand::List(args) => {
            ask(&args.place, Folder::Existing, |client| list(client, args))?;
        }
        TrailCommand::Verify(args) => {
            ask(&args.place, Folder::Existing, |client| verify(client, args))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(client: &Client, args: &ListArgs) -> Result<()> {
    let rows = client.list_after("/api/v1/audit-trail?limit=500", args.after)?;
    if args.output.format == Format::Json {
        return print(&pretty(&rows.json()));
    }
    let entries: Vec<Entry> = rows.read()?;
    let mut table = Table::new(&["NO>", "AT", "WHO", "ACTION", "SUBJECT", "DETAIL"]);
    for entry in &entries {
        table.row([
            &entry.seq.to_string(),
            &entry.at,
            &entry.actor,
            &entry.action,
            &entry.subject,
            &entry.detail,
        ]);
    }
    print(&table.text())
}

fn verify(client: &Client, args: &VerifyArgs) -> Result<()> {
    let answer = client.get("/api/v1/audit-trail/verification")?;
    if args.output.format == Format::Json {
        return print(&pretty(answer.json()));
    }
    let verified: Verified = answer.read()?;
    print(&format!(
        "the trail is whole: {}, last hash {}\n",
        count(verified.entries, "entry", "entries"),
        verified.last_hash
    ))
}
