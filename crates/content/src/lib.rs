//! What is personalized, as it was written: slots, variants, renderings, and files.
//!
//! This crate reads content with byte-exact spans and never judges it.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod slot;
mod slot_file;

pub use slot::{
    Attribute, Exposed, Horizon, Occasion, Rendering, Slot, SlotType, TypeMismatch, Variant,
    canonical_json,
};
pub use slot_file::{SlotFileError, read_slots};
