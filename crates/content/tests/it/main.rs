//! What readers of content may rely on.

#![allow(clippy::string_slice, reason = "a test may fail on a cut character")]

mod campaigns;
mod documents;
mod messages;
mod readers;
