//! What the attributes of a tag say, and where.

use super::tokens::Tag;
use crate::Role;

/// Returns the decoded value of an attribute.
pub(super) fn value(tag: &Tag, name: &str) -> Option<String> {
    let text = &tag.attributes.get(name)?.value;
    (!text.trim().is_empty()).then(|| text.clone())
}

/// Tells what nobody sees.
pub(super) fn is_hidden(tag: &Tag) -> bool {
    tag.attributes.contains_key("hidden")
}

/// Tells a link that is drawn as a button.
pub(super) fn is_button(tag: &Tag) -> bool {
    let role = value(tag, "role").is_some_and(|role| role.trim() == "button");
    let class = value(tag, "class").unwrap_or_default();
    let word = |word: &str| matches!(word, "button" | "btn" | "cta");
    let named = class
        .split_whitespace()
        .any(|name| word(name.split("--").next().unwrap_or(name)));
    role || (tag.name == "a" && named)
}

/// Lists the attributes of a tag that people read or hear, with their roles.
pub(super) fn spoken(tag: &Tag, name: &str) -> Vec<(&'static str, Role)> {
    let mut found = Vec::new();
    let kind = value(tag, "type").unwrap_or_default().to_ascii_lowercase();
    match name {
        "img" | "area" => found.push(("alt", Role::Alt)),
        "input" if kind == "image" => found.push(("alt", Role::Alt)),
        "input" if matches!(kind.as_str(), "submit" | "button" | "reset") => {
            found.push(("value", Role::Cta));
        }
        "meta" => {
            let about = value(tag, "name").or_else(|| value(tag, "property"));
            match about.unwrap_or_default().to_ascii_lowercase().as_str() {
                "description" | "og:description" | "twitter:description" => {
                    found.push(("content", Role::Body));
                }
                "og:title" | "twitter:title" => found.push(("content", Role::Heading)),
                "og:image:alt" | "twitter:image:alt" => found.push(("content", Role::Alt)),
                _ => {}
            }
        }
        _ => {}
    }
    found.extend([
        ("aria-label", Role::Label),
        ("title", Role::Label),
        ("placeholder", Role::Label),
    ]);
    found.retain(|(attribute, _)| value(tag, attribute).is_some());
    found
}

/// Returns an attribute's value as it is written, and where; its tag ends at `end`.
pub(super) fn raw<'t>(
    text: &'t str,
    tag: &Tag,
    attribute: &str,
    end: usize,
) -> Option<(&'t str, usize)> {
    let start = tag.attributes.get(attribute)?.at;
    let written = text.get(start..end)?;
    let (_, after) = written.split_once('=')?;
    let value = after.trim_start();
    let at = start + (written.len() - value.len());
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let inside = value.get(1..)?;
        return Some((inside.get(..inside.find(quote)?)?, at + 1));
    }
    let end = value.find(|c: char| c.is_ascii_whitespace() || c == '>');
    Some((value.get(..end.unwrap_or(value.len()))?, at))
}
