//! How far a finding may go on the strength of a claim.
//!
//! FIXME: the one place to ask `culture::grade` and `culture::may_block` once they
//! are on this branch; callers see only [`Weight`].

use milieu_culture::{Claim, ClaimState, Date, Direction, EvidenceKind, Read};

use crate::{Basis, Confidence, Outcome, Severity};

/// What a claim lets a finding be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) severity: Severity,
    pub(crate) confidence: Confidence,
    pub(crate) basis: Basis,
    pub(crate) outcome: Outcome,
}

/// Weighs a claim on a day; `None` for one that nobody holds any more.
pub(crate) fn weigh(claim: &Claim, as_of: Date) -> Option<Weight> {
    let severity = severity_ceiling(claim, as_of)?;
    let basis = basis(claim);
    let stale = claim.expires < as_of;
    let confidence = match severity {
        Severity::Info => Confidence::Possible,
        Severity::Warning => Confidence::Likely,
        Severity::Error if claim.state == ClaimState::Approved => Confidence::Likely,
        Severity::Error => Confidence::Certain,
    };
    let outcome = if stale || basis == Basis::Folklore {
        Outcome::Unsure
    } else {
        Outcome::Violation
    };
    Some(Weight {
        severity,
        confidence,
        basis,
        outcome,
    })
}

/// Returns the gravest severity a claim allows; `None` for a retired one.
///
/// Only law, standards and official calendars whose text was opened, and claims
/// that the workspace's experts approved, may be an error. Expired, contested
/// and unopened ones inform.
pub(crate) fn severity_ceiling(claim: &Claim, as_of: Date) -> Option<Severity> {
    let read = best_read(claim);
    let ceiling = match claim.state {
        ClaimState::Retired => return None,
        _ if claim.expires < as_of => Severity::Info,
        ClaimState::Approved => Severity::Error,
        ClaimState::Contested => Severity::Info,
        ClaimState::Proposed => match claim.kind {
            EvidenceKind::Law | EvidenceKind::Standard | EvidenceKind::OfficialCalendar => {
                match read {
                    Some(Read::Text) => Severity::Error,
                    Some(Read::Abstract | Read::Secondary) => Severity::Warning,
                    Some(Read::Recalled) | None => Severity::Info,
                }
            }
            EvidenceKind::MeasuredBehaviour
            | EvidenceKind::Experiment
            | EvidenceKind::Survey
            | EvidenceKind::Expert => match read {
                Some(Read::Text | Read::Abstract) => Severity::Warning,
                Some(Read::Secondary | Read::Recalled) | None => Severity::Info,
            },
            EvidenceKind::IndexScore | EvidenceKind::Press | EvidenceKind::Practitioner => {
                Severity::Info
            }
        },
    };
    Some(ceiling)
}

fn basis(claim: &Claim) -> Basis {
    let unopened = matches!(best_read(claim), Some(Read::Recalled) | None);
    if unopened && claim.state != ClaimState::Approved {
        return Basis::Folklore;
    }
    match claim.kind {
        EvidenceKind::Law => Basis::Law,
        EvidenceKind::Standard | EvidenceKind::OfficialCalendar => Basis::Standard,
        EvidenceKind::MeasuredBehaviour
        | EvidenceKind::Experiment
        | EvidenceKind::Survey
        | EvidenceKind::IndexScore => Basis::Research,
        EvidenceKind::Expert | EvidenceKind::Press | EvidenceKind::Practitioner => Basis::Practice,
    }
}

fn best_read(claim: &Claim) -> Option<Read> {
    claim
        .evidence
        .iter()
        .filter(|entry| entry.direction == Direction::Supports)
        .map(|entry| entry.read)
        .max()
}
