//! Commands in documents exist: `make`, `cargo xtask`, and the program's own.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::markdown::{self, Code};
use crate::house::{House, root};

/// Says which documented commands nobody would find.
pub(crate) fn complaints(house: &House) -> Vec<String> {
    let program = match program() {
        Ok(program) => program,
        Err(error) => return vec![error],
    };
    let mut pages = BTreeMap::new();
    wrong(house, &mut |words| {
        let page = pages
            .entry(words.join(" "))
            .or_insert_with(|| help(&program, words));
        page.clone()
    })
}

/// Finds the program to ask: `MILIEU_BIN`, else a fresh build.
fn program() -> Result<PathBuf, String> {
    if let Some(program) = std::env::var_os("MILIEU_BIN") {
        return Ok(program.into());
    }
    let built = Command::new("cargo")
        .args(["build", "--quiet", "--package", "milieu-cli"])
        .current_dir(root())
        .status();
    if !built.is_ok_and(|status| status.success()) {
        return Err("milieu-cli does not build: no command can be checked".to_owned());
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("debug/milieu"))
}

/// Returns a command's help; `None` when there is no such command.
fn help(program: &PathBuf, words: &[&str]) -> Option<String> {
    let asked = Command::new(program)
        .args(words)
        .arg("--help")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&asked.stdout).into_owned();
    (asked.status.success() && !text.trim().is_empty()).then_some(text)
}

fn wrong(house: &House, help: &mut dyn FnMut(&[&str]) -> Option<String>) -> Vec<String> {
    let targets = house.text("Makefile").map(make_targets).unwrap_or_default();
    let mut complaints = Vec::new();
    for (path, text) in documents(house) {
        for Code { line, text } in markdown::code(text) {
            let problem = match text.split_once(' ') {
                Some(("make", rest)) => unknown_target(&targets, rest),
                Some(("cargo", rest)) => rest.strip_prefix("xtask ").and_then(unknown_task),
                Some(("milieu", rest)) => unknown_command(rest, help),
                _ => None,
            };
            complaints.extend(problem.map(|problem| format!("{path}:{line}: `{text}`: {problem}")));
        }
    }
    complaints
}

/// Documents for users; design records may name what is yet to come.
fn documents(house: &House) -> impl Iterator<Item = (&str, &str)> {
    house.below("", ".md").filter(|(path, _)| {
        let records = [
            "docs/decisions/",
            "docs/rules/",
            "packs/",
            "crates/",
            "CHANGELOG.md",
        ];
        !records.iter().any(|folder| path.starts_with(folder))
    })
}

fn make_targets(makefile: &str) -> Vec<&str> {
    makefile
        .lines()
        .filter(|line| !line.starts_with(['\t', '#', '.', ' ']))
        .filter_map(|line| line.split_once(':').map(|(names, _)| names))
        .flat_map(str::split_whitespace)
        .collect()
}

fn unknown_target(targets: &[&str], rest: &str) -> Option<String> {
    let wanted = rest
        .split_whitespace()
        .find(|word| !word.contains('=') && !word.starts_with('-'))?;
    (!targets.contains(&wanted)).then(|| format!("the Makefile has no target {wanted}"))
}

fn unknown_task(rest: &str) -> Option<String> {
    const TASKS: [&str; 6] = [
        "packs",
        "packs --check",
        "rules",
        "rules --check",
        "tidy",
        "tidy --report",
    ];
    (!TASKS.contains(&rest.trim())).then(|| "xtask has no such task".to_owned())
}

/// Asks the program for help with the command, and looks for its options there.
fn unknown_command(rest: &str, help: &mut dyn FnMut(&[&str]) -> Option<String>) -> Option<String> {
    let rest = rest
        .split([';', '|', '>', '#', '&'])
        .next()
        .unwrap_or_default();
    let all: Vec<&str> = rest.split_whitespace().collect();
    let is_name = |word: &&&str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    };
    let words: Vec<&str> = all.iter().take_while(is_name).copied().collect();
    let Some(page) = help(&words) else {
        return Some(format!("the program has no command {}", words.join(" ")));
    };
    let option = |word: &str| {
        word.split('=')
            .next()
            .unwrap_or_default()
            .trim_matches(['[', ']'])
            .to_owned()
    };
    let known = |option: &str| {
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '=' | '.' | '[' | ']' | '<');
        page.split(ends).any(|word| word == option)
    };
    let options = all
        .iter()
        .filter(|word| word.trim_start_matches('[').starts_with('-') && 1 < word.len());
    options
        .map(|word| option(word))
        .find(|option| !known(option))
        .map(|option| format!("milieu {} has no option {option}", words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAKEFILE: &str = ".PHONY: demo\ndemo test: scripts\n\t@true\n";

    fn of(document: &str) -> Vec<String> {
        let house = House::of([("README.md", document), ("Makefile", MAKEFILE)]);
        wrong(&house, &mut |words| match words {
            ["serve"] => Some("Options:\n  -l, --listen <ADDR>  where\n".to_owned()),
            ["market", "show"] => Some("Usage: milieu market show <MARKET>\n".to_owned()),
            _ => None,
        })
    }

    #[test]
    fn commands_that_exist_pass() {
        let document = "`make demo`, `make test JOBS=2`, `cargo xtask tidy --report`\n```sh\n\
                        milieu serve -l 127.0.0.1:0 # here\nmilieu market show ja-JP\n```\n";
        assert_eq!(of(document), Vec::<String>::new());
    }

    #[test]
    fn commands_and_options_that_do_not_exist_are_told() {
        let document =
            "`make tea`\n`cargo xtask sweep`\n```\nmilieu serv\nmilieu serve --port 1\n```\n";
        assert_eq!(
            of(document),
            [
                "README.md:1: `make tea`: the Makefile has no target tea",
                "README.md:2: `cargo xtask sweep`: xtask has no such task",
                "README.md:4: `milieu serv`: the program has no command serv",
                "README.md:5: `milieu serve --port 1`: milieu serve has no option --port",
            ]
        );
    }
}
