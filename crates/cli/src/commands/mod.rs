//! One file per command; `*_page.rs` writes an answer for people.

pub(crate) mod audit;
mod audit_server;
pub(crate) mod backup;
pub(crate) mod calendar;
mod calendar_file;
pub(crate) mod claim;
mod claim_page;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod decision;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod key;
pub(crate) mod login;
pub(crate) mod man;
pub(crate) mod market;
pub(crate) mod openapi;
pub(crate) mod quiet;
pub(crate) mod report;
mod report_answer;
mod report_page;
pub(crate) mod restore;
pub(crate) mod review;
mod review_page;
pub(crate) mod serve;
pub(crate) mod slot;
pub(crate) mod trail;
pub(crate) mod user;
pub(crate) mod workspace;

/// The options of a command that lists what a workspace has.
#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    place: crate::client::WhereArgs,
    #[command(flatten)]
    output: crate::output::FormatArgs,
}
