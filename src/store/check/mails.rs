//! No mail without a cause: each was called for by an event, and by something that is there.

use serde_json::Value as Json;

use super::Found;
use crate::domain::check::{Area, Finding};
use crate::store::driver::values;
use crate::store::{DriverError, StoreError, Tx};

/// The words before the number of what calls for mails, and how it is looked up.
const CALLERS: [(&str, &str); 5] = [
    ("invoice", "SELECT count(*) FROM invoice WHERE number = $1"),
    ("subscription", "SELECT count(*) FROM subscription WHERE number = $1"),
    ("operation", "SELECT count(*) FROM operation WHERE id = $1"),
    ("transfer", "SELECT count(*) FROM operation WHERE id = $1"),
    ("billing change", "SELECT count(*) FROM operation WHERE id = $1"),
];

impl Tx<'_> {
    pub(super) fn check_mails(&self, each: Found<'_>) -> Result<(), StoreError> {
        self.each(
            "SELECT m.id, m.cause, e.seq, p.payload
             FROM outbox m
             LEFT JOIN event e ON e.noun = 'mail' AND e.subject_id = m.id AND e.kind = 'mail_queued'
             LEFT JOIN event_payload p ON p.seq = e.seq
             ORDER BY m.id",
            &[],
            &mut |row| {
                let (id, cause): (i64, String) = (row.get(0)?, row.get(1)?);
                let mut found = |what: String| {
                    each(Finding::new(Area::Mail, format!("mail {id}"), what));
                };
                if row.get::<Option<i64>>(2)?.is_none() {
                    found("no event tells what called for it".to_owned());
                    return Ok(());
                }
                let payload: Option<String> = row.get(3)?;
                let told = payload.and_then(|payload| serde_json::from_str::<Json>(&payload).ok());
                let is_another =
                    |told: Json| told["after"]["cause"].as_str().is_some_and(|told| told != cause);
                if told.is_some_and(is_another) {
                    found(format!("it says `{cause}` called for it, and its event says another"));
                } else if !self.is_there(&cause)? {
                    found(format!("what called for it is not there: {cause}"));
                }
                Ok(())
            },
        )
    }

    /// Says whether what a cause names is there; one that names nothing of the store's is.
    fn is_there(&self, cause: &str) -> Result<bool, DriverError> {
        for (word, sql) in CALLERS {
            let Some(number) = number_after(cause, word) else { continue };
            let mut count: i64 = 0;
            self.driver.query(sql, values![number], &mut |row| {
                count = row.get(0)?;
                Ok(())
            })?;
            return Ok(count > 0);
        }
        Ok(true)
    }
}

/// Returns the number that follows a word of a cause.
fn number_after(cause: &str, word: &str) -> Option<i64> {
    let (before, after) = cause.split_once(word)?;
    if !before.is_empty() && !before.ends_with(' ') {
        return None;
    }
    let digits = after.strip_prefix(' ')?;
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_names_what_called_for_the_mail() {
        for (cause, word, number) in [
            ("invoice 1001", "invoice", Some(1001)),
            ("copy 2 of invoice 1001: lost", "invoice", Some(1001)),
            ("reminder 1 of invoice 1001", "invoice", Some(1001)),
            ("renewal of subscription 1002 on 2027-03-01", "subscription", Some(1002)),
            ("billing change 12", "billing change", Some(12)),
            ("operation 7", "operation", Some(7)),
            ("operation 7", "invoice", None),
            ("reinvoice 7", "invoice", None),
        ] {
            assert_eq!(number_after(cause, word), number, "{cause}");
        }
    }
}
