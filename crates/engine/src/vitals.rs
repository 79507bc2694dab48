//! How the engine fares: what an operator watches, read when it is asked for.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use milieu_record::Instant;
use milieu_store::LatencyCounts;

use crate::journeys::record_events::{IntakeReport, intake_report};
use crate::{Engine, clock};

/// When weights were published last, and how often.
#[derive(Debug, Default)]
pub(crate) struct Weighed {
    times: AtomicU64,
    at: AtomicI64,
}

impl Weighed {
    pub(crate) fn note(&self, now: Instant) {
        self.times.fetch_add(1, Ordering::Relaxed);
        self.at.store(now.micros(), Ordering::Relaxed);
    }
}

/// When a backup was given out last; 0 stands for never.
#[derive(Debug, Default)]
pub(crate) struct BackedUp(AtomicI64);

impl BackedUp {
    pub(crate) fn at(last: Option<Instant>) -> Self {
        Self(AtomicI64::new(last.map_or(0, Instant::micros)))
    }

    pub(crate) fn note(&self, now: Instant) {
        self.0.store(now.micros(), Ordering::Relaxed);
    }

    fn ago(&self) -> Option<f64> {
        let at = self.0.load(Ordering::Relaxed);
        (at != 0).then(|| seconds(clock::now().since(Instant::from_micros(at))))
    }
}

/// What the engine has done and how it stands at one moment. Nothing is about a visitor.
#[derive(Debug, Clone)]
pub struct Vitals {
    /// What intake did since the start.
    pub intake: IntakeReport,
    /// Events in the log, ever.
    pub logged: u64,
    /// Events that the learner has not folded yet.
    pub lag: u64,
    /// Batches that wait for the log.
    pub waiting: usize,
    /// Batches that were refused because too many waited.
    pub refused: u64,
    /// Writes of the log that failed.
    pub failed_writes: u64,
    /// Whether the last write went well.
    pub writes: bool,
    /// How long writes of the log took.
    pub syncs: LatencyCounts,
    /// Visits and goals that could not be used: too late, or without their exposure.
    pub late: u64,
    /// Goals whose exposure never came.
    pub unmatched: u64,
    /// The version of the policy: how many events it has learned from.
    pub policy: u64,
    /// How often weights were published since the start.
    pub weighings: u64,
    /// Seconds since weights were published.
    pub weighed_ago: f64,
    /// How often content, approvals or quiet mode changed since the start.
    pub changes: u64,
    /// Seconds since a backup was given out whole; `None` when none ever was.
    pub backed_up_ago: Option<f64>,
}

impl Engine {
    /// Reads how the engine fares.
    pub fn vitals(&self) -> Vitals {
        let work = self.log.work();
        let (late, unmatched) = self
            .ledger
            .read()
            .map_or((0, 0), |ledger| (ledger.late(), ledger.unmatched()));
        let at = Instant::from_micros(self.weighed.at.load(Ordering::Relaxed));
        Vitals {
            intake: intake_report(self),
            logged: self.log.tail().borrow().0,
            lag: self.lag(),
            waiting: self.log.waiting(),
            refused: work.refused.load(Ordering::Relaxed),
            failed_writes: work.failed.load(Ordering::Relaxed),
            writes: self.writes_events(),
            syncs: work.syncs.read(),
            late,
            unmatched,
            policy: self.live().policy.version.0,
            weighings: self.weighed.times.load(Ordering::Relaxed),
            weighed_ago: seconds(clock::now().since(at)),
            changes: *self.changes().borrow(),
            backed_up_ago: self.backed_up.ago(),
        }
    }
}

/// Turns microseconds into seconds; a clock that was set back makes no negative age.
fn seconds(micros: i64) -> f64 {
    let micros = u64::try_from(micros).unwrap_or(0);
    std::time::Duration::from_micros(micros).as_secs_f64()
}
