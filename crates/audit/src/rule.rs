//! What every rule has: a code, a page, and one function.

use std::ops::Range;

use milieu_content::{Declared, Passage};
use milieu_culture::ClaimId;

use crate::scene::Scene;
use crate::{Area, Basis, Confidence, Outcome, Severity};

/// A check of the audit.
#[derive(Debug)]
pub struct Rule {
    /// Family and number; never used again for another rule.
    pub code: &'static str,
    /// The problem it flags, in kebab case.
    pub name: &'static str,
    /// What it is about.
    pub area: Area,
    /// The gravest severity it uses; the claim behind a finding may allow less.
    pub severity: Severity,
    /// The version that brought it.
    pub since: &'static str,
    /// The rule's file; the page is its doc comment.
    pub(crate) source: &'static str,
    /// Checks one market.
    pub(crate) check: for<'c> fn(&Scene<'c>) -> Vec<Draft<'c>>,
}

/// What a rule points at.
#[derive(Debug, Clone)]
pub(crate) enum Spot<'c> {
    /// A part of a passage's text.
    Passage(&'c Passage, Range<usize>),
    /// A value that the manifest declares.
    Declared(&'c Declared),
}

/// What a rule says of a place; `run` makes a finding of it.
#[derive(Debug)]
pub(crate) struct Draft<'c> {
    pub(crate) at: Spot<'c>,
    pub(crate) severity: Severity,
    pub(crate) confidence: Confidence,
    pub(crate) basis: Basis,
    pub(crate) outcome: Outcome,
    pub(crate) message: String,
    pub(crate) why: String,
    pub(crate) advice: Vec<String>,
    pub(crate) claims: Vec<ClaimId>,
}
