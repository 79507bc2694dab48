//! All rules; one folder per family, one file per rule.

mod colour;
mod format;
mod number;
mod symbol;

use crate::Rule;

/// Lists every rule by code.
pub static RULES: [&Rule; 4] = [
    &colour::mourning_colour::RULE,
    &format::placeholder_parity::RULE,
    &number::loaded_number::RULE,
    &symbol::protected_emblem::RULE,
];
