//! Tables and sheets as a person reads them on a screen.

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};

use crate::domain::text::visible;

use super::sheet::{Cell, Grid, Sheet};

/// Headings over a rule, nothing else drawn.
const RULED: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Dates, organisation numbers and amounts are no longer than this, and are never broken.
const WORD_MAX: usize = 12;
/// Names and other texts are read easily at this width, and their words are seldom longer; columns
/// that can be spared give way to it.
const EASY: usize = 20;
/// Between two columns, and where the screen is narrow.
const GAPS: [usize; 3] = [3, 2, 1];

/// Returns the grid as a table that fits `width` columns.
///
/// The columns that can be spared are left out, the last first, until names are read easily, and named
/// below. Where that is still too wide, names and other texts are broken, numbers and dates never.
pub fn grid(grid: &Grid, width: u16) -> String {
    let (columns, gap) = columns_that_fit(grid, usize::from(width));
    let widths = widths(grid, &columns, gap, usize::from(width));
    let mut table = Table::new();
    table.load_style(RULED).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width.max((widths.iter().sum::<usize>() + gap * columns.len()) as u16));
    table.set_header(columns.iter().map(|index| grid.columns[*index].title));
    for row in &grid.rows {
        table.add_row(columns.iter().map(|index| row[*index].shown()));
    }
    let is_last = |place: usize| place + 1 == columns.len();
    for (place, column) in table.column_iter_mut().enumerate() {
        // A column of the gap is the place of a line that is not drawn.
        let padding = if is_last(place) { 0 } else { gap - 1 };
        column.set_padding((0, padding as u16));
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
            (widths[place] + padding) as u16,
        )));
        if grid.rows.iter().any(|row| row[columns[place]].is_number()) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = trimmed(&table.to_string());
    let left_out = (0..grid.columns.len()).filter(|index| !columns.contains(index));
    let left_out: Vec<&str> = left_out.map(|index| grid.columns[index].title).collect();
    if !left_out.is_empty() {
        text.push_str(&format!("(too narrow for {})\n", left_out.join(", ")));
    }
    text
}

/// Returns which columns are shown, and the gap between them.
fn columns_that_fit(grid: &Grid, width: usize) -> (Vec<usize>, usize) {
    let mut columns: Vec<usize> = (0..grid.columns.len()).collect();
    let gap_at = |columns: &[usize], needed: fn(&Grid, usize) -> usize| {
        let sum: usize = columns.iter().map(|index| needed(grid, *index)).sum();
        GAPS.into_iter().find(|gap| sum + columns.len().saturating_sub(1) * gap <= width)
    };
    while gap_at(&columns, easy_width).is_none() {
        match columns.iter().rposition(|index| grid.columns[*index].is_spare) {
            Some(place) => drop(columns.remove(place)),
            None => break,
        }
    }
    let wishes = [full_width, easy_width, word_width, least_width];
    let gap = wishes.into_iter().find_map(|wish| gap_at(&columns, wish));
    (columns, gap.unwrap_or(GAPS[GAPS.len() - 1]))
}

/// Returns how wide each column is: what it needs, then wish by wish what a column lacks where that is
/// little, else its share of the room.
fn widths(grid: &Grid, columns: &[usize], gap: usize, width: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns.iter().map(|index| least_width(grid, *index)).collect();
    let taken = widths.iter().sum::<usize>() + gap * columns.len().saturating_sub(1);
    let mut room = width.saturating_sub(taken);
    for wanted_of in [word_width, easy_width, full_width] {
        let wanted: Vec<usize> = columns.iter().map(|index| wanted_of(grid, *index)).collect();
        let mut places: Vec<usize> = (0..columns.len()).collect();
        places.sort_by_key(|place| wanted[*place].saturating_sub(widths[*place]));
        for (served, place) in places.iter().enumerate() {
            let share = room / (places.len() - served);
            let more = share.min(wanted[*place].saturating_sub(widths[*place]));
            widths[*place] += more;
            room -= more;
        }
    }
    widths
}

/// Returns the sheet: names and values in two columns, then its lists, then its sentences.
pub fn sheet(sheet: &Sheet, width: u16) -> String {
    let name_width = sheet.facts.iter().map(|(column, _)| column.title.chars().count()).max();
    let name_width = name_width.unwrap_or_default() + 2;
    let mut text = String::new();
    for (column, cell) in sheet.facts.iter().filter(|(_, cell)| !cell.is_empty()) {
        let gap = name_width - column.title.chars().count();
        text.push_str(&format!("{}{}{}\n", column.title, " ".repeat(gap), cell.shown()));
    }
    for (column, list) in sheet.lists.iter().filter(|(_, list)| !list.rows.is_empty()) {
        text.push_str(&format!("\n{}\n{}", column.title, grid(list, width)));
    }
    if !sheet.sentences.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        for sentence in &sheet.sentences {
            text.push_str(&wrapped(&visible(sentence), usize::from(width.clamp(40, 80)), 0));
        }
    }
    text
}

/// Returns the width at which a column breaks no number and no date, nor a word of its heading.
fn least_width(grid: &Grid, index: usize) -> usize {
    width_for_words(grid, index, WORD_MAX)
}

/// Returns the width at which no ordinary word is broken.
fn word_width(grid: &Grid, index: usize) -> usize {
    width_for_words(grid, index, EASY)
}

fn width_for_words(grid: &Grid, index: usize, word_max: usize) -> usize {
    let cells = grid.rows.iter().map(|row| match &row[index] {
        Cell::Text(_) | Cell::Word { .. } => longest_word(&row[index].shown()).min(word_max),
        // The day and the minute are whole, each on a line where it must be.
        Cell::Term(_) | Cell::Time { .. } => longest_word(&row[index].shown()),
        whole => whole.shown().chars().count(),
    });
    cells.chain([longest_word(grid.columns[index].title)]).max().unwrap_or_default()
}

/// Returns the width at which a column is read easily: whole words of the vocabulary, and names in
/// few lines.
fn easy_width(grid: &Grid, index: usize) -> usize {
    let texts = grid.rows.iter().filter(|row| matches!(row[index], Cell::Text(_)));
    let is_text = texts.count() > 0;
    let full = full_width(grid, index);
    least_width(grid, index).max(if is_text { full.min(EASY) } else { full })
}

/// Returns the width at which nothing in a column is broken.
fn full_width(grid: &Grid, index: usize) -> usize {
    let texts = grid.rows.iter().map(|row| row[index].shown());
    let lengths = texts.map(|text| text.chars().count());
    lengths.chain([grid.columns[index].title.chars().count()]).max().unwrap_or_default()
}

fn longest_word(text: &str) -> usize {
    text.split(' ').map(|word| word.chars().count()).max().unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::super::sheet::{column, spare};
    use super::*;

    fn invoices() -> Grid {
        let mut grid = Grid::new(&[
            column("number", "Invoice"),
            column("issued_on", "Date"),
            column("org_number", "Account"),
            column("name", "Name"),
            spare("ocr", "OCR"),
        ]);
        grid.rows.push(vec![
            Cell::Integer(1001),
            Cell::Date("2026-03-01".parse().expect("a date")),
            Cell::text("556036-0793"),
            Cell::text("Svenska Aeroplan Aktiebolaget i Linköping"),
            Cell::text("100164"),
        ]);
        grid
    }

    #[test]
    fn a_table_never_breaks_a_number_or_a_date_and_keeps_to_the_screen() {
        for width in [44, 60, 80, 100] {
            let text = grid(&invoices(), width);
            assert!(text.contains("556036-0793") && text.contains("2026-03-01"), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= width.into()), "{text}");
        }
    }

    #[test]
    fn a_narrow_table_names_the_columns_that_it_leaves_out() {
        assert!(!grid(&invoices(), 80).contains("too narrow"));
        assert!(grid(&invoices(), 47).ends_with("(too narrow for OCR)\n"));
    }

    #[test]
    fn a_time_is_broken_between_the_day_and_the_minute_at_most() {
        let mut mails = Grid::new(&[column("to", "To"), column("sent_at", "Sent")]);
        let (at, shown) = ("2026-03-01T09:00:00Z".to_owned(), "2026-03-01 10:00".to_owned());
        mails.rows.push(vec![Cell::text("faktura@saab.example"), Cell::Time { at, shown }]);
        assert!(grid(&mails, 37).contains("2026-03-01 10:00"));
        let narrow = grid(&mails, 23);
        assert!(narrow.contains(" 2026-03-01\n") && narrow.contains(" 10:00\n"), "{narrow}");
    }

    #[test]
    fn columns_move_together_before_a_word_is_broken() {
        let mut payers = Grid::new(&[column("payer", "Payer"), column("account", "Account")]);
        let name = "ARBETSDOMSTOLEN";
        payers.rows.push(vec![Cell::text(name), Cell::text(name)]);
        assert!(grid(&payers, 31).contains(&format!("{name} {name}")));
        assert!(grid(&payers, 40).contains(&format!("{name}   {name}")));
        payers.rows.push(vec![Cell::text(name), Cell::text("Betalning av faktura 1003, och mer")]);
        assert!(grid(&payers, 31).contains(&format!("{name} {name}")), "words are kept whole");
    }

    #[test]
    fn columns_that_can_be_spared_give_way_before_a_name_is_hard_to_read() {
        let text = grid(&invoices(), 56);
        assert!(text.contains("(too narrow for OCR)"), "{text}");
        assert!(text.contains("Svenska Aeroplan"), "{text}");
    }
}
