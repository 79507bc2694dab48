//! What is personalized: campaigns, files, passages, messages, slots and variants.
//!
//! A **campaign** is content with a purpose: files, read into **passages**. A
//! passage is one piece of text with its role, its locale and a map from each
//! place in the text to the bytes of the file that say it, so that whatever
//! is found in a text can be shown where it stands. This crate judges nothing
//! and reads no disk: files arrive as bytes.
//!
//! # Examples
//! ```
//! use milieu_content::{Campaign, Input, Options};
//! let input = Input::new("shop/en-US.json", br#"{"cart.title": "Your \u0063art"}"#.to_vec());
//! let campaign = Campaign::read(vec![input], &Options::default());
//! let passage = &campaign.passages[0];
//! assert_eq!(passage.text, "Your cart");
//! assert_eq!(passage.bytes(0..9), 16..30);
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

mod campaign;
pub mod format;
mod manifest;
pub mod message;
mod passage;
mod places;
mod slot;
mod slot_file;
mod smallest_effect;
mod suppression;

pub use campaign::{Campaign, Input, Options, Pair, SourceFile, is_read};
pub use format::{Limits, Skipped, SkippedBecause};
pub use manifest::{
    Asset, Category, Channel, Days, Declared, DeclaredText, LocalTime, MANIFEST, Manifest, Pattern,
    PatternError,
};
pub use passage::{Locale, Passage, Role, SourceMap};
pub use places::Places;
pub use slot::{
    Attribute, Exposed, Horizon, Occasion, Rendering, Slot, SlotType, TypeMismatch, Variant,
    canonical_json,
};
pub use slot_file::{SlotFileError, read_slots};
pub use smallest_effect::SmallestEffect;
pub use suppression::{Covers, Suppression};
