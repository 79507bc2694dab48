//! The ledger's promises about order and restarts, and the report people read.

#![allow(
    clippy::print_stdout,
    reason = "the figures behind a calibration are worth reading"
)]

mod culture;
mod events;
mod fold;
mod order;
mod report;
