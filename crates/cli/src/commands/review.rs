//! `milieu review`: what waits for local people, and their verdicts.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use milieu_culture::MarketId;
use serde::Serialize;
use serde_json::json;

use super::review_page::{Review, page, table};
use crate::client::{Body, Client, Folder, WhereArgs, ask, encoded};
use crate::output::{Format, FormatArgs, pretty, print, say, shown, word};

/// The options of `milieu review`.
#[derive(Debug, Args)]
pub(crate) struct ReviewArgs {
    #[command(subcommand)]
    command: ReviewCommand,
}

#[derive(Debug, Subcommand)]
enum ReviewCommand {
    /// List proposals, oldest first.
    List(ListArgs),
    /// Show a proposal with its content and what was said of it.
    Show(ShowArgs),
    /// Approve the content for its market.
    Approve(VerdictArgs),
    /// Say no, with a reason.
    Reject(VerdictArgs),
    /// Take an approval back, with a reason.
    Revoke(VerdictArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Which proposals.
    #[arg(long, value_enum, default_value_t)]
    state: State,
    /// Only those for one market.
    #[arg(short, long, value_name = "MARKET")]
    market: Option<MarketId>,
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    /// Those that wait for a verdict.
    #[default]
    Waiting,
    /// Those that have one.
    Decided,
    /// All.
    All,
}

#[derive(Debug, Args)]
struct ShowArgs {
    /// The proposal's number.
    #[arg(value_name = "ID")]
    id: i64,
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

#[derive(Debug, Args)]
struct VerdictArgs {
    /// The proposal's number.
    #[arg(value_name = "ID")]
    id: i64,
    /// The digest of the content that was looked at; without it, the content is shown first.
    #[arg(long, value_name = "DIGEST")]
    digest: Option<String>,
    /// Why; required unless it is an approval.
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

pub(crate) fn run(args: &ReviewArgs) -> Result<ExitCode> {
    match &args.command {
        ReviewCommand::List(args) => {
            ask(&args.place, Folder::Existing, |client| list(client, args))?;
        }
        ReviewCommand::Show(args) => {
            ask(&args.place, Folder::Existing, |client| show(client, args))?;
        }
        ReviewCommand::Approve(args) => judge(args, "approve")?,
        ReviewCommand::Reject(args) => judge(args, "reject")?,
        ReviewCommand::Revoke(args) => judge(args, "revoke")?,
    }
    Ok(ExitCode::SUCCESS)
}

fn list(client: &Client, args: &ListArgs) -> Result<()> {
    let mut query = Vec::new();
    if args.state != State::All {
        query.push(format!("state={}", word(&args.state)));
    }
    if let Some(market) = &args.market {
        query.push(format!("market={}", encoded(market.as_str())));
    }
    let mark = if query.is_empty() { "" } else { "?" };
    let rows = client.list(&format!("/api/v1/reviews{mark}{}", query.join("&")))?;
    if args.output.format == Format::Json {
        return print(&pretty(&rows.json()));
    }
    let reviews: Vec<Review> = rows.read()?;
    if reviews.is_empty() {
        say("nothing here");
        return Ok(());
    }
    print(&table(&reviews))
}

fn show(client: &Client, args: &ShowArgs) -> Result<()> {
    let answer = client.get(&format!("/api/v1/reviews/{}", args.id))?;
    match args.output.format {
        Format::Json => print(&pretty(answer.json())),
        Format::Text => print(&page(&answer.read()?)),
    }
}

/// Gives a verdict on the content that the person saw, here or before.
fn judge(args: &VerdictArgs, verdict: &str) -> Result<()> {
    ask(&args.place, Folder::Existing, |client| {
        let path = format!("/api/v1/reviews/{}", args.id);
        let digest = match &args.digest {
            Some(digest) => digest.clone(),
            None => seen(&client.get(&path)?.read()?, verdict)?,
        };
        let body = json!({"verdict": verdict, "digest": digest, "reason": args.reason});
        let answer = client.post(&format!("{path}/verdicts"), Body::Json(body))?;
        if args.output.format == Format::Json {
            return print(&pretty(answer.json()));
        }
        let review: Review = answer.read()?;
        print(&format!(
            "review {} is {}: {} {} in {}{}\n",
            review.id,
            review.state,
            shown(&review.slot),
            shown(&review.variant),
            review.subject.market,
            match review.needed {
                0 => String::new(),
                needed => format!("; approvals still needed: {needed}"),
            }
        ))
    })
}

/// Shows the content, asks where somebody can answer, and returns what was seen.
fn seen(review: &Review, verdict: &str) -> Result<String> {
    say(&page(review));
    if std::io::stdin().is_terminal() {
        write!(
            std::io::stderr(),
            "{verdict} this for {}? [y/N] ",
            review.subject.market
        )?;
        let mut line = String::new();
        std::io::stdin().read_line(&mut line)?;
        if !matches!(line.trim(), "y" | "Y" | "yes") {
            anyhow::bail!("nothing was said about review {}", review.id);
        }
    }
    Ok(review.subject.digest.clone())
}
