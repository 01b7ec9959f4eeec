//! Lists of members: what a row of the association's register says of one organisation.

use chrono::NaiveDate;

use super::parse_day;
use crate::domain::org_number::OrgNumber;
use crate::domain::text::parse_yes_no;

/// One field of such a list, by its name in flags and files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    OrgNumber,
    Member,
    MemberFrom,
}

impl Field {
    pub const ALL: [Field; 3] = [Field::OrgNumber, Field::Member, Field::MemberFrom];

    pub const fn as_str(self) -> &'static str {
        match self {
            Field::OrgNumber => "org_number",
            Field::Member => "member",
            Field::MemberFrom => "member_from",
        }
    }
}

/// Whether an organisation is a member, and from which day if the row says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub org_number: OrgNumber,
    pub is_member: bool,
    pub from: Option<NaiveDate>,
}

impl Row {
    /// Returns the row made of the cells given. To stand in the list is to be a member, unless a cell
    /// says no.
    ///
    /// Errors with every cell that is no value of its field.
    pub fn read<'a>(
        cells: impl IntoIterator<Item = (Field, &'a str)>,
    ) -> Result<Row, Vec<(Field, String)>> {
        let (mut org_number, mut is_member, mut from) = (None, true, None);
        let mut errors = Vec::new();
        for (field, cell) in cells {
            let cell = cell.trim();
            let checked: Result<(), String> = match field {
                Field::OrgNumber => cell
                    .parse()
                    .map(|number: OrgNumber| org_number = Some(number))
                    .map_err(|error| error.to_string()),
                _ if cell.is_empty() => Ok(()),
                Field::Member => parse_standing(cell).map(|truth| is_member = truth),
                Field::MemberFrom => parse_day(cell).map(|day| from = Some(day)),
            };
            errors.extend(checked.err().map(|error| (field, error)));
        }
        match org_number {
            Some(org_number) if errors.is_empty() => Ok(Row { org_number, is_member, from }),
            _ => Err(errors),
        }
    }
}

/// Reads yes and no, and the words that registers of members have for them.
fn parse_standing(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "medlem" | "aktiv" | "member" | "active" => Ok(true),
        "ej medlem" | "inaktiv" | "utträdd" | "avslutad" | "former" | "inactive" => Ok(false),
        _ => parse_yes_no(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::term::parse_date;

    fn read(cells: [&str; 3]) -> Result<Row, Vec<(Field, String)>> {
        Row::read(Field::ALL.into_iter().zip(cells))
    }

    #[test]
    fn to_stand_in_the_list_is_to_be_a_member() {
        let standing = |cell| read(["556036-0793", cell, ""]).map(|row| row.is_member);
        for cell in ["", "ja", "Medlem", "AKTIV", "x"] {
            assert_eq!(standing(cell), Ok(true), "{cell}");
        }
        for cell in ["nej", "Utträdd", "inaktiv", "0"] {
            assert_eq!(standing(cell), Ok(false), "{cell}");
        }
        let row = read(["556036-0793", "", "20260101"]).expect("a row");
        assert_eq!(row.from, parse_date("2026-01-01").ok());
    }

    #[test]
    fn every_bad_cell_is_told() {
        let errors = read(["556036-0794", "kanske", "1 mars"]).expect_err("three errors");
        let fields: Vec<Field> = errors.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, Field::ALL);
        assert_eq!(read(["", "", ""]).expect_err("an error").len(), 1);
    }
}
