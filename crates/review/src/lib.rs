//! Local people decide what is served: proposals, verdicts, and the audit trail.
//!
//! [`Approved`] is the type that oversight rests on. [`admit`] alone makes it, from a
//! content, the subject that stood for review, the verdicts of people, and the roster
//! of who may judge what. It has no public field and cannot be deserialized, so no
//! crate, key or model can make one from anything else:
//!
//! ```compile_fail
//! # use milieu_review::Approved;
//! # struct Banner;
//! fn forge(item: Banner) -> Approved<Banner> {
//!     Approved { item }
//! }
//! ```
//!
//! The honest way compiles, and refuses what nobody approved:
//!
//! ```
//! # use milieu_culture::{MarketId, Sensitivity};
//! # use milieu_record::{Digest, Digested, Instant};
//! # use milieu_review::*;
//! # struct Banner(MarketId);
//! # impl Digested for Banner {
//! #     fn digest(&self) -> Digest { Digest::of("doc", &[b"Gift"]) }
//! #     fn market(&self) -> &MarketId { &self.0 }
//! # }
//! fn honest(item: Banner, subject: &Subject, now: Instant) -> Result<Approved<Banner>, NotApproved> {
//!     admit(item, subject, &[], &Roster::default(), now)
//! }
//! # let banner = Banner("ja-JP".parse()?);
//! # let subject = Subject { kind: SubjectKind::Rendering, id: "1".into(), digest: banner.digest(),
//! #     market: banner.0.clone(), sensitivity: Sensitivity::None, origin: Origin::Machine,
//! #     author: PersonId::new("anna") };
//! assert!(honest(banner, &subject, Instant::default()).is_err());
//! # Ok::<(), milieu_culture::IdError>(())
//! ```
//!
//! The crate does not know what it reviews: a [`Subject`] is data.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod approved;
mod person;
mod standing;
mod subject;
mod trail;

pub use approved::{Approved, NotApproved, admit};
pub use person::{Grant, Person, PersonId, Role, Roster};
pub use standing::{Refusal, Standing, may_judge, standing};
pub use subject::{Choice, Origin, Subject, SubjectKind, Verdict};
pub use trail::{BrokenTrail, TrailBody, TrailEntry, link, verify};
