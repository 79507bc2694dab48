//! Where a subject stands, from its verdicts alone.

use milieu_record::Instant;
use serde::Serialize;

use crate::{Choice, Origin, PersonId, Role, Roster, Subject, Verdict};

/// Where a subject stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// More approvals are needed.
    Waiting {
        /// How many more.
        needed: usize,
    },
    /// It may be served.
    Approved {
        /// Who approved it.
        by: Vec<PersonId>,
        /// Whether its own author stands for it, in a workspace of one.
        attested: bool,
        /// When the first of the needed approvals runs out.
        until: Option<Instant>,
    },
    /// A reviewer said no.
    Rejected {
        /// Who.
        by: PersonId,
    },
    /// It was approved once and is no longer.
    Revoked {
        /// Who.
        by: PersonId,
    },
}

/// Why a person may not judge a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Refusal {
    /// Four eyes: nobody approves what they brought in.
    #[error("nobody approves their own work: ask another reviewer of this market")]
    OwnWork,
    /// The person is no reviewer of the market.
    #[error("only reviewers of this market decide: ask an owner for the role")]
    NotYourMarket,
    /// The person has already approved it.
    #[error("you have already approved this: another reviewer must decide")]
    AlreadyDecided,
}

/// Tells whether a person may say something about a subject, and if not, why.
///
/// Rejecting or revoking one's own work is allowed: it only makes things safer.
pub fn may_judge(
    subject: &Subject,
    verdicts: &[Verdict],
    roster: &Roster,
    person: &PersonId,
    choice: Choice,
) -> Result<(), Refusal> {
    let reviewer = roster
        .active(person)
        .is_some_and(|person| person.has_in(Role::Reviewer, &subject.market));
    if !reviewer {
        return Err(Refusal::NotYourMarket);
    }
    if choice != Choice::Approve {
        return Ok(());
    }
    let alone = subject.origin == Origin::Human && roster.attests_alone(person);
    if *person == subject.author && !alone {
        return Err(Refusal::OwnWork);
    }
    let current = since_last_no(subject, verdicts);
    if current
        .iter()
        .any(|verdict| verdict.by == *person && verdict.choice == Choice::Approve)
    {
        return Err(Refusal::AlreadyDecided);
    }
    Ok(())
}

/// Computes where a subject stands from the verdicts on exactly its content.
///
/// A later rejection or revocation beats earlier approvals. An approval counts when
/// its giver is a reviewer of the market today, is not the author (except alone), and
/// it has not run out.
pub fn standing(
    subject: &Subject,
    verdicts: &[Verdict],
    roster: &Roster,
    now: Instant,
) -> Standing {
    let current = since_last_no(subject, verdicts);
    let counts = |verdict: &&&Verdict| {
        let reviewer = roster
            .active(&verdict.by)
            .is_some_and(|person| person.has_in(Role::Reviewer, &subject.market));
        let alone = subject.origin == Origin::Human && roster.attests_alone(&verdict.by);
        let eyes = verdict.by != subject.author || alone;
        reviewer && eyes && verdict.expires.is_none_or(|end| now < end)
    };
    let approvals: Vec<&Verdict> = current.iter().filter(counts).copied().collect();
    let mut by: Vec<PersonId> = approvals.iter().map(|verdict| verdict.by.clone()).collect();
    by.sort();
    by.dedup();
    let attested = by.contains(&subject.author);
    // A workspace of one cannot give a second approval; its label says so.
    let needed = if attested {
        1
    } else {
        subject.approvals_needed()
    };
    if needed <= by.len() {
        let until = approvals.iter().filter_map(|verdict| verdict.expires).min();
        return Standing::Approved {
            by,
            attested,
            until,
        };
    }
    match last_no(subject, verdicts) {
        Some(verdict) if by.is_empty() => match verdict.choice {
            Choice::Reject => Standing::Rejected {
                by: verdict.by.clone(),
            },
            Choice::Revoke | Choice::Approve => Standing::Revoked {
                by: verdict.by.clone(),
            },
        },
        _ => Standing::Waiting {
            needed: needed.saturating_sub(by.len()),
        },
    }
}

fn on_content<'v>(
    subject: &Subject,
    verdicts: &'v [Verdict],
) -> impl DoubleEndedIterator<Item = (usize, &'v Verdict)> {
    let digest = subject.digest;
    verdicts
        .iter()
        .enumerate()
        .filter(move |(_, verdict)| verdict.digest == digest)
}

fn last_no<'v>(subject: &Subject, verdicts: &'v [Verdict]) -> Option<&'v Verdict> {
    on_content(subject, verdicts)
        .rev()
        .map(|(_, verdict)| verdict)
        .find(|verdict| verdict.choice != Choice::Approve)
}

/// Returns the approvals given after the last rejection or revocation.
fn since_last_no<'v>(subject: &Subject, verdicts: &'v [Verdict]) -> Vec<&'v Verdict> {
    let start = on_content(subject, verdicts)
        .rev()
        .find(|(_, verdict)| verdict.choice != Choice::Approve)
        .map_or(0, |(index, _)| index + 1);
    on_content(subject, verdicts)
        .filter(|(index, _)| start <= *index)
        .map(|(_, verdict)| verdict)
        .collect()
}
