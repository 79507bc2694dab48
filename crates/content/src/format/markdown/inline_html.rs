//! Tags between the words of a Markdown paragraph.

/// Whether words stand in a tag whose content is no prose.
#[derive(Debug, Default)]
pub(super) struct Silence {
    depth: usize,
}

impl Silence {
    /// Takes notice of a tag as it is written.
    pub(super) fn take(&mut self, raw: &str) {
        let (closes, name) = name_of(raw);
        let silent = matches!(
            name.as_str(),
            "code" | "kbd" | "pre" | "samp" | "script" | "style" | "template" | "var" | "rt" | "rp"
        );
        if silent && closes {
            self.depth = self.depth.saturating_sub(1);
        } else if silent && !raw.ends_with("/>") {
            self.depth += 1;
        }
    }

    pub(super) fn is_silent(&self) -> bool {
        0 < self.depth
    }
}

/// Tells a line break.
pub(super) fn is_break(raw: &str) -> bool {
    name_of(raw).1 == "br"
}

fn name_of(raw: &str) -> (bool, String) {
    let inside = raw.strip_prefix('<').unwrap_or(raw);
    let (closes, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let name = inside.chars().take_while(char::is_ascii_alphanumeric);
    (closes, name.collect::<String>().to_ascii_lowercase())
}
