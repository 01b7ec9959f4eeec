//! Tables and sheets as a person reads them on a screen.

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};

use super::sheet::{Cell, Grid, Sheet};

/// Headings over a rule, nothing else drawn.
const RULED: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Dates, numbers and amounts are no longer than this.
const WORD_MAX: usize = 12;
/// A column as wide as this holds a date.
const DATE_WIDTH: usize = 10;
/// Between two columns.
const GAP: u16 = 2;

/// Returns the grid as a table that fits `width` columns where that can be.
pub fn grid(grid: &Grid, width: u16) -> String {
    let mut table = Table::new();
    table.load_style(RULED).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.set_header(grid.columns.iter().map(|column| column.title));
    for row in &grid.rows {
        table.add_row(row.iter().map(Cell::shown));
    }
    // Where even shares of the screen are narrower than a date, words would be broken in two.
    let is_crowded = usize::from(width) < grid.columns.len() * DATE_WIDTH;
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, GAP));
        if is_crowded {
            let least = longest_word(grid, index).min(WORD_MAX) as u16 + GAP;
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
        if grid.rows.iter().any(|row| row[index].is_number()) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    trimmed(&table.to_string())
}

/// Returns the sheet: names and values in two columns, then its lists, then its sentences.
pub fn sheet(sheet: &Sheet, width: u16) -> String {
    let name_width = sheet.facts.iter().map(|(column, _)| column.title.chars().count()).max();
    let name_width = name_width.unwrap_or_default() + 2;
    let mut text = String::new();
    for (column, cell) in sheet.facts.iter().filter(|(_, cell)| *cell != Cell::Empty) {
        let gap = name_width - column.title.chars().count();
        text.push_str(&format!("{}{}{}\n", column.title, " ".repeat(gap), cell.shown()));
    }
    for (column, list) in sheet.lists.iter().filter(|(_, list)| !list.rows.is_empty()) {
        text.push_str(&format!("\n{}\n{}", column.title, grid(list, width)));
    }
    if !sheet.sentences.is_empty() {
        text.push('\n');
        for sentence in &sheet.sentences {
            text.push_str(&wrapped(sentence, usize::from(width.clamp(40, 80)), 0));
        }
    }
    text
}

/// Returns the length of the longest word in a column, its heading included.
fn longest_word(grid: &Grid, index: usize) -> usize {
    let cells = grid.rows.iter().map(|row| row[index].shown());
    let texts = cells.chain([grid.columns[index].title.to_owned()]);
    let longest = |text: String| text.split(' ').map(|word| word.chars().count()).max();
    texts.filter_map(longest).max().unwrap_or_default()
}

fn trimmed(table: &str) -> String {
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Breaks a line at spaces, so that none is longer than `width` where that can be; all but the first
/// begin with `indent` spaces.
pub fn wrapped(line: &str, width: usize, indent: usize) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in line.split(' ') {
        let length = word.chars().count();
        if column > indent && column + 1 + length > width {
            text.truncate(text.trim_end().len());
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text.push('\n');
    text
}
