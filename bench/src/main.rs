//! Side-by-side benchmarks: Milieu and a peer in one run, as ratios.
//!
//! `make bench` builds the program, runs this, and writes `bench/results.json`.
//! Load goes to the loopback address only and stops by itself.
#![allow(
    clippy::disallowed_methods,
    reason = "measuring needs clock, files and processes"
)]
#![allow(clippy::print_stdout, reason = "a benchmark talks to people")]
#![allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures for people, far from the ends of their ranges"
)]

mod choose;
mod decisions;
mod intake;
mod load;
mod peer;
mod process;
mod ready;
mod result;

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("echo") => return peer::echo(),
        Some("append") => return peer::append(&mut arguments),
        Some("--milieu") => {}
        _ => bail!("usage: milieu-bench --milieu PROGRAM [choose] [ready] [decisions] [intake]"),
    }
    let program = PathBuf::from(
        arguments
            .next()
            .context("--milieu needs the program's path")?,
    );
    let only: Vec<String> = arguments.collect();
    let wanted = |name: &str| only.is_empty() || only.iter().any(|one| one == name);
    let mut results = Vec::new();
    if wanted("choose") {
        results.push(choose::measure());
    }
    if wanted("ready") {
        results.push(ready::measure(&program)?);
    }
    if wanted("decisions") {
        results.push(decisions::measure(&program)?);
    }
    if wanted("intake") {
        results.extend(intake::measure(&program)?);
    }
    for result in &results {
        println!("{result}");
    }
    if only.is_empty() {
        std::fs::write(
            "bench/results.json",
            serde_json::to_string_pretty(&results)? + "\n",
        )?;
        println!("written to bench/results.json");
    }
    Ok(())
}
