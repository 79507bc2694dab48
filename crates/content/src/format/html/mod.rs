//! HTML: what a page says to its readers, with the bytes that say it.
//!
//! html5gum cuts the file into tags and text and tells the bytes of each; a tree
//! builder such as html5ever would know the page better, but not its bytes. What
//! is needed of the tree (which element is open) is kept on a stack.

use std::ops::Range;

use crate::Role;
use crate::format::page::{Languages, Page};
use crate::format::prose::Prose;
use crate::format::{Limits, Reading, SkippedBecause, text_of};
use crate::{Locale, SourceMap};

mod attributes;
mod elements;
mod open;
mod tokens;

use open::{Element, Open};
use tokens::{Piece, Tag, pieces};

/// Reads HTML: each block of text, button, title and described picture is a passage.
///
/// Scripts, styles, code, templates and what is `hidden` are no prose. `lang` gives the
/// locale of what stands inside; where the language of `<html>` is not that of the
/// file's name, the name is believed and the difference told. Keys follow the
/// nearest `id` and the element: `offer.p.2`.
pub fn read(file: &str, bytes: &[u8], languages: Languages<'_>, limits: &Limits) -> Reading {
    let text = match text_of(file, bytes, limits) {
        Ok(text) => text,
        Err(skipped) => return Reading::refused(*skipped),
    };
    let mut page = Page::new(file, text, limits);
    // A comment at the end of a file is about nothing and stays so.
    drop(scan(&mut page, 0..text.len(), languages, ""));
    page.reading
}

/// Reads a part of a file as HTML; keys start with `prefix`.
///
/// Returns the suppressions that nothing followed.
pub(super) fn scan(
    page: &mut Page<'_>,
    part: Range<usize>,
    languages: Languages<'_>,
    prefix: &str,
) -> Vec<usize> {
    let text = page.text;
    let words = text.get(part.clone()).unwrap_or("");
    let mut scan = Scan {
        page,
        open: Open::new(prefix),
        named: languages.named.cloned(),
        locale: languages.named.or(languages.otherwise).cloned(),
        prose: Prose::default(),
        lone: Lone::Nothing,
        waiting: Vec::new(),
        following: Vec::new(),
        deep: false,
    };
    let moved = |span: Range<usize>| span.start + part.start..span.end + part.start;
    for piece in pieces(words) {
        match piece {
            Piece::Start(mut tag, bytes) => {
                for attribute in tag.attributes.values_mut() {
                    attribute.at += part.start;
                }
                scan.start(&tag, moved(bytes));
            }
            Piece::End(name, bytes) => scan.end(&name, moved(bytes)),
            Piece::Words(bytes) => scan.words(moved(bytes)),
            Piece::Comment(inside, bytes) => {
                let waiting = scan.page.comment(&inside, moved(bytes));
                scan.waiting.extend(waiting);
            }
        }
    }
    scan.flush(part.end);
    for element in scan.open.close_all() {
        scan.closed(element, part.end);
    }
    scan.waiting
}

/// Whether all words of a block stand in one link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lone {
    Nothing,
    Link,
    Other,
}

struct Scan<'p, 't> {
    page: &'p mut Page<'t>,
    open: Open,
    /// The locale of the file's name.
    named: Option<Locale>,
    /// The locale of what stands in no element with a language of its own.
    locale: Option<Locale>,
    prose: Prose,
    lone: Lone,
    /// Suppressions whose element or text has yet to come.
    waiting: Vec<usize>,
    /// Suppressions of the text that is being read, with where they start.
    following: Vec<(usize, usize)>,
    deep: bool,
}

impl Scan<'_, '_> {
    fn start(&mut self, tag: &Tag, bytes: Range<usize>) {
        let name = tag.name.clone();
        let hidden = self.open.is_silent();
        let inherited = self.open.locale().or(self.locale.as_ref()).cloned();
        let locale = self.language(tag, &name, inherited.clone(), bytes.start);
        let foreign = locale != inherited;
        let block = foreign || elements::is_block(&name) || attributes::is_button(tag);
        if block {
            self.flush(bytes.start);
        }
        for element in self.open.implied_end(&name) {
            self.closed(element, bytes.start);
        }
        if name == "br" || name == "wbr" {
            if name == "br" {
                self.prose.push_space(bytes, false);
            }
            return;
        }
        let silent = hidden || elements::is_silent(&name) || attributes::is_hidden(tag);
        if !silent {
            self.describe(tag, &name, locale.as_ref(), bytes.end);
        }
        let mut waiting = Vec::new();
        if block || elements::is_void(&name) {
            waiting = std::mem::take(&mut self.waiting);
        }
        if elements::is_void(&name) || tag.self_closing && elements::is_foreign(&name) {
            for suppression in waiting {
                self.page.cover(suppression, bytes.clone());
            }
            return;
        }
        let element = Element {
            role: if attributes::is_button(tag) {
                Some(Role::Cta)
            } else {
                elements::role(&name)
            },
            key: attributes::value(tag, "id").map(|id| open::key_part(&id)),
            silent,
            block,
            locale: if foreign { locale } else { None },
            from: bytes.start,
            suppressions: waiting,
            name,
        };
        if self.open.push(element, self.page.depth() * 8).is_err() && !self.deep {
            self.deep = true;
            let message = format!(
                "elements stand in each other deeper than {}",
                self.page.depth() * 8
            );
            let hint = "close elements; what is deeper is read as if it stood in the last one";
            self.page
                .tell(bytes.start, SkippedBecause::TooLarge, message, hint);
        }
    }

    /// Returns the locale inside of an element.
    fn language(
        &mut self,
        tag: &Tag,
        name: &str,
        inherited: Option<Locale>,
        at: usize,
    ) -> Option<Locale> {
        let said = attributes::value(tag, "lang");
        let Some(said) = said.and_then(|said| said.trim().parse::<Locale>().ok()) else {
            return inherited;
        };
        let same = |locale: &Locale| {
            locale.language.base() == said.language.base() && said.territory.is_none()
        };
        if inherited.as_ref().is_some_and(same) {
            return inherited;
        }
        match &self.named {
            Some(named) if name == "html" && *named != said => {
                let message =
                    format!("the page says lang=\"{said}\", the name of its file says {named}");
                let hint = "mend the one that is wrong; the name was believed";
                self.page
                    .tell(at, SkippedBecause::Contradiction, message, hint);
                inherited
            }
            Some(_) | None => Some(said),
        }
    }

    /// Makes passages of what an element's attributes say.
    fn describe(&mut self, tag: &Tag, name: &str, locale: Option<&Locale>, end: usize) {
        for (attribute, role) in attributes::spoken(tag, name) {
            let raw = attributes::raw(self.page.text, tag, attribute, end);
            let Some((raw, at)) = raw else { continue };
            let mut prose = Prose::default();
            prose.push_html(raw, at);
            if let Some(said) = prose.take() {
                let key = self.open.key_of(name);
                let key = self.page.number(&key);
                self.page
                    .add(format!("{key}.{attribute}"), role, locale, said);
            }
        }
    }

    fn end(&mut self, name: &str, bytes: Range<usize>) {
        if !self.open.has(name) {
            return;
        }
        for element in self.open.close(name) {
            if element.block {
                // The element is closed already, so its words are told of it first.
                self.flush_in(&element, bytes.start);
            }
            self.closed(element, bytes.end);
        }
    }

    fn closed(&mut self, element: Element, end: usize) {
        for suppression in element.suppressions {
            self.page.cover(suppression, element.from..end);
        }
    }

    fn words(&mut self, bytes: Range<usize>) {
        if self.open.is_silent() {
            self.prose.push_space(bytes, false);
            return;
        }
        let text = self.page.text;
        let raw = text.get(bytes.clone()).unwrap_or("");
        if !raw.trim().is_empty() {
            let link = self.open.in_link();
            self.lone = match self.lone {
                Lone::Nothing | Lone::Link if link => Lone::Link,
                Lone::Nothing | Lone::Link | Lone::Other => Lone::Other,
            };
            let begin = |suppression| (suppression, bytes.start);
            self.following.extend(self.waiting.drain(..).map(begin));
        }
        self.prose.push_html(raw, bytes.start);
    }

    /// Ends a block: what was said up to here is a passage.
    fn flush(&mut self, end: usize) {
        let said = self.ended(end);
        if let Some(said) = said {
            let (role, tag) = self.open.block();
            let locale = self.open.locale().or(self.locale.as_ref()).cloned();
            let key = self.open.key_of(&tag);
            self.keep(said, role, &key, locale.as_ref());
        }
    }

    /// Ends a block whose element was closed this moment.
    fn flush_in(&mut self, element: &Element, end: usize) {
        if let Some(said) = self.ended(end) {
            let (outer, _) = self.open.block();
            let role = element.role.or(outer);
            let inner = element.locale.as_ref();
            let locale = inner
                .or(self.open.locale())
                .or(self.locale.as_ref())
                .cloned();
            let key = match &element.key {
                Some(id) => format!("{}{id}.{}", self.open.prefix(), element.name),
                None => self.open.key_of(&element.name),
            };
            self.keep(said, role, &key, locale.as_ref());
        }
    }

    fn ended(&mut self, end: usize) -> Option<((String, SourceMap), Lone)> {
        let lone = std::mem::replace(&mut self.lone, Lone::Nothing);
        for (suppression, start) in std::mem::take(&mut self.following) {
            self.page.cover(suppression, start..end);
        }
        Some((self.prose.take()?, lone))
    }

    fn keep(
        &mut self,
        (said, lone): ((String, SourceMap), Lone),
        role: Option<Role>,
        key: &str,
        locale: Option<&Locale>,
    ) {
        let role = match (role, lone) {
            (Some(role), _) => role,
            (None, Lone::Link) => Role::Cta,
            (None, Lone::Nothing | Lone::Other) => Role::Body,
        };
        let key = self.page.number(key);
        self.page.add(key, role, locale, said);
    }
}
