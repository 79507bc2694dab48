//! What the store keeps, and keeps through crashes.
#![allow(
    clippy::disallowed_methods,
    clippy::too_many_lines,
    reason = "a scenario with files reads best whole"
)]

mod archive;
mod audits;
mod control;
mod folder;
mod log;
