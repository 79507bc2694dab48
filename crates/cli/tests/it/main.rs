//! The program as people, scripts and machines meet it: typed, asked over HTTP, killed.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests prepare files, wait for the program only so long, and tell how much they did"
)]

mod audits;
mod backups;
mod configuration;
mod demo;
mod doctor;
mod kill;
mod knowledge;
mod program;
mod refusals;
mod remote;
mod reviews;
mod running;
mod stopping;
mod syncs;
mod terminal;
mod visitors;
mod workspace;
