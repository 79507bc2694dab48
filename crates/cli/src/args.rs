//! What can be typed: the commands and their options.

use clap::{Parser, Subcommand};

use crate::commands;
use crate::demo;

/// Know a market with evidence, audit content before it ships, and learn what works where.
#[derive(Debug, Parser)]
#[command(name = "milieu", version, arg_required_else_help = true)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// All commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Audit files and folders for markets.
    Audit(commands::audit::AuditArgs),
    /// Show the page of an audit rule.
    Explain(commands::explain::ExplainArgs),
    /// Show what is known about markets.
    Market(commands::market::MarketArgs),
    /// Show claims with their evidence.
    Claim(commands::claim::ClaimArgs),
    /// Run the server on a data folder.
    Serve(commands::serve::ServeArgs),
    /// Run a simulated shop: a server with content, reviews and visitors.
    Demo(demo::DemoArgs),
    /// Write the completions of a shell.
    Completions(commands::completions::CompletionsArgs),
}
