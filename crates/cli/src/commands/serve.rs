//! `milieu serve`: the server on a data folder.

use std::future::Future;
use std::io::{IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use milieu_engine::{Engine, shipped_knowledge};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::client::environment;
use crate::output::colour;
use crate::settings::{
    Given, Layer, LogFormat, Origin, Settings, USUAL_LOG, read_file, read_variables, resolve,
};

/// The options of `milieu serve`, and of what tells about them.
#[derive(Debug, Args)]
#[allow(
    clippy::doc_markdown,
    reason = "the help shows these words as they stand"
)]
pub(crate) struct ServeArgs {
    /// The configuration; else MILIEU_CONFIG, else none.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder, made when it is not there; else MILIEU_DATA, else milieu-data.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address to listen on; else MILIEU_LISTEN, else 127.0.0.1:8080.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// How log lines are written; else MILIEU_LOG_FORMAT, else text.
    #[arg(long, value_enum, value_name = "FORMAT")]
    log_format: Option<LogFormat>,
}

impl ServeArgs {
    /// Joins options, variables and file.
    pub(crate) fn settings(&self) -> Result<Settings> {
        let named = || environment("MILIEU_CONFIG").map(PathBuf::from);
        let file = match self.config.clone().or_else(named) {
            Some(path) => read_file(&path)?,
            None => Layer::default(),
        };
        let flags = Layer {
            data: given(self.data.as_ref(), "--data"),
            listen: given(self.listen.as_ref(), "--listen"),
            log_format: given(self.log_format.as_ref(), "--log-format"),
            ..Layer::default()
        };
        Ok(resolve([flags, read_variables(environment)?, file]))
    }
}

fn given<T: Clone>(value: Option<&T>, flag: &'static str) -> Option<Given<T>> {
    value.map(|value| Given::new(value.clone(), Origin::Flag(flag)))
}

pub(crate) fn run(args: &ServeArgs) -> Result<ExitCode> {
    let settings = args.settings()?;
    log_to_stderr(&settings.log.value, settings.log_format.value);
    runtime()?.block_on(async {
        let mut signals = Signals::new()?;
        let (engine, listener) = open(&settings.data.value, settings.listen.value).await?;
        let address = listener.local_addr()?;
        writeln!(std::io::stderr(), "Milieu is ready at http://{address}/")?;
        let (asked, hurried) = tokio::sync::oneshot::channel::<()>();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        tokio::spawn(async move {
            signals.next().await;
            drop(stop);
            signals.next().await;
            drop(asked);
        });
        let (stop, hurry) = (async { drop(stopped.await) }, async { drop(hurried.await) });
        milieu_server::serve_until(engine, listener, settings.server(), stop, hurry).await;
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
    let filter = environment("MILIEU_LOG");
    log_to_stderr(filter.as_deref().unwrap_or(usual), LogFormat::Text);
}

fn log_to_stderr(filter: &str, format: LogFormat) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(USUAL_LOG));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => lines
            .with_ansi(colour::is_on(std::io::stderr().is_terminal()))
            .init(),
        LogFormat::Json => lines.json().init(),
    }
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

/// Returns what the variables of the environment say, and what is usual for the rest.
pub(crate) fn usual_settings() -> Result<milieu_server::Settings> {
    let layers = [
        Layer::default(),
        read_variables(environment)?,
        Layer::default(),
    ];
    Ok(resolve(layers).server())
}

/// SIGINT and SIGTERM, one after the other.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Completes at the first SIGINT or SIGTERM.
pub(crate) fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static> {
    let mut signals = Signals::new()?;
    Ok(async move { signals.next().await })
}
