//! All rules; one folder per family, one file per rule.

mod colour;
mod format;
mod law;
mod number;
mod symbol;
mod timing;

use crate::Rule;

/// Lists every rule by code.
pub static RULES: [&Rule; 6] = [
    &colour::mourning_colour::RULE,
    &format::placeholder_parity::RULE,
    &law::restricted_category::RULE,
    &number::loaded_number::RULE,
    &symbol::protected_emblem::RULE,
    &timing::solemn_day::RULE,
];
