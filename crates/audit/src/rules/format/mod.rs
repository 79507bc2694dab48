//! Rules about the mechanics of messages.

pub(super) mod placeholder_parity;
