//! Rules about what the law forbids.

pub(super) mod restricted_category;
