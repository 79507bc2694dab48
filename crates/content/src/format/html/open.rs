//! The elements that are open while a page is read.

use std::collections::BTreeMap;

use super::elements;
use crate::{Locale, Role};

/// An element that is open.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) role: Option<Role>,
    /// Its id, as part of a key.
    pub(super) key: Option<String>,
    /// Whether its words are no prose.
    pub(super) silent: bool,
    /// Whether it parts the words inside from those outside.
    pub(super) block: bool,
    /// The locale inside, where it is another than outside.
    pub(super) locale: Option<Locale>,
    /// Where its tag starts.
    pub(super) from: usize,
    /// What covers it.
    pub(super) suppressions: Vec<usize>,
}

/// The stack of open elements.
///
/// What is asked of all of them is counted as they come and go: no question goes
/// through the stack, which a hostile page makes deep.
#[derive(Debug)]
pub(super) struct Open {
    elements: Vec<Element>,
    names: BTreeMap<String, usize>,
    silent: usize,
    links: usize,
    prefix: String,
    keys: Vec<String>,
    locales: Vec<Locale>,
    /// Role and name of each open block that has a role, or is a block at all.
    blocks: Vec<(Option<Role>, String)>,
}

impl Open {
    pub(super) fn new(prefix: &str) -> Self {
        Self {
            elements: Vec::new(),
            names: BTreeMap::new(),
            silent: 0,
            links: 0,
            prefix: prefix.to_owned(),
            keys: Vec::new(),
            locales: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// Opens an element, unless too many are open.
    pub(super) fn push(&mut self, element: Element, most: usize) -> Result<(), ()> {
        if most <= self.elements.len() {
            return Err(());
        }
        *self.names.entry(element.name.clone()).or_default() += 1;
        self.silent += usize::from(element.silent);
        self.links += usize::from(element.name == "a");
        self.keys.extend(element.key.clone());
        self.locales.extend(element.locale.clone());
        if element.block {
            let outer = self.blocks.last().and_then(|(role, _)| *role);
            let role = element.role.or(outer);
            self.blocks.push((role, element.name.clone()));
        }
        self.elements.push(element);
        Ok(())
    }

    fn pop(&mut self) -> Option<Element> {
        let element = self.elements.pop()?;
        if let Some(count) = self.names.get_mut(&element.name) {
            *count = count.saturating_sub(1);
        }
        self.silent -= usize::from(element.silent);
        self.links -= usize::from(element.name == "a");
        if element.key.is_some() {
            self.keys.pop();
        }
        if element.locale.is_some() {
            self.locales.pop();
        }
        if element.block {
            self.blocks.pop();
        }
        Some(element)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|count| 0 < *count)
    }

    /// Closes elements up to one with a name, that one included; innermost first.
    pub(super) fn close(&mut self, name: &str) -> Vec<Element> {
        let mut closed = Vec::new();
        while let Some(element) = self.pop() {
            let last = element.name == name;
            closed.push(element);
            if last {
                break;
            }
        }
        closed
    }

    pub(super) fn close_all(&mut self) -> Vec<Element> {
        std::iter::from_fn(|| self.pop()).collect()
    }

    /// Closes what ends where an element starts: `<li>` ends the one before.
    pub(super) fn implied_end(&mut self, name: &str) -> Vec<Element> {
        let (ends, keeps) = elements::implied(name);
        let mut closed = Vec::new();
        while ends.iter().any(|end| self.has(end)) {
            let Some(last) = self.elements.last() else {
                break;
            };
            let stands = keeps.contains(&last.name.as_str());
            let inline = !elements::is_block(&last.name);
            if stands || !(ends.contains(&last.name.as_str()) || inline) {
                break;
            }
            closed.extend(self.pop());
        }
        closed
    }

    pub(super) fn is_silent(&self) -> bool {
        0 < self.silent
    }

    pub(super) fn in_link(&self) -> bool {
        0 < self.links
    }

    pub(super) fn locale(&self) -> Option<&Locale> {
        self.locales.last()
    }

    /// Returns role and name of the innermost block.
    pub(super) fn block(&self) -> (Option<Role>, String) {
        let last = self.blocks.last().cloned();
        last.unwrap_or_else(|| (None, "text".to_owned()))
    }

    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Returns the key of an element: the nearest id, then its name.
    pub(super) fn key_of(&self, name: &str) -> String {
        match self.keys.last() {
            Some(id) => format!("{}{id}.{name}", self.prefix),
            None => format!("{}{name}", self.prefix),
        }
    }
}

/// Makes an id a part of a key: dots part keys, so it has none.
pub(super) fn key_part(id: &str) -> String {
    let plain = |c: char| {
        if c == '.' || c.is_whitespace() {
            '-'
        } else {
            c
        }
    };
    id.trim().chars().take(60).map(plain).collect()
}
