//! One file per command.

pub(crate) mod audit;
pub(crate) mod claim;
mod claim_page;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod market;
pub(crate) mod serve;
