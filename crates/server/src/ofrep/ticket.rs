//! Tickets for streams: browsers cannot send a key with one, and a key in an address leaks.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use milieu_record::Instant;

/// A ticket outlives a page's session: clients keep the address after a 304.
const LASTS: i64 = 24 * Instant::HOUR;
const MAC: usize = 16;

/// Makes a ticket: when it ends, and a signature.
pub(super) fn issue(key: &[u8; 32], now: Instant) -> String {
    let ends = now.plus(LASTS).micros().to_be_bytes();
    let mut bytes = ends.to_vec();
    bytes.extend(sign(key, ends));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Tells whether a ticket was made here and has not ended.
pub(super) fn is_valid(key: &[u8; 32], ticket: &str, now: Instant) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(ticket) else {
        return false;
    };
    let Some((ends, mac)) = bytes.split_first_chunk::<8>() else {
        return false;
    };
    let expected = sign(key, *ends);
    let differs = expected
        .iter()
        .zip(mac)
        .fold(0, |seen, (a, b)| seen | (a ^ b));
    mac.len() == MAC && differs == 0 && now < Instant::from_micros(i64::from_be_bytes(*ends))
}

fn sign(key: &[u8; 32], ends: [u8; 8]) -> Vec<u8> {
    blake3::keyed_hash(key, &ends)
        .as_bytes()
        .iter()
        .take(MAC)
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_ends_and_cannot_be_forged() {
        let (key, now) = ([1; 32], Instant::from_micros(5));
        let ticket = issue(&key, now);
        assert!(is_valid(&key, &ticket, now));
        assert!(!is_valid(&key, &ticket, now.plus(LASTS)));
        assert!(!is_valid(&[2; 32], &ticket, now));
        for forged in ["", "x", "AAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAA"] {
            assert!(!is_valid(&key, forged, now), "{forged}");
        }
    }
}
