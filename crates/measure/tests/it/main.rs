//! The ledger's promises about order and restarts, and the report people read.

mod events;
mod fold;
mod order;
mod report;
