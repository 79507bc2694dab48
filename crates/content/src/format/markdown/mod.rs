//! Markdown (`CommonMark` with tables): what it says, with the bytes that say it.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::format::page::{Languages, Page};
use crate::format::prose::Prose;
use crate::format::{Limits, Reading, html, text_of};
use crate::{Locale, Role};

mod front_matter;
mod inline_html;

/// Reads Markdown: headings, paragraphs, list items, cells, quotes, alts and titles.
///
/// Code and addresses are no prose; HTML is read as HTML. A paragraph that is
/// one link is a call to action. Keys follow the order of headings, so that a
/// translation of the same structure has the same: `1.2.p.1` is the first paragraph
/// below the second heading of the second level.
pub fn read(file: &str, bytes: &[u8], languages: Languages<'_>, limits: &Limits) -> Reading {
    let text = match text_of(file, bytes, limits) {
        Ok(text) => text,
        Err(skipped) => return Reading::refused(*skipped),
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let body = text.get(start..).unwrap_or("");
    let mut sheet = Sheet {
        page: Page::new(file, text, limits),
        languages,
        locale: languages.named.or(languages.otherwise),
        prose: Prose::default(),
        alt: Prose::default(),
        links: Links::default(),
        images: 0,
        quotes: 0,
        block: Block::Paragraph,
        silent: false,
        html: None,
        hidden: inline_html::Silence::default(),
        sections: [0; 6],
        waiting: Vec::new(),
        following: Vec::new(),
    };
    for (event, span) in Parser::new_ext(body, options).into_offset_iter() {
        sheet.take(&event, span.start + start..span.end + start);
    }
    sheet.flush(text.len());
    sheet.page.reading
}

/// What sort of block is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Heading,
    Paragraph,
    Item,
    Cell,
}

/// Whether all words of a block stand in one link.
#[derive(Debug, Clone, Copy, Default)]
struct Links {
    open: bool,
    count: usize,
    words_outside: bool,
}

struct Sheet<'l, 't> {
    page: Page<'t>,
    languages: Languages<'l>,
    locale: Option<&'l Locale>,
    prose: Prose,
    /// The words of the image that is being read.
    alt: Prose,
    links: Links,
    images: usize,
    quotes: usize,
    block: Block,
    /// Whether code or front matter is being read.
    silent: bool,
    /// The bytes of the HTML block that is being read.
    html: Option<Range<usize>>,
    hidden: inline_html::Silence,
    /// The numbers of the headings above, by level.
    sections: [usize; 6],
    /// Suppressions whose block has yet to come.
    waiting: Vec<usize>,
    /// Suppressions of the text that is being read, with where they start.
    following: Vec<(usize, usize)>,
}

impl Sheet<'_, '_> {
    fn take(&mut self, event: &Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span.end),
            Event::Text(words) => self.words(words, span),
            Event::InlineHtml(_) => self.inline_html(span),
            Event::SoftBreak | Event::HardBreak | Event::Code(_) => self.gap(span),
            Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Range<usize>) {
        let inline = matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        );
        if !inline {
            self.flush(span.start);
        }
        if !inline && !matches!(tag, Tag::HtmlBlock | Tag::MetadataBlock(_)) {
            for suppression in std::mem::take(&mut self.waiting) {
                self.page.cover(suppression, span.clone());
            }
        }
        match tag {
            Tag::Heading { level, .. } => {
                self.open_section(*level);
                self.block = Block::Heading;
            }
            Tag::Paragraph | Tag::FootnoteDefinition(_) => self.block = Block::Paragraph,
            Tag::Item => self.block = Block::Item,
            Tag::TableCell => self.block = Block::Cell,
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(_) => self.silent = true,
            Tag::HtmlBlock => self.html = Some(span),
            Tag::MetadataBlock(_) => {
                self.silent = true;
                front_matter::read(&mut self.page, span, self.locale);
            }
            Tag::Link { title, .. } => {
                self.links.open = true;
                self.links.count += 1;
                self.title("link", title, span);
            }
            Tag::Image { title, .. } => {
                self.images += 1;
                self.title("image", title, span);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, end: usize) {
        match tag {
            TagEnd::Link => self.links.open = false,
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                if self.images == 0
                    && let Some(said) = self.alt.take()
                {
                    let key = self.numbered("image");
                    let key = format!("{key}.alt");
                    self.page.add(key, Role::Alt, self.locale, said);
                }
            }
            TagEnd::BlockQuote(_) => {
                self.flush(end);
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.silent = false,
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            _ => self.flush(end),
        }
    }

    fn words(&mut self, words: &str, span: Range<usize>) {
        if self.silent || self.html.is_some() {
            return;
        }
        if self.hidden.is_silent() {
            return self.gap(span);
        }
        let text = self.page.text;
        let verbatim = text.get(span.clone()) == Some(words);
        let prose = if 0 < self.images {
            &mut self.alt
        } else {
            &mut self.prose
        };
        if verbatim {
            prose.push(words, span.start);
        } else {
            // The parser counts white space at the end of a line to what stands before.
            let raw = text.get(span.clone()).unwrap_or("");
            let white = raw.len() - raw.trim_end().len();
            let end = if words.ends_with(char::is_whitespace) {
                span.end
            } else {
                span.end - white
            };
            prose.push_escape(words, span.start..end);
        }
        if self.images == 0 && !words.trim().is_empty() {
            self.links.words_outside |= !self.links.open;
            let begin = |suppression| (suppression, span.start);
            self.following.extend(self.waiting.drain(..).map(begin));
        }
    }

    fn gap(&mut self, span: Range<usize>) {
        let prose = if 0 < self.images {
            &mut self.alt
        } else {
            &mut self.prose
        };
        prose.push_space(span, false);
    }

    fn inline_html(&mut self, span: Range<usize>) {
        let raw = self.page.text.get(span.clone()).unwrap_or("");
        if let Some(inside) = raw.strip_prefix("<!--") {
            let inside = inside.strip_suffix("-->").unwrap_or(inside);
            self.waiting.extend(self.page.comment(inside, span));
            return;
        }
        self.hidden.take(raw);
        if inline_html::is_break(raw) {
            self.gap(span);
        } else if !self.hidden.is_silent() {
            let prefix = self.key("html");
            drop(html::scan(
                &mut self.page,
                span,
                self.languages,
                &format!("{prefix}."),
            ));
        }
    }

    fn html_block(&mut self) {
        let Some(span) = self.html.take() else { return };
        let prefix = self.key("html");
        let before = std::mem::take(&mut self.waiting);
        let after = html::scan(
            &mut self.page,
            span.clone(),
            self.languages,
            &format!("{prefix}."),
        );
        if after.is_empty() {
            for suppression in before {
                self.page.cover(suppression, span.clone());
            }
        } else {
            self.waiting = before;
            self.waiting.extend(after);
        }
    }

    /// Makes a passage of the title of a link or image.
    fn title(&mut self, of: &str, title: &str, span: Range<usize>) {
        if title.trim().is_empty() {
            return;
        }
        let raw = self.page.text.get(span.clone()).unwrap_or("");
        let mut prose = Prose::default();
        match raw.rfind(title) {
            Some(at) => prose.push(title, span.start + at),
            None => prose.push_escape(title, span),
        }
        if let Some(said) = prose.take() {
            let key = self.numbered(&format!("{of}.title"));
            self.page.add(key, Role::Label, self.locale, said);
        }
    }

    fn open_section(&mut self, level: HeadingLevel) {
        let depth = match level {
            HeadingLevel::H1 => 0,
            HeadingLevel::H2 => 1,
            HeadingLevel::H3 => 2,
            HeadingLevel::H4 => 3,
            HeadingLevel::H5 => 4,
            HeadingLevel::H6 => 5,
        };
        for (index, number) in self.sections.iter_mut().enumerate().skip(depth) {
            *number = if index == depth { *number + 1 } else { 0 };
        }
    }

    /// Returns a key below the numbers of the headings above: `1.2.p`.
    fn key(&self, kind: &str) -> String {
        let used = self.sections.iter().rposition(|number| 0 < *number);
        let numbers = self.sections.iter().take(used.map_or(1, |last| last + 1));
        let numbers: Vec<String> = numbers.map(ToString::to_string).collect();
        format!("{}.{kind}", numbers.join("."))
    }

    fn numbered(&mut self, kind: &str) -> String {
        let key = self.key(kind);
        self.page.number(&key)
    }

    /// Ends a block: what was said up to here is a passage.
    fn flush(&mut self, end: usize) {
        self.hidden = inline_html::Silence::default();
        let links = std::mem::take(&mut self.links);
        for (suppression, start) in std::mem::take(&mut self.following) {
            self.page.cover(suppression, start..end);
        }
        let Some(said) = self.prose.take() else {
            return;
        };
        let lone_link = links.count == 1 && !links.words_outside;
        let role = match self.block {
            Block::Heading => Role::Heading,
            Block::Paragraph | Block::Item | Block::Cell if lone_link => Role::Cta,
            Block::Paragraph | Block::Item | Block::Cell if 0 < self.quotes => Role::Quote,
            Block::Paragraph | Block::Item | Block::Cell => Role::Body,
        };
        let key = match self.block {
            Block::Heading => {
                let key = self.key("heading");
                self.page.once(&key)
            }
            Block::Paragraph if 0 < self.quotes => self.numbered("quote"),
            Block::Paragraph => self.numbered("p"),
            Block::Item => self.numbered("item"),
            Block::Cell => self.numbered("cell"),
        };
        self.page.add(key, role, self.locale, said);
    }
}
