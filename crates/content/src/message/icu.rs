//! ICU `MessageFormat` 1, after the ICU user guide "Formatting Messages".
//!
//! Apostrophes follow ICU's default (`DOUBLE_OPTIONAL`): `''` is one apostrophe; a
//! single one quotes only before `{` and `}`, and before `#` inside a plural, and
//! then up to the next single one.

use std::ops::Range;

use super::{Choice, ChoiceKind, Message, Placeholder, Problem, Shown, Syntax, is_name};

/// How deep choices may stand in each other.
const DEEPEST: usize = 16;

/// Parses a whole text as one message.
pub(super) fn parse(text: &str) -> Result<Message, Problem> {
    let mut parser = Parser {
        text,
        at: 0,
        message: Message::default(),
    };
    parser.pattern(&Branch::outermost())?;
    if parser.at < text.len() {
        return Err(parser.wrong("a } has no { before it"));
    }
    Ok(parser.message)
}

/// Where in the choices a pattern stands.
#[derive(Clone)]
struct Branch {
    depth: usize,
    /// The number that `#` stands for.
    pound: Option<String>,
    /// Whether every branch on the way here is `other`.
    general: bool,
}

impl Branch {
    fn outermost() -> Self {
        Self {
            depth: 0,
            pound: None,
            general: true,
        }
    }

    fn shown(&self) -> Shown {
        if self.general {
            Shown::Always
        } else {
            Shown::Sometimes
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    message: Message,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn wrong(&self, message: &str) -> Problem {
        Problem {
            at: self.at,
            message: message.to_owned(),
        }
    }

    /// Reads words and arguments up to an unquoted `}` or the end.
    fn pattern(&mut self, branch: &Branch) -> Result<(), Problem> {
        let mut words = self.at;
        while let Some(c) = self.peek() {
            match c {
                '}' => break,
                '{' => {
                    self.end_words(words);
                    self.argument(branch)?;
                    words = self.at;
                }
                '#' if branch.pound.is_some() => {
                    self.end_words(words);
                    self.pound(branch);
                    words = self.at;
                }
                '\'' => self.apostrophe(branch),
                _ => self.at += c.len_utf8(),
            }
        }
        self.end_words(words);
        Ok(())
    }

    fn end_words(&mut self, from: usize) {
        if from < self.at {
            self.message.words.push(from..self.at);
        }
    }

    fn pound(&mut self, branch: &Branch) {
        let span = self.at..self.at + 1;
        self.at += 1;
        if let Some(name) = branch.pound.clone() {
            let kind = Some("number".to_owned());
            self.found(name, kind, span, branch.shown());
        }
    }

    /// Steps over an apostrophe and, where it quotes, over what it quotes.
    fn apostrophe(&mut self, branch: &Branch) {
        self.at += 1;
        match self.peek() {
            Some('\'') => self.at += 1,
            Some('{' | '}') => self.quoted(),
            Some('#') if branch.pound.is_some() => self.quoted(),
            Some(_) | None => {}
        }
    }

    fn quoted(&mut self) {
        let start = self.at;
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            if c == '\'' {
                if self.peek() == Some('\'') {
                    self.at += 1;
                } else {
                    break;
                }
            }
        }
        let quoted = self.text.get(start..self.at).unwrap_or("");
        let quoted = quoted.strip_suffix('\'').unwrap_or(quoted);
        let inside = parse(quoted).unwrap_or_else(|_| super::braces::parse(quoted));
        let inside = inside.placeholders;
        self.message
            .quoted
            .extend(inside.into_iter().map(|found| Placeholder {
                span: found.span.start + start..found.span.end + start,
                ..found
            }));
    }

    fn argument(&mut self, branch: &Branch) -> Result<(), Problem> {
        let open = self.at;
        self.at += 1;
        let name = self.word();
        if !is_name(name) {
            self.at = open;
            return Err(self.wrong("the name of an argument should follow {"));
        }
        match self.peek() {
            Some('}') => {
                self.at += 1;
                self.found(name.to_owned(), None, open..self.at, branch.shown());
                Ok(())
            }
            Some(',') => {
                self.at += 1;
                self.typed(open, name, branch)
            }
            Some(_) => Err(self.wrong("a comma or } should follow the name of an argument")),
            None => Err(problem(open, "this { is never closed")),
        }
    }

    /// Reads what follows `{name,`: a format with its style, or a choice.
    fn typed(&mut self, open: usize, name: &str, branch: &Branch) -> Result<(), Problem> {
        let kind = self.word();
        let choice = match kind {
            "plural" => Some(ChoiceKind::Plural),
            "selectordinal" => Some(ChoiceKind::Ordinal),
            "select" => Some(ChoiceKind::Select),
            _ => None,
        };
        match (choice, self.peek()) {
            (Some(choice), Some(',')) => {
                self.at += 1;
                self.choice(open, name, choice, branch)
            }
            (Some(_), _) => Err(self.wrong("the branches of the choice are missing")),
            (None, Some('}' | ',')) if is_name(kind) => {
                self.style(open)?;
                let kind = Some(kind.to_owned());
                self.found(name.to_owned(), kind, open..self.at, branch.shown());
                Ok(())
            }
            (None, _) => {
                Err(self.wrong("a format such as number, date or plural should stand here"))
            }
        }
    }

    /// Steps over a style and the closing brace; braces inside it are balanced.
    fn style(&mut self, open: usize) -> Result<(), Problem> {
        let mut depth = 0_usize;
        while let Some(c) = self.peek() {
            self.at += c.len_utf8();
            match c {
                '\'' => self.quoted_style(),
                '{' => depth += 1,
                '}' if depth == 0 => return Ok(()),
                '}' => depth -= 1,
                _ => {}
            }
        }
        Err(problem(open, "this { is never closed"))
    }

    /// In a style every apostrophe quotes, up to the next.
    fn quoted_style(&mut self) {
        let rest = self.rest();
        self.at += rest.find('\'').map_or(0, |close| close + 1);
    }

    fn choice(
        &mut self,
        open: usize,
        name: &str,
        kind: ChoiceKind,
        outer: &Branch,
    ) -> Result<(), Problem> {
        if DEEPEST <= outer.depth {
            return Err(problem(open, "choices stand in each other too deep"));
        }
        let head = open..self.at;
        self.found(name.to_owned(), None, head.clone(), Shown::Chooses);
        let numeric = kind != ChoiceKind::Select;
        let mut branches = Vec::new();
        loop {
            let key = self.word();
            if let Some(offset) = key.strip_prefix("offset:")
                && numeric
                && branches.is_empty()
            {
                if offset.is_empty() {
                    self.word();
                }
                continue;
            }
            match (key, self.peek()) {
                ("", Some('}')) => break,
                ("", _) => return Err(self.wrong("the key of a branch or } should stand here")),
                (_, Some('{')) => {
                    self.at += 1;
                    self.branch(key, name, numeric, outer)?;
                    branches.push(key.to_owned());
                }
                (_, _) => {
                    return Err(self.wrong("the text of the branch should stand here in braces"));
                }
            }
        }
        self.at += 1;
        if !branches.iter().any(|key| key == "other") {
            return Err(problem(open, "the choice has no other branch"));
        }
        self.message.choices.push(Choice {
            argument: name.to_owned(),
            kind,
            branches,
            span: head,
        });
        Ok(())
    }

    fn branch(
        &mut self,
        key: &str,
        name: &str,
        numeric: bool,
        outer: &Branch,
    ) -> Result<(), Problem> {
        let open = self.at - 1;
        let inner = Branch {
            depth: outer.depth + 1,
            pound: if numeric {
                Some(name.to_owned())
            } else {
                outer.pound.clone()
            },
            general: outer.general && key == "other",
        };
        self.pattern(&inner)?;
        if self.peek() != Some('}') {
            return Err(problem(open, "this { is never closed"));
        }
        self.at += 1;
        Ok(())
    }

    fn found(&mut self, name: String, kind: Option<String>, span: Range<usize>, shown: Shown) {
        self.message.placeholders.push(Placeholder {
            name,
            kind,
            syntax: Syntax::Braces,
            span,
            shown,
        });
    }

    /// Reads a word with white space around it: up to a comma, a brace or a space.
    fn word(&mut self) -> &'t str {
        self.skip_white();
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}'))
            .unwrap_or(rest.len());
        self.at += end;
        self.skip_white();
        rest.get(..end).unwrap_or("")
    }

    fn skip_white(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }
}

fn problem(at: usize, message: &str) -> Problem {
    Problem {
        at,
        message: message.to_owned(),
    }
}
