//! Reports as text for people, as a page, and in the formats of other programs.

mod github;
mod html;
mod json;
mod junit;
mod place;
mod rdjsonl;
mod sarif;
mod text;
mod words;

use milieu_content::Campaign;
use milieu_culture::{Date, KnowledgeBase, MarketId};

pub use github::github;
pub use html::html;
pub use json::{json, jsonl};
pub use junit::junit;
pub use rdjsonl::rdjsonl;
pub use sarif::sarif;
pub use text::{coloured, text};

use crate::Report;

/// A report with all that it speaks of.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// What was found.
    pub report: &'a Report,
    /// What was audited.
    pub campaign: &'a Campaign,
    /// What is known of the markets.
    pub kb: &'a KnowledgeBase,
    /// The markets that were asked about.
    pub markets: &'a [MarketId],
    /// The day on which claims were weighed.
    pub as_of: Date,
}
