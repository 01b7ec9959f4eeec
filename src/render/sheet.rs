//! What is shown, before it is known how: cells, rows under columns, and sheets of facts.
//!
//! A command builds one of these and every format is made from it, so that a table, a file and JSON
//! can never tell different things.

use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};

use crate::domain::money::Money;
use crate::domain::reference_rate::Rate;
use crate::domain::term::Term;
use crate::domain::text::visible;

/// The currency of every amount.
pub const CURRENCY: &str = "SEK";

/// One value that is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Empty,
    /// An amount that is not there.
    NoMoney,
    Text(String),
    Integer(i64),
    Money(Money),
    /// A rate of interest, in per cent.
    Rate(Rate),
    Date(NaiveDate),
    /// An instant: as programs know it, in UTC, and as people read it, in the shop's own time.
    Time {
        at: String,
        shown: String,
    },
    Truth(bool),
    Term(Term),
    /// A word of the vocabulary: as programs know it, and as people read it.
    Word {
        stored: &'static str,
        shown: String,
    },
    /// Several of a kind: one text for people, with spaces between in lines of text, an array in JSON.
    List(Vec<Cell>),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    /// Returns a cell of what there may be.
    pub fn maybe<T: MayLack>(value: Option<T>) -> Cell {
        value.map_or(T::LACKING, Into::into)
    }

    /// Returns a cell of several texts.
    pub fn list<T: ToString>(texts: impl IntoIterator<Item = T>) -> Cell {
        Cell::List(texts.into_iter().map(|text| Cell::Text(text.to_string())).collect())
    }

    /// Says whether the cell has nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty | Cell::NoMoney => true,
            // A word that goes without saying.
            Cell::Word { shown, .. } => shown.is_empty(),
            Cell::List(cells) => cells.is_empty(),
            _ => false,
        }
    }

    /// Returns the cell as people read it, safe to write to a terminal.
    pub fn shown(&self) -> String {
        match self {
            Cell::Empty | Cell::NoMoney => String::new(),
            Cell::Text(text) => visible(text),
            Cell::Integer(integer) => integer.to_string(),
            Cell::Money(money) => money.to_string(),
            Cell::Rate(rate) => rate.to_string(),
            Cell::Date(date) => date.to_string(),
            Cell::Time { shown, .. } => visible(shown),
            Cell::Truth(truth) => if *truth { "yes" } else { "no" }.to_owned(),
            Cell::Term(term) => term.to_string(),
            Cell::Word { shown, .. } => shown.clone(),
            Cell::List(cells) => cells.iter().map(Cell::shown).collect::<Vec<_>>().join(", "),
        }
    }

    /// Returns the cell as programs read it in a line of text: amounts plain, nothing grouped.
    pub fn plain(&self) -> String {
        match self {
            Cell::Money(money) => money.plain(),
            Cell::Rate(rate) => rate.plain(),
            Cell::Term(term) => format!("{}/{}", term.start, term.last_day()),
            Cell::Time { at, .. } => visible(at),
            Cell::Word { stored, .. } => (*stored).to_owned(),
            Cell::List(cells) => cells.iter().map(Cell::plain).collect::<Vec<_>>().join(" "),
            other => other.shown(),
        }
    }

    /// Says whether the cell lines up to the right.
    pub fn is_number(&self) -> bool {
        matches!(self, Cell::Integer(_) | Cell::Money(_) | Cell::Rate(_) | Cell::NoMoney)
    }

    /// Writes the cell into a JSON object: an amount as whole öre, a term with its three dates.
    pub fn write_json(&self, key: &str, object: &mut Map<String, Json>) {
        match self {
            Cell::Money(money) => write_ore(key, Some(money.ore()), object),
            Cell::NoMoney => write_ore(key, None, object),
            cell => {
                object.insert(key.to_owned(), cell.json());
            }
        }
    }

    fn json(&self) -> Json {
        match self {
            Cell::Empty | Cell::NoMoney => Json::Null,
            Cell::Text(text) => json!(text),
            Cell::Integer(integer) => json!(integer),
            Cell::Money(money) => json!(money.ore()),
            Cell::Rate(rate) => json!(rate.plain()),
            Cell::Date(date) => json!(date.to_string()),
            Cell::Time { at, .. } => json!(at),
            Cell::Truth(truth) => json!(truth),
            Cell::Term(term) => term_json(term),
            Cell::Word { stored, .. } => json!(stored),
            Cell::List(cells) => cells.iter().map(Cell::json).collect(),
        }
    }
}

/// Writes an amount, under the same key whether it is there or not.
fn write_ore(key: &str, ore: Option<i64>, object: &mut Map<String, Json>) {
    object.insert(format!("{key}_ore"), json!(ore));
    object.insert("currency".to_owned(), json!(CURRENCY));
}

/// What a fact may be, and what stands in its place where it is missing.
pub trait MayLack: Into<Cell> {
    const LACKING: Cell = Cell::Empty;
}

impl MayLack for String {}
impl MayLack for &str {}
impl MayLack for i64 {}
impl MayLack for bool {}
impl MayLack for NaiveDate {}
impl MayLack for Term {}

impl MayLack for Cell {}

impl MayLack for Money {
    const LACKING: Cell = Cell::NoMoney;
}

/// Returns a term as JSON gives it: `end` exclusive, `last_day` inclusive.
pub fn term_json(term: &Term) -> Json {
    json!({
        "start": term.start.to_string(),
        "end": term.end.to_string(),
        "last_day": term.last_day().to_string(),
    })
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<i64> for Cell {
    fn from(integer: i64) -> Cell {
        Cell::Integer(integer)
    }
}

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Cell {
        Cell::Date(date)
    }
}

impl From<Money> for Cell {
    fn from(money: Money) -> Cell {
        Cell::Money(money)
    }
}

impl From<Term> for Cell {
    fn from(term: Term) -> Cell {
        Cell::Term(term)
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Cell {
        Cell::Truth(truth)
    }
}

/// A column of a list: the key that JSON and `--columns` use, and the heading people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub key: &'static str,
    pub title: &'static str,
    /// Whether a narrow screen does without it.
    pub is_spare: bool,
}

/// Returns a column.
pub const fn column(key: &'static str, title: &'static str) -> Column {
    Column { key, title, is_spare: false }
}

/// Returns a column that a narrow screen does without.
pub const fn spare(key: &'static str, title: &'static str) -> Column {
    Column { key, title, is_spare: true }
}

/// Rows under columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

impl Grid {
    pub fn new(columns: &[Column]) -> Grid {
        Grid { columns: columns.to_vec(), rows: Vec::new() }
    }

    pub fn to_json(&self) -> Json {
        self.rows.iter().map(|row| row_json(&self.columns, row)).collect()
    }
}

/// Returns one row as a JSON object.
pub fn row_json(columns: &[Column], row: &[Cell]) -> Json {
    let mut object = Map::new();
    for (column, cell) in columns.iter().zip(row) {
        cell.write_json(column.key, &mut object);
    }
    Json::Object(object)
}

/// What is known about one thing: facts by name, sentences, and lists of what belongs to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub facts: Vec<(Column, Cell)>,
    pub lists: Vec<(Column, Grid)>,
    /// Plain words that explain the facts.
    pub sentences: Vec<String>,
}

impl Sheet {
    /// Adds a fact.
    pub fn fact(mut self, key: &'static str, title: &'static str, cell: impl Into<Cell>) -> Sheet {
        self.facts.push((column(key, title), cell.into()));
        self
    }

    /// Adds a list of what belongs to the thing.
    pub fn list(mut self, key: &'static str, title: &'static str, grid: Grid) -> Sheet {
        self.lists.push((column(key, title), grid));
        self
    }

    pub fn sentence(mut self, sentence: String) -> Sheet {
        self.sentences.push(sentence);
        self
    }

    pub fn to_json(&self) -> Json {
        let mut object = Map::new();
        for (column, cell) in &self.facts {
            cell.write_json(column.key, &mut object);
        }
        for (column, grid) in &self.lists {
            object.insert(column.key.to_owned(), grid.to_json());
        }
        if !self.sentences.is_empty() {
            object.insert("explanation".to_owned(), json!(self.sentences));
        }
        Json::Object(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_ore_with_their_currency_in_json() {
        let sheet = Sheet::default().fact("total", "Total", Money::from_ore(390_050));
        assert_eq!(sheet.to_json(), json!({ "total_ore": 390_050, "currency": "SEK" }));
    }

    #[test]
    fn an_amount_that_is_missing_keeps_its_key() {
        let sheet = Sheet::default().fact("total", "Total", Cell::maybe(None::<Money>));
        assert_eq!(sheet.to_json(), json!({ "total_ore": null, "currency": "SEK" }));
    }

    #[test]
    fn text_from_outside_cannot_steer_the_terminal() {
        assert_eq!(Cell::text("a\u{1b}[2Jb").shown(), "a\\u{1b}[2Jb");
    }
}
