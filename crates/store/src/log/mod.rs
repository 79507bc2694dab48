//! The event log: acknowledged means durable, and each message counts once.

mod entry;
mod ids;
mod restore;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use fjall::config::CompressionPolicy;
use fjall::{CompressionType, Database, Keyspace, KeyspaceCreateOptions};
use milieu_record::{Event, LogPosition};
use tokio::sync::{mpsc, oneshot, watch};

pub use entry::EncodedEvents;
use ids::KnownIds;
pub use restore::LogRestore;
use writer::{Job, Writer};

use crate::Latency;

/// Why the log cannot do what was asked.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// Too many batches are waiting: the caller should retry in a second.
    #[error("the event log is busy: {0} batches are waiting")]
    Busy(usize),
    /// The disk refused; nothing of the batch was acknowledged.
    #[error("the event log cannot write: {0}")]
    Write(String),
    /// Its files are damaged, or the disk does not give them.
    #[error(
        "the event log in {folder} cannot be opened ({reason}): restore a backup of the whole data folder"
    )]
    Open {
        /// The log's folder.
        folder: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An entry cannot be read back.
    #[error("the event log cannot be read at position {0}: {1}")]
    Read(u64, String),
}

impl From<fjall::Error> for LogError {
    fn from(error: fjall::Error) -> Self {
        Self::Write(match error {
            fjall::Error::Poisoned => {
                "it stopped when a write failed: free space, then restart".to_owned()
            }
            other => other.to_string(),
        })
    }
}

/// How many batches may wait for the writer before the log refuses more.
const QUEUE: usize = 512;

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// How many events were new.
    pub accepted: usize,
    /// How many had been seen before, and were dropped.
    pub duplicates: usize,
}

/// What the log did since it was opened, counted without a lock.
#[derive(Debug, Default)]
pub struct LogWork {
    /// How long each group of batches took to be written and synced.
    pub syncs: Latency,
    /// Groups that could not be written.
    pub failed: AtomicU64,
    /// Batches that were refused because too many waited.
    pub refused: AtomicU64,
}

/// Takes an entry of the log, as it is kept, and its position.
pub type TakeEntry<'t, E> = dyn FnMut(LogPosition, &[u8]) -> Result<(), E> + 't;

/// An append-only log of events with an index of message ids.
#[derive(Clone)]
pub struct EventLog {
    entries: Keyspace,
    tail: watch::Receiver<LogPosition>,
    writes: Arc<AtomicBool>,
    work: Arc<LogWork>,
    // Before `thread`: fields drop in this order, and the writer ends when no sender is left.
    jobs: mpsc::Sender<Job>,
    _thread: Arc<WriterThread>,
}

impl std::fmt::Debug for EventLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EventLog")
            .field("tail", &*self.tail.borrow())
            .finish_non_exhaustive()
    }
}

/// Waits for the writer to finish when the last handle goes.
#[derive(Debug)]
struct WriterThread(Option<std::thread::JoinHandle<()>>);

impl Drop for WriterThread {
    fn drop(&mut self) {
        if let Some(Err(_)) = self.0.take().map(std::thread::JoinHandle::join) {
            tracing::error!("the event log's writer had panicked");
        }
    }
}

impl EventLog {
    /// Opens or makes the log below a folder, recovering from a torn end.
    pub fn open(folder: &Path) -> Result<Self, LogError> {
        let (database, entries, ids) = open_keyspaces(folder)?;
        let end = end_of(&entries)?;
        let ids = KnownIds::open(ids, &entries)?;
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (announce, tail) = watch::channel(end);
        let writes = Arc::new(AtomicBool::new(true));
        let work = Arc::new(LogWork::default());
        let writer = Writer {
            database,
            entries: entries.clone(),
            ids,
            end,
            announce,
            writes: Arc::clone(&writes),
            work: Arc::clone(&work),
        };
        let thread = std::thread::Builder::new()
            .name("event-log".to_owned())
            .spawn(move || writer.run(queue))
            .map_err(|error| LogError::Write(error.to_string()))?;
        Ok(Self {
            entries,
            tail,
            writes,
            work,
            jobs,
            _thread: Arc::new(WriterThread(Some(thread))),
        })
    }

    /// Appends events that were received together; returns once they are durable.
    ///
    /// Events whose message id is known are dropped and counted. All or nothing of the
    /// rest is kept. When the queue is full nothing is taken.
    pub async fn append(
        &self,
        received: milieu_record::Instant,
        events: EncodedEvents,
    ) -> Result<Appended, LogError> {
        let (answer, answered) = oneshot::channel();
        let job = Job {
            received,
            events,
            answer,
        };
        self.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => {
                self.work.refused.fetch_add(1, Ordering::Relaxed);
                LogError::Busy(QUEUE)
            }
            mpsc::error::TrySendError::Closed(_) => LogError::Write("it has stopped".to_owned()),
        })?;
        answered
            .await
            .unwrap_or_else(|_| Err(LogError::Write("it has stopped".to_owned())))
    }

    /// Returns the position after the last durable event, and tells when it moves.
    pub fn tail(&self) -> watch::Receiver<LogPosition> {
        self.tail.clone()
    }

    /// Tells whether the last batch could be written: `false` on a full or broken disk.
    pub fn writes(&self) -> bool {
        self.writes.load(Ordering::Relaxed)
    }

    /// Returns what the log did since it was opened.
    pub fn work(&self) -> &LogWork {
        &self.work
    }

    /// Tells how many batches wait for the writer.
    pub fn waiting(&self) -> usize {
        QUEUE - self.jobs.capacity()
    }

    /// Reads events in order from a position on, and gives each to `take`.
    ///
    /// Ends with the entry that reaches `most` events; returns how many there were.
    pub fn read(
        &self,
        from: LogPosition,
        most: usize,
        mut take: impl FnMut(LogPosition, &Event<'_>),
    ) -> Result<usize, LogError> {
        let unreadable = |error: fjall::Error| LogError::Read(from.0, error.to_string());
        let start = match self.entries.range(..=from.0.to_be_bytes()).next_back() {
            Some(guard) => entry::position(&guard.key().map_err(unreadable)?)?,
            None => from,
        };
        let mut read = 0;
        for guard in self.entries.range(start.0.to_be_bytes()..) {
            let (key, value) = guard.into_inner().map_err(unreadable)?;
            let first = entry::position(&key)?;
            for (position, part) in (first.0..)
                .map(LogPosition)
                .zip(entry::parts(first, &value)?)
            {
                let part = part?;
                if from <= position {
                    take(position, &entry::event(first, part)?);
                    read += 1;
                }
            }
            if most <= read {
                break;
            }
        }
        Ok(read)
    }

    /// Gives every entry before `end` to `take`, in order and as it is kept.
    ///
    /// `end` must be a position that [`Self::tail`] had. Entries never change, so appending
    /// may go on meanwhile.
    pub fn entries<E: From<LogError>>(
        &self,
        end: LogPosition,
        take: &mut TakeEntry<'_, E>,
    ) -> Result<(), E> {
        let mut next = LogPosition(0);
        while next < end {
            let mut last = None;
            let range = next.0.to_be_bytes()..end.0.to_be_bytes();
            // A range of its own every so often: a slow reader keeps no old files alive.
            for guard in self.entries.range(range).take(ENTRIES_AT_ONCE) {
                let unreadable = |error: fjall::Error| LogError::Read(next.0, error.to_string());
                let (key, value) = guard.into_inner().map_err(unreadable)?;
                let position = entry::position(&key)?;
                take(position, &value)?;
                last = Some(position);
            }
            match last {
                Some(position) => next = LogPosition(position.0 + 1),
                None => break,
            }
        }
        Ok(())
    }
}

/// How many entries are read from one view of the log.
const ENTRIES_AT_ONCE: usize = 1_000;

/// Opens or makes the database below a folder: entries, and the ids of messages.
fn open_keyspaces(folder: &Path) -> Result<(Database, Keyspace, Keyspace), LogError> {
    let folder = folder.join("log");
    let database = Database::builder(&folder)
        .worker_threads(1)
        .journal_compression(CompressionType::None)
        .open()
        .map_err(|error| LogError::Open {
            folder: folder.display().to_string(),
            reason: error.to_string(),
        })?;
    let entries = database.keyspace("entries", KeyspaceCreateOptions::default)?;
    let ids = database.keyspace("message-ids", hashes)?;
    Ok((database, entries, ids))
}

/// Hashes cannot be compressed.
fn hashes() -> KeyspaceCreateOptions {
    KeyspaceCreateOptions::default()
        .data_block_compression_policy(CompressionPolicy::all(CompressionType::None))
}

fn end_of(entries: &Keyspace) -> Result<LogPosition, LogError> {
    let Some(last) = entries.last_key_value() else {
        return Ok(LogPosition(0));
    };
    let (key, value) = last
        .into_inner()
        .map_err(|error| LogError::Read(0, error.to_string()))?;
    let first = entry::position(&key)?;
    Ok(LogPosition(
        first.0 + u64::from(entry::count(first, &value)?),
    ))
}
