//! What the audit promises, from the pages of its rules to the reports it prints.
#![allow(clippy::string_slice, reason = "a test may fail on a cut character")]

mod cases;
mod content;
mod formats;
mod knowledge;
mod pages;
mod readme;
mod reports;
mod rules;
