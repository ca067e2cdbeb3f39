//! Rows and columns of text at most [`WIDTH`] columns wide, aligned by display width.
//!
//! A thin cover over `comfy-table`, which knows how wide a character is on the screen (the later
//! languages need that) and wraps what is too long.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

/// Most columns of a line.
pub(crate) const WIDTH: u16 = 100;

/// A column: how its cells are set and how much room is before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Track {
    right: bool,
    gap: u16,
}

/// A column set to the left, two spaces after the one before.
pub(crate) const LEFT: Track = Track { right: false, gap: 2 };
/// A column set to the right, two spaces after the one before.
pub(crate) const RIGHT: Track = Track { right: true, gap: 2 };
/// A column of marks that touch the number before.
pub(crate) const MARK: Track = Track { right: false, gap: 0 };

impl Track {
    /// Returns the same column with so much room before it.
    pub(crate) const fn after(self, gap: u16) -> Self {
        Self { gap, ..self }
    }
}

/// Lays out rows in the given columns; lines end without spaces and without a final newline.
pub(crate) fn lay_out(tracks: &[Track], rows: &[Vec<String>]) -> String {
    to_text(table(tracks, rows))
}

/// Lays out rows of one line each; what is too long is cut and ends in dots.
pub(crate) fn lay_out_cut(tracks: &[Track], rows: &[Vec<String>]) -> String {
    let mut table = table(tracks, rows);
    for row in table.row_iter_mut() {
        row.max_height(1);
    }
    to_text(table)
}

fn to_text(mut table: Table) -> String {
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table.trim_fmt()
}

/// Returns whether the rows stand side by side within [`WIDTH`] without being wrapped.
pub(crate) fn has_room(tracks: &[Track], rows: &[Vec<String>]) -> bool {
    let widths = table(tracks, rows).column_max_content_widths();
    let gaps: u32 = tracks.iter().map(|track| u32::from(track.gap)).sum();
    gaps + widths.iter().map(|&width| u32::from(width)).sum::<u32>() <= u32::from(WIDTH)
}

/// Wraps prose, with an indent on every line.
pub(crate) fn prose(indent: u16, text: &str) -> String {
    lay_out(&[LEFT.after(indent)], &[vec![text.to_owned()]])
}

fn table(tracks: &[Track], rows: &[Vec<String>]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    for row in rows {
        table.add_row(row.iter().map(Cell::new).collect::<Vec<_>>());
    }
    for (column, track) in table.column_iter_mut().zip(tracks) {
        column.set_padding((track.gap, 0));
        column.set_cell_alignment(if track.right {
            CellAlignment::Right
        } else {
            CellAlignment::Left
        });
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|&cell| cell.to_owned()).collect()
    }

    #[test]
    fn marks_touch_their_numbers_and_wide_characters_keep_the_columns() {
        let rows = [row(&["Belarus", "150", "a", "x"]), row(&["Армения", "80", "", "y"])];
        let tracks = [LEFT.after(1), RIGHT, MARK, LEFT];
        assert_eq!(lay_out(&tracks, &rows), " Belarus  150a  x\n Армения   80   y");
    }

    #[test]
    fn long_prose_is_wrapped_and_indented() {
        let text = prose(2, &"word ".repeat(40));
        assert!(text.lines().count() > 1);
        assert!(text.lines().all(|line| line.len() <= 100 && line.starts_with("  word")));
    }
}
