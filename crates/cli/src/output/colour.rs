//! Colours: on a terminal, unless somebody says otherwise.
//!
//! `--color` is stronger than `NO_COLOR` (no-color.org), which is stronger than
//! `CLICOLOR_FORCE` (bixense.com/clicolors); a terminal that is dumb gets none.

use std::io::IsTerminal as _;
use std::sync::OnceLock;

use clap::ValueEnum;

use crate::client::environment;

/// When text is coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, if the environment does not say otherwise.
    #[default]
    Auto,
    /// Also into files and pipes.
    Always,
    /// Never.
    Never,
}

static WHEN: OnceLock<When> = OnceLock::new();

/// What the environment says of colours.
#[derive(Debug, Default, Clone, Copy)]
struct Wishes {
    none: bool,
    forced: bool,
    dumb: bool,
}

/// Decides once for the whole run; later words change nothing.
pub(crate) fn set(when: When) {
    WHEN.get_or_init(|| when);
}

/// Tells whether colours go to an output that is, or is not, a terminal.
pub(crate) fn is_on(terminal: bool) -> bool {
    let wishes = Wishes {
        none: environment("NO_COLOR").is_some(),
        forced: environment("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
        dumb: environment("TERM").as_deref() == Some("dumb"),
    };
    decide(WHEN.get().copied().unwrap_or_default(), wishes, terminal)
}

fn decide(when: When, wishes: Wishes, terminal: bool) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if wishes.none => false,
        When::Auto if wishes.forced => true,
        When::Auto => terminal && !wishes.dumb,
    }
}

/// Writes the head of a table for stdout.
pub(super) fn head(text: &str) -> String {
    if is_on(std::io::stdout().is_terminal()) {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// Writes what begins an error, for stderr.
pub(crate) fn error_label() -> &'static str {
    if is_on(std::io::stderr().is_terminal()) {
        "\u{1b}[1;31merror:\u{1b}[0m"
    } else {
        "error:"
    }
}

/// Finds `--color` before anything else is read: what is wrong with the rest is told in
/// colour or not, too.
pub(crate) fn asked_for<'a>(mut arguments: impl Iterator<Item = &'a str>) -> When {
    let mut when = When::Auto;
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--color") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('='),
            None if argument == "--" => break,
            None => None,
        };
        let known = value.and_then(|value| When::from_str(value, false).ok());
        when = known.unwrap_or(when);
    }
    when
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_on_the_line_is_the_strongest() {
        let none = Wishes {
            none: true,
            ..Wishes::default()
        };
        let forced = Wishes {
            forced: true,
            ..Wishes::default()
        };
        assert!(decide(When::Always, none, false));
        assert!(!decide(When::Never, forced, true));
        assert!(!decide(When::Auto, none, true));
        assert!(decide(When::Auto, forced, false));
        assert!(decide(When::Auto, Wishes::default(), true));
        assert!(!decide(When::Auto, Wishes::default(), false));
        let both = Wishes {
            none: true,
            ..forced
        };
        assert!(!decide(When::Auto, both, true));
        let dumb = Wishes {
            dumb: true,
            ..Wishes::default()
        };
        assert!(!decide(When::Auto, dumb, true));
    }

    #[test]
    fn the_option_is_found_wherever_it_stands() {
        let asked = |line: &str| asked_for(line.split(' '));
        assert_eq!(asked("claim list --color never"), When::Never);
        assert_eq!(asked("--color=always claim list"), When::Always);
        assert_eq!(asked("claim list"), When::Auto);
        assert_eq!(asked("claim show -- --color never"), When::Auto);
    }
}
