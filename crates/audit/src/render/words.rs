//! The words that reports have for what findings are, and text that is safe to show.

use serde::Serialize;

use crate::{Basis, Confidence, Finding, Outcome, Severity};

/// Returns `error`, `warning`, `info`, or `unsure` where the rule could not tell.
pub(super) fn label(finding: &Finding) -> &'static str {
    match finding.outcome {
        Outcome::Violation => severity(finding.severity),
        Outcome::Unsure => "unsure",
    }
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

pub(super) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Possible => "possible",
        Confidence::Likely => "likely",
        Confidence::Certain => "certain",
    }
}

pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Law => "by law",
        Basis::Standard => "by a standard",
        Basis::Practice => "from practice",
        Basis::Research => "from research",
        Basis::Folklore => "no source opened yet",
    }
}

/// Returns the word that JSON has for a value of a closed set.
pub(super) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// Shows what could steer a terminal, or turn text around, as a mark.
pub(super) fn visible(c: char) -> char {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    match c {
        '\t' => ' ',
        c if c.is_control() || turns => '\u{fffd}',
        c => c,
    }
}

pub(super) fn clean(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// Escapes text for the inside of an element or a quoted attribute, of HTML or XML.
///
/// Characters that XML 1.0 has no place for, and those that turn text around, are
/// shown as a mark; line feeds stay.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(visible(c)),
        }
    }
    out
}

/// Returns what was found, why it matters, and what can be done, each on its line.
pub(super) fn told(finding: &Finding) -> String {
    let mut told = format!("{}\n{}", finding.message, finding.why);
    for advice in &finding.advice {
        told.push_str("\n- ");
        told.push_str(advice);
    }
    told
}

pub(super) fn plural(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_escaped_can_end_a_tag_a_quote_or_a_line_of_letters() {
        let hostile = "<script>\"'&\u{0}\u{202e}\u{ffff}\n</script>";
        assert_eq!(
            escaped(hostile),
            "&lt;script&gt;&quot;&#39;&amp;\u{fffd}\u{fffd}\u{fffd}\n&lt;/script&gt;"
        );
    }
}
