//! Bare placeholders in braces, for texts that are no ICU messages.

use super::{Message, Placeholder, Shown, Syntax, is_name};

/// Finds `{name}`, `{0}` and `{}`; other braces are words.
pub(super) fn parse(text: &str) -> Message {
    let mut message = Message::default();
    let mut words = 0;
    let mut at = 0;
    let mut unnamed = 0_usize;
    while let Some(open) = find(text, at, &['{']) {
        let Some(close) = find(text, open + 1, &['{', '}']) else {
            break;
        };
        let inside = text.get(open + 1..close).unwrap_or("");
        let name = inside.trim();
        let closed = text.get(close..).is_some_and(|rest| rest.starts_with('}'));
        if !closed || !(is_name(name) || inside.is_empty()) {
            at = close;
            continue;
        }
        let name = if name.is_empty() {
            unnamed += 1;
            unnamed.to_string()
        } else {
            name.to_owned()
        };
        if words < open {
            message.words.push(words..open);
        }
        at = close + 1;
        words = at;
        message.placeholders.push(Placeholder {
            name,
            kind: None,
            syntax: Syntax::Braces,
            span: open..at,
            shown: Shown::Always,
        });
    }
    if words < text.len() {
        message.words.push(words..text.len());
    }
    message
}

fn find(text: &str, from: usize, braces: &[char]) -> Option<usize> {
    text.get(from..)?.find(braces).map(|found| from + found)
}
