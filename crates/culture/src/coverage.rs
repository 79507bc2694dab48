//! How much is known, where it comes from and who stands behind it.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{Claim, ClaimState, Evidenced as _, KnowledgeBase, MarketId, Read};

/// Counts claims by how their best source was read and by state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Count {
    /// All claims.
    pub claims: usize,
    /// Claims by how their best supporting source was read.
    pub by_read: BTreeMap<Read, usize>,
    /// Claims by state.
    pub by_state: BTreeMap<ClaimState, usize>,
}

impl Count {
    /// Counts claims.
    pub fn of<'c>(claims: impl Iterator<Item = &'c Claim>) -> Self {
        let mut count = Self::default();
        for claim in claims {
            count.claims += 1;
            *count.by_state.entry(claim.state).or_default() += 1;
            if let Some(read) = claim.best_read() {
                *count.by_read.entry(read).or_default() += 1;
            }
        }
        count
    }

    /// Returns how many claims have a source opened at the passage.
    pub fn opened(&self) -> usize {
        self.by_read.get(&Read::Text).copied().unwrap_or(0)
    }
}

/// Says how much is known, overall and for each market.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Every claim once.
    pub all: Count,
    /// The claims that cover a market; those of wide scope count in each.
    pub markets: BTreeMap<MarketId, Count>,
}

impl KnowledgeBase {
    /// Counts what is known, so that thin markets show.
    pub fn coverage(&self) -> Coverage {
        let of_market = |market: &MarketId| (market.clone(), Count::of(self.claims_of(market)));
        Coverage {
            all: Count::of(self.claims.values()),
            markets: self.markets.iter().map(of_market).collect(),
        }
    }
}
