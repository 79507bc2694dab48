//! The doors, in process: what they let in, what they give out, and in which form.
#![allow(
    clippy::too_many_lines,
    reason = "a scenario with files reads best whole"
)]

mod documents;
mod events;
mod knowledge;
mod metrics;
mod ofrep;
mod oversight;
mod pages;
mod people;
mod routes;
mod world;
