//! Tables that line up, also where characters are two columns wide.

use unicode_width::UnicodeWidthStr as _;

use super::{colour, shown};

/// Rows below a head; columns are as wide as their widest cell.
#[derive(Debug)]
pub(crate) struct Table {
    head: Vec<&'static str>,
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Begins a table; a name that ends in `>` makes a column of numbers.
    pub(crate) fn new(head: &[&'static str]) -> Self {
        Self {
            head: head.iter().map(|name| name.trim_end_matches('>')).collect(),
            right: head.iter().map(|name| name.ends_with('>')).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; what others wrote is made safe to show.
    pub(crate) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.rows
            .push(cells.iter().map(|cell| shown(cell)).collect());
    }

    /// Writes head and rows, without trailing blanks.
    pub(crate) fn text(&self) -> String {
        let head: Vec<String> = self.head.iter().map(|name| (*name).to_owned()).collect();
        let lines: Vec<&Vec<String>> = std::iter::once(&head).chain(&self.rows).collect();
        let wide = |column: usize| {
            let cells = lines.iter().filter_map(|line| line.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..head.len()).map(wide).collect();
        let mut out = String::new();
        for (number, line) in lines.into_iter().enumerate() {
            let mut text = String::new();
            for ((cell, width), right) in line.iter().zip(&widths).zip(&self.right) {
                let blanks = " ".repeat(width.saturating_sub(cell.width()));
                let (before, after) = if *right {
                    (&*blanks, "")
                } else {
                    ("", &*blanks)
                };
                text.extend([before, cell, after, "  "]);
            }
            let text = text.trim_end();
            if number == 0 {
                out.push_str(&colour::head(text));
            } else {
                out.push_str(text);
            }
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_take_two_columns() {
        let mut table = Table::new(&["TEXT", "N>", "WHERE"]);
        table.row(["白い封筒", "7", "ja-JP"]);
        table.row(["envelope", "1200", "de-DE"]);
        insta::assert_snapshot!(table.text(), @r"
        TEXT         N  WHERE
        白い封筒     7  ja-JP
        envelope  1200  de-DE
        ");
    }
}
