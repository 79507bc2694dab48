//! `milieu config`: what the server would run with.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::serve::ServeArgs;
use crate::output::{Format, FormatArgs, Table, print, print_json};

/// The options of `milieu config`.
#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Show every setting of milieu serve; a mistake is told with its place.
    Show(ShowArgs),
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// Tell where each value comes from: flag, environment, file and line, or default.
    #[arg(long)]
    origin: bool,
    #[command(flatten)]
    serve: ServeArgs,
    #[command(flatten)]
    output: FormatArgs,
}

pub(crate) fn run(args: &ConfigArgs) -> Result<ExitCode> {
    let ConfigCommand::Show(args) = &args.command;
    let mut rows = args.serve.settings()?.rows();
    if !args.origin {
        for row in &mut rows {
            row.origin = None;
        }
    }
    if args.output.format == Format::Json {
        print_json(&serde_json::json!({"items": rows}))?;
        return Ok(ExitCode::SUCCESS);
    }
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::Null => "-".to_owned(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let head: &[&str] = if args.origin {
        &["SETTING", "VALUE", "ORIGIN"]
    } else {
        &["SETTING", "VALUE"]
    };
    let mut table = Table::new(head);
    for row in &rows {
        match &row.origin {
            Some(origin) => table.row([row.key, &text(&row.value), origin]),
            None => table.row([row.key, &text(&row.value)]),
        }
    }
    print(&table.text())?;
    Ok(ExitCode::SUCCESS)
}
