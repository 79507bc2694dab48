//! House tests and generators: `cargo xtask tidy`, `packs`, `rules`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "generators and house tests read and write files and talk to whoever runs them"
)]

mod house;
mod packs;
mod rules;
mod schema;
mod tidy;

use std::process::ExitCode;

use house::House;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["packs"] => packs::bake(),
        ["packs", "--check"] => packs::check(),
        ["rules"] => rules::write(),
        ["rules", "--check"] => rules::check(&House::read()?),
        ["tidy"] => tidy::run(&House::read()?),
        ["tidy", "--report"] => tidy::report(&House::read()?),
        _ => {
            anyhow::bail!("usage: cargo xtask packs [--check] | rules [--check] | tidy [--report]")
        }
    }
}
