//! The use cases of Milieu, one file each, over one workspace.
//!
//! [`Engine`] holds a data folder and publishes one immutable snapshot behind one
//! pointer; `journeys` are what people and programs do with it. No HTTP, no terminal.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod clock;
mod engine;
mod error;
pub mod journeys;
mod key_ring;
mod knowledge;
mod learner;
mod learner_file;
mod principal;
mod publish;
mod secrets;
mod vitals;

pub use clock::{now, today};
pub use engine::{Engine, Workspace};
pub use error::{EngineError, Kind};
pub use knowledge::shipped_knowledge;
pub use milieu_store::{Latency, LatencyCounts, Manifest};
pub use principal::{KeyKind, Principal};
pub use vitals::Vitals;
