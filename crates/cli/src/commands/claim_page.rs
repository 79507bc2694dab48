//! A claim as a page of text: statement, grade, and every source.

use std::fmt::{Result, Write as _};

use milieu_culture::{Claim, Direction, Evidence, Evidenced as _, MarketId, Read, TerritoryId};

use super::claim::Graded;
use crate::output::word;

/// Writes a claim for people.
pub(super) fn text(graded: &Graded<'_>) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ok = write_claim(&mut out, graded);
    out
}

fn write_claim(out: &mut String, Graded { claim, grading }: &Graded<'_>) -> Result {
    writeln!(out, "{}\n{}\n", claim.id, claim.statement)?;
    writeln!(
        out,
        "  grade      {} ({})",
        word(&grading.grade),
        grading.confidence
    )?;
    for reason in &grading.reasons {
        writeln!(out, "             {reason}")?;
    }
    let state = if grading.contested { ", contested" } else { "" };
    writeln!(out, "  state      {}{state}", word(&claim.state))?;
    let expired = if grading.expired {
        " (passed: to be checked again)"
    } else {
        ""
    };
    writeln!(out, "  expires    {}{expired}", claim.expires)?;
    writeln!(out, "  facet      {}, {}", claim.facet, claim.key)?;
    writeln!(out, "  strength   {} of 3", u8::from(claim.strength))?;
    writeln!(out, "  sensitive  {}", word(&claim.sensitivity))?;
    write_scope(out, claim)?;
    if let Some(machine) = &claim.machine {
        writeln!(out, "  for rules  {} {}", machine.predicate, machine.value)?;
    }
    if let Some(counter) = &claim.counter {
        writeln!(out, "\nAgainst it, or limiting it:\n  {counter}")?;
    }
    for (direction, title) in [
        (Direction::Supports, "Evidence:"),
        (Direction::Contradicts, "Evidence against it:"),
    ] {
        let entries = claim
            .evidence
            .iter()
            .filter(|entry| entry.direction == direction);
        for (number, entry) in entries.enumerate() {
            if number == 0 {
                writeln!(out, "\n{title}")?;
            }
            write_evidence(out, claim, entry)?;
        }
    }
    Ok(())
}

fn write_scope(out: &mut String, claim: &Claim) -> Result {
    let scope = &claim.scope;
    let mut places: Vec<String> = scope.markets.iter().map(ToString::to_string).collect();
    let territory = |id: &TerritoryId| match id.as_str() {
        TerritoryId::WORLD => "everywhere".to_owned(),
        id => id.to_owned(),
    };
    places.extend(scope.territories.iter().map(territory));
    places.extend(scope.languages.iter().map(ToString::to_string));
    writeln!(out, "  holds in   {}", places.join(", "))?;
    if !scope.excludes.is_empty() {
        let except: Vec<&str> = scope.excludes.iter().map(MarketId::as_str).collect();
        writeln!(out, "  not in     {}", except.join(", "))?;
    }
    if !scope.context.is_empty() {
        writeln!(out, "  near       {}", scope.context.join(", "))?;
    }
    Ok(())
}

fn write_evidence(out: &mut String, claim: &Claim, entry: &Evidence) -> Result {
    writeln!(
        out,
        "  - {} ({}, {})",
        entry.title, entry.publisher, entry.date
    )?;
    writeln!(out, "    {}", entry.locator)?;
    let how = match entry.read {
        Read::Recalled => "source not yet opened",
        Read::Secondary => "quoted by another source",
        Read::Abstract => "abstract opened",
        Read::Text => "passage opened",
    };
    writeln!(
        out,
        "    {}, {how}: {}",
        word(&claim.kind_of(entry)),
        entry.seen
    )
}
