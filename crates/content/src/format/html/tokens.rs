//! Cuts HTML into tags, words and comments, each with its bytes.

use std::collections::BTreeMap;
use std::ops::Range;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// The attributes that say something about words.
const READ: [&str; 14] = [
    "alt",
    "aria-label",
    "class",
    "content",
    "hidden",
    "id",
    "lang",
    "name",
    "placeholder",
    "property",
    "role",
    "title",
    "type",
    "value",
];

/// A piece of a page.
#[derive(Debug)]
pub(super) enum Piece {
    Start(Tag, Range<usize>),
    End(String, Range<usize>),
    Words(Range<usize>),
    Comment(String, Range<usize>),
}

/// A start tag.
#[derive(Debug, Default)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) self_closing: bool,
    /// What is read of its attributes; of two of one name the first counts.
    pub(super) attributes: BTreeMap<String, Attribute>,
}

/// An attribute of a tag.
#[derive(Debug, Default)]
pub(super) struct Attribute {
    /// Its value, references decoded.
    pub(super) value: String,
    /// The byte at which its name starts.
    pub(super) at: usize,
}

/// Returns the pieces of a text; what breaks the rules is read as browsers do.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut emitter = CallbackEmitter::<Builder, Piece, usize>::default();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).flatten()
}

/// Puts pieces together; errors are dropped at once, a hostile page has millions.
#[derive(Debug, Default)]
struct Builder {
    tag: Tag,
    start: usize,
    attribute: Option<String>,
}

impl Callback<Piece, usize> for Builder {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) -> Option<Piece> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag {
                    name: lossy(name),
                    ..Tag::default()
                };
                self.start = span.start;
                None
            }
            CallbackEvent::AttributeName { name } => {
                let name = READ.iter().find(|read| read.as_bytes() == name);
                self.attribute = name
                    .filter(|name| !self.tag.attributes.contains_key(**name))
                    .map(|name| (*name).to_owned());
                if let Some(name) = &self.attribute {
                    let attribute = Attribute {
                        value: String::new(),
                        at: span.start,
                    };
                    self.tag.attributes.insert(name.clone(), attribute);
                }
                None
            }
            CallbackEvent::AttributeValue { value } => {
                let name = self.attribute.as_ref();
                if let Some(known) = name.and_then(|name| self.tag.attributes.get_mut(name)) {
                    known.value.push_str(&lossy(value));
                }
                None
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let mut tag = std::mem::take(&mut self.tag);
                tag.self_closing = self_closing;
                Some(Piece::Start(tag, self.start..span.end))
            }
            CallbackEvent::EndTag { name } => Some(Piece::End(lossy(name), span.start..span.end)),
            CallbackEvent::String { .. } => Some(Piece::Words(span.start..span.end)),
            CallbackEvent::Comment { value } => {
                Some(Piece::Comment(lossy(value), span.start..span.end))
            }
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => None,
        }
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
