//! The policy's promises, and its calibration in a small simulated world.
#![allow(
    clippy::print_stdout,
    reason = "the figures behind a calibration are worth reading"
)]

mod culture;
mod policy;
mod simulation;
#[allow(dead_code, reason = "the visitors' dice are thrown in the demo only")]
#[path = "../../../cli/src/demo/world.rs"]
mod truth;
mod world;
