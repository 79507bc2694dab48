//! The `milieu` program: every command is one file in `commands/`.
//!
//! stdout carries data, stderr talk; exit codes: 0 clean, 1 findings or a negative
//! answer, 2 usage or operation error.

mod args;
mod client;
mod commands;
mod demo;
mod failure;
mod output;
mod today;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Args, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = match args.command {
        Command::Audit(args) => commands::audit::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Market(args) => commands::market::run(&args),
        Command::Claim(args) => commands::claim::run(&args),
        Command::Serve(args) => commands::serve::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Completions(args) => commands::completions::run(&args),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => failure::tell(&error),
    }
}
