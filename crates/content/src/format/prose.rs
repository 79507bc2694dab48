//! Builds the text of a passage piece by piece, with the place of each.

use std::ops::Range;

use html5gum::{Token, Tokenizer};

use crate::SourceMap;

/// The longest reference such as `&CounterClockwiseContourIntegral;`.
const LONGEST_REFERENCE: usize = 40;

/// Text that is put together from pieces of a file; white space collapses.
#[derive(Debug, Default)]
pub(super) struct Prose {
    text: String,
    map: SourceMap,
    /// White space that counts if more text follows.
    space: Option<(Range<usize>, bool)>,
}

impl Prose {
    /// Adds text as it stands from a byte of the file on.
    pub(super) fn push(&mut self, mut words: &str, mut at: usize) {
        while !words.is_empty() {
            let run = words.find(is_space).unwrap_or(words.len());
            let (plain, rest) = words.split_at_checked(run).unwrap_or((words, ""));
            if !plain.is_empty() {
                self.settle();
                self.text.push_str(plain);
                self.map.push_verbatim(at, plain.len());
            }
            at += plain.len();
            let after = rest.trim_start_matches(is_space);
            let white = rest.len() - after.len();
            if 0 < white {
                self.push_space(at..at + white, rest.starts_with(' ') && white == 1);
            }
            at += white;
            words = after;
        }
    }

    /// Adds white space of the file.
    pub(super) fn push_space(&mut self, bytes: Range<usize>, plain: bool) {
        match &mut self.space {
            Some((known, verbatim)) => {
                known.end = bytes.end;
                *verbatim = false;
            }
            None => self.space = Some((bytes, plain)),
        }
    }

    /// Adds text that bytes of the file say in another way.
    pub(super) fn push_escape(&mut self, said: &str, bytes: Range<usize>) {
        if said.chars().all(is_space) {
            self.push_space(bytes, false);
        } else {
            self.settle();
            self.text.push_str(said);
            self.map.push_escape(bytes, said.len());
        }
    }

    /// Adds text in which `&amp;` and its kin are decoded.
    pub(super) fn push_html(&mut self, mut raw: &str, mut at: usize) {
        while let Some(start) = raw.find('&') {
            let (plain, rest) = raw.split_at_checked(start).unwrap_or((raw, ""));
            self.push(plain, at);
            at += start;
            let length = reference(rest);
            let (candidate, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            match decoded(candidate) {
                Some(said) => self.push_escape(&said, at..at + length),
                None => self.push(candidate, at),
            }
            at += length;
            raw = after;
        }
        self.push(raw, at);
    }

    /// Writes white space that turned out to stand between words.
    fn settle(&mut self) {
        let Some((bytes, verbatim)) = self.space.take() else {
            return;
        };
        if self.text.is_empty() {
            return;
        }
        self.text.push(' ');
        if verbatim {
            self.map.push_verbatim(bytes.start, 1);
        } else {
            self.map.push_escape(bytes, 1);
        }
    }

    /// Returns what was put together; white space around it is left out.
    pub(super) fn take(&mut self) -> Option<(String, SourceMap)> {
        let Self { text, map, .. } = std::mem::take(self);
        (!text.is_empty()).then_some((text, map))
    }
}

/// Tells white space that HTML collapses; a no-break space is none.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Returns the length of what could be a reference, from its `&` on.
fn reference(text: &str) -> usize {
    let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
    let length = text
        .bytes()
        .skip(1)
        .take(LONGEST_REFERENCE)
        .take_while(name)
        .count()
        + 1;
    let closed = text.as_bytes().get(length) == Some(&b';');
    length + usize::from(closed)
}

/// Decodes a reference; `None` when it is none.
fn decoded(candidate: &str) -> Option<String> {
    let mut text = String::new();
    for token in Tokenizer::new(candidate).flatten() {
        if let Token::String(said) = token {
            text.push_str(std::str::from_utf8(&said).ok()?);
        }
    }
    (text != candidate && !text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(raw: &str) -> (String, SourceMap) {
        let mut prose = Prose::default();
        prose.push_html(raw, 0);
        prose.take().unwrap_or_default()
    }

    #[test]
    fn references_and_white_space_are_one_place_each() {
        let raw = "  Tea &amp;\n  caf&eacute; &#x767D;&nosuch; & more ";
        let (text, map) = html(raw);
        assert_eq!(text, "Tea & café 白&nosuch; & more");
        for (part, bytes) in [
            ("&", "&amp;"),
            ("& c", "&amp;\n  c"),
            ("é", "&eacute;"),
            ("白", "&#x767D;"),
            ("more", "more"),
        ] {
            let at = text.find(part).unwrap();
            assert_eq!(raw.get(map.bytes(at..at + part.len())), Some(bytes));
        }
    }
}
