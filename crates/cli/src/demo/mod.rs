//! `milieu demo`: a simulated shop on a real server, with simulated visitors.

mod audited;
mod client;
mod proposals;
mod setup;
mod truth;
mod visitors;
mod world;

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use serde::Serialize;
use tokio::sync::watch;

use crate::commands::serve;
use setup::Shop;
use visitors::{Crowd, Visits};
use world::World;

/// The options of `milieu demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// The data folder; without it, a temporary one that is removed at the end.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Simulated visitors per second, after a first crowd; 0 lets nobody in.
    #[arg(long, value_name = "RATE", default_value_t = 100)]
    visitors: u32,
    /// What is true of the visitors.
    #[arg(long, value_enum, default_value_t = Truth::Culture)]
    world: Truth,
    /// What the visitors' dice start from.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How the address and the login are told.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Tell how often visitors really click on what, and start nothing.
    #[arg(long)]
    show_truth: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Truth {
    /// Adapted texts help in most markets, do nothing in some and hurt in one.
    Culture,
    /// No text is better than the generic one.
    None,
    /// Adapted texts help in every market but one, and hurt there.
    Contrarian,
}

impl Truth {
    fn world(self) -> World {
        match self {
            Self::Culture => World::Culture,
            Self::None => World::None,
            Self::Contrarian => World::Contrarian,
        }
    }
}

pub(crate) fn run(args: &DemoArgs) -> Result<ExitCode> {
    if args.show_truth {
        show_truth(args)?;
        return Ok(ExitCode::SUCCESS);
    }
    serve::start_logging("warn");
    serve::runtime()?.block_on(open_shop(args))?;
    Ok(ExitCode::SUCCESS)
}

fn show_truth(args: &DemoArgs) -> Result<()> {
    let mut out = io::stdout().lock();
    match args.format {
        Format::Text => truth::write_text(&mut out, args.world.world())?,
        Format::Json => writeln!(out, "{}", truth::as_json(args.world.world()))?,
    }
    Ok(())
}

/// Where the shop is and how to get in: one line of JSON for programs.
#[derive(Debug, Serialize)]
struct Ready {
    url: String,
    #[serde(flatten)]
    shop: Shop,
}

async fn open_shop(args: &DemoArgs) -> Result<()> {
    // Removed when it is dropped at the end, whatever that end is.
    let temporary = match args.data {
        Some(_) => None,
        None => Some(tempfile::tempdir().context("cannot make a temporary folder: use --data")?),
    };
    let folder = match (&args.data, &temporary) {
        (Some(folder), _) => folder.clone(),
        (None, Some(temporary)) => temporary.path().join("shop"),
        (None, None) => anyhow::bail!("no data folder: use --data"),
    };
    let stop = serve::stop_signal()?;
    let (engine, listener) = serve::open(&folder, args.listen).await?;
    let address = listener.local_addr()?;
    let (shop, is_new) = setup::set_up(&engine).await?;
    let ready = Ready {
        url: format!("http://{address}/"),
        shop,
    };
    let (stopping, stopped) = watch::channel(false);
    let visits = Visits {
        url: ready.url.clone(),
        server_key: ready.shop.server_key.clone(),
        write_key: ready.shop.write_key.clone(),
        world: args.world.world(),
        seed: args.seed,
        rate: args.visitors,
        crowd: if is_new { Crowd::First } else { Crowd::None },
    };
    let visiting = tokio::spawn(visitors::keep_coming(visits, stopped));
    let stop = async move {
        stop.await;
        stopping.send_replace(true);
    };
    let settings = serve::usual_settings()?;
    let served = tokio::spawn(milieu_server::serve(engine, listener, settings, stop));
    tell(args.format, &ready, args.visitors)?;
    served.await.context("the server broke")?;
    visiting.await.context("the visitors broke")?;
    Ok(())
}

fn tell(format: Format, ready: &Ready, visitors: u32) -> Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Json => writeln!(out, "{}", serde_json::to_string(ready)?)?,
        Format::Text => write_welcome(&mut out, ready)?,
    }
    out.flush()?;
    drop(out);
    let crowd = if visitors == 0 {
        "no visitors come in".to_owned()
    } else {
        format!("simulated visitors come in, {visitors} a second after a first crowd")
    };
    writeln!(
        io::stderr(),
        "This shop, its people and its visitors are simulated; {crowd}. Ctrl-C ends it."
    )?;
    Ok(())
}

fn write_welcome(out: &mut dyn io::Write, ready: &Ready) -> io::Result<()> {
    let Ready { url, shop } = ready;
    writeln!(out, "{} (everything in it is simulated)", setup::NAME)?;
    writeln!(out, "  dashboard   {url}")?;
    writeln!(out, "  login       {}", shop.login)?;
    writeln!(out, "  password    {}", shop.password)?;
    writeln!(out, "  server key  {}", shop.server_key)?;
    writeln!(out, "  public key  {}", shop.public_key)?;
    writeln!(out, "  write key   {}", shop.write_key)?;
    writeln!(out)?;
    writeln!(out, "Next:")?;
    writeln!(
        out,
        "  1. log in; under Review, texts wait for a local person's approval"
    )?;
    writeln!(out, "  2. read the report of home.hero, market by market")?;
    writeln!(
        out,
        "  3. compare it with the truth: milieu demo --show-truth"
    )?;
    writeln!(out, "  4. ask for a decision yourself:")?;
    writeln!(
        out,
        "     curl {url}ofrep/v1/evaluate/flags/home.hero -H 'X-API-Key: {}' \\",
        shop.public_key
    )?;
    writeln!(
        out,
        "       -d '{{\"context\": {{\"targetingKey\": \"me\", \"market\": \"ja-JP\"}}}}'"
    )
}
