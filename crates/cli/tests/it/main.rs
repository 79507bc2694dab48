//! The program as people and machines meet it: started, asked over HTTP, killed.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests wait for the program only so long, and tell how much they did"
)]

mod demo;
mod kill;
mod program;
mod syncs;
