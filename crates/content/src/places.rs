//! Lines and columns of bytes, found fast in files of any shape.

/// How far apart the remembered places are, in bytes.
const STRIDE: usize = 256;

/// Finds the line and column of a byte.
///
/// It remembers a place every few hundred bytes, so that a file which is one long
/// line costs no more than one of many short lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    known: Vec<Known>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    byte: usize,
    line: usize,
    column: usize,
}

impl Places {
    /// Reads through a text once and remembers places on the way.
    pub fn new(text: &str) -> Self {
        let mut known = vec![START];
        let mut here = START;
        let mut next = STRIDE;
        for c in text.chars() {
            here.step(c);
            if next <= here.byte {
                known.push(here);
                next = here.byte + STRIDE;
            }
        }
        Self { known }
    }

    /// Returns line and column of a byte, both from 1, the column in characters.
    ///
    /// A character is a Unicode scalar value, so a combining mark counts; a byte
    /// order mark at the start does not. `text` is the text it was made from.
    pub fn of(&self, text: &str, byte: usize) -> (usize, usize) {
        let after = self.known.partition_point(|known| known.byte <= byte);
        let mut here = after
            .checked_sub(1)
            .and_then(|before| self.known.get(before))
            .copied()
            .unwrap_or(START);
        for c in text.get(here.byte..).unwrap_or("").chars() {
            if byte < here.byte + c.len_utf8() {
                break;
            }
            here.step(c);
        }
        (here.line, here.column)
    }
}

const START: Known = Known {
    byte: 0,
    line: 1,
    column: 1,
};

impl Known {
    fn step(&mut self, c: char) {
        let mark = self.byte == 0 && c == '\u{feff}';
        self.byte += c.len_utf8();
        if c == '\n' {
            self.line += 1;
            self.column = 1;
        } else if !mark {
            self.column += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "\u{feff}白い封筒\nb";
        let places = Places::new(text);
        assert_eq!(places.of(text, 3), (1, 1));
        assert_eq!(places.of(text, 9), (1, 3));
        assert_eq!(places.of(text, 10), (1, 3));
        assert_eq!(places.of(text, 16), (2, 1));
        assert_eq!(places.of(text, 999), (2, 2));
    }

    proptest! {
        #[test]
        fn a_place_is_what_counting_from_the_start_gives(
            part in "[a白\n]{1,9}", times in 1_usize..300, part_of in 0.0..1.0_f64,
        ) {
            let text = part.repeat(times);
            let wanted = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            #[allow(clippy::as_conversions, clippy::cast_possible_truncation,
                clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "an index drawn at random")]
            let byte = wanted[(part_of * wanted.len() as f64) as usize];
            let before = text.get(..byte).unwrap();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            prop_assert_eq!(Places::new(&text).of(&text, byte), (line, column));
        }
    }
}
