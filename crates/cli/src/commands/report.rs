//! `milieu report`: metrics by market.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::report_page::page;
use crate::client::{Folder, WhereArgs, ask, encoded};
use crate::output::{Format, FormatArgs, pretty, print};

/// The options of `milieu report`.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// The metric, as ctr.
    #[arg(value_name = "METRIC")]
    metric: String,
    /// The slot, as home.hero.
    #[arg(value_name = "SLOT")]
    slot: String,
    #[command(flatten)]
    place: WhereArgs,
    #[command(flatten)]
    output: FormatArgs,
}

pub(crate) fn run(args: &ReportArgs) -> Result<ExitCode> {
    ask(&args.place, Folder::Existing, |client| {
        let (metric, slot) = (encoded(&args.metric), encoded(&args.slot));
        let answer = client.get(&format!("/api/v1/reports/{metric}?slot={slot}"))?;
        match args.output.format {
            Format::Json => print(&pretty(answer.json())),
            Format::Text => print(&page(&answer.read()?)),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
