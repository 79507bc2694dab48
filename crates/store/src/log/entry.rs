//! One entry of the log: a version, when it was received, and its events.
//!
//! Layout: version 1, received 8, count 4, then per event length 4 and its bytes;
//! numbers big-endian. An event's bytes are postcard of [`Event`].

use milieu_record::{Event, Instant, LogPosition, MessageId};

use super::LogError;

const VERSION: u8 = 1;
const HEAD: usize = 13;
const LENGTH: usize = 4;

/// Events of one request as the log keeps them, written by the caller's thread.
#[derive(Debug, Clone)]
pub struct EncodedEvents {
    /// The entry; its head is written last.
    entry: Vec<u8>,
    /// Each event's id, and where its bytes end.
    events: Vec<(MessageId, usize)>,
}

impl EncodedEvents {
    /// Starts with no events, and room for so many.
    pub fn with_capacity(events: usize) -> Self {
        let mut entry = Vec::with_capacity(HEAD + events * 128);
        entry.resize(HEAD, 0);
        let events = Vec::with_capacity(events);
        Self { entry, events }
    }

    /// Writes an event behind the others.
    pub fn push(&mut self, event: &Event<'_>) -> Result<(), LogError> {
        let start = self.entry.len();
        self.entry.extend_from_slice(&[0; LENGTH]);
        if let Err(error) = postcard::to_io(event, &mut self.entry) {
            self.entry.truncate(start);
            return Err(LogError::Write(error.to_string()));
        }
        let end = self.entry.len();
        let length = short(end - start - LENGTH);
        if let Some(place) = self.entry.get_mut(start..start + LENGTH) {
            place.copy_from_slice(&length);
        }
        self.events.push((event.id, end));
        Ok(())
    }

    /// Returns how many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Returns the events' ids, in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = MessageId> + '_ {
        self.events.iter().map(|(id, _)| *id)
    }

    /// Takes the events that are `fresh` out as an entry, in order.
    pub(super) fn take_entry(&mut self, received: Instant, fresh: &[bool]) -> Vec<u8> {
        let count = fresh.iter().filter(|fresh| **fresh).count();
        let mut entry = if count == self.events.len() {
            std::mem::take(&mut self.entry)
        } else {
            self.part(fresh)
        };
        let mut head = [VERSION; HEAD];
        let (_, rest) = head.split_at_mut(1);
        let (time, number) = rest.split_at_mut(8);
        time.copy_from_slice(&received.micros().to_be_bytes());
        number.copy_from_slice(&short(count));
        if let Some(place) = entry.get_mut(..HEAD) {
            place.copy_from_slice(&head);
        }
        entry
    }

    fn part(&self, fresh: &[bool]) -> Vec<u8> {
        let mut entry = vec![0; HEAD];
        let mut start = HEAD;
        for ((_, end), fresh) in self.events.iter().zip(fresh) {
            if *fresh {
                entry.extend_from_slice(self.entry.get(start..*end).unwrap_or_default());
            }
            start = *end;
        }
        entry
    }
}

fn short(length: usize) -> [u8; LENGTH] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
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
    match entry {
        [VERSION, ..] => {}
        [other, ..] => {
            return Err(damaged(first, &format!("unknown entry version {other}")));
        }
        [] => return Err(damaged(first, "it is empty")),
    }
    let number = entry.get(9..HEAD).and_then(<[u8]>::first_chunk);
    let number = number.ok_or_else(|| damaged(first, "it is cut off"))?;
    Ok(u32::from_be_bytes(*number))
}

/// Reads the bytes of each event of an entry.
pub(super) fn parts(
    first: LogPosition,
    entry: &[u8],
) -> Result<impl Iterator<Item = Result<&[u8], LogError>>, LogError> {
    let events = count(first, entry)?;
    let mut rest = entry.get(HEAD..).unwrap_or_default();
    Ok((0..events).map(move |_| {
        let (part, tail) = part(rest).ok_or_else(|| damaged(first, "it is cut off"))?;
        rest = tail;
        Ok(part)
    }))
}

fn part(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = rest.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    rest.split_at_checked(length)
}

/// Reads an event, whose texts stay where they are.
pub(super) fn event(first: LogPosition, part: &[u8]) -> Result<Event<'_>, LogError> {
    postcard::from_bytes(part).map_err(|error| damaged(first, &error.to_string()))
}

/// Reads an event's message id, which comes first.
pub(super) fn id(first: LogPosition, part: &[u8]) -> Result<MessageId, LogError> {
    postcard::take_from_bytes(part)
        .map(|(id, _)| id)
        .map_err(|error| damaged(first, &error.to_string()))
}

fn damaged(first: LogPosition, what: &str) -> LogError {
    LogError::Read(first.0, what.to_owned())
}
