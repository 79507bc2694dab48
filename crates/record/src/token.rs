//! Decision tokens: signed, self-describing, 60 characters.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::{ArmNo, MarketNo, PolicyVersion, Probability, RenderingNo, SlotNo, VisitorTag};

/// What a decision was: everything that counting and explaining need.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DecisionFacts {
    /// The slot that was asked for.
    pub slot: SlotNo,
    /// The market that was resolved.
    pub market: MarketNo,
    /// The revision of the rendering that was given.
    pub rendering: RenderingNo,
    /// The arm; [`ArmNo::HOLDOUT`] when the visitor is held out.
    pub arm: ArmNo,
    /// Whether another arm had the higher expected reward.
    pub explored: bool,
    /// The policy that weighed the arms.
    pub policy: PolicyVersion,
    /// The probability with which this policy gives this arm.
    pub propensity: Probability,
    /// Whom it was given to; 0 once consent was refused.
    pub visitor: VisitorTag,
}

/// Why a token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// Not 60 characters of base64url.
    #[error("not a decision id: expected 60 characters of base64url")]
    Malformed,
    /// Of a format this version does not read.
    #[error("decision id of an unknown version {0}")]
    Version(u8),
    /// The signature is not this workspace's.
    #[error("decision id was not signed by this workspace")]
    Forged,
}

const VERSION: u8 = 1;
const BODY: usize = 29;
const MAC: usize = 16;

/// The workspace's secret for signing decision tokens.
#[derive(Clone)]
pub struct TokenKey([u8; 32]);

impl TokenKey {
    /// Takes 32 secret bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Writes and signs a decision: the same facts give the same token.
    pub fn seal(&self, facts: &DecisionFacts) -> String {
        let body = encode(facts);
        let mac = self.sign(&body);
        let mut bytes = Vec::with_capacity(BODY + MAC);
        bytes.extend_from_slice(&body);
        bytes.extend_from_slice(&mac);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Checks a token's signature and reads the decision back.
    pub fn open(&self, token: &str) -> Result<DecisionFacts, TokenError> {
        let mut bytes = [0_u8; BODY + MAC + 3];
        let length = URL_SAFE_NO_PAD
            .decode_slice(token.as_bytes(), &mut bytes)
            .map_err(|_| TokenError::Malformed)?;
        let (body, rest) = bytes
            .split_first_chunk::<BODY>()
            .ok_or(TokenError::Malformed)?;
        let mac = rest.first_chunk::<MAC>().ok_or(TokenError::Malformed)?;
        if length != BODY + MAC {
            return Err(TokenError::Malformed);
        }
        let [version, ..] = *body;
        if version != VERSION {
            return Err(TokenError::Version(version));
        }
        // blake3's hash type compares in constant time; ours is half as long, so fold by hand.
        let difference = self
            .sign(body)
            .iter()
            .zip(mac)
            .fold(0, |seen, (a, b)| seen | (a ^ b));
        if difference != 0 {
            return Err(TokenError::Forged);
        }
        decode(body).ok_or(TokenError::Malformed)
    }

    fn sign(&self, body: &[u8; BODY]) -> [u8; MAC] {
        let mut mac = [0; MAC];
        for (to, from) in mac
            .iter_mut()
            .zip(blake3::keyed_hash(&self.0, body).as_bytes())
        {
            *to = *from;
        }
        mac
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey(secret)")
    }
}

/// Layout, big-endian: version 1, slot 2, market 2, rendering 4, arm 1, flags 1,
/// policy 6, propensity 4, visitor 8.
fn encode(facts: &DecisionFacts) -> [u8; BODY] {
    let mut body = [0; BODY];
    let policy = facts.policy.0.to_be_bytes();
    let fields = [VERSION]
        .into_iter()
        .chain(facts.slot.0.to_be_bytes())
        .chain(facts.market.0.to_be_bytes())
        .chain(facts.rendering.0.to_be_bytes())
        .chain([facts.arm.0, u8::from(facts.explored)])
        .chain(policy.into_iter().skip(2))
        .chain(facts.propensity.bits())
        .chain(facts.visitor.0.to_be_bytes());
    for (to, from) in body.iter_mut().zip(fields) {
        *to = from;
    }
    body
}

fn decode(body: &[u8; BODY]) -> Option<DecisionFacts> {
    let mut rest = body.get(1..)?;
    let mut policy = [0; 8];
    let facts = DecisionFacts {
        slot: SlotNo(u16::from_be_bytes(take(&mut rest)?)),
        market: MarketNo(u16::from_be_bytes(take(&mut rest)?)),
        rendering: RenderingNo(u32::from_be_bytes(take(&mut rest)?)),
        arm: ArmNo(u8::from_be_bytes(take(&mut rest)?)),
        explored: take::<1>(&mut rest)? != [0],
        policy: {
            policy.get_mut(2..)?.copy_from_slice(&take::<6>(&mut rest)?);
            PolicyVersion(u64::from_be_bytes(policy))
        },
        propensity: Probability::from_bits(take(&mut rest)?)?,
        visitor: VisitorTag(u64::from_be_bytes(take(&mut rest)?)),
    };
    Some(facts)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_token_says_what_was_sealed(
            slot: u16, market: u16, rendering: u32, arm: u8, explored: bool,
            policy in 0_u64..1 << 48, propensity in 0.0..=1.0, visitor: u64,
        ) {
            let facts = DecisionFacts {
                slot: SlotNo(slot), market: MarketNo(market), rendering: RenderingNo(rendering),
                arm: ArmNo(arm), explored, policy: PolicyVersion(policy),
                propensity: Probability::clamped(propensity), visitor: VisitorTag(visitor),
            };
            let key = TokenKey::from_bytes([9; 32]);
            let token = key.seal(&facts);
            prop_assert_eq!(token.len(), 60);
            prop_assert_eq!(key.open(&token), Ok(facts));
            prop_assert_eq!(TokenKey::from_bytes([8; 32]).open(&token), Err(TokenError::Forged));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,80}") {
            prop_assert!(TokenKey::from_bytes([9; 32]).open(&text).is_err());
        }

        #[test]
        fn one_changed_character_is_noticed(at in 0_usize..60) {
            let key = TokenKey::from_bytes([9; 32]);
            let facts = decode(&[1; BODY]).unwrap();
            let mut token = key.seal(&facts).into_bytes();
            token[at] = if token[at] == b'A' { b'B' } else { b'A' };
            prop_assert!(key.open(std::str::from_utf8(&token).unwrap()).is_err());
        }
    }
}
