//! One entry of the log: a version, when it was received, and its events.
//!
//! Layout: version 1, received 8, count 4, then per event length 4 and its bytes;
//! numbers big-endian. An event's bytes are postcard of [`Event`].

use milieu_record::{Event, Instant, LogPosition, MessageId};

use super::LogError;

const VERSION: u8 = 1;
const HEAD: usize = 13;

/// An event as the log keeps it, written by the caller's thread.
#[derive(Debug, Clone)]
pub struct EncodedEvent {
    pub(super) id: MessageId,
    pub(super) bytes: Vec<u8>,
}

impl EncodedEvent {
    /// Writes an event.
    pub fn new(event: &Event) -> Result<Self, LogError> {
        let bytes =
            postcard::to_stdvec(event).map_err(|error| LogError::Write(error.to_string()))?;
        Ok(Self {
            id: event.id,
            bytes,
        })
    }
}

/// Joins the events of one batch.
pub(super) fn encode<'e>(
    received: Instant,
    events: impl ExactSizeIterator<Item = &'e EncodedEvent> + Clone,
) -> Vec<u8> {
    let size = HEAD
        + events
            .clone()
            .map(|event| event.bytes.len() + 4)
            .sum::<usize>();
    let mut entry = Vec::with_capacity(size);
    entry.push(VERSION);
    entry.extend_from_slice(&received.micros().to_be_bytes());
    entry.extend_from_slice(&short(events.len()).to_be_bytes());
    for event in events {
        entry.extend_from_slice(&short(event.bytes.len()).to_be_bytes());
        entry.extend_from_slice(&event.bytes);
    }
    entry
}

fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Reads an entry's key.
pub(super) fn position(key: &[u8]) -> Result<LogPosition, LogError> {
    let bytes: [u8; 8] = key
        .try_into()
        .map_err(|_| LogError::Read(0, "a key is not 8 bytes".to_owned()))?;
    Ok(LogPosition(u64::from_be_bytes(bytes)))
}

/// Reads how many events an entry has.
pub(super) fn count(first: LogPosition, entry: &[u8]) -> Result<u32, LogError> {
    let bad = |what: &str| LogError::Read(first.0, what.to_owned());
    match entry {
        [VERSION, ..] => {}
        [other, ..] => return Err(bad(&format!("unknown entry version {other}"))),
        [] => return Err(bad("the entry is empty")),
    }
    let bytes = entry
        .get(9..HEAD)
        .ok_or_else(|| bad("the entry is cut off"))?;
    let bytes: [u8; 4] = bytes.try_into().map_err(|_| bad("the entry is cut off"))?;
    Ok(u32::from_be_bytes(bytes))
}

/// Reads the events of an entry.
pub(super) fn decode(first: LogPosition, entry: &[u8]) -> Result<Vec<Event>, LogError> {
    let bad = |what: &str| LogError::Read(first.0, what.to_owned());
    let events = count(first, entry)?;
    let mut rest = entry.get(HEAD..).unwrap_or_default();
    let mut read = Vec::new();
    for _ in 0..events {
        let (length, tail) = rest
            .split_first_chunk::<4>()
            .ok_or_else(|| bad("it is cut off"))?;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let (bytes, tail) = tail
            .split_at_checked(length)
            .ok_or_else(|| bad("it is cut off"))?;
        read.push(postcard::from_bytes(bytes).map_err(|error| bad(&error.to_string()))?);
        rest = tail;
    }
    Ok(read)
}
