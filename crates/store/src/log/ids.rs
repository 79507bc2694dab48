//! Which message ids the log has: the newest in memory, all older ones in sorted tables.
//!
//! The ids are a view of the log, which holds them too: what is only in memory is read
//! back from the log's end after a restart. So an append writes the events and nothing
//! else, and one append cannot leave events and ids at odds.

use std::collections::HashSet;

use fjall::Keyspace;
use milieu_record::{LogPosition, MessageId};

use super::{LogError, entry};

/// How many ids are kept in memory before they become a table: about 18 MiB.
pub(super) const INDEX_EVERY: usize = 500_000;

/// Sorts behind all ids, which have 16 bytes. Its value is the position up to which
/// ids are in tables.
const MARK: [u8; 17] = [u8::MAX; 17];

pub(super) struct KnownIds {
    tables: Keyspace,
    recent: HashSet<MessageId>,
}

impl KnownIds {
    /// Opens the tables, and reads from the log what they do not have yet.
    pub(super) fn open(tables: Keyspace, entries: &Keyspace) -> Result<Self, LogError> {
        let indexed = match tables.get(MARK)? {
            Some(mark) => entry::position(&mark)?,
            None => LogPosition(0),
        };
        let mut recent = HashSet::new();
        for guard in entries.range(indexed.0.to_be_bytes()..) {
            let (key, value) = guard.into_inner()?;
            let first = entry::position(&key)?;
            for part in entry::parts(first, &value)? {
                recent.insert(entry::id(first, part?)?);
            }
        }
        Ok(Self { tables, recent })
    }

    /// Takes an id in; `false` when it is known already.
    pub(super) fn take(&mut self, id: MessageId) -> Result<bool, LogError> {
        if !self.recent.insert(id) {
            return Ok(false);
        }
        let old = self.tables.contains_key(id.as_bytes());
        if !matches!(old, Ok(false)) {
            self.recent.remove(&id);
        }
        Ok(!old?)
    }

    /// Forgets ids whose events could not be written.
    pub(super) fn give_back(&mut self, ids: &[MessageId]) {
        for id in ids {
            self.recent.remove(id);
        }
    }

    /// Tells how many ids are only in memory.
    pub(super) fn unindexed(&self) -> usize {
        self.recent.len()
    }

    /// Moves the ids in memory to a table; all events before `end` must be durable.
    ///
    /// The ids and the mark appear together or not at all.
    pub(super) fn index(&mut self, end: LogPosition) -> Result<(), LogError> {
        let mut sorted: Vec<MessageId> = self.recent.iter().copied().collect();
        sorted.sort_unstable();
        let mut table = self.tables.start_ingestion()?;
        for id in sorted {
            table.write(id.as_bytes().as_slice(), [])?;
        }
        table.write(MARK, end.0.to_be_bytes())?;
        table.finish()?;
        self.recent.clear();
        Ok(())
    }
}
