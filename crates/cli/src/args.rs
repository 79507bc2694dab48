//! What can be typed: the commands, their options, and examples of both.

use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::commands;
use crate::demo;
use crate::output::colour::{self, When};

const START: &str = "\
Examples:
  milieu audit site/ -m ja-JP,de-DE    what is wrong for these markets, and why
  milieu market show ja-JP             what is known about one, and how surely
  milieu demo                          a simulated shop to look at
  milieu serve                         the server, on the folder milieu-data

Exit codes: 0 well, 1 findings or a no, 2 a wrong call or something broken.";

/// Know a market with evidence, audit content before it ships, and learn what works where.
#[derive(Debug, Parser)]
#[command(name = "milieu", version, arg_required_else_help = true, after_help = START)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When text is coloured.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_possible_values = true,
        help = "Colour text: auto, always or never"
    )]
    color: When,
}

/// All commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Audit files and folders for markets.
    #[command(after_help = AUDIT)]
    Audit(commands::audit::AuditArgs),
    /// Show the page of an audit rule.
    #[command(after_help = EXPLAIN)]
    Explain(commands::explain::ExplainArgs),
    /// Show what is known about markets.
    #[command(after_help = MARKET)]
    Market(commands::market::MarketArgs),
    /// Show claims with their evidence.
    #[command(after_help = CLAIM)]
    Claim(commands::claim::ClaimArgs),
    /// Show the days that markets keep.
    Calendar(commands::calendar::CalendarArgs),
    /// Apply and list slots.
    #[command(after_help = SLOT)]
    Slot(commands::slot::SlotArgs),
    /// Review what waits; only with a person's login.
    #[command(after_help = REVIEW)]
    Review(commands::review::ReviewArgs),
    /// Report a metric of a slot by market.
    #[command(after_help = REPORT)]
    Report(commands::report::ReportArgs),
    /// Switch quiet mode for markets in mourning or crisis.
    #[command(after_help = QUIET)]
    Quiet(commands::quiet::QuietArgs),
    /// Explain a decision.
    Decision(commands::decision::DecisionArgs),
    /// Make, list and withdraw keys of programs.
    #[command(after_help = KEY)]
    Key(commands::key::KeyArgs),
    /// Add and list people.
    #[command(after_help = USER)]
    User(commands::user::UserArgs),
    /// Read and verify the audit trail.
    #[command(after_help = TRAIL)]
    Trail(commands::trail::TrailArgs),
    /// Show and set the workspace.
    #[command(after_help = WORKSPACE)]
    Workspace(commands::workspace::WorkspaceArgs),
    /// Log in at a server, and keep its token.
    #[command(after_help = LOGIN)]
    Login(commands::login::LoginArgs),
    /// Log out of a server.
    Logout(commands::login::LogoutArgs),
    /// Show who asks.
    Whoami(commands::login::WhoamiArgs),
    /// Run the server on a data folder.
    #[command(after_help = SERVE)]
    Serve(commands::serve::ServeArgs),
    /// Run a simulated shop: a server with content, reviews and visitors.
    #[command(after_help = DEMO)]
    Demo(demo::DemoArgs),
    /// Print the API as an OpenAPI 3.1 document.
    #[command(after_help = OPENAPI)]
    Openapi(commands::openapi::OpenapiArgs),
    /// Write the whole workspace into one file, also while its server runs.
    #[command(after_help = BACKUP)]
    Backup(commands::backup::BackupArgs),
    /// Make a data folder from a backup.
    #[command(after_help = RESTORE)]
    Restore(commands::restore::RestoreArgs),
    /// Look at an installation for trouble; changes nothing.
    #[command(after_help = DOCTOR)]
    Doctor(commands::doctor::DoctorArgs),
    /// Show what the server would run with.
    #[command(after_help = CONFIG)]
    Config(commands::config::ConfigArgs),
    /// Write the completions of a shell.
    #[command(after_help = COMPLETIONS)]
    Completions(commands::completions::CompletionsArgs),
    /// Write pages for man.
    #[command(after_help = MAN)]
    Man(commands::man::ManArgs),
}

const AUDIT: &str = "\
Examples:
  milieu audit mail.html -m ja-JP
  milieu audit site/ -m ja-JP,ar-SA --fail-on error --format json";
const EXPLAIN: &str = "Examples:\n  milieu explain COL001";
const MARKET: &str = "Examples:\n  milieu market list\n  milieu market show ja-JP --format json";
const CLAIM: &str =
    "Examples:\n  milieu claim list -m ja-JP\n  milieu claim list -m ja-JP --format json";
const SLOT: &str = "Examples:\n  milieu slot apply slots.toml --login anna\n  milieu slot list";
const REVIEW: &str = "\
Examples:
  milieu review list
  milieu review approve 12 --login haruka";
const REPORT: &str = "Examples:\n  milieu report ctr home.hero --format json";
const QUIET: &str = "\
Examples:
  milieu quiet on JP --until 2026-11-30T00:00:00+09:00 --reason mourning
  milieu quiet off JP";
const KEY: &str = "Examples:\n  milieu key make server --label shop\n  milieu key list";
const USER: &str = "Examples:\n  milieu user add haruka --role reviewer:ja-JP";
const TRAIL: &str = "Examples:\n  milieu trail verify\n  milieu trail list --after 100";
const WORKSPACE: &str = "Examples:\n  milieu workspace set --name Shop --markets ja-JP,de-DE";
const LOGIN: &str = "\
Examples:
  milieu login --name anna
  milieu login https://milieu.example --name anna
  milieu whoami --server https://milieu.example";
const SERVE: &str = "\
Examples:
  milieu serve
  milieu serve --config /etc/milieu/milieu.toml
  milieu config show --origin --config /etc/milieu/milieu.toml

SIGTERM or Ctrl-C stops it once open requests have ended; a second one ends the notice.";
const DEMO: &str = "Examples:\n  milieu demo\n  milieu demo --format json --visitors 0";
const OPENAPI: &str = "Examples:\n  milieu openapi";
const BACKUP: &str = "\
Examples:
  milieu backup shop.milieu --server http://127.0.0.1:8080 --login anna
  milieu backup shop.milieu --data milieu-data

The file holds the secret that signs decisions: keep it as you keep passwords.";
const RESTORE: &str = "\
Examples:
  milieu restore shop.milieu --data restored
  milieu restore shop.milieu --check

People log in again afterwards, and keys withdrawn since the backup are valid again.";
const DOCTOR: &str = "\
Examples:
  milieu doctor
  milieu doctor --config /etc/milieu/milieu.toml
  milieu doctor --server http://127.0.0.1:8080 --format json

Exit code 1 when something fails; what nobody holds is copied, and the copy opened.";
const CONFIG: &str = "\
Examples:
  milieu config show --origin
  milieu config show --config milieu.toml --format json";
const COMPLETIONS: &str = "\
Examples:
  milieu completions bash
  milieu completions zsh
  milieu completions fish

Bash reads them from ~/.local/share/bash-completion/completions/milieu, fish from
~/.config/fish/completions/milieu.fish, zsh from a file _milieu in a folder of $fpath.";
const MAN: &str = "Examples:\n  milieu man\n  milieu man --into man1";

impl Args {
    /// Reads the command line; what is wrong with it is told, and ends the program.
    pub(crate) fn read() -> Self {
        let typed: Vec<String> = std::env::args_os()
            .map(|argument| argument.to_string_lossy().into_owned())
            .collect();
        let when = colour::asked_for(typed.iter().map(String::as_str));
        colour::set(when);
        let choice = match when {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        };
        let matches = Self::command().color(choice).get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

#[cfg(test)]
mod tests {
    use clap::Command;

    use super::*;

    /// Commands that print no result, and why.
    const WITHOUT_FORMAT: [(&str, &str); 11] = [
        ("milieu completions", "prints a script for a shell"),
        ("milieu man", "prints a page for man"),
        ("milieu openapi", "prints JSON and nothing else"),
        ("milieu serve", "runs until it is stopped"),
        ("milieu login", "says on stderr that it is done"),
        ("milieu logout", "says on stderr that it is done"),
        ("milieu key revoke", "says on stderr that it is done"),
        ("milieu quiet on", "says on stderr that it is done"),
        ("milieu quiet off", "says on stderr that it is done"),
        ("milieu user add", "says on stderr that it is done"),
        ("milieu workspace set", "says on stderr that it is done"),
    ];

    /// Calls `look` for every command that does something, with its full name.
    fn each(command: &Command, name: &str, look: &mut dyn FnMut(&str, &Command)) {
        let below = || {
            command
                .get_subcommands()
                .filter(|below| below.get_name() != "help")
        };
        if below().next().is_none() {
            look(name, command);
        }
        for one in below() {
            each(one, &format!("{name} {}", one.get_name()), look);
        }
    }

    #[test]
    fn the_commands_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_command_with_a_result_gives_it_as_json() {
        let mut without = Vec::new();
        each(&Args::command(), "milieu", &mut |name, command| {
            let format = command
                .get_arguments()
                .find(|argument| argument.get_id() == "format");
            let json = format.is_some_and(|format| {
                let values = format.get_possible_values();
                values.iter().any(|value| value.get_name() == "json")
            });
            if !json {
                without.push(name.to_owned());
            }
        });
        without.sort();
        let mut known: Vec<&str> = WITHOUT_FORMAT.iter().map(|(name, _)| *name).collect();
        known.sort_unstable();
        assert_eq!(without, known);
    }

    #[test]
    fn every_example_can_be_typed() {
        let mut examples = 0;
        let mut check = |command: &Command| {
            let help = command.get_after_help().map(ToString::to_string);
            for line in help.unwrap_or_default().lines() {
                let Some(typed) = line.strip_prefix("  milieu ") else {
                    continue;
                };
                let typed = typed.split("  ").next().unwrap_or_default();
                let words = ["milieu"].into_iter().chain(typed.split(' '));
                if let Err(error) = Args::try_parse_from(words) {
                    panic!("milieu {typed}: {error}");
                }
                examples += 1;
            }
        };
        let command = Args::command();
        check(&command);
        command.get_subcommands().for_each(&mut check);
        assert!(30 < examples, "{examples}");
    }
}
