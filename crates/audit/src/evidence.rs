//! How far a finding may go on the strength of a claim.
//!
//! The one place that asks [`grade`] and [`may_block`]; rules see only [`Weight`].

use milieu_culture::{
    Claim, ClaimState, Date, EvidenceKind, Evidenced, Grade, Grading, Read, grade, may_block,
};

use crate::{Basis, Confidence, Outcome, Severity};

/// What a claim lets a finding be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) severity: Severity,
    pub(crate) confidence: Confidence,
    pub(crate) basis: Basis,
    pub(crate) outcome: Outcome,
}

impl Weight {
    /// Orders weights: judgements before doubts, then by severity.
    pub(crate) fn rank(self) -> (bool, Severity) {
        (self.outcome == Outcome::Violation, self.severity)
    }
}

/// Weighs a claim on a day; `None` for one that nobody holds any more.
pub(crate) fn weigh(claim: &impl Evidenced, as_of: Date) -> Option<Weight> {
    if claim.state() == ClaimState::Retired {
        return None;
    }
    let grading = grade(claim, as_of);
    let severity = severity_ceiling(claim, &grading);
    let basis = basis(claim);
    let confidence = match severity {
        Severity::Info => Confidence::Possible,
        Severity::Warning => Confidence::Likely,
        Severity::Error if claim.state() == ClaimState::Approved => Confidence::Likely,
        Severity::Error => Confidence::Certain,
    };
    let outcome = if grading.expired || basis == Basis::Folklore {
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

/// Returns the gravest severity a claim allows.
///
/// It never passes the grade: D and C inform, B warns, and an A is an error only
/// where the claim may block. Expired claims inform, and so do contested ones that
/// the workspace's experts have not approved.
fn severity_ceiling(claim: &impl Evidenced, grading: &Grading) -> Severity {
    let disputed = grading.contested && claim.state() != ClaimState::Approved;
    if grading.expired || disputed {
        return Severity::Info;
    }
    match grading.grade {
        Grade::D | Grade::C => Severity::Info,
        Grade::A if may_block(claim, grading) => Severity::Error,
        Grade::A | Grade::B => Severity::Warning,
    }
}

/// Says what claims say, each with what speaks against it, and each once.
pub(crate) fn told<'c>(claims: impl IntoIterator<Item = &'c Claim>) -> String {
    let mut sentences: Vec<String> = Vec::new();
    for claim in claims {
        let counter = claim.counter.as_ref();
        let counter = counter.map(|counter| format!(" Against it: {counter}"));
        let sentence = claim.statement.clone() + &counter.unwrap_or_default();
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences.join(" ")
}

fn basis(claim: &impl Evidenced) -> Basis {
    let unopened = matches!(claim.best_read(), Some(Read::Recalled) | None);
    if unopened && claim.state() != ClaimState::Approved {
        return Basis::Folklore;
    }
    match claim.kind() {
        EvidenceKind::Law => Basis::Law,
        EvidenceKind::Standard | EvidenceKind::OfficialCalendar => Basis::Standard,
        EvidenceKind::MeasuredBehaviour
        | EvidenceKind::Experiment
        | EvidenceKind::Survey
        | EvidenceKind::IndexScore => Basis::Research,
        EvidenceKind::Expert | EvidenceKind::Press | EvidenceKind::Practitioner => Basis::Practice,
    }
}

#[cfg(test)]
mod tests {
    use milieu_culture::Direction;

    use super::*;

    fn claim(kind: EvidenceKind, read: Read) -> Claim {
        let text = serde_json::json!({
            "id": "test.claim", "facet": "law", "key": "test", "scope": {},
            "statement": "Test data.", "kind": kind, "strength": 2,
            "expires": "2026-12-31",
            "evidence": [{
                "title": "Test data", "publisher": "one", "date": "2026-11-24",
                "locator": "none", "read": read, "seen": "Test data.",
            }],
        });
        serde_json::from_value(text).unwrap()
    }

    fn severity_on(claim: &Claim, day: &str) -> Option<Severity> {
        weigh(claim, day.parse().unwrap()).map(|weight| weight.severity)
    }

    fn severity(claim: &Claim) -> Option<Severity> {
        severity_on(claim, "2026-11-24")
    }

    #[test]
    fn severity_never_passes_the_grade() {
        use EvidenceKind::{Experiment, Law, Practitioner, Press, Survey};
        for (kind, read, grade_of_it, expected) in [
            (Practitioner, Read::Text, Grade::D, Severity::Info),
            (Law, Read::Recalled, Grade::D, Severity::Info),
            (Press, Read::Text, Grade::C, Severity::Info),
            (Survey, Read::Text, Grade::B, Severity::Warning),
            (Law, Read::Secondary, Grade::B, Severity::Warning),
            (Experiment, Read::Text, Grade::A, Severity::Warning),
            (Law, Read::Abstract, Grade::A, Severity::Warning),
            (Law, Read::Text, Grade::A, Severity::Error),
        ] {
            let claim = claim(kind, read);
            let grading = grade(&claim, "2026-11-24".parse().unwrap());
            assert_eq!(grading.grade, grade_of_it, "{kind:?} {read:?}");
            assert_eq!(severity(&claim), Some(expected), "{kind:?} {read:?}");
        }
    }

    #[test]
    fn approval_lets_a_claim_block_but_not_pass_its_grade() {
        let mut measured = claim(EvidenceKind::Experiment, Read::Text);
        measured.state = ClaimState::Approved;
        assert_eq!(severity(&measured), Some(Severity::Error));
        let mut custom = claim(EvidenceKind::Practitioner, Read::Text);
        custom.state = ClaimState::Approved;
        assert_eq!(severity(&custom), Some(Severity::Info));
    }

    #[test]
    fn expired_and_contested_claims_inform_and_retired_ones_are_silent() {
        let mut law = claim(EvidenceKind::Law, Read::Text);
        assert_eq!(severity_on(&law, "2026-12-31"), Some(Severity::Error));
        assert_eq!(severity_on(&law, "2027-01-01"), Some(Severity::Info));
        law.state = ClaimState::Contested;
        assert_eq!(severity(&law), Some(Severity::Info));
        law.state = ClaimState::Retired;
        assert_eq!(severity(&law), None);

        // A weak voice against it leaves grade B, and yet the law is in dispute.
        let mut disputed = claim(EvidenceKind::Law, Read::Text);
        let mut against = disputed.evidence[0].clone();
        against.publisher = "two".to_owned();
        against.kind = Some(EvidenceKind::Practitioner);
        against.direction = Direction::Contradicts;
        disputed.evidence.push(against);
        assert_eq!(severity(&disputed), Some(Severity::Info));
        disputed.state = ClaimState::Approved;
        assert_eq!(severity(&disputed), Some(Severity::Warning));
    }
}
