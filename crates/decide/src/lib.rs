//! Picks the approved rendering that a visitor gets, and says why.
//!
//! [`choose`] is one pure function over a [`Question`] and a [`Live`] snapshot: no
//! waiting, no I/O, no lock, nothing written. Only what people of the market approved
//! can be in the snapshot, because it holds `Approved<Rendering>`:
//!
//! ```compile_fail
//! # use milieu_content::Rendering;
//! # use milieu_decide::LiveArm;
//! # use milieu_record::{ArmNo, RenderingNo};
//! fn slip_in(rendering: Rendering) -> LiveArm {
//!     LiveArm::new(ArmNo(1), RenderingNo(1), true, Default::default(), rendering)
//! }
//! ```
//!
//! With the proof it compiles:
//!
//! ```
//! # use milieu_content::Rendering;
//! # use milieu_decide::LiveArm;
//! # use milieu_record::{ArmNo, RenderingNo};
//! # use milieu_review::Approved;
//! fn let_in(rendering: Approved<Rendering>) -> LiveArm {
//!     LiveArm::new(ArmNo(1), RenderingNo(1), true, Default::default(), rendering)
//! }
//! ```
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod choose;
mod explain;
mod hash;
mod live;
mod place;

pub use choose::{Chosen, Decision, Question, Withheld, choose};
pub use explain::{Blocked, Explanation, explain};
pub use hash::{Salt, draw_of, held_out};
pub use live::{
    ArmShare, Catalogue, Live, LiveArm, LiveMarket, LiveSlot, Policy, Quiet, QuietMode, Shares,
};
pub use place::{Context, Place, Places, Step, UnknownMarket};
