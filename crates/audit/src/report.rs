//! Reports: all that an audit has to say.

use milieu_culture::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Finding, Severity};

/// What an audit found, what it could not judge, and what was not read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AuditReport)]
pub struct Report {
    /// What rules judged to be wrong, in the order of files and places.
    pub findings: Vec<Finding>,
    /// Where rules could not tell; never a reason to stop a build.
    pub unsure: Vec<Finding>,
    /// What was found and is suppressed in the content, with the reason given there.
    pub suppressed: Vec<Suppressed>,
    /// What was not looked at, and why.
    pub skipped: Vec<Skip>,
}

/// A finding that somebody suppressed, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Suppressed {
    /// What was found.
    pub finding: Finding,
    /// The reason that was given.
    pub reason: String,
    /// The last day on which the suppression holds; none when it has no end.
    pub until: Option<Date>,
}

/// Says what was not looked at, why, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Skip {
    /// The file, with line and column where there is one, or the market or rule.
    pub subject: String,
    /// The reason.
    pub reason: String,
    /// The next step.
    pub hint: String,
}

impl Report {
    /// Adds the report of another campaign behind this one.
    pub fn join(&mut self, other: Self) {
        let Self {
            findings,
            unsure,
            suppressed,
            skipped,
        } = other;
        self.findings.extend(findings);
        self.unsure.extend(unsure);
        self.suppressed.extend(suppressed);
        self.skipped.extend(skipped);
        self.skipped.sort();
        self.skipped.dedup();
    }

    /// Returns the severity of the gravest finding; `None` when there is none.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// Tells whether a finding is at least as grave as a threshold.
    pub fn reaches(&self, threshold: Severity) -> bool {
        self.worst().is_some_and(|worst| threshold <= worst)
    }
}
