//! How much a key or a login may ask for: told with 429 and `Retry-After` beyond it.
//!
//! One word of memory for each bucket, and no lock: the generic cell rate algorithm (ITU-T
//! I.371, annex A). The word holds the moment at which the bucket will be full again. A
//! request moves it on by what it costs, unless that would lie further ahead than the burst.
//!
//! Buckets lie in a table of a fixed size, by a hash of the key's id. Two keys in one place
//! would share an allowance; of ten keys, that happens once in a thousand workspaces. Only
//! who was let in is counted, so nobody can fill the table from outside.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Places for buckets: half a megabyte for each kind of request.
const PLACES: usize = 1 << 16;

/// How much may be asked for: so much each second, and so much at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// What comes back each second; 0 switches the limit off.
    pub per_second: u32,
    /// What may be asked for at once.
    pub burst: u32,
}

impl Rate {
    /// So much a second, and what comes in five seconds at once.
    pub const fn of(per_second: u32) -> Self {
        Self {
            per_second,
            burst: per_second.saturating_mul(5),
        }
    }
}

/// The limits of all kinds of requests, for each key or login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Evaluations; one of all slots counts as one.
    pub decisions: Rate,
    /// Events; each message of a batch counts.
    pub events: Rate,
    /// Requests to the API.
    pub api: Rate,
    /// Audits, besides.
    pub audits: Rate,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            decisions: Rate::of(20_000),
            events: Rate::of(100_000),
            api: Rate::of(100),
            audits: Rate {
                per_second: 1,
                burst: 30,
            },
        }
    }
}

/// Seconds after which it is worth trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMuch(pub(crate) i64);

/// The buckets of a running server.
#[derive(Debug)]
pub(crate) struct Meters {
    pub(crate) decisions: Meter,
    /// First evaluations of all slots: a page that gets none has nothing to show.
    pub(crate) first_bulks: Meter,
    pub(crate) events: Meter,
    pub(crate) api: Meter,
    pub(crate) audits: Meter,
}

impl Meters {
    #[allow(
        clippy::disallowed_methods,
        reason = "the doors read the clock: an allowance is per second"
    )]
    pub(crate) fn new(limits: Limits) -> Self {
        let start = Instant::now();
        let meter = |rate| Meter::new(rate, start);
        Self {
            decisions: meter(limits.decisions),
            first_bulks: meter(limits.decisions),
            events: meter(limits.events),
            api: meter(limits.api),
            audits: meter(limits.audits),
        }
    }
}

/// The buckets of one kind of request.
#[derive(Debug)]
pub(crate) struct Meter {
    /// Nanoseconds in which one request comes back; 0 without a limit.
    each: u64,
    /// Nanoseconds in which a whole burst comes back.
    burst: u64,
    start: Instant,
    full_at: Box<[AtomicU64]>,
}

impl Meter {
    fn new(rate: Rate, start: Instant) -> Self {
        let each = 1_000_000_000_u64
            .checked_div(u64::from(rate.per_second))
            .unwrap_or(0);
        let places = if each == 0 { 1 } else { PLACES };
        Self {
            each,
            burst: each.saturating_mul(u64::from(rate.burst.max(1))),
            start,
            full_at: (0..places).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    /// Takes what a request costs from somebody's bucket, or says how long to wait.
    pub(crate) fn take(&self, who: &str, cost: usize) -> Result<(), TooMuch> {
        if self.each == 0 {
            return Ok(());
        }
        self.take_at(who, cost, self.start.elapsed())
    }

    fn take_at(&self, who: &str, cost: usize, now: Duration) -> Result<(), TooMuch> {
        let now = u64::try_from(now.as_nanos()).unwrap_or(u64::MAX);
        let cost = u64::try_from(cost)
            .unwrap_or(u64::MAX)
            .saturating_mul(self.each);
        let place = usize::try_from(hash(who)).unwrap_or(0) % self.full_at.len();
        let Some(full_at) = self.full_at.get(place) else {
            return Ok(());
        };
        // What costs more than a whole burst is let through when the bucket is full.
        let furthest = now.saturating_add(self.burst.max(cost));
        let moved = full_at.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |full| {
            let next = full.max(now).saturating_add(cost);
            (next <= furthest).then_some(next)
        });
        moved.map(|_| ()).map_err(|full| {
            let early = full.saturating_add(cost).saturating_sub(furthest);
            let seconds = early.div_ceil(1_000_000_000).max(1);
            TooMuch(i64::try_from(seconds).unwrap_or(i64::MAX))
        })
    }
}

/// FNV-1a: short ids, no secrets, a few nanoseconds.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(
        clippy::disallowed_methods,
        reason = "the moment from which it counts; the tests say how much later it is"
    )]
    fn meter(per_second: u32, burst: u32) -> Meter {
        Meter::new(Rate { per_second, burst }, Instant::now())
    }

    const START: Duration = Duration::from_secs(5);

    #[test]
    fn a_burst_is_let_through_and_comes_back_by_and_by() {
        let meter = meter(10, 3);
        for _ in 0..3 {
            assert_eq!(meter.take_at("a", 1, START), Ok(()));
        }
        assert_eq!(meter.take_at("a", 1, START), Err(TooMuch(1)));
        assert_eq!(
            meter.take_at("b", 1, START),
            Ok(()),
            "others have their own"
        );
        let later = START + Duration::from_millis(100);
        assert_eq!(meter.take_at("a", 1, later), Ok(()));
        assert_eq!(meter.take_at("a", 1, later), Err(TooMuch(1)));
    }

    #[test]
    fn the_wait_that_is_told_is_long_enough_and_not_longer() {
        let meter = meter(1, 10);
        assert_eq!(meter.take_at("a", 10, START), Ok(()));
        assert_eq!(meter.take_at("a", 4, START), Err(TooMuch(4)));
        assert!(
            meter
                .take_at("a", 4, START + Duration::from_secs(3))
                .is_err()
        );
        assert!(
            meter
                .take_at("a", 4, START + Duration::from_secs(4))
                .is_ok()
        );
    }

    #[test]
    fn what_costs_more_than_a_burst_passes_when_the_bucket_is_full() {
        let meter = meter(10, 3);
        assert_eq!(meter.take_at("a", 50, START), Ok(()));
        assert_eq!(meter.take_at("a", 1, START), Err(TooMuch(5)));
    }

    #[test]
    fn without_a_rate_there_is_no_limit() {
        let meter = meter(0, 1);
        assert!((0..1_000).all(|_| meter.take("a", 1_000_000).is_ok()));
    }

    #[test]
    fn threads_together_get_no_more_than_one() {
        let meter = meter(1, 100);
        let taken = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        if meter.take_at("a", 1, START).is_ok() {
                            taken.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                });
            }
        });
        assert_eq!(taken.load(Ordering::Relaxed), 100);
    }
}
