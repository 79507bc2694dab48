//! `milieu openapi`: the API as a document for programs; needs neither store nor server.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::output::print;

/// The options of `milieu openapi`.
#[derive(Debug, Args)]
pub(crate) struct OpenapiArgs {}

pub(crate) fn run(_: &OpenapiArgs) -> Result<ExitCode> {
    print(milieu_server::openapi())?;
    Ok(ExitCode::SUCCESS)
}
