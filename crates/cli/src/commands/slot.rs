//! `milieu slot`: what sites can ask for.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

use super::ListArgs;
use crate::client::{Body, Client, Folder, Refused, WhereArgs, ask};
use crate::output::{Format, FormatArgs, Table, count, pretty, print, say, word};

/// The options of `milieu slot`.
#[derive(Debug, Args)]
pub(crate) struct SlotArgs {
    #[command(subcommand)]
    command: SlotCommand,
}

#[derive(Debug, Subcommand)]
enum SlotCommand {
    /// Create or update slots, variants and renderings from a file; new texts wait for review.
    Apply(ApplyArgs),
    /// List slots, and where they are live.
    List(ListArgs),
}

#[derive(Debug, Args)]
struct ApplyArgs {
    /// The file of slots.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Who or what wrote the texts.
    #[arg(long, value_enum, default_value_t)]
    origin: Origin,
    /// How careful one must be with the texts.
    #[arg(long, value_enum, default_value_t)]
    sensitivity: Sensitivity,
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Origin {
    /// Written by the person who applies the file.
    #[default]
    Human,
    /// Written or suggested by a machine.
    Machine,
    /// Taken over from another system.
    Import,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Sensitivity {
    /// Formats, payment, layout.
    None,
    /// Taste, symbols, address.
    #[default]
    Cultural,
    /// Law and money.
    Legal,
    /// Belief and its practice: two reviewers.
    Religious,
    /// Borders, names of places, parties: two reviewers.
    Political,
    /// Death and remembrance: two reviewers.
    Mourning,
}

#[derive(Deserialize)]
struct Applied {
    slots: Vec<String>,
    waiting: usize,
    unchanged: usize,
    retired: usize,
}

#[derive(Deserialize)]
struct Listed {
    key: String,
    #[serde(rename = "type")]
    kind: String,
    goal: String,
    status: String,
    markets: Vec<ListedMarket>,
    variants: Vec<ListedVariant>,
}

#[derive(Deserialize)]
struct ListedMarket {
    market: String,
    live: bool,
}

#[derive(Deserialize)]
struct ListedVariant {
    key: String,
    generic: bool,
}

pub(crate) fn run(args: &SlotArgs) -> Result<ExitCode> {
    match &args.command {
        SlotCommand::Apply(args) => {
            let file = read(&args.file)?;
            ask(&args.place, Folder::Existing, |client| {
                apply(client, args, file)
            })?;
        }
        SlotCommand::List(args) => {
            ask(&args.place, Folder::Existing, |client| {
                list(client, args.output.format)
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[allow(
    clippy::disallowed_methods,
    reason = "reading the file is this command's job"
)]
fn read(file: &Path) -> Result<String> {
    let failed = || format!("cannot read {}", file.display());
    let bytes = std::fs::read(file).with_context(failed)?;
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8 text", file.display()))
}

fn apply(client: &Client, args: &ApplyArgs, file: String) -> Result<()> {
    let (origin, sensitivity) = (word(&args.origin), word(&args.sensitivity));
    let path = format!("/api/v1/slots?origin={origin}&sensitivity={sensitivity}");
    let answer = client
        .put(&path, Body::Text(file))
        .map_err(|error| placed(error, &args.file))?;
    if args.output.format == Format::Json {
        return print(&pretty(answer.json()));
    }
    let applied: Applied = answer.read()?;
    let mut text = format!(
        "{} applied: {}\n{} to review, {} unchanged, {} retired\n",
        count(applied.slots.len(), "slot", "slots"),
        applied.slots.join(", "),
        count(applied.waiting, "rendering", "renderings"),
        applied.unchanged,
        applied.retired
    );
    if 0 < applied.waiting {
        text.push_str("next: somebody local approves them, see milieu review list\n");
    }
    print(&text)
}

/// Puts the file's name before the place in it.
fn placed(error: anyhow::Error, file: &Path) -> anyhow::Error {
    match error.downcast::<Refused>() {
        Ok(refused) if refused.code == "slot-file" => {
            let detail = format!("{}:{}", file.display(), refused.detail);
            Refused { detail, ..refused }.into()
        }
        Ok(refused) => refused.into(),
        Err(other) => other,
    }
}

fn list(client: &Client, format: Format) -> Result<()> {
    let rows = client.list("/api/v1/slots")?;
    if format == Format::Json {
        return print(&pretty(&rows.json()));
    }
    let slots: Vec<Listed> = rows.read()?;
    if slots.is_empty() {
        say("no slot yet: write slots.toml and run milieu slot apply slots.toml");
        return Ok(());
    }
    let mut table = Table::new(&[
        "SLOT",
        "TYPE",
        "GOAL",
        "STATUS",
        "LIVE IN",
        "WAITING IN",
        "VARIANTS",
    ]);
    for slot in &slots {
        let markets = |live: bool| {
            let here = slot.markets.iter().filter(|market| market.live == live);
            let names: Vec<&str> = here.map(|market| &*market.market).collect();
            if names.is_empty() {
                "-".to_owned()
            } else {
                names.join(" ")
            }
        };
        let variant = |one: &ListedVariant| {
            let mark = if one.generic { "*" } else { "" };
            format!("{}{mark}", one.key)
        };
        let variants: Vec<String> = slot.variants.iter().map(variant).collect();
        table.row([
            &slot.key,
            &slot.kind,
            &slot.goal,
            &slot.status,
            &markets(true),
            &markets(false),
            &variants.join(" "),
        ]);
    }
    print(&(table.text() + "* the generic baseline\n"))
}
