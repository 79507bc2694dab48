//! `milieu doctor`: looks at an installation, and changes nothing.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use milieu_engine::{now, shipped_knowledge};
use serde_json::json;

use super::serve::ServeArgs;
use crate::doctor::{
    Check, Holder, State, examine_clock, examine_disk, examine_files, examine_folder,
    examine_knowledge, examine_port, examine_server, find_holder,
};
use crate::failure::NEGATIVE;
use crate::output::{Format, FormatArgs, colour, print, print_json, shown, word};
use crate::settings::Settings;

/// The options of `milieu doctor`.
#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// Ask only this running server.
    #[arg(long, value_name = "URL", conflicts_with_all = ["config", "data", "listen"])]
    server: Option<String>,
    #[command(flatten)]
    serve: ServeArgs,
    #[command(flatten)]
    output: FormatArgs,
}

pub(crate) fn run(args: &DoctorArgs) -> Result<ExitCode> {
    let checks = match &args.server {
        Some(server) => examine_server(server),
        None => match args.serve.settings() {
            Ok(settings) => examine(&settings)?,
            Err(error) => {
                let next = "correct it, then look with milieu config show --origin";
                vec![Check::fail("configuration", format!("{error:#}"), next)]
            }
        },
    };
    let worst = checks.iter().map(|check| check.state).max();
    let worst = worst.unwrap_or(State::Ok);
    if args.output.format == Format::Json {
        print_json(&json!({"state": worst, "checks": checks}))?;
    } else {
        print(&text(&checks))?;
    }
    Ok(match worst {
        State::Ok | State::Warn => ExitCode::SUCCESS,
        State::Fail => ExitCode::from(NEGATIVE),
    })
}

fn examine(settings: &Settings) -> Result<Vec<Check>> {
    let folder = &settings.data.value;
    let holder = find_holder(folder)?;
    let now = now();
    let mut checks = vec![examine_clock(now), examine_files()];
    checks.push(examine_disk(folder));
    checks.push(examine_port(settings.listen.value, &holder));
    checks.push(examine_knowledge(&*shipped_knowledge()?, today(now)));
    checks.extend(examine_folder(folder, &holder, now));
    if let Some(address) = Holder::address(&holder) {
        checks.extend(examine_server(address));
    }
    Ok(checks)
}

fn today(now: milieu_record::Instant) -> jiff::civil::Date {
    let now = jiff::Timestamp::from_microsecond(now.micros());
    let now = now.unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    jiff::tz::Offset::UTC.to_datetime(now).date()
}

fn text(checks: &[Check]) -> String {
    let coloured = colour::is_on(std::io::stdout().is_terminal());
    let mut out = String::new();
    for check in checks {
        let state = format!("{:<5}", word(&check.state));
        let state = match (coloured, check.state) {
            (false, _) => state,
            (true, State::Ok) => format!("\u{1b}[32m{state}\u{1b}[0m"),
            (true, State::Warn) => format!("\u{1b}[33m{state}\u{1b}[0m"),
            (true, State::Fail) => format!("\u{1b}[1;31m{state}\u{1b}[0m"),
        };
        let found = shown(&check.found);
        // Writing to a String cannot fail.
        let _ok = writeln!(out, "{state} {:<13}  {found}", check.name);
        if let Some(next) = &check.next {
            let _ok = writeln!(out, "{:>21}next: {}", "", shown(next));
        }
    }
    out
}
