//! `milieu claim`: claims with their evidence.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use milieu_culture::{Claim, ClaimId, Date, FACETS, Grading, KnowledgeBase, MarketId, grade};
use milieu_engine::journeys::read_market::unknown;
use milieu_engine::shipped_knowledge;
use serde::Serialize;

use super::claim_page;
use crate::failure::negative;
use crate::output::{Format, FormatArgs, Table, print, print_json, say, word};
use crate::today::today;

/// The options of `milieu claim`.
#[derive(Debug, Args)]
pub(crate) struct ClaimArgs {
    #[command(subcommand)]
    command: ClaimCommand,
}

#[derive(Debug, Subcommand)]
enum ClaimCommand {
    /// List the claims that hold in a market, with their grades.
    List(ListArgs),
    /// Show a claim with its evidence.
    Show(ShowArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    /// The market, as ja-JP.
    #[arg(short, long, value_name = "MARKET")]
    market: MarketId,
    /// Only claims of one facet, as colour.
    #[arg(long, value_name = "FACET")]
    facet: Option<String>,
    #[command(flatten)]
    weighed: WeighedArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// The claim's id.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    weighed: WeighedArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Debug, Args)]
struct WeighedArgs {
    /// The day on which claims are weighed; without it, today.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

/// A claim with its grade.
#[derive(Debug, Serialize)]
pub(super) struct Graded<'kb> {
    #[serde(flatten)]
    pub(super) claim: &'kb Claim,
    pub(super) grading: Grading,
}

pub(crate) fn run(args: &ClaimArgs) -> Result<ExitCode> {
    let kb = shipped_knowledge()?;
    match &args.command {
        ClaimCommand::List(args) => list(&kb, args)?,
        ClaimCommand::Show(args) => show(&kb, args)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn graded<'kb>(claim: &'kb Claim, weighed: &WeighedArgs) -> Graded<'kb> {
    let grading = grade(claim, weighed.as_of.unwrap_or_else(today));
    Graded { claim, grading }
}

fn list(kb: &KnowledgeBase, args: &ListArgs) -> Result<()> {
    if kb.market(&args.market).is_none() {
        return Err(unknown(kb, args.market.as_str()).into());
    }
    if let Some(facet) = args
        .facet
        .as_deref()
        .filter(|facet| !FACETS.contains(facet))
    {
        anyhow::bail!(
            "there is no facet \"{facet}\": the facets are {}",
            FACETS.join(", ")
        );
    }
    let wanted = |claim: &&Claim| {
        args.facet
            .as_ref()
            .is_none_or(|facet| claim.facet == *facet)
    };
    let claims: Vec<Graded<'_>> = kb
        .claims_of(&args.market)
        .filter(wanted)
        .map(|claim| graded(claim, &args.weighed))
        .collect();
    if args.output.format == Format::Json {
        return print_json(&claims);
    }
    if claims.is_empty() {
        say("no claim: nothing is known about this yet, which is not the same as nothing to heed");
        return Ok(());
    }
    let mut table = Table::new(&["GRADE", "STATE", "ID", "STATEMENT"]);
    for Graded { claim, grading } in &claims {
        let state = if grading.expired {
            "expired".to_owned()
        } else {
            word(&claim.state)
        };
        let grade = word(&grading.grade);
        table.row([&grade, &state, claim.id.as_str(), &claim.statement]);
    }
    print(&table.text())
}

fn show(kb: &KnowledgeBase, args: &ShowArgs) -> Result<()> {
    let Some(claim) = kb.claim(&ClaimId(args.id.clone())) else {
        return Err(not_there(kb, &args.id));
    };
    let graded = graded(claim, &args.weighed);
    match args.output.format {
        Format::Text => print(&claim_page::text(&graded)),
        Format::Json => print_json(&graded),
    }
}

/// Names claims whose ids share a part with what was asked for.
fn not_there(kb: &KnowledgeBase, id: &str) -> anyhow::Error {
    let shown: String = id.chars().take(60).collect();
    let parts: Vec<&str> = shown
        .split(['.', '-'])
        .filter(|part| 2 <= part.len())
        .collect();
    let likeness = |other: &ClaimId| {
        parts
            .iter()
            .filter(|part| other.as_str().contains(**part))
            .count()
    };
    let mut near: Vec<&ClaimId> = kb
        .claims
        .keys()
        .filter(|other| 0 < likeness(other))
        .collect();
    near.sort_by_key(|other| std::cmp::Reverse(likeness(other)));
    let near: Vec<&str> = near.into_iter().take(5).map(ClaimId::as_str).collect();
    let hint = if near.is_empty() {
        "see milieu claim list -m MARKET".to_owned()
    } else {
        format!("near it are {}", near.join(", "))
    };
    negative(format!("there is no claim \"{shown}\": {hint}"))
}
