//! The proof that local people approved a content.

use milieu_record::{Digested, Instant};

use crate::standing::{Standing, standing};
use crate::{PersonId, Roster, Subject, Verdict};

/// A content that people of its market approved; see the crate's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Approved<T> {
    item: T,
    by: Vec<PersonId>,
    attested: bool,
    until: Option<Instant>,
}

impl<T> Approved<T> {
    /// Returns the content.
    pub fn get(&self) -> &T {
        &self.item
    }

    /// Returns who approved it.
    pub fn by(&self) -> &[PersonId] {
        &self.by
    }

    /// Tells whether only its author stands for it, in a workspace of one.
    pub fn is_attested(&self) -> bool {
        self.attested
    }

    /// Returns when the approval runs out.
    pub fn until(&self) -> Option<Instant> {
        self.until
    }

    /// Tells whether the approval still holds.
    pub fn holds(&self, now: Instant) -> bool {
        self.until.is_none_or(|end| now < end)
    }
}

/// Why a content is not approved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotApproved {
    /// The content is not the one that was judged.
    #[error("the content of {0} is not the one that stood for review: review it again")]
    OtherContent(String),
    /// The subject was judged for another market.
    #[error("{0} was reviewed for {1}, which is not its market")]
    OtherMarket(String, String),
    /// Not enough approvals, or a no.
    #[error("{0} is not approved: {1:?}")]
    Standing(String, Standing),
}

/// Makes a content servable, when its verdicts say so: the only way there is.
pub fn admit<T: Digested>(
    item: T,
    subject: &Subject,
    verdicts: &[Verdict],
    roster: &Roster,
    now: Instant,
) -> Result<Approved<T>, NotApproved> {
    if item.digest() != subject.digest {
        return Err(NotApproved::OtherContent(subject.id.clone()));
    }
    if item.market() != &subject.market {
        return Err(NotApproved::OtherMarket(
            subject.id.clone(),
            subject.market.to_string(),
        ));
    }
    match standing(subject, verdicts, roster, now) {
        Standing::Approved {
            by,
            attested,
            until,
        } => Ok(Approved {
            item,
            by,
            attested,
            until,
        }),
        other => Err(NotApproved::Standing(subject.id.clone(), other)),
    }
}
