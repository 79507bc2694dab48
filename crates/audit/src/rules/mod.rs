//! All rules; one folder per family, one file per rule.

mod colour;
mod format;

use crate::Rule;

/// Lists every rule by code.
pub static RULES: [&Rule; 2] = [
    &colour::mourning_colour::RULE,
    &format::placeholder_parity::RULE,
];
