//! A log made anew from the entries of another, at the same positions.

use std::path::Path;

use fjall::{Database, Keyspace, PersistMode};
use milieu_record::LogPosition;

use super::ids::{INDEX_EVERY, KnownIds};
use super::{LogError, entry, open_keyspaces};

/// How many bytes one batch has before it is committed.
const BATCH: usize = 4 * 1024 * 1024;

/// A log that is being filled; nobody reads it yet.
pub struct LogRestore {
    database: Database,
    entries: Keyspace,
    ids: KnownIds,
    end: LogPosition,
    batch: Vec<(LogPosition, Vec<u8>)>,
    size: usize,
}

impl std::fmt::Debug for LogRestore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogRestore")
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

impl LogRestore {
    /// Makes an empty log below a folder.
    pub fn begin(folder: &Path) -> Result<Self, LogError> {
        let (database, entries, ids) = open_keyspaces(folder)?;
        let ids = KnownIds::open(ids, &entries)?;
        Ok(Self {
            database,
            entries,
            ids,
            end: LogPosition(0),
            batch: Vec::new(),
            size: 0,
        })
    }

    /// Takes the next entry; every event in it must be readable, new and in its place.
    pub fn take(&mut self, position: LogPosition, bytes: &[u8]) -> Result<(), LogError> {
        if position != self.end {
            let what = format!("an entry is missing before it: {} was next", self.end.0);
            return Err(LogError::Read(position.0, what));
        }
        for part in entry::parts(position, bytes)? {
            let event = entry::event(position, part?)?;
            if !self.ids.take(event.id)? {
                let what = "it holds a message that was there before".to_owned();
                return Err(LogError::Read(position.0, what));
            }
        }
        let events = entry::count(position, bytes)?;
        self.batch.push((position, bytes.to_vec()));
        self.size += bytes.len();
        self.end = LogPosition(position.0.saturating_add(u64::from(events)));
        if BATCH <= self.size {
            self.commit()?;
        }
        if INDEX_EVERY <= self.ids.unindexed() {
            self.commit()?;
            self.ids.index(self.end)?;
        }
        Ok(())
    }

    /// Makes everything durable, and returns the position after the last event.
    pub fn finish(mut self) -> Result<LogPosition, LogError> {
        self.commit()?;
        self.database.persist(PersistMode::SyncAll)?;
        Ok(self.end)
    }

    fn commit(&mut self) -> Result<(), LogError> {
        let mut batch = self
            .database
            .batch()
            .durability(Some(PersistMode::SyncData));
        for (position, bytes) in self.batch.drain(..) {
            batch.insert(&self.entries, position.0.to_be_bytes(), bytes);
        }
        self.size = 0;
        Ok(batch.commit()?)
    }
}
