//! What the store keeps, and keeps through crashes.

mod control;
mod folder;
mod log;
