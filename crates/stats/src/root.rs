//! Finding where a monotone function changes sign.

/// Bisects to the point in `low..=high` where `positive` turns from false to true.
///
/// Halves until no number lies between the ends, at most 200 times: the answer is
/// as exact as the function, and the same on every machine.
pub(crate) fn turning_point(low: f64, high: f64, positive: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..200 {
        let middle = low.midpoint(high);
        if middle <= low || middle >= high {
            break;
        }
        if positive(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    low.midpoint(high)
}
