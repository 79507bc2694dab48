//! Where in a pack file something stands.

use toml::de::{DeTable, DeValue};

/// One step on the way into a TOML document.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'s> {
    /// The value of a key.
    Key(&'s str),
    /// An item of an array, from 0.
    Item(usize),
}

/// Finds the line and column of a value, or of the last step that exists.
///
/// Parses again: this runs only when a mistake is reported.
pub(super) fn find(text: &str, path: &[Step<'_>]) -> (usize, usize) {
    let Ok(root) = DeTable::parse(text) else {
        return (1, 1);
    };
    let mut offset = 0;
    let root = DeValue::Table(root.into_inner());
    let mut value = &root;
    for step in path {
        let next = match (step, value) {
            (Step::Key(key), DeValue::Table(table)) => table.get(*key),
            (Step::Item(index), DeValue::Array(items)) => items.get(*index),
            _ => None,
        };
        let Some(next) = next else { break };
        offset = next.span().start;
        value = next.get_ref();
    }
    line_column(text, offset)
}

/// Turns a byte offset into line and column, both from 1, columns in characters.
pub(super) fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(start..).unwrap_or("").chars().count() + 1;
    (line, column)
}
