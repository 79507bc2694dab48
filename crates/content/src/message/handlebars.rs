//! `{{name}}` placeholders of Handlebars, Mustache, i18next and their kin.

use super::{Message, Placeholder, Shown, Syntax};

/// Finds `{{name}}`, `{{{name}}}` and block tags; comments are neither.
pub(super) fn parse(text: &str) -> Message {
    let mut message = Message::default();
    let mut words = 0;
    let mut at = 0;
    while let Some(open) = find(text, at, "{{") {
        let triple = text.get(open..).is_some_and(|rest| rest.starts_with("{{{"));
        let (width, end) = if triple { (3, "}}}") } else { (2, "}}") };
        let Some(close) = find(text, open + width, end) else {
            break;
        };
        if words < open {
            message.words.push(words..open);
        }
        at = close + width;
        words = at;
        let inside = text.get(open + width..close).unwrap_or("");
        message
            .placeholders
            .extend(tag(inside).map(|(name, kind)| Placeholder {
                name,
                kind,
                syntax: Syntax::Handlebars,
                span: open..at,
                shown: Shown::Always,
            }));
    }
    if words < text.len() {
        message.words.push(words..text.len());
    }
    message
}

/// Splits the inside of a tag into name and kind; a comment has neither.
///
/// `#if member` is a block of kind `#if`; `/if` closes one; `- raw` and `&raw` are
/// unescaped; `price, currency` has a format of i18next.
fn tag(inside: &str) -> Option<(String, Option<String>)> {
    let inside = inside.trim().trim_matches('~').trim();
    if inside.is_empty() || inside.starts_with('!') {
        return None;
    }
    let block = inside.starts_with(['#', '/', '^', '>']);
    if block {
        let mut parts = inside.split_whitespace();
        let kind = parts.next().unwrap_or("").to_owned();
        let name = parts.collect::<Vec<_>>().join(" ");
        return Some((name, Some(kind)));
    }
    let inside = inside.trim_start_matches(['-', '&']).trim();
    let (name, format) = match inside.split_once(',') {
        Some((name, format)) => (name, Some(format.trim().to_owned())),
        None => (inside, None),
    };
    Some((name.trim().to_owned(), format))
}

fn find(text: &str, from: usize, what: &str) -> Option<usize> {
    text.get(from..)?.find(what).map(|found| from + found)
}
