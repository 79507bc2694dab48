//! Rules about symbols.

pub(super) mod protected_emblem;
