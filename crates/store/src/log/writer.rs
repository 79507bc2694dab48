//! The one thread that writes: it drains what waits, syncs once, then answers all.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant as Clock;

use fjall::{Database, Keyspace, PersistMode};
use milieu_record::{Instant, LogPosition, MessageId};
use tokio::sync::{mpsc, oneshot, watch};

use super::ids::{INDEX_EVERY, KnownIds};
use super::{Appended, EncodedEvents, LogError, LogWork};

/// Events of one request, and where its answer goes.
pub(super) struct Job {
    pub(super) received: Instant,
    pub(super) events: EncodedEvents,
    pub(super) answer: oneshot::Sender<Result<Appended, LogError>>,
}

/// How many events one sync carries at most; the rest waits for the next.
const GROUP: usize = 10_000;

pub(super) struct Writer {
    pub(super) database: Database,
    pub(super) entries: Keyspace,
    pub(super) ids: KnownIds,
    pub(super) end: LogPosition,
    pub(super) announce: watch::Sender<LogPosition>,
    pub(super) writes: Arc<AtomicBool>,
    pub(super) work: Arc<LogWork>,
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
            self.index(INDEX_EVERY);
        }
        self.index(1);
    }

    /// Puts the ids in memory into a table once there are so many.
    fn index(&mut self, least: usize) {
        if self.ids.unindexed() < least {
            return;
        }
        if let Err(error) = self.ids.index(self.end) {
            tracing::error!(%error, "message ids stay in memory until they can be written");
        }
    }

    /// Appends a group in one atomic batch, syncs it, then answers.
    fn write(&mut self, mut group: Vec<Job>) {
        let begun = Clock::now();
        let committed = self.commit(&mut group);
        self.work.syncs.observe(begun.elapsed());
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
                self.work.failed.fetch_add(1, Ordering::Relaxed);
                tracing::error!(%error, "events were not written and not acknowledged");
                for job in group {
                    answer(job, Err(error.clone()));
                }
            }
        }
    }

    fn commit(&mut self, group: &mut [Job]) -> Result<(LogPosition, Vec<Appended>), LogError> {
        let mut taken = Vec::new();
        let committed = self.append(group, &mut taken);
        if committed.is_err() {
            self.ids.give_back(&taken);
        }
        committed
    }

    fn append(
        &mut self,
        group: &mut [Job],
        taken: &mut Vec<MessageId>,
    ) -> Result<(LogPosition, Vec<Appended>), LogError> {
        let mut batch = self
            .database
            .batch()
            .durability(Some(PersistMode::SyncData));
        let mut end = self.end;
        let mut appended = Vec::with_capacity(group.len());
        for job in group {
            let mut fresh = Vec::with_capacity(job.events.len());
            let before = taken.len();
            for id in job.events.ids() {
                let new = self.ids.take(id)?;
                fresh.push(new);
                if new {
                    taken.push(id);
                }
            }
            let accepted = taken.len() - before;
            appended.push(Appended {
                accepted,
                duplicates: fresh.len() - accepted,
            });
            if 0 < accepted {
                let entry = job.events.take_entry(job.received, &fresh);
                batch.insert(&self.entries, end.0.to_be_bytes(), entry);
                end = LogPosition(end.0 + u64::try_from(accepted).unwrap_or(u64::MAX));
            }
        }
        if end != self.end {
            batch.commit()?;
        }
        Ok((end, appended))
    }
}

/// A caller that has gone needs no answer; its events are kept.
fn answer(job: Job, result: Result<Appended, LogError>) {
    drop(job.answer.send(result));
}
