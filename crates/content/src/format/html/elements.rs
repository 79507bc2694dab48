//! What kinds of elements there are in HTML.

use crate::Role;

/// Tells elements that never have anything inside.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Tells elements that part the words before from the words inside.
pub(super) fn is_block(name: &str) -> bool {
    let inline = matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "br"
            | "center"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "rb"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    );
    !inline
}

/// Tells elements that close themselves when they are written `<path/>`.
pub(super) fn is_foreign(name: &str) -> bool {
    matches!(
        name,
        "circle"
            | "ellipse"
            | "g"
            | "image"
            | "line"
            | "path"
            | "polygon"
            | "polyline"
            | "rect"
            | "stop"
            | "svg"
            | "use"
    )
}

/// Tells elements whose content is no prose.
pub(super) fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "code"
            | "iframe"
            | "kbd"
            | "math"
            | "noembed"
            | "noframes"
            | "object"
            | "pre"
            | "rp"
            | "rt"
            | "samp"
            | "script"
            | "style"
            | "template"
            | "var"
    )
}

/// Returns the role of what stands in an element.
pub(super) fn role(name: &str) -> Option<Role> {
    match name {
        "title" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "caption" => {
            Some(Role::Heading)
        }
        "button" => Some(Role::Cta),
        "label" | "legend" | "option" | "textarea" => Some(Role::Label),
        "blockquote" => Some(Role::Quote),
        _ => None,
    }
}

/// Returns which open elements end where one starts, and which keep them open.
pub(super) fn implied(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li", "p"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd", "p"], &["dl"]),
        "tr" => (&["tr", "td", "th", "p"], &["table"]),
        "td" | "th" => (&["td", "th", "p"], &["table", "tr"]),
        "option" => (&["option"], &["select", "datalist"]),
        _ if is_block(name) && !matches!(name, "button" | "label" | "svg" | "input" | "select") => {
            (&["p"], &[])
        }
        _ => (&[], &[]),
    }
}
