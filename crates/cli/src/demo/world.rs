//! The hidden truth of the simulated shop: how often visitors click on what.
//!
//! Invented numbers that say nothing about real people. They are laid out so that in
//! each slot adapted content helps in two markets, does nothing in one and hurts in
//! one. No clock, no input, no other module: tests of other crates include this file.

/// A market and its share of the visitors.
pub(crate) const MARKETS: [(&str, f64); 4] = [
    ("ja-JP", 0.25),
    ("de-DE", 0.25),
    ("fr-FR", 0.25),
    ("pt-BR", 0.25),
];

/// The share of visitors who always get the generic variant.
pub(crate) const HOLDOUT: f64 = 0.2;

/// What is true of one slot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SlotTruth {
    /// Its key.
    pub(crate) slot: &'static str,
    /// The share of visitors who get to see it.
    pub(crate) seen: f64,
    /// The keys of its variants, the generic one first.
    pub(crate) variants: [&'static str; 3],
    /// The share of those who click: a row for each market, a column for each variant.
    pub(crate) rates: [[f64; 3]; 4],
}

/// All slots of the shop.
pub(crate) const SLOTS: [SlotTruth; 3] = [
    SlotTruth {
        slot: "home.hero",
        seen: 1.0,
        variants: ["classic", "personal", "detailed"],
        rates: [
            [0.080, 0.090, 0.145],
            [0.090, 0.090, 0.090],
            [0.085, 0.145, 0.080],
            [0.140, 0.070, 0.080],
        ],
    },
    SlotTruth {
        slot: "product.cta",
        seen: 0.9,
        variants: ["plain", "direct", "gentle"],
        rates: [
            [0.060, 0.055, 0.105],
            [0.060, 0.105, 0.055],
            [0.100, 0.055, 0.060],
            [0.070, 0.070, 0.070],
        ],
    },
    SlotTruth {
        slot: "listing.columns",
        seen: 0.8,
        variants: ["three", "two", "four"],
        rates: [
            [0.050, 0.040, 0.060],
            [0.090, 0.050, 0.055],
            [0.060, 0.060, 0.060],
            [0.055, 0.095, 0.050],
        ],
    },
];

/// Which truth holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum World {
    /// The rates above.
    Culture,
    /// Every variant is clicked as often as the generic one.
    None,
    /// What helps above hurts as much, and the other way round.
    Contrarian,
}

impl SlotTruth {
    /// Returns the rate of a variant in a market, both by their place in the tables.
    ///
    /// A variant that the tables do not know is clicked as often as the generic one.
    pub(crate) fn rate(&self, world: World, market: usize, variant: usize) -> f64 {
        let [generic, ..] = self.rates.get(market).copied().unwrap_or_default();
        let row = self.rates.get(market);
        let own = row.and_then(|row| row.get(variant)).copied();
        match (world, own) {
            (World::Culture, Some(own)) => own,
            (World::Contrarian, Some(own)) => 2.0 * generic - own,
            (World::None, _) | (_, None) => generic,
        }
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
