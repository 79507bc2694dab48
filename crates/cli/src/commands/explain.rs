//! `milieu explain`: the page of a rule.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::failure::negative;
use crate::output::{Format, FormatArgs, print, print_json};

/// The options of `milieu explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The rule's code or name, as COL001 or mourning-colour.
    #[arg(value_name = "CODE")]
    code: String,
    #[command(flatten)]
    output: FormatArgs,
}

pub(crate) fn run(args: &ExplainArgs) -> Result<ExitCode> {
    let Some(page) = milieu_audit::page(&args.code) else {
        let pages = milieu_audit::pages();
        let known: Vec<String> = pages
            .iter()
            .map(|p| format!("{} {}", p.code, p.name))
            .collect();
        let code: String = args.code.chars().take(40).collect();
        return Err(negative(format!(
            "there is no rule \"{code}\": the rules are {}",
            known.join(", ")
        )));
    };
    match args.output.format {
        Format::Text => print(&page.markdown)?,
        Format::Json => print_json(&page)?,
    }
    Ok(ExitCode::SUCCESS)
}
