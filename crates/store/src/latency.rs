//! How long things took, counted without a lock.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The upper bounds of the buckets, in microseconds: from a decision to a hung disk.
const BOUNDS: [u64; 16] = [
    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
    1_000_000, 2_500_000, 10_000_000,
];

/// Durations by size, as they are told to Prometheus. Observing is two atomic additions.
#[derive(Debug, Default)]
pub struct Latency {
    buckets: [AtomicU64; BOUNDS.len()],
    longer: AtomicU64,
    micros: AtomicU64,
}

/// What was counted up to one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatencyCounts {
    /// For each bound, how many took at most that long; ends with the longest bound.
    pub up_to: Vec<(Duration, u64)>,
    /// How many there were.
    pub count: u64,
    /// How long they took together.
    pub sum: Duration,
}

impl Latency {
    /// Takes one duration in.
    pub fn observe(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let at = BOUNDS.partition_point(|bound| *bound < micros);
        let bucket = self.buckets.get(at).unwrap_or(&self.longer);
        bucket.fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// Reads the counts. While others observe, sum and counts may differ by what is under way.
    pub fn read(&self) -> LatencyCounts {
        let mut count = 0;
        let mut up_to = Vec::with_capacity(BOUNDS.len());
        for (bound, bucket) in BOUNDS.iter().zip(&self.buckets) {
            count += bucket.load(Ordering::Relaxed);
            up_to.push((Duration::from_micros(*bound), count));
        }
        count += self.longer.load(Ordering::Relaxed);
        let sum = Duration::from_micros(self.micros.load(Ordering::Relaxed));
        LatencyCounts { up_to, count, sum }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_in_every_bucket_that_it_fits() {
        let latency = Latency::default();
        for micros in [0, 50, 51, 10_000_000, 10_000_001] {
            latency.observe(Duration::from_micros(micros));
        }
        let read = latency.read();
        let within = |micros| {
            let bound = Duration::from_micros(micros);
            read.up_to.iter().find(|(at, _)| *at == bound).unwrap().1
        };
        assert_eq!([within(50), within(100), within(10_000_000)], [2, 3, 4]);
        assert_eq!(read.count, 5);
        assert_eq!(read.sum, Duration::from_micros(20_000_102));
    }
}
