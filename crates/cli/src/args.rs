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
    /// Apply and list slots.
    Slot(commands::slot::SlotArgs),
    /// Review what waits; only with a person's login.
    Review(commands::review::ReviewArgs),
    /// Report a metric of a slot by market.
    Report(commands::report::ReportArgs),
    /// Switch quiet mode for markets in mourning or crisis.
    Quiet(commands::quiet::QuietArgs),
    /// Explain a decision.
    Decision(commands::decision::DecisionArgs),
    /// Make, list and withdraw keys of programs.
    Key(commands::key::KeyArgs),
    /// Add and list people.
    User(commands::user::UserArgs),
    /// Read and verify the audit trail.
    Trail(commands::trail::TrailArgs),
    /// Show and set the workspace.
    Workspace(commands::workspace::WorkspaceArgs),
    /// Log in at a server, and keep its token.
    Login(commands::login::LoginArgs),
    /// Log out of a server.
    Logout(commands::login::LogoutArgs),
    /// Show who asks.
    Whoami(commands::login::WhoamiArgs),
    /// Run the server on a data folder.
    Serve(commands::serve::ServeArgs),
    /// Run a simulated shop: a server with content, reviews and visitors.
    Demo(demo::DemoArgs),
    /// Print the API as an OpenAPI 3.1 document.
    Openapi(commands::openapi::OpenapiArgs),
    /// Write the completions of a shell.
    Completions(commands::completions::CompletionsArgs),
}
