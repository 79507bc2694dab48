//! `milieu demo`: a simulated shop on a real server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

/// The options of `milieu demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The data folder; without it, a temporary one that is removed at the end.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

pub(crate) fn run(args: &DemoArgs) -> Result<ExitCode> {
    anyhow::bail!("not built yet: {args:?}")
}
