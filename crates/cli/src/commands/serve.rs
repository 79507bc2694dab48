//! `milieu serve`: the server on a data folder.

use std::future::Future;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use milieu_engine::{Engine, shipped_knowledge};
use milieu_server::Settings;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// The options of `milieu serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The data folder; made when it is not there.
    #[arg(
        long,
        value_name = "DIR",
        default_value = "milieu-data",
        env = "MILIEU_DATA"
    )]
    data: PathBuf,
    /// The address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

pub(crate) fn run(args: &ServeArgs) -> Result<ExitCode> {
    start_logging("info,fjall=warn,lsm_tree=warn");
    runtime()?.block_on(async {
        let (engine, listener) = open(&args.data, args.listen).await?;
        let address = listener.local_addr()?;
        writeln!(std::io::stderr(), "Milieu is ready at http://{address}/")?;
        serve(engine, listener, stop_signal()?).await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Makes the runtime that server commands run on.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start threads")
}

/// Sends log lines to stderr; `MILIEU_LOG` says which.
pub(crate) fn start_logging(usual: &str) {
    let filter = EnvFilter::try_from_env("MILIEU_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// Listens, opens the folder, and writes into it where the server can be reached.
///
/// The port comes first: a port that is taken must not touch the folder.
pub(crate) async fn open(folder: &Path, listen: SocketAddr) -> Result<(Arc<Engine>, TcpListener)> {
    let listener = TcpListener::bind(listen).await.with_context(|| {
        format!("cannot listen on {listen}: choose another address with --listen")
    })?;
    let engine = Engine::open(folder, shipped_knowledge()?).await?;
    let address = listener.local_addr()?;
    engine
        .announce(&format!("the server at http://{address}"))
        .with_context(|| format!("cannot write into {}", folder.display()))?;
    Ok((engine, listener))
}

/// Serves until `stop` completes.
pub(crate) async fn serve(
    engine: Arc<Engine>,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    milieu_server::serve(engine, listener, Settings::loopback(), stop).await;
}

/// Completes at the first SIGINT or SIGTERM.
pub(crate) fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
