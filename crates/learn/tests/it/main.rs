//! The policy's promises, and its calibration in a small simulated world.

mod policy;
mod simulation;
mod world;
