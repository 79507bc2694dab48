//! Rules about days and seasons.

pub(super) mod solemn_day;
