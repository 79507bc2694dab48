//! What readers of content may rely on.

#![allow(clippy::string_slice, reason = "a test may fail on a cut character")]

mod campaigns;
mod documents;
mod html;
mod manifests;
mod markdown;
mod messages;
mod readers;
mod spans;
mod suppressions;
