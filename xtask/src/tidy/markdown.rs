//! The few things house tests read of Markdown: fenced blocks, code spans, links.

/// A piece of code in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code<'t> {
    /// The line it stands on, from 1.
    pub(crate) line: usize,
    /// One line of a shell block, or one code span.
    pub(crate) text: &'t str,
}

/// Finds the lines of shell blocks, and all code spans outside blocks.
pub(crate) fn code(text: &str) -> Vec<Code<'_>> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    for (line, content) in (1..).zip(text.lines()) {
        match (content.trim_start().strip_prefix("```"), fence) {
            (Some(_), Some(_)) => fence = None,
            (Some(info), None) => fence = Some(info.trim()),
            (None, Some("" | "sh" | "bash" | "console")) => {
                let text = content.trim_start().trim_start_matches("$ ");
                found.push(Code { line, text });
            }
            (None, Some(_)) => {}
            (None, None) => found.extend(spans(line, content)),
        }
    }
    found
}

fn spans(line: usize, content: &str) -> impl Iterator<Item = Code<'_>> {
    content
        .split('`')
        .skip(1)
        .step_by(2)
        .map(move |text| Code { line, text })
}

/// Finds the targets of links and pictures outside blocks.
pub(crate) fn links(text: &str) -> Vec<Code<'_>> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (line, content) in (1..).zip(text.lines()) {
        if content.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced || content.trim_start().starts_with("<!--") {
            continue;
        }
        let targets = content
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        found.extend(targets.map(|text| Code { line, text }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shell_blocks_and_spans_are_found_and_other_blocks_left_out() {
        let text =
            "Run `make demo` or:\n```sh\n$ milieu demo\n```\n```toml\nkey = 1 # `make no`\n```\n";
        let found: Vec<_> = code(text)
            .into_iter()
            .map(|code| (code.line, code.text))
            .collect();
        assert_eq!(found, [(1, "make demo"), (3, "milieu demo")]);
    }

    #[test]
    fn links_are_found_outside_blocks_and_comments() {
        let text = "[a](b.md) ![c](d.png)\n<!-- [e](f.md) -->\n```js\n[g](h)\n```\n";
        let found: Vec<_> = links(text).into_iter().map(|link| link.text).collect();
        assert_eq!(found, ["b.md", "d.png"]);
    }
}
