//! Reports: all that an audit has to say.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{Finding, Severity};

/// What an audit found, what it could not judge, and what was not read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AuditReport)]
pub struct Report {
    /// What rules judged to be wrong, in the order of files and places.
    pub findings: Vec<Finding>,
    /// Where rules could not tell; never a reason to stop a build.
    pub unsure: Vec<Finding>,
    /// What was not looked at, and why.
    pub skipped: Vec<Skip>,
}

/// Says what was not looked at, why, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct Skip {
    /// The file, with line and column where there is one, or the market or rule.
    pub subject: String,
    /// The reason.
    pub reason: String,
    /// The next step.
    pub hint: String,
}

impl Report {
    /// Returns the severity of the gravest finding; `None` when there is none.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// Tells whether a finding is at least as grave as a threshold.
    pub fn reaches(&self, threshold: Severity) -> bool {
        self.worst().is_some_and(|worst| threshold <= worst)
    }
}
