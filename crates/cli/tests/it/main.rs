//! The program as people and scripts meet it: its words, its exit codes, its two ways.
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    reason = "tests prepare files and read the environment"
)]

mod audits;
mod knowledge;
mod program;
mod refusals;
mod remote;
mod reviews;
mod visitors;
mod workspace;
