//! Prometheus' text format 0.0.4: families with help, type and samples.

use std::fmt::{Display, Write as _};

use milieu_engine::LatencyCounts;

/// The content type of the format.
pub(super) const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A page of metrics in the making.
#[derive(Debug, Default)]
pub(super) struct Text(String);

/// Names and values that tell samples of a family apart.
type Labels<'l> = &'l [(&'l str, &'l str)];

impl Text {
    /// Writes a family that only grows; its name ends in `_total`.
    pub(super) fn counter(&mut self, name: &str, help: &str, value: u64) {
        self.family(name, "counter", help);
        self.sample(name, &[], value);
    }

    /// Writes a family of one value that rises and falls.
    pub(super) fn gauge(&mut self, name: &str, help: &str, value: impl Display) {
        self.family(name, "gauge", help);
        self.sample(name, &[], value);
    }

    /// Begins a family.
    pub(super) fn family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a String cannot fail.
        let _ok = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    /// Writes one value of the family that was begun.
    pub(super) fn sample(&mut self, name: &str, labels: Labels<'_>, value: impl Display) {
        self.0.push_str(name);
        for (index, (label, value)) in labels.iter().enumerate() {
            let before = if index == 0 { '{' } else { ',' };
            let _ok = write!(self.0, "{before}{label}=\"{}\"", escaped(value));
        }
        let end = if labels.is_empty() { "" } else { "}" };
        let _ok = writeln!(self.0, "{end} {value}");
    }

    /// Writes durations of the family that was begun.
    pub(super) fn histogram(&mut self, name: &str, labels: Labels<'_>, read: &LatencyCounts) {
        let bucket = format!("{name}_bucket");
        let mut up_to = |bound: &str, count: u64| {
            let labels = [labels, &[("le", bound)]].concat();
            self.sample(&bucket, &labels, count);
        };
        for (bound, count) in &read.up_to {
            up_to(&bound.as_secs_f64().to_string(), *count);
        }
        up_to("+Inf", read.count);
        self.sample(&format!("{name}_sum"), labels, read.sum.as_secs_f64());
        self.sample(&format!("{name}_count"), labels, read.count);
    }

    /// Returns the page.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_cannot_break_out_of_its_quotes() {
        let mut text = Text::default();
        text.family("a_total", "counter", "What a is.");
        text.sample("a_total", &[("slot", "x\"} 1\n\\")], 2);
        assert_eq!(
            text.finish(),
            "# HELP a_total What a is.\n# TYPE a_total counter\na_total{slot=\"x\\\"} 1\\n\\\\\"} 2\n"
        );
    }
}
