//! Which column holds which field: headings in Swedish or English, however they are spelt.

use std::borrow::Cow;
use std::fmt;

use crate::domain::text::{distance_within, visible};

use super::error::Place;
use super::fields::{FieldSpec, ORG_NUMBER, VAT_NUMBER};
use super::reader::Header;
use super::{Delimiter, Encoding};

/// The field name with which an override passes a column over: `ignore=HEADER`.
pub const IGNORE: &str = "ignore";

/// The headings of the two columns that rejected rows are given, and that are passed over when the
/// corrected file is read again.
pub const REJECTED_LINE: &str = "rejected_line";
/// See [`REJECTED_LINE`].
pub const REJECTED_REASON: &str = "rejected_reason";

/// How many headings that mean nothing are told.
const UNKNOWN_SHOWN: usize = 20;

/// How much of a heading is shown, in characters. None that means a field is as long.
const HEADING_SHOWN: usize = 200;

/// Where the fields of a table are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    mapped: Vec<Mapped>,
    ignored: Vec<String>,
}

/// A heading, its column from 0, and the field it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    pub heading: String,
    pub column: usize,
    pub field: &'static str,
}

impl Columns {
    /// Returns the column, from 0, that holds a field, or nothing if the table does not have it.
    pub fn position(&self, field: &str) -> Option<usize> {
        self.mapped.iter().find(|mapped| mapped.field == field).map(|mapped| mapped.column)
    }

    /// Returns what each heading was taken for, from left to right.
    pub fn mapped(&self) -> &[Mapped] {
        &self.mapped
    }
}

/// Why headings could not be matched with fields. Columns are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadingError {
    /// Headings that mean nothing, and the required fields that no other heading means.
    Unknown {
        /// The first of them.
        headings: Vec<UnknownHeading>,
        /// How many there are besides.
        more: usize,
        missing: Vec<&'static str>,
    },
    Missing {
        fields: Vec<&'static str>,
    },
    Twice {
        field: &'static str,
        first: usize,
        second: usize,
    },
    /// The heading is empty, and below it something is not.
    Unnamed {
        column: usize,
    },
    NoSuchField {
        field: String,
        known: Vec<&'static str>,
    },
    NoSuchHeading {
        heading: String,
    },
}

/// A heading that means nothing, and the field it may be meant for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownHeading {
    pub column: usize,
    pub heading: String,
    pub suggestion: Option<&'static str>,
}

impl HeadingError {
    /// Returns what to do about it.
    pub fn hint(&self) -> String {
        match self {
            HeadingError::Unknown { headings, .. } => {
                let mut hints: Vec<String> = headings
                    .iter()
                    .filter_map(|unknown| {
                        let heading = quoted(&unknown.heading);
                        Some(format!("`--column {}={heading}`", unknown.suggestion?))
                    })
                    .collect();
                let suggested = hints.len();
                if let Some(unknown) = headings.iter().find(|one| one.suggestion.is_none()) {
                    let heading = quoted(&unknown.heading);
                    hints.push(format!("`--column {IGNORE}={heading}` to pass it over"));
                }
                let question = if suggested > 0 { "did you mean " } else { "say " };
                format!("{question}{}; or `--column FIELD=HEADER`", hints.join(", "))
            }
            HeadingError::Missing { .. } => {
                "name the column in the file, or say which it is with `--column FIELD=HEADER`"
                    .to_owned()
            }
            HeadingError::Twice { .. } => {
                format!("rename one of them, or pass it over with `--column {IGNORE}=HEADER`")
            }
            HeadingError::Unnamed { .. } => "name the column, or empty it".to_owned(),
            HeadingError::NoSuchField { known, .. } => format!(
                "write `--column FIELD=HEADER`, the field first: {}, or {IGNORE}",
                known.join(", ")
            ),
            HeadingError::NoSuchHeading { .. } => {
                "write the heading as it stands in the file".to_owned()
            }
        }
    }
}

/// Returns a heading as far as it is shown.
fn short(heading: &str) -> Cow<'_, str> {
    match heading.char_indices().nth(HEADING_SHOWN) {
        Some((cut, _)) => Cow::Owned(format!("{}…", &heading[..cut])),
        None => Cow::Borrowed(heading),
    }
}

/// Shows a heading as it would be typed in a shell.
fn quoted(heading: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let shown = visible(&short(heading));
    if shown.chars().all(plain) { shown } else { format!("'{}'", shown.replace('\'', r"'\''")) }
}

impl fmt::Display for HeadingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HeadingError::Unknown { headings, more, missing } => {
                f.write_str(if headings.len() == 1 {
                    "unknown heading "
                } else {
                    "unknown headings "
                })?;
                for (index, unknown) in headings.iter().enumerate() {
                    let comma = if index > 0 { ", " } else { "" };
                    let heading = visible(&short(&unknown.heading));
                    write!(f, "{comma}`{heading}` in {}", Place(unknown.column))?;
                }
                if *more > 0 {
                    write!(f, ", and {more} more")?;
                }
                if !missing.is_empty() {
                    write!(f, "; no column for {}", names(missing))?;
                }
                Ok(())
            }
            HeadingError::Missing { fields } => write!(f, "no column for {}", names(fields)),
            HeadingError::Twice { field, first, second } => {
                write!(f, "{} and {} are both `{field}`", Place(*first), Place(*second))
            }
            HeadingError::Unnamed { column } => {
                write!(f, "{} has no heading but is not empty", Place(*column))
            }
            HeadingError::NoSuchField { field, .. } => write!(f, "no field is called `{field}`"),
            HeadingError::NoSuchHeading { heading } => {
                write!(f, "no heading is `{}`", visible(heading))
            }
        }
    }
}

impl std::error::Error for HeadingError {}

fn names(fields: &[&str]) -> String {
    let shown: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
    shown.join(" or ")
}

/// Matches headings with the fields known, giving way to overrides of the form (field, heading).
///
/// An override names a column by its heading, spelt exactly or by its key; the field `ignore` passes
/// the column over, and so are headings that mean one of the fields that say `nothing` here. Each field
/// of `required` must have a column. Errors with the first kind of trouble met, and with every instance
/// of it where headings are unknown or fields missing.
pub fn resolve(
    header: &Header,
    (known, nothing): (&[FieldSpec], &[FieldSpec]),
    required: &[&'static str],
    overrides: &[(&str, &str)],
) -> Result<Columns, HeadingError> {
    let mut chosen: Vec<Option<&'static str>> = vec![None; header.names().len()];
    for (field, heading) in overrides {
        let name = match known.iter().find(|spec| key(spec.name) == key(field)) {
            Some(spec) => spec.name,
            None if *field == IGNORE => IGNORE,
            None => {
                let known = known.iter().map(|spec| spec.name).collect();
                return Err(HeadingError::NoSuchField { field: (*field).to_owned(), known });
            }
        };
        let column = find(header, heading)
            .ok_or_else(|| HeadingError::NoSuchHeading { heading: (*heading).to_owned() })?;
        chosen[column] = Some(name);
    }

    let mut columns = Columns { mapped: Vec::new(), ignored: Vec::new() };
    let mut unknown = Vec::new();
    let meanings = meanings(known, nothing);
    for (column, heading) in header.names().iter().enumerate() {
        let field = chosen[column].or_else(|| meaning(heading, &meanings));
        match field {
            Some(IGNORE) => columns.ignored.push(heading.clone()),
            Some(field) => {
                if let Some(first) = columns.position(field) {
                    let (first, second) = (first + 1, column + 1);
                    return Err(HeadingError::Twice { field, first, second });
                }
                columns.mapped.push(Mapped { heading: heading.clone(), column, field });
            }
            None if heading.is_empty() => {}
            None => unknown.push((column, heading)),
        }
    }

    if let Some(column) = header.unnamed().first() {
        return Err(HeadingError::Unnamed { column: column + 1 });
    }
    if required.contains(&ORG_NUMBER) && columns.position(ORG_NUMBER).is_none() {
        let stands_in =
            |mapped: &&mut Mapped| mapped.field == VAT_NUMBER && chosen[mapped.column].is_none();
        if let Some(mapped) = columns.mapped.iter_mut().find(stands_in) {
            mapped.field = ORG_NUMBER;
        }
    }
    let missing: Vec<&'static str> =
        required.iter().copied().filter(|name| columns.position(name).is_none()).collect();
    if !unknown.is_empty() {
        let is_free = |name: &str| name != IGNORE && columns.position(name).is_none();
        let candidates: Vec<_> = meanings.iter().filter(|(_, name)| is_free(name)).collect();
        let more = unknown.len().saturating_sub(UNKNOWN_SHOWN);
        let headings = unknown
            .into_iter()
            .take(UNKNOWN_SHOWN)
            .map(|(column, heading)| UnknownHeading {
                column: column + 1,
                heading: heading.clone(),
                suggestion: suggestion(heading, &candidates),
            })
            .collect();
        return Err(HeadingError::Unknown { headings, more, missing });
    }
    if !missing.is_empty() {
        return Err(HeadingError::Missing { fields: missing });
    }
    Ok(columns)
}

fn find(header: &Header, wanted: &str) -> Option<usize> {
    let names = header.names();
    let exact = names.iter().position(|name| name == wanted.trim());
    let wanted = key(wanted);
    exact.or_else(|| names.iter().position(|name| !wanted.is_empty() && key(name) == wanted))
}

/// Returns what headings mean, by their keys: the fields known, and those that are passed over. Where one
/// spelling has two meanings, the first is meant.
fn meanings(known: &[FieldSpec], nothing: &[FieldSpec]) -> Vec<(String, &'static str)> {
    let ours = [REJECTED_LINE, REJECTED_REASON].into_iter().map(|ours| (key(ours), IGNORE));
    let of = |spec: &FieldSpec, name: &'static str| {
        let keys: Vec<_> = spellings(spec).map(|spelling| (key(spelling), name)).collect();
        keys
    };
    let known = known.iter().flat_map(|spec| of(spec, spec.name));
    let nothing = nothing.iter().flat_map(|spec| of(spec, IGNORE));
    ours.chain(known).chain(nothing).collect()
}

/// Returns the field that a heading means, if it means one.
fn meaning(heading: &str, meanings: &[(String, &'static str)]) -> Option<&'static str> {
    let heading = key(heading);
    if heading.is_empty() {
        return None;
    }
    meanings.iter().find(|(spelling, _)| *spelling == heading).map(|(_, name)| *name)
}

fn spellings(spec: &FieldSpec) -> impl Iterator<Item = &'static str> + use<> {
    std::iter::once(spec.name).chain(spec.aliases.iter().copied())
}

/// Returns the form by which headings are compared: lower-case letters and digits, nothing else.
///
/// å and ä count as a, ö as o, é as e, so that the spellings with and without are one; composed
/// and decomposed letters too.
fn key(heading: &str) -> String {
    heading
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|character| match character {
            'å' | 'ä' | 'à' | 'á' => Some('a'),
            'ö' | 'ø' => Some('o'),
            'é' | 'è' => Some('e'),
            other if other.is_alphanumeric() => Some(other),
            _ => None,
        })
        .collect()
}

/// Returns the field of which some spelling is nearest to a heading, if it is near.
fn suggestion(heading: &str, candidates: &[&(String, &'static str)]) -> Option<&'static str> {
    let heading = key(heading);
    // A remark, in which `märkning` is no word.
    if heading.starts_with("anmarkning") {
        return None;
    }
    let length = heading.chars().count();
    // Longer than any of them can be, and comparing takes as long as both together, squared.
    if length > HEADING_SHOWN {
        return None;
    }
    let allowed = if length < 5 { 1 } else { 2 };
    let distance_to = |spelling: &str| {
        // A heading that says more than the field's own: `Organisationsnummer 10 siffror`.
        let is_contained = spelling.len() >= 4 && heading.contains(spelling);
        if is_contained { Some(allowed) } else { distance_within(allowed, &heading, spelling) }
    };
    candidates
        .iter()
        .filter_map(|(spelling, name)| Some((distance_to(spelling)?, *name)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// What was found out about a file, for the operator to look over before anything is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detected {
    pub encoding: Encoding,
    pub delimiter: Delimiter,
    pub columns: Columns,
}

/// Shows it on one line: "UTF-8, semicolon; `Org.nr` is org_number, `Namn` is name".
impl fmt::Display for Detected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, ", self.encoding)?;
        match self.columns.mapped.len() + self.columns.ignored.len() {
            1 => f.write_str("one column")?,
            _ => self.delimiter.fmt(f)?,
        }
        for (index, mapped) in self.columns.mapped.iter().enumerate() {
            let before = if index == 0 { "; " } else { ", " };
            write!(f, "{before}`{}` is {}", visible(&short(&mapped.heading)), mapped.field)?;
        }
        for (index, heading) in self.columns.ignored.iter().enumerate() {
            let before = if index == 0 { "; passed over: " } else { ", " };
            write!(f, "{before}`{}`", visible(&short(heading)))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::{ACCOUNT_FIELDS, MEMBER_FIELDS, SUBSCRIPTION_FIELDS};
    use super::*;

    const REQUIRED: [&str; 2] = ["org_number", "name"];
    const NEEDED: [&str; 2] = ["Orgnr", "Namn"];

    fn fields(headings: &[&str]) -> Vec<&'static str> {
        let columns =
            resolve(&Header::new(headings), (&ACCOUNT_FIELDS, &[]), &REQUIRED, &[]).expect("known");
        columns.mapped().iter().map(|mapped| mapped.field).collect()
    }

    fn refused(headings: &[&str], overrides: &[(&str, &str)]) -> HeadingError {
        resolve(&Header::new(headings), (&ACCOUNT_FIELDS, &[]), &REQUIRED, overrides)
            .expect_err("refused")
    }

    #[test]
    fn thousands_of_unknown_headings_are_told_in_a_few_words() {
        let many: Vec<String> = (0..16_384).map(|number| format!("kolumn {number}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let words = refused(&many, &[]).to_string();
        assert!(
            words.ends_with(
                "`kolumn 19` in column 20 (T), and 16364 more; no column for `org_number` or `name`"
            ),
            "{words}"
        );
        let long = "lång ".repeat(200_000);
        let refused = refused(&["Orgnr", "Namn", &long], &[]);
        assert!(refused.to_string().len() < 300 && refused.hint().len() < 400);
    }

    #[test]
    fn headings_are_understood_however_they_are_spelt() {
        let cases: [(&str, &[&str]); 14] = [
            (
                "org_number",
                &[
                    "Organisationsnummer",
                    "ORGNR",
                    "Org.nr",
                    "org nr",
                    "Org.-nr.",
                    "organisationsnr",
                    "Organization Number",
                    "org_number",
                    "Org. nummer",
                    "Organisationsnummer/personnummer",
                ],
            ),
            ("name", &["Namn", "Företag", "FÖRETAG", "foretag", "Organisation", "Firma"]),
            (
                "email",
                &["E-post", "epost", "Mejl", "E-postadress", "login", "Anvandarnamn", "E-mail"],
            ),
            (
                "invoice_email",
                &[
                    "Faktura-e-post",
                    "fakturaepost",
                    "E-postfaktura",
                    "Fakturamejl",
                    "faktura e-post",
                    "E-post (faktura)",
                    "Invoice e-mail",
                    "Billing email",
                ],
            ),
            ("contact", &["Kontakt", "Kontaktperson", "CONTACT"]),
            ("care_of", &["c/o", "C/O-adress", "Care of"]),
            ("street", &["Adress", "Gatuadress", "Postadress", "Utdelningsadress", "Address"]),
            ("postal_code", &["Postnummer", "Postnr", "Post nr.", "ZIP", "Postal code"]),
            ("city", &["Ort", "Postort", "Stad", "City"]),
            ("country", &["Land", "Country"]),
            ("language", &["Språk", "SPRAK", "Spra\u{30a}k", "Language"]),
            ("reference", &["Referens", "Er referens", "Beställar-ID", "bestallarid", "Reference"]),
            ("vat_number", &["VAT number", "Momsnr", "Momsreg.nr", "Momsregistreringsnummer"]),
            ("member", &["Medlem", "Medlemskap", "Member", "Medlem*"]),
        ];
        for (field, headings) in cases {
            for heading in headings {
                assert_eq!(
                    meaning(heading, &meanings(&ACCOUNT_FIELDS, &[])),
                    Some(field),
                    "{heading}"
                );
            }
        }
    }

    #[test]
    fn no_heading_means_two_fields() {
        for fields in [&ACCOUNT_FIELDS[..], &MEMBER_FIELDS, &SUBSCRIPTION_FIELDS] {
            let mut keys: Vec<(String, &str)> = fields
                .iter()
                .flat_map(|spec| spellings(spec).map(move |spelling| (key(spelling), spec.name)))
                .collect();
            keys.sort();
            keys.dedup();
            for pair in keys.windows(2) {
                assert_ne!(pair[0].0, pair[1].0);
            }
        }
        assert_eq!(SUBSCRIPTION_FIELDS[4].name, "invoice_email");
        assert_eq!(SUBSCRIPTION_FIELDS[5].name, "reference");
    }

    #[test]
    fn unknown_headings_are_listed_with_what_they_may_mean() {
        let error = refused(&["Orgnr", "Nammn", "Hårfärg"], &[]);
        assert_eq!(
            error.to_string(),
            "unknown headings `Nammn` in column 2 (B), `Hårfärg` in column 3 (C); no column for \
             `name`"
        );
        assert_eq!(
            error.hint(),
            "did you mean `--column name=Nammn`, `--column ignore=Hårfärg` to pass it over; or \
             `--column FIELD=HEADER`"
        );
        let error = refused(&["Orgnr", "Namn", "E-post", "Ref.", "Anmärkning"], &[]);
        assert!(error.hint().starts_with("say `--column ignore=Anmärkning`"), "{}", error.hint());
        let error = refused(&["Orgnr", "Namn", "E-post kansli", "X\u{1b}[2J"], &[]);
        assert!(error.to_string().contains("`X\\u{1b}[2J`"), "{error}");
        assert!(error.hint().contains("`--column email='E-post kansli'`"), "{}", error.hint());
    }

    #[test]
    fn a_field_may_stand_in_one_column_only() {
        let twice = HeadingError::Twice { field: "name", first: 2, second: 3 };
        assert_eq!(refused(&["Orgnr", "Namn", "NAMN"], &[]), twice);
        assert_eq!(refused(&["Orgnr", "Namn", "Företag"], &[]), twice);
        assert_eq!(twice.to_string(), "column 2 (B) and column 3 (C) are both `name`");
        let header = Header::new(&["Orgnr", "Namn", "Företag"]);
        let columns = resolve(&header, (&ACCOUNT_FIELDS, &[]), &REQUIRED, &[("ignore", "namn")])
            .expect("chosen");
        assert_eq!(
            (columns.position("name"), &columns.ignored[..]),
            (Some(2), &["Namn".into()][..])
        );
    }

    #[test]
    fn a_vat_number_stands_in_for_an_organisation_number_that_has_no_column() {
        assert_eq!(fields(&["Momsnr", "Namn"]), ["org_number", "name"]);
        assert_eq!(fields(&["Momsnr", "Orgnr", "Namn"]), ["vat_number", "org_number", "name"]);
        let missing = HeadingError::Missing { fields: vec!["org_number"] };
        assert_eq!(refused(&["Momsnr", "Namn"], &[("vat_number", "Momsnr")]), missing);
    }

    #[test]
    fn required_fields_must_be_there() {
        assert_eq!(refused(&["Namn"], &[]), HeadingError::Missing { fields: vec!["org_number"] });
        assert_eq!(refused(&["Ort"], &[]).to_string(), "no column for `org_number` or `name`");
    }

    #[test]
    fn overrides_name_a_field_and_a_heading_that_exist() {
        let header = Header::new(&["Nr", "Kund"]);
        let overrides = [("org_number", "Nr"), ("name", "kund")];
        let columns =
            resolve(&header, (&ACCOUNT_FIELDS, &[]), &REQUIRED, &overrides).expect("overridden");
        assert_eq!((columns.position("org_number"), columns.position("name")), (Some(0), Some(1)));
        assert_eq!(columns.position("city"), None);
        let unknown = refused(&NEEDED, &[("Nr", "Namn")]);
        assert_eq!(unknown.to_string(), "no field is called `Nr`");
        assert_eq!(
            unknown.hint(),
            "write `--column FIELD=HEADER`, the field first: org_number, name, email, \
             invoice_email, contact, care_of, street, postal_code, city, country, language, \
             reference, vat_number, member, or ignore"
        );
        assert_eq!(
            refused(&NEEDED, &[("name", "Kund")]),
            HeadingError::NoSuchHeading { heading: "Kund".into() }
        );
    }

    #[test]
    fn a_corrected_file_of_rejects_is_read_as_it_is() {
        assert_eq!(
            fields(&[REJECTED_LINE, REJECTED_REASON, "Orgnr", "Namn"]),
            ["org_number", "name"]
        );
    }

    #[test]
    fn what_was_detected_is_shown_on_one_line() {
        let header = Header::new(&["Org.nr", "Namn", "Fax"]);
        let columns = resolve(&header, (&ACCOUNT_FIELDS, &[]), &REQUIRED, &[("ignore", "Fax")])
            .expect("known");
        let detected =
            Detected { encoding: Encoding::Utf8, delimiter: Delimiter::Semicolon, columns };
        assert_eq!(
            detected.to_string(),
            "UTF-8, semicolon; `Org.nr` is org_number, `Namn` is name; passed over: `Fax`"
        );
    }
}
