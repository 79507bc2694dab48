//! A JSON reader that keeps the place of every string (RFC 8259).

use crate::SourceMap;
use crate::format::{Limits, SkippedBecause};

/// One string of a JSON text, with the path of keys that leads to it.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) at: usize,
    pub(super) key: String,
    pub(super) text: String,
    pub(super) map: SourceMap,
}

/// Where and why a text is not JSON, or too much of it.
#[derive(Debug)]
pub(super) struct JsonError {
    pub(super) at: usize,
    pub(super) because: SkippedBecause,
    pub(super) message: String,
    pub(super) hint: &'static str,
}

type Step<T> = Result<T, JsonError>;

/// Returns all strings that are values, in order.
pub(super) fn strings(text: &str, limits: &Limits) -> Step<Vec<Leaf>> {
    let mut reader = Reader {
        text,
        at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        limits,
        depth: 0,
        path: String::new(),
        leaves: Vec::new(),
    };
    reader.white();
    reader.value()?;
    reader.white();
    match reader.peek() {
        None => Ok(reader.leaves),
        Some(_) => Err(reader.wrong("text after the end of the value", "remove what follows")),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    limits: &'t Limits,
    depth: usize,
    path: String,
    leaves: Vec<Leaf>,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn white(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn wrong(&self, message: &str, hint: &'static str) -> JsonError {
        wrong_at(self.at, message, hint)
    }

    fn too_many(&self, message: String) -> JsonError {
        JsonError {
            at: self.at,
            because: SkippedBecause::TooLarge,
            message,
            hint: "split the file, or raise the limit",
        }
    }

    fn value(&mut self) -> Step<()> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => {
                let at = self.at;
                let (text, map) = self.string()?;
                if self.leaves.len() == self.limits.passages {
                    return Err(
                        self.too_many(format!("more than {} strings", self.limits.passages))
                    );
                }
                let key = self.path.clone();
                self.leaves.push(Leaf { at, key, text, map });
                Ok(())
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.word(),
            None => Err(self.wrong(
                "the text ends where a value should stand",
                "complete the file",
            )),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Step<()>) -> Step<()> {
        if self.depth == self.limits.depth {
            return Err(self.too_many(format!("nested deeper than {}", self.limits.depth)));
        }
        self.depth += 1;
        self.at += 1;
        self.white();
        read(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn object(&mut self) -> Step<()> {
        if self.close(b'}') {
            return Ok(());
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.wrong("a key in double quotes should stand here", self.guess()));
            }
            let (key, _) = self.string()?;
            self.white();
            if self.peek() != Some(b':') {
                return Err(self.wrong("a colon should follow the key", "write \"key\": \"text\""));
            }
            self.at += 1;
            self.white();
            self.below(&key)?;
            if !self.more(b'}', "a comma or } should stand here")? {
                return Ok(());
            }
        }
    }

    fn array(&mut self) -> Step<()> {
        if self.close(b']') {
            return Ok(());
        }
        for number in 0_usize.. {
            self.below(&number.to_string())?;
            if !self.more(b']', "a comma or ] should stand here")? {
                break;
            }
        }
        Ok(())
    }

    /// Reads the value below one more key, then forgets the key.
    fn below(&mut self, key: &str) -> Step<()> {
        let parent = self.path.len();
        if parent != 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        self.value()?;
        self.path.truncate(parent);
        self.white();
        Ok(())
    }

    fn close(&mut self, bracket: u8) -> bool {
        let closes = self.peek() == Some(bracket);
        if closes {
            self.at += 1;
        }
        closes
    }

    /// Steps over a comma or the closing bracket; tells whether more follows.
    fn more(&mut self, bracket: u8, expected: &str) -> Step<bool> {
        if self.close(bracket) {
            return Ok(false);
        }
        if self.peek() != Some(b',') {
            return Err(self.wrong(expected, self.guess()));
        }
        let comma = self.at;
        self.at += 1;
        self.white();
        if self.peek() == Some(bracket) {
            let message = "a comma stands before the closing bracket";
            return Err(wrong_at(comma, message, "remove the comma"));
        }
        Ok(true)
    }

    /// Guesses what the author had in mind at a place that is wrong.
    fn guess(&self) -> &'static str {
        match self.peek() {
            Some(b'/') => "JSON has no comments: remove it",
            Some(b'\'') => "use double quotes",
            Some(b'"') => "a comma is missing before this",
            None => "the file ends too early: complete it",
            Some(_) => "look for a missing comma, quote or bracket before this",
        }
    }

    fn word(&mut self) -> Step<()> {
        let known = ["true", "false", "null"];
        match known.iter().find(|word| self.rest().starts_with(**word)) {
            Some(word) => {
                self.at += word.len();
                Ok(())
            }
            None => Err(self.wrong("a value should stand here", self.guess())),
        }
    }

    /// Steps over a number; which one it is matters to nobody here.
    fn number(&mut self) -> Step<()> {
        let rest = self.rest();
        let length = rest
            .find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let number = rest.get(..length).unwrap_or("");
        if number.parse::<f64>().is_err() {
            return Err(self.wrong("this is not a number", "put text in double quotes"));
        }
        self.at += length;
        Ok(())
    }

    /// Reads a string and remembers which bytes say which part of it.
    fn string(&mut self) -> Step<(String, SourceMap)> {
        let quote = self.at;
        self.at += 1;
        let mut text = String::new();
        let mut map = SourceMap::default();
        loop {
            let run = self.run();
            map.push_verbatim(self.at, run.len());
            text.push_str(run);
            self.at += run.len();
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok((text, map));
                }
                Some(b'\\') => {
                    let start = self.at;
                    let decoded = self.escape()?;
                    map.push_escape(start..self.at, decoded.len_utf8());
                    text.push(decoded);
                }
                Some(_) => {
                    return Err(self.wrong(
                        "a line break or control character stands inside a string",
                        "write it as \\n or \\u0000, or close the quote",
                    ));
                }
                None => {
                    return Err(wrong_at(
                        quote,
                        "the string that starts here never ends",
                        "close the quote",
                    ));
                }
            }
        }
    }

    /// Returns what stands as it is up to the next quote, escape or control.
    fn run(&self) -> &'t str {
        let rest = self.rest();
        let end = rest
            .bytes()
            .position(|b| b == b'"' || b == b'\\' || b < 0x20)
            .unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    }

    fn escape(&mut self) -> Step<char> {
        let start = self.at;
        let letter = self.text.as_bytes().get(start + 1).copied();
        self.at += 2;
        let plain = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start),
            Some(_) | None => {
                return Err(wrong_at(
                    start,
                    "JSON has no such escape",
                    "write \\\\ for a backslash",
                ));
            }
        };
        Ok(plain)
    }

    /// Decodes `\u0041`, or a surrogate pair such as `\ud83c\udf81`.
    fn unicode(&mut self, start: usize) -> Step<char> {
        let lone = || {
            wrong_at(
                start,
                "half of a surrogate pair stands alone",
                "write both halves, or the character itself",
            )
        };
        let high = self.four_digits(start)?;
        if !(0xd800..0xe000).contains(&high) {
            return char::from_u32(high).ok_or_else(lone);
        }
        if 0xdc00 <= high || !self.rest().starts_with("\\u") {
            return Err(lone());
        }
        self.at += 2;
        let low = self.four_digits(start)?;
        if !(0xdc00..0xe000).contains(&low) {
            return Err(lone());
        }
        char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)).ok_or_else(lone)
    }

    fn four_digits(&mut self, start: usize) -> Step<u32> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or("");
        let hex = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let code = u32::from_str_radix(digits, 16).ok().filter(|_| hex);
        self.at += 4;
        code.ok_or_else(|| {
            wrong_at(
                start,
                "\\u needs four hexadecimal digits",
                "write it as \\u00e9",
            )
        })
    }
}

fn wrong_at(at: usize, message: &str, hint: &'static str) -> JsonError {
    JsonError {
        at,
        because: SkippedBecause::Syntax,
        message: message.to_owned(),
        hint,
    }
}
