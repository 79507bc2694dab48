//! The lines above a Markdown text: `title: …` between `---` or `+++`.

use std::ops::Range;

use crate::format::page::Page;
use crate::{Locale, Role, SourceMap};

/// Makes passages of what people get to read; other lines are settings.
pub(super) fn read(page: &mut Page<'_>, span: Range<usize>, locale: Option<&Locale>) {
    let text = page.text;
    let mut at = span.start;
    for line in text.get(span).unwrap_or("").split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((name, rest)) = line.split_once([':', '=']) else {
            continue;
        };
        let Some(role) = role(name.trim_end()) else {
            continue;
        };
        let value = rest.trim_start();
        let value_at = start + (line.len() - value.len());
        if let Some(said) = value_of(value.trim_end(), value_at) {
            let key = page.once(&format!("front.{}", name.trim()));
            page.add(key, role, locale, said);
        }
    }
}

fn role(name: &str) -> Option<Role> {
    match name {
        "title" | "headline" => Some(Role::Heading),
        "subject" => Some(Role::Subject),
        "description" | "summary" | "excerpt" | "preheader" | "preview" => Some(Role::Body),
        "cta" => Some(Role::Cta),
        "alt" => Some(Role::Alt),
        _ => None,
    }
}

/// Takes a value out of its quotes; values of several lines are not read.
fn value_of(value: &str, at: usize) -> Option<(String, SourceMap)> {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        let words = value.split(" #").next().unwrap_or(value).trim_end();
        let settings =
            matches!(words, "" | "|" | ">" | "|-" | ">-") || words.starts_with(['[', '{']);
        return (!settings).then(|| (words.to_owned(), SourceMap::verbatim(at, words.len())));
    };
    let mut text = String::new();
    let mut map = SourceMap::default();
    let mut characters = value.char_indices().skip(1).peekable();
    while let Some((index, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let escaped = match (quote, c, next) {
            ('"', '\\', Some(next @ ('"' | '\\'))) => Some(next),
            ('"', '\\', Some('n')) => Some('\n'),
            ('"', '\\', Some('t')) => Some('\t'),
            ('\'', '\'', Some('\'')) => Some('\''),
            _ => None,
        };
        if let Some(said) = escaped {
            characters.next();
            text.push(said);
            map.push_escape(at + index..at + index + 2, said.len_utf8());
        } else if c == quote {
            return (!text.trim().is_empty()).then_some((text, map));
        } else {
            text.push(c);
            map.push_verbatim(at + index, c.len_utf8());
        }
    }
    None
}
