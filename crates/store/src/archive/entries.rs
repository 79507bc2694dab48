//! Takes the log's part apart again, entry by entry, as its bytes come in.

use milieu_record::LogPosition;

use super::{ArchiveError, MOST_ENTRY};

const HEAD: usize = 12;

/// Bytes of the log's part that do not make a whole entry yet.
#[derive(Debug, Default)]
pub struct Entries {
    waiting: Vec<u8>,
}

impl Entries {
    /// Takes bytes in, and gives each entry that is whole now to `take`.
    pub fn push(
        &mut self,
        bytes: &[u8],
        mut take: impl FnMut(LogPosition, &[u8]) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        self.waiting.extend_from_slice(bytes);
        let mut rest = &*self.waiting;
        while let Some((position, length, tail)) = head(rest) {
            if MOST_ENTRY < length {
                return Err(ArchiveError::Damaged("an entry is too long".to_owned()));
            }
            let Some((entry, tail)) = tail.split_at_checked(length) else {
                break;
            };
            take(position, entry)?;
            rest = tail;
        }
        let done = self.waiting.len() - rest.len();
        self.waiting.drain(..done);
        Ok(())
    }

    /// Checks that nothing is left over.
    pub fn finish(&self) -> Result<(), ArchiveError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        Err(ArchiveError::Damaged(
            "the log ends within an entry".to_owned(),
        ))
    }
}

fn head(bytes: &[u8]) -> Option<(LogPosition, usize, &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<HEAD>()?;
    let (position, length) = head.split_first_chunk::<8>()?;
    let length = u32::from_be_bytes(*length.first_chunk()?);
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    Some((LogPosition(u64::from_be_bytes(*position)), length, rest))
}
