//! Rules about colours.

pub(super) mod mourning_colour;
