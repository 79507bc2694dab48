//! The hidden truth of the simulated shop: how often visitors click on what.
//!
//! Invented numbers that say nothing about real people. No clock, no input, no other
//! module but the tables below: tests of other crates include this file.

#[path = "rates.rs"]
mod rates;

pub(crate) use rates::SLOTS;

/// A market and its share of the visitors.
pub(crate) const MARKETS: [(&str, f64); 12] = [
    ("en-US", 0.095),
    ("en-GB", 0.085),
    ("de-DE", 0.090),
    ("de-CH", 0.075),
    ("fr-FR", 0.090),
    ("fr-CA", 0.075),
    ("ja-JP", 0.095),
    ("ko-KR", 0.080),
    ("zh-Hant-HK", 0.075),
    ("pt-BR", 0.085),
    ("es-MX", 0.080),
    ("ar-SA", 0.075),
];

/// How many visitors come at once when a shop is new, so that there is a report to read.
pub(crate) const FIRST_CROWD: u64 = 120_000;

/// The market that reacts opposite to the others where one does: its place in the table.
pub(crate) const CONTRARIAN: usize = 1;

/// The share of visitors who always get the generic variant.
///
/// Three times what a shop would usually hold out, so that verdicts come soon.
pub(crate) const HOLDOUT: f64 = 0.3;

/// What is true of one slot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SlotTruth {
    /// Its key.
    pub(crate) slot: &'static str,
    /// The share of visitors who get to see it.
    pub(crate) seen: f64,
    /// The keys of its variants, the generic one first.
    pub(crate) variants: &'static [&'static str],
    /// The smallest difference that would matter to the shop.
    pub(crate) smallest_effect: f64,
    /// How often the generic variant is clicked, by market.
    pub(crate) generic: [f64; 12],
    /// What each adapted variant adds in points, by market, where culture matters.
    pub(crate) gains: [[f64; 2]; 12],
    /// What the better variant adds in points where all markets but one are alike.
    pub(crate) alike: f64,
}

/// Which truth holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum World {
    /// Adapted texts help in most markets, do nothing in some and hurt in one.
    Culture,
    /// Every variant is clicked as often as the generic one.
    None,
    /// Adapted texts help alike everywhere, and hurt as much in one market.
    Contrarian,
}

impl SlotTruth {
    /// Returns the rate of a variant in a market, both by their place in the tables.
    ///
    /// A variant that the tables do not know is clicked as often as the generic one.
    pub(crate) fn rate(&self, world: World, market: usize, variant: usize) -> f64 {
        let generic = self.generic.get(market).copied().unwrap_or_default();
        let known = variant < self.variants.len();
        let Some(adapted) = variant.checked_sub(1).filter(|_| known) else {
            return generic;
        };
        let points = match world {
            World::None => 0.0,
            World::Culture => {
                let row = self.gains.get(market);
                row.and_then(|row| row.get(adapted))
                    .copied()
                    .unwrap_or_default()
            }
            World::Contrarian if market == CONTRARIAN => -self.of_alike(market, adapted),
            World::Contrarian => self.of_alike(market, adapted),
        };
        generic + points / 100.0
    }

    /// One variant adds all, the other half; which one changes from market to market.
    fn of_alike(&self, market: usize, adapted: usize) -> f64 {
        let is_better = self.variants.len() == 2 || market % 2 == adapted % 2;
        self.alike * if is_better { 1.0 } else { 0.5 }
    }

    /// Returns the place of a variant; one past the last for an unknown variant.
    pub(crate) fn place_of(&self, variant: &str) -> usize {
        let found = self.variants.iter().position(|key| *key == variant);
        found.unwrap_or(self.variants.len())
    }
}

/// Dice that always fall the same way: `SplitMix64` (Steele, Lea & Flood 2014).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Takes the dice of a seed.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// Takes the dice of one visitor.
    pub(crate) fn of(seed: u64, visitor: u64) -> Self {
        let mut dice = Self::seeded(seed);
        let own = dice.bits() ^ visitor.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        Self(own)
    }

    /// Throws 64 bits.
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Throws a number from 0 to just below 1.
    pub(crate) fn uniform(&mut self) -> f64 {
        // The upper 32 bits are more than enough for shares.
        let upper = u32::try_from(self.bits() >> 32).unwrap_or(u32::MAX);
        f64::from(upper) / 4_294_967_296.0
    }

    /// Tells whether something that happens this often happens now.
    pub(crate) fn happens(&mut self, share: f64) -> bool {
        self.uniform() < share
    }

    /// Draws the market a visitor comes from, by its place in the table.
    pub(crate) fn market(&mut self) -> usize {
        let mut left = self.uniform();
        for (index, (_, share)) in MARKETS.iter().enumerate() {
            left -= share;
            if left < 0.0 {
                return index;
            }
        }
        MARKETS.len() - 1
    }
}
