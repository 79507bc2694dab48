//! The `milieu` program: every command is one file in `commands/`.
//!
//! stdout carries data, stderr talk; exit codes: 0 clean, 1 findings or a negative
//! answer, 2 usage or operation error.

mod args;
mod client;
mod commands;
mod demo;
mod doctor;
mod failure;
mod output;
#[cfg(test)]
mod reference;
mod settings;
mod today;

use std::process::ExitCode;

use crate::args::{Args, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::read();
    let outcome = match args.command {
        Command::Audit(args) => commands::audit::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Market(args) => commands::market::run(&args),
        Command::Claim(args) => commands::claim::run(&args),
        Command::Calendar(args) => commands::calendar::run(&args),
        Command::Slot(args) => commands::slot::run(&args),
        Command::Review(args) => commands::review::run(&args),
        Command::Report(args) => commands::report::run(&args),
        Command::Quiet(args) => commands::quiet::run(&args),
        Command::Decision(args) => commands::decision::run(&args),
        Command::Key(args) => commands::key::run(&args),
        Command::User(args) => commands::user::run(&args),
        Command::Trail(args) => commands::trail::run(&args),
        Command::Workspace(args) => commands::workspace::run(&args),
        Command::Login(args) => commands::login::log_in(&args),
        Command::Logout(args) => commands::login::log_out(&args),
        Command::Whoami(args) => commands::login::who(&args),
        Command::Serve(args) => commands::serve::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Openapi(args) => commands::openapi::run(&args),
        Command::Backup(args) => commands::backup::run(&args),
        Command::Restore(args) => commands::restore::run(&args),
        Command::Doctor(args) => commands::doctor::run(&args),
        Command::Config(args) => commands::config::run(&args),
        Command::Completions(args) => commands::completions::run(&args),
        Command::Man(args) => commands::man::run(&args),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => failure::tell(&error),
    }
}
