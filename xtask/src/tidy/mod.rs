//! House tests: what must hold of the repository as a whole.

mod changelog;
mod clippy;
mod commands;
mod decisions;
mod floors;
mod links;
mod machines;
mod manifest;
mod markdown;
mod notes;
mod rule_pages;
mod sizes;

use anyhow::{bail, ensure};

use crate::house::House;
use crate::packs;

/// A house test: its name, and what says all that is wrong.
type Check = (&'static str, fn(&House) -> Vec<String>);

const CHECKS: &[Check] = &[
    ("floors: crates import only from below", floors::complaints),
    ("sizes: files and functions stay small", sizes::complaints),
    (
        "clippy: ground and craft crates do no I/O",
        clippy::complaints,
    ),
    ("rules: every rule has its page", rule_pages::complaints),
    ("packs: valid, and baked afresh", baked_packs),
    ("commands: documented commands exist", commands::complaints),
    ("links: what documents name exists", links::complaints),
    (
        "machines: no paths or hosts of one machine",
        machines::complaints,
    ),
    (
        "notes: nothing is left to do without an issue",
        notes::complaints,
    ),
    (
        "changelog: the version has its entry",
        changelog::complaints,
    ),
    ("decisions: numbered and complete", decisions::complaints),
];

/// Runs every house test, and fails when one does.
pub(crate) fn run(house: &House) -> anyhow::Result<()> {
    let mut failed = 0;
    for (name, complaints) in CHECKS {
        let found = complaints(house);
        println!("{} {name}", if found.is_empty() { "ok  " } else { "FAIL" });
        for complaint in &found {
            println!("       {complaint}");
        }
        failed += usize::from(!found.is_empty());
    }
    println!("tidy: {} passed, {failed} failed", CHECKS.len() - failed);
    ensure!(failed == 0, "{failed} house tests failed");
    Ok(())
}

/// Prints the table of floors and the sizes of files and functions.
pub(crate) fn report(house: &House) -> anyhow::Result<()> {
    print!("{}\n{}", floors::report(house), sizes::report(house));
    let found = floors::complaints(house);
    if !found.is_empty() {
        bail!("{}", found.join("\n"));
    }
    Ok(())
}

fn baked_packs(_: &House) -> Vec<String> {
    packs::check()
        .err()
        .map(|error| format!("{error:#}"))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_checks_have_one_name() {
        let mut names: Vec<_> = CHECKS.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CHECKS.len());
    }
}
