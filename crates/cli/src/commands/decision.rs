//! `milieu decision`: why a visitor got what they got.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use serde::Deserialize;

use crate::client::{Folder, WhereArgs, ask, encoded};
use crate::output::{Format, FormatArgs, pretty, print, shown};

/// The options of `milieu decision`.
#[derive(Debug, Args)]
pub(crate) struct DecisionArgs {
    #[command(subcommand)]
    command: DecisionCommand,
}

#[derive(Debug, Subcommand)]
enum DecisionCommand {
    /// Explain a decision by its token (decisionId).
    Explain(ExplainArgs),
}

#[derive(Debug, Args)]
struct ExplainArgs {
    /// The decisionId of an answer or an event.
    #[arg(value_name = "TOKEN")]
    token: String,
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Deserialize)]
struct Explained {
    slot: Option<String>,
    market: Option<String>,
    variant: Option<String>,
    rendering: u32,
    holdout: bool,
    propensity: f64,
    explored: bool,
    policy_version: u64,
    pack_version: String,
    approved_by: Vec<String>,
    reasons: Vec<String>,
    blocked: Vec<Blocked>,
    still_eligible: bool,
}

#[derive(Deserialize)]
struct Blocked {
    variant: String,
    why: String,
}

pub(crate) fn run(args: &DecisionArgs) -> Result<ExitCode> {
    let DecisionCommand::Explain(args) = &args.command;
    ask(&args.place, Folder::Existing, |client| {
        let answer = client.get(&format!("/api/v1/decisions/{}", encoded(&args.token)))?;
        match args.output.format {
            Format::Json => print(&pretty(answer.json())),
            Format::Text => print(&text(&answer.read()?)),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

fn text(told: &Explained) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ok = write_text(&mut out, told);
    out
}

fn write_text(out: &mut String, told: &Explained) -> std::fmt::Result {
    let or_gone = |name: &Option<String>| {
        name.as_deref()
            .map_or("(no longer there)".to_owned(), shown)
    };
    writeln!(out, "slot        {}", or_gone(&told.slot))?;
    writeln!(out, "market      {}", or_gone(&told.market))?;
    writeln!(
        out,
        "variant     {}, rendering {}",
        or_gone(&told.variant),
        told.rendering
    )?;
    let held = if told.holdout {
        ", held out: always the generic variant"
    } else {
        ""
    };
    let explored = if told.explored { ", explored" } else { "" };
    writeln!(out, "propensity  {:.4}{explored}{held}", told.propensity)?;
    writeln!(
        out,
        "policy      learned from {} events",
        told.policy_version
    )?;
    writeln!(out, "packs       {} now", told.pack_version)?;
    if !told.approved_by.is_empty() {
        writeln!(out, "approved by {}", shown(&told.approved_by.join(", ")))?;
    }
    let still = if told.still_eligible { "yes" } else { "no" };
    writeln!(out, "still given {still}")?;
    for reason in &told.reasons {
        writeln!(out, "- {}", shown(reason))?;
    }
    for blocked in &told.blocked {
        writeln!(
            out,
            "- not {}: {}",
            shown(&blocked.variant),
            shown(&blocked.why)
        )?;
    }
    Ok(())
}
