//! `milieu workspace`: its name and its markets.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use milieu_culture::MarketId;
use serde::Deserialize;
use serde_json::json;

use crate::client::{Body, Client, Folder, WhereArgs, ask};
use crate::output::{Format, FormatArgs, Table, pretty, print, say, shown};

/// The options of `milieu workspace`.
#[derive(Debug, Args)]
pub(crate) struct WorkspaceArgs {
    #[command(subcommand)]
    command: WorkspaceCommand,
}

#[derive(Debug, Subcommand)]
enum WorkspaceCommand {
    /// Show name, markets and holdout.
    Show(ShowArgs),
    /// Set name and markets; begins a data folder that is not there.
    Set(SetArgs),
}

#[derive(Debug, Args)]
struct ShowArgs {
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Debug, Args)]
#[group(id = "wanted", required = true, multiple = true, args = ["name", "markets"])]
struct SetArgs {
    /// The name for people.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// The markets it serves, the default first, as ja-JP,de-DE; markets only ever join.
    #[arg(long, value_name = "MARKETS", value_delimiter = ',')]
    markets: Vec<MarketId>,
    /// The share of visitors of these markets who always get the generic variant; only grows.
    #[arg(long, value_name = "SHARE", requires = "markets")]
    holdout: Option<f64>,
    #[command(flatten)]
    place: WhereArgs,
}

#[derive(Deserialize)]
struct Workspace {
    name: String,
    simulated: bool,
    markets: Vec<Market>,
}

#[derive(Deserialize)]
struct Market {
    id: String,
    holdout: f64,
}

pub(crate) fn run(args: &WorkspaceArgs) -> Result<ExitCode> {
    match &args.command {
        WorkspaceCommand::Show(args) => {
            ask(&args.place, Folder::Existing, |client| {
                show(client, args.output.format)
            })?;
        }
        WorkspaceCommand::Set(args) => {
            ask(&args.place, Folder::MayBegin, |client| set(client, args))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn show(client: &Client, format: Format) -> Result<()> {
    let answer = client.get("/api/v1/workspace")?;
    if format == Format::Json {
        return print(&pretty(answer.json()));
    }
    let workspace: Workspace = answer.read()?;
    let simulated = if workspace.simulated {
        " (SIMULATED VISITORS)"
    } else {
        ""
    };
    let mut table = Table::new(&["MARKET", "HOLDOUT>"]);
    for market in &workspace.markets {
        table.row([&market.id, &format!("{:.1} %", 100.0 * market.holdout)]);
    }
    print(&format!(
        "{}{simulated}\n{}",
        shown(&workspace.name),
        table.text()
    ))
}

fn set(client: &Client, args: &SetArgs) -> Result<()> {
    let body = json!({"name": args.name, "markets": args.markets, "holdout": args.holdout});
    client.put("/api/v1/workspace", Body::Json(body))?;
    say(&format!("the workspace {} is set", client.place()));
    Ok(())
}
