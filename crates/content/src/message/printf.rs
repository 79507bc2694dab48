//! `%s`, `%1$d`, `%(name)s` and `%{name}` placeholders.

use std::ops::Range;

use super::{Message, Placeholder, Shown, Syntax, is_name};

/// Finds printf placeholders in the words of a message and takes them out of them.
///
/// A sign after a digit is a percentage (`50%`), a space is no flag (`100 % de`),
/// and `%%` is one sign: all three stay words.
pub(super) fn add(text: &str, message: &mut Message) {
    let mut next = 1;
    let runs = std::mem::take(&mut message.words);
    for run in runs {
        let mut kept = run.start;
        let mut at = run.start;
        while at < run.end {
            let rest = text.get(at..run.end).unwrap_or("");
            let Some(sign) = rest.find('%') else { break };
            at += sign;
            let after = text.get(at + 1..run.end).unwrap_or("");
            let percentage = text
                .get(..at)
                .and_then(|before| before.chars().next_back())
                .is_some_and(|c| c.is_ascii_digit());
            if after.starts_with('%') {
                at += 2;
                continue;
            }
            match conversion(after).filter(|_| !percentage) {
                None => at += 1,
                Some(found) => {
                    let span = at..at + 1 + found.length;
                    if kept < at {
                        message.words.push(kept..at);
                    }
                    at = span.end;
                    kept = at;
                    message
                        .placeholders
                        .push(placeholder(&found, span, &mut next));
                }
            }
        }
        if kept < run.end {
            message.words.push(kept..run.end);
        }
    }
}

/// What stands after a percent sign.
struct Conversion<'t> {
    name: Option<&'t str>,
    kind: Option<char>,
    length: usize,
}

fn placeholder(found: &Conversion<'_>, span: Range<usize>, next: &mut usize) -> Placeholder {
    let name = found.name.map_or_else(
        || {
            let position = next.to_string();
            *next += 1;
            position
        },
        str::to_owned,
    );
    Placeholder {
        name,
        kind: found.kind.map(class),
        syntax: Syntax::Printf,
        span,
        shown: Shown::Always,
    }
}

/// Brings conversions that take the same sort of value under one letter.
fn class(conversion: char) -> String {
    let class = match conversion {
        'd' | 'i' | 'u' | 'x' | 'X' | 'o' => 'd',
        'f' | 'F' | 'e' | 'E' | 'g' | 'G' | 'a' | 'A' => 'f',
        's' | '@' => 's',
        other => other,
    };
    class.to_string()
}

fn conversion(after: &str) -> Option<Conversion<'_>> {
    if let Some(named) = after.strip_prefix('{') {
        let name = named_until(named, '}')?;
        return Some(Conversion {
            name: Some(name),
            kind: None,
            length: name.len() + 2,
        });
    }
    let (name, rest) = match after.strip_prefix('(') {
        Some(named) => {
            let name = named_until(named, ')')?;
            (Some(name), named.get(name.len() + 1..).unwrap_or(""))
        }
        None => position(after),
    };
    let rest = rest.trim_start_matches(['-', '+', '#', '0', '\'']);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '*' | '.'));
    let rest = rest.trim_start_matches(['l', 'h', 'z', 'j', 't', 'q', 'L']);
    let kind = rest.chars().next()?;
    "sdiufFeEgGxXoc@aAp".contains(kind).then_some(Conversion {
        name,
        kind: Some(kind),
        length: after.len() - rest.len() + 1,
    })
}

/// Splits `1$s` into position and conversion.
fn position(after: &str) -> (Option<&str>, &str) {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = after.split_at_checked(digits).unwrap_or(("", after));
    match rest.strip_prefix('$') {
        Some(rest) if !number.is_empty() => (Some(number), rest),
        Some(_) | None => (None, after),
    }
}

/// Returns a name that ends with a bracket; it is looked for no further than it must.
fn named_until(text: &str, bracket: char) -> Option<&str> {
    let end = text.find(|c: char| c == bracket || !is_name(c.encode_utf8(&mut [0; 4])))?;
    let (name, rest) = text.split_at_checked(end)?;
    (rest.starts_with(bracket) && !name.is_empty()).then_some(name)
}
