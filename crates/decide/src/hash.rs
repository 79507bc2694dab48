//! Draws: the same visitor, slot and arm always draw the same number.

use std::fmt;

use milieu_record::{ArmNo, SlotNo, VisitorId};

/// The workspace's secret for draws; one for ever, or every assignment would move.
#[derive(Clone)]
pub struct Salt([u8; 32]);

impl Salt {
    /// Takes 32 secret bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn word(&self, purpose: u8, slot: SlotNo, visitor: VisitorId) -> u64 {
        let [high, low] = slot.0.to_be_bytes();
        let mut input = [0; 11];
        let bytes = [purpose, high, low]
            .into_iter()
            .chain(visitor.tag().0.to_be_bytes());
        for (to, from) in input.iter_mut().zip(bytes) {
            *to = from;
        }
        let hash = blake3::keyed_hash(&self.0, &input);
        u64::from_be_bytes(
            hash.as_bytes()
                .first_chunk::<8>()
                .copied()
                .unwrap_or_default(),
        )
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(secret)")
    }
}

/// Tells whether a visitor is held out, at a share from 0 to 1.
///
/// The same number is compared whatever the slot, so a visitor is held out
/// everywhere; a share that grows only adds visitors.
pub fn held_out(salt: &Salt, visitor: VisitorId, share: f64) -> bool {
    uniform(salt.word(0, SlotNo(0), visitor)) < share
}

/// Draws for one visitor in one slot; ask it arm by arm.
pub fn draw_of(salt: &Salt, slot: SlotNo, visitor: VisitorId) -> impl Fn(ArmNo) -> f64 {
    let seed = salt.word(1, slot, visitor);
    move |arm| {
        uniform(mix(
            seed ^ u64::from(arm.0).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ))
    }
}

/// The finalizer of `SplitMix64` (Steele, Lea & Flood 2014): spreads every bit.
const fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 31)
}

/// Turns 53 bits into a number in the open interval (0, 1).
#[allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "53 bits fit a double exactly"
)]
fn uniform(word: u64) -> f64 {
    ((word >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}
