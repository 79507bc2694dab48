//! Where a finding starts and ends, as other programs count.

use milieu_content::Campaign;

use crate::Location;

/// The lines and columns of a finding, all from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) start_line: usize,
    /// In characters (Unicode scalar values).
    pub(super) start_column: usize,
    pub(super) end_line: usize,
    /// The column after the last character.
    pub(super) end_column: usize,
}

/// Finds the region of a location; a place in no file is its first character.
pub(super) fn region(campaign: &Campaign, at: &Location) -> Region {
    let Some(file) = campaign.files.get(&at.file) else {
        return Region {
            start_line: at.line,
            start_column: at.column,
            end_line: at.line,
            end_column: at.column,
        };
    };
    let (end_line, end_column) = file.place(at.byte_end);
    Region {
        start_line: at.line,
        start_column: at.column,
        end_line,
        end_column,
    }
}
