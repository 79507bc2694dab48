//! Which bytes of a TOML string say which part of it.

use std::ops::Range;

use crate::SourceMap;

/// Maps a string that the TOML reader decoded to the bytes between its quotes.
///
/// `span` is the whole string with its quotes. A string that is written in a way
/// this does not know is one place that cannot be pointed into.
pub(super) fn map(file: &str, span: &Range<usize>, decoded: &str) -> SourceMap {
    let raw = file.get(span.clone()).unwrap_or("");
    let (width, escapes) = match raw {
        _ if raw.starts_with("\"\"\"") => (3, true),
        _ if raw.starts_with("'''") => (3, false),
        _ if raw.starts_with('"') => (1, true),
        _ if raw.starts_with('\'') => (1, false),
        _ => (0, false),
    };
    let end = raw.len().saturating_sub(width);
    let inside = raw.get(width..end).unwrap_or("");
    let skip = match inside {
        _ if width < 3 => 0,
        _ if inside.starts_with("\r\n") => 2,
        _ if inside.starts_with('\n') => 1,
        _ => 0,
    };
    let start = span.start + width + skip;
    let words = inside.get(skip..).unwrap_or("");
    let read = if escapes {
        unescape(words, start)
    } else {
        None
    };
    match read {
        Some((text, map)) if text == decoded => map,
        _ if words == decoded => SourceMap::verbatim(start, words.len()),
        _ => {
            let mut map = SourceMap::default();
            map.push_escape(start..start + words.len(), decoded.len());
            map
        }
    }
}

fn unescape(words: &str, start: usize) -> Option<(String, SourceMap)> {
    let mut text = String::new();
    let mut map = SourceMap::default();
    let mut rest = words;
    while !rest.is_empty() {
        let at = start + (words.len() - rest.len());
        let run = rest.find('\\').unwrap_or(rest.len());
        let (plain, escape) = rest.split_at_checked(run)?;
        text.push_str(plain);
        map.push_verbatim(at, plain.len());
        if escape.is_empty() {
            break;
        }
        let (length, said) = one_escape(escape)?;
        if let Some(c) = said {
            let from = at + plain.len();
            map.push_escape(from..from + length, c.len_utf8());
            text.push(c);
        }
        rest = escape.get(length..)?;
    }
    Some((text, map))
}

/// Returns the length of an escape and what it says; a broken line says nothing.
fn one_escape(escape: &str) -> Option<(usize, Option<char>)> {
    let letter = escape.chars().nth(1)?;
    let plain = |c| Some((2, Some(c)));
    let coded = |digits: usize| {
        let code = u32::from_str_radix(escape.get(2..2 + digits)?, 16).ok()?;
        Some((2 + digits, Some(char::from_u32(code)?)))
    };
    match letter {
        'b' => plain('\u{8}'),
        't' => plain('\t'),
        'n' => plain('\n'),
        'f' => plain('\u{c}'),
        'r' => plain('\r'),
        'e' => plain('\u{1b}'),
        '"' | '\\' => plain(letter),
        'x' => coded(2),
        'u' => coded(4),
        'U' => coded(8),
        c if c.is_whitespace() => {
            let after = escape.get(1..)?.trim_start_matches([' ', '\t', '\n', '\r']);
            Some((escape.len() - after.len(), None))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::de::DeTable;

    use super::*;

    fn read(file: &str) -> (String, SourceMap) {
        let table = DeTable::parse(file).unwrap();
        let value = table.get_ref().get("k").unwrap();
        let text = value.get_ref().as_str().unwrap().to_owned();
        let map = map(file, &value.span(), &text);
        (text, map)
    }

    #[test]
    fn each_way_to_write_a_string_is_mapped() {
        for (file, part, bytes) in [
            ("k = \"a白b\"", "白", "白"),
            ("k = 'a\\b'", "\\b", "\\b"),
            ("k = \"a\\u767db\"", "白", "\\u767d"),
            ("k = \"\"\"\na\\\n   b\\\"c\"\"\"", "\"c", "\\\"c"),
            ("k = '''\r\nab'''", "ab", "ab"),
        ] {
            let (text, map) = read(file);
            let at = text.find(part).unwrap();
            assert_eq!(
                file.get(map.bytes(at..at + part.len())),
                Some(bytes),
                "{file}"
            );
        }
    }

    proptest! {
        #[test]
        fn escaped_strings_are_found_to_the_byte(text in "[a-z\"\\\\\n\t白😀 ]{1,20}") {
            let file = format!("k = {}", toml::Value::String(text.clone()));
            let (read, map) = read(&file);
            prop_assert_eq!(&read, &text);
            for (at, c) in text.char_indices() {
                let slice = file.get(map.bytes(at..at + c.len_utf8())).unwrap();
                let wrapped = format!("k = \"\"\"{slice}\"\"\"");
                let said = match c {
                    '"' | '\n' => slice.replace("\\\"", "\"").replace("\\n", "\n"),
                    _ if file.contains('\'') => slice.to_owned(),
                    _ => toml::from_str::<toml::Table>(&wrapped).unwrap()["k"].as_str().unwrap().to_owned(),
                };
                prop_assert_eq!(said, c.to_string());
            }
        }
    }
}
