//! The one thread that writes: it drains what waits, syncs once, then answers all.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use fjall::{Database, Keyspace, PersistMode};
use milieu_record::{Instant, LogPosition, MessageId};
use tokio::sync::{mpsc, oneshot, watch};

use super::{Appended, EncodedEvent, LogError, entry};

/// Events of one request, and where its answer goes.
pub(super) struct Job {
    pub(super) received: Instant,
    pub(super) events: Vec<EncodedEvent>,
    pub(super) answer: oneshot::Sender<Result<Appended, LogError>>,
}

/// How many events one sync carries at most; the rest waits for the next.
const GROUP: usize = 10_000;

pub(super) struct Writer {
    pub(super) database: Database,
    pub(super) entries: Keyspace,
    pub(super) ids: Keyspace,
    pub(super) end: LogPosition,
    pub(super) announce: watch::Sender<LogPosition>,
    pub(super) writes: Arc<AtomicBool>,
}

impl Writer {
    /// Writes until all handles of the log are gone.
    pub(super) fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        while let Some(first) = queue.blocking_recv() {
            let mut size = first.events.len();
            let mut group = vec![first];
            while size < GROUP {
                let Ok(job) = queue.try_recv() else { break };
                size += job.events.len();
                group.push(job);
            }
            self.write(group);
        }
    }

    /// Appends a group in one atomic batch with its message ids, then answers.
    fn write(&mut self, group: Vec<Job>) {
        let committed = self.commit(&group);
        self.writes.store(committed.is_ok(), Ordering::Relaxed);
        match committed {
            Ok((end, appended)) => {
                self.end = end;
                self.announce.send_replace(end);
                for (job, appended) in group.into_iter().zip(appended) {
                    answer(job, Ok(appended));
                }
            }
            Err(error) => {
                tracing::error!(%error, "events were not written and not acknowledged");
                for job in group {
                    answer(job, Err(error.clone()));
                }
            }
        }
    }

    fn commit(&self, group: &[Job]) -> Result<(LogPosition, Vec<Appended>), LogError> {
        let failed = |error: fjall::Error| LogError::Write(error.to_string());
        let mut batch = self
            .database
            .batch()
            .durability(Some(PersistMode::SyncData));
        let mut seen: HashSet<MessageId> = HashSet::new();
        let mut end = self.end;
        let mut appended = Vec::with_capacity(group.len());
        for job in group {
            let mut fresh = Vec::with_capacity(job.events.len());
            for event in &job.events {
                let known = !seen.insert(event.id)
                    || self.ids.contains_key(event.id.as_bytes()).map_err(failed)?;
                if !known {
                    fresh.push(event);
                }
            }
            let accepted = fresh.len();
            appended.push(Appended {
                accepted,
                duplicates: job.events.len() - accepted,
            });
            if fresh.is_empty() {
                continue;
            }
            let key = end.0.to_be_bytes();
            batch.insert(
                &self.entries,
                key,
                entry::encode(job.received, fresh.iter().copied()),
            );
            for event in fresh {
                batch.insert(
                    &self.ids,
                    event.id.as_bytes().as_slice(),
                    end.0.to_be_bytes(),
                );
                end = LogPosition(end.0 + 1);
            }
        }
        if end != self.end {
            batch.commit().map_err(failed)?;
        }
        Ok((end, appended))
    }
}

/// A caller that has gone needs no answer; its events are kept.
fn answer(job: Job, result: Result<Appended, LogError>) {
    drop(job.answer.send(result));
}
