//! The program as people and machines meet it: started, asked over HTTP, killed.

mod demo;
mod kill;
mod program;
mod syncs;
