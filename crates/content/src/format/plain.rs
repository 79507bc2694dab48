//! Plain text: each paragraph is a passage.

use crate::format::{Limits, Reading, Skipped, SkippedBecause, text_of};
use crate::message::Message;
use crate::{Locale, Passage, Places, Role, SourceMap};

/// Reads plain text: paragraphs are parted by empty lines.
///
/// White space around a paragraph is left out, line breaks inside it stay. All
/// paragraphs are `Body`: plain text does not say what is a heading.
pub fn read(file: &str, bytes: &[u8], locale: Option<&Locale>, limits: &Limits) -> Reading {
    let text = match text_of(file, bytes, limits) {
        Ok(text) => text,
        Err(skipped) => return Reading::refused(*skipped),
    };
    let mut reading = Reading::default();
    for (start, paragraph) in paragraphs(text) {
        if reading.passages.len() == limits.passages {
            reading.skipped.push(Skipped {
                file: file.to_owned(),
                place: Some(Places::new(text).of(text, start)),
                because: SkippedBecause::TooLarge,
                message: format!("more than {} paragraphs", limits.passages),
                hint: "split the file; what follows was not read".to_owned(),
            });
            break;
        }
        let number = reading.passages.len() + 1;
        reading.passages.push(Passage {
            id: format!("{file}#{number}"),
            file: file.to_owned(),
            key: None,
            locale: locale.cloned(),
            role: Role::Body,
            text: paragraph.to_owned(),
            map: SourceMap::verbatim(start, paragraph.len()),
            message: Message::parse(paragraph),
        });
    }
    reading
}

/// Returns each paragraph with the byte at which it starts.
fn paragraphs(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let indent = line.find(words).unwrap_or(0);
        if words.is_empty() {
            found.extend(start.take().map(|from| (from, end)));
        } else {
            start.get_or_insert(at + indent);
            end = at + indent + words.len();
        }
        at += line.len();
    }
    found.extend(start.map(|from| (from, end)));
    found
        .into_iter()
        .filter_map(|(from, to)| text.get(from..to).map(|paragraph| (from, paragraph)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_parted_by_empty_lines() {
        let text = "\u{feff}One\r\nline.\r\n \r\n  Two\n\n\n";
        let found: Vec<_> = paragraphs(text);
        assert_eq!(found, [(3, "One\r\nline."), (20, "Two")]);
    }
}
