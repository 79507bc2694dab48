//! Rules about numbers.

pub(super) mod loaded_number;
