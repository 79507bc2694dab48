//! A proposal as a page of text, and many as a table.

use std::fmt::{Result, Write as _};

use serde::Deserialize;
use serde_json::Value;

use crate::output::{Table, shown};

/// A proposal, as the API tells it.
#[derive(Debug, Deserialize)]
pub(super) struct Review {
    pub(super) id: i64,
    pub(super) state: String,
    pub(super) subject: Subject,
    pub(super) slot: String,
    pub(super) variant: String,
    generic: bool,
    content: Value,
    baseline: Option<Value>,
    pub(super) needed: usize,
    attested: bool,
    verdicts: Vec<Said>,
    can_decide: bool,
    why_not: Option<String>,
    created_at: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Subject {
    pub(super) digest: String,
    pub(super) market: String,
    sensitivity: String,
    origin: String,
    author: String,
}

#[derive(Debug, Deserialize)]
struct Said {
    by: String,
    verdict: String,
    reason: String,
    at: String,
}

/// Writes many proposals.
pub(super) fn table(reviews: &[Review]) -> String {
    let head = [
        "ID>", "STATE", "MARKET", "SLOT", "VARIANT", "AUTHOR", "ORIGIN", "NEEDED>", "CONTENT",
    ];
    let mut table = Table::new(&head);
    for review in reviews {
        table.row([
            &review.id.to_string(),
            &review.state,
            &review.subject.market,
            &review.slot,
            &name(review),
            &review.subject.author,
            &review.subject.origin,
            &review.needed.to_string(),
            &short(&review.content),
        ]);
    }
    table.text()
}

fn name(review: &Review) -> String {
    let mark = if review.generic { "*" } else { "" };
    format!("{}{mark}", review.variant)
}

/// The most characters of a content in a table.
const SHORT: usize = 60;

fn short(content: &Value) -> String {
    let text = match content {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() <= SHORT {
        return text;
    }
    text.chars().take(SHORT).chain(['…']).collect()
}

/// Writes one proposal.
pub(super) fn page(review: &Review) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ok = write_page(&mut out, review);
    out
}

fn write_page(out: &mut String, review: &Review) -> Result {
    let subject = &review.subject;
    let generic = if review.generic {
        " (the generic baseline)"
    } else {
        ""
    };
    writeln!(
        out,
        "review {}: {}\n\n  slot       {}\n  variant    {}{generic}\n  market     {}",
        review.id,
        review.state,
        shown(&review.slot),
        shown(&review.variant),
        subject.market
    )?;
    writeln!(
        out,
        "  written by {} ({}), {}\n  sensitive  {}",
        shown(&subject.author),
        subject.origin,
        review.created_at,
        subject.sensitivity
    )?;
    match (&*review.state, review.needed, review.attested) {
        (_, 0, true) => writeln!(out, "  approvals  attested by its author alone")?,
        (_, 0, false) => {}
        (_, needed, _) => writeln!(out, "  approvals  {needed} needed")?,
    }
    writeln!(out, "  digest     {}\n\ncontent", subject.digest)?;
    write_content(out, &review.content)?;
    if let Some(baseline) = &review.baseline {
        writeln!(out, "\ngeneric baseline of this market")?;
        write_content(out, baseline)?;
    }
    if !review.verdicts.is_empty() {
        writeln!(out, "\nsaid so far")?;
    }
    for said in &review.verdicts {
        let reason = if said.reason.is_empty() {
            String::new()
        } else {
            format!(": {}", shown(&said.reason))
        };
        writeln!(
            out,
            "  {} {} {}{reason}",
            said.at,
            shown(&said.by),
            said.verdict
        )?;
    }
    match &review.why_not {
        Some(why) if !review.can_decide => {
            writeln!(out, "\nyou cannot approve this: {}", shown(why))
        }
        _ => Ok(()),
    }
}

/// Writes each line of a content by itself, so that nothing in it looks like ours.
fn write_content(out: &mut String, content: &Value) -> Result {
    let text = match content {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    };
    for line in text.split('\n') {
        writeln!(out, "  | {}", shown(line))?;
    }
    Ok(())
}
