//! `docs/cli.md`: every command and option, written from what can be typed.
//!
//! `MILIEU_WRITE=1 cargo test -p milieu-cli reference` writes it anew.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory as _};

use crate::args::Args;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");

const START: &str = "\
# Commands

Written from the program: `MILIEU_WRITE=1 cargo test -p milieu-cli reference` writes this page anew.

stdout carries data, stderr talk. Exit codes: 0 well, 1 findings or a negative answer, 2 a wrong call or something broken. `milieu audit --help` says
what this page does, with examples; `milieu completions SHELL` and `milieu man` bring it to your shell.

These options mean the same everywhere and are not repeated below:

| option | what |
|---|---|
| `--data DIR` | the data folder; else `MILIEU_DATA`, else `milieu-data` |
| `--server URL` | a running server instead; else `MILIEU_SERVER`. It is asked with `MILIEU_TOKEN`, or the token of `milieu login` |
| `--login NAME` | ask as this person; the password is asked for, or read from stdin |
| `--format FORMAT` | `text` for people, `json` for programs, and what else a command names |
| `--color WHEN` | `auto`, `always` or `never`; `auto` obeys `NO_COLOR` and `CLICOLOR_FORCE`, and colours terminals only |

";

/// Options that the start of the page tells.
const EVERYWHERE: [&str; 7] = [
    "data", "server", "login", "format", "color", "help", "version",
];

fn page() -> String {
    let mut command = Args::command();
    command.build();
    let mut out = START.to_owned();
    // Writing to a String cannot fail.
    let _ok = write_below(&mut out, &command);
    let end = out.trim_end().len();
    out.truncate(end);
    out.push('\n');
    out
}

fn write_below(out: &mut String, command: &Command) -> std::fmt::Result {
    for below in command.get_subcommands() {
        if below.get_name() == "help" || below.is_hide_set() {
            continue;
        }
        if below.get_subcommands().next().is_none() {
            write_command(out, &mut below.clone())?;
        } else {
            write_below(out, below)?;
        }
    }
    Ok(())
}

fn write_command(out: &mut String, command: &mut Command) -> std::fmt::Result {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let usage: Vec<&str> = usage.split_whitespace().collect();
    let name = command.get_bin_name().unwrap_or_default().to_owned();
    let about = command.get_about().map(ToString::to_string);
    writeln!(out, "## {name}")?;
    writeln!(out, "{}.\n", about.unwrap_or_default())?;
    writeln!(out, "```sh\n{}\n```", usage.join(" "))?;
    let told = command
        .get_arguments()
        .filter(|argument| !EVERYWHERE.contains(&argument.get_id().as_str()));
    for argument in told {
        write_argument(out, argument)?;
    }
    writeln!(out)
}

fn write_argument(out: &mut String, argument: &Arg) -> std::fmt::Result {
    let value = argument
        .get_value_names()
        .filter(|_| argument.get_action().takes_values())
        .map(|names| names.join(" "))
        .unwrap_or_default();
    let name = match (argument.get_long(), argument.get_short()) {
        (Some(long), Some(short)) => format!("-{short}, --{long} {value}"),
        (Some(long), None) => format!("--{long} {value}"),
        (None, Some(short)) => format!("-{short} {value}"),
        (None, None) => value,
    };
    let help = argument.get_help().map(ToString::to_string);
    let help = help.unwrap_or_default().replace('|', "\\|");
    write!(out, "- `{}`: {help}", name.trim())?;
    let values = argument.get_possible_values();
    let values: Vec<String> = values
        .iter()
        .filter(|_| argument.get_action().takes_values())
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    if !values.is_empty() {
        write!(out, " ({})", values.join(", "))?;
    }
    writeln!(out)
}

#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "the page is a file of this repository"
)]
fn the_page_of_commands_is_what_can_be_typed() {
    let page = page();
    if crate::client::environment("MILIEU_WRITE").is_some() {
        std::fs::write(FILE, page).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        kept == page,
        "docs/cli.md is not what can be typed: MILIEU_WRITE=1 cargo test -p milieu-cli reference"
    );
}
