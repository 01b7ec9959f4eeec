//! Erasing: each place by its own rule, the trail's payloads emptied, and what is kept counted.

use chrono::NaiveDate;
use serde_json::{Map, Value as Json};

use super::{
    ACCOUNTS, DELIVERIES, FETCHES, FORGOTTEN, HOLDS, IMPORTS, INVOICES, LICENCES, MAILS, NOTES,
    NOTICES, ORDERS, PAYMENT_FILES, Place, REMINDERS, SHIP_TOS, SHIPMENTS, STAFF, SUBSCRIPTIONS,
    Tally, Texts, Trace, any_text,
};
use crate::domain::account::AccountId;
use crate::domain::email::Email;
use crate::domain::event::{EventKind, Noun, Subject};
use crate::domain::login::LoginId;
use crate::domain::mail::MailStatus;
use crate::domain::personal_data::{ERASED, Kept, kept_until, marker};
use crate::store::driver::values;
use crate::store::subscription::is_invoiced_yet;
use crate::store::{StoreError, Tx};

/// Texts that nothing rests on: where they stand, what they are called, and what erases one. The reason
/// for which an order was cancelled stands on the credit note too, where it is kept.
const REMARKS: [(Place, &str, &str); 6] = [
    (NOTES, "notes", "UPDATE note SET body = $2 WHERE id = $1"),
    (HOLDS, "holds", "UPDATE hold SET reason = $2 WHERE id = $1"),
    (ORDERS, "orders", "UPDATE orders SET cancel_reason = $2 WHERE id = $1"),
    (DELIVERIES, "deliveries", "UPDATE delivery SET how = $2 WHERE invoice_id = $1"),
    (IMPORTS, "file names", "UPDATE import SET file_name = $2 WHERE id = $1"),
    (PAYMENT_FILES, "file names", "UPDATE payment_file SET name = $2 WHERE id = $1"),
];

/// What was erased and what was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// How many of each thing were erased.
    pub erased: Vec<(&'static str, i64)>,
    /// How many of each thing were kept, and until when at the latest.
    pub kept: Vec<(Kept, i64, Option<NaiveDate>)>,
}

impl Erased {
    pub(super) fn keep(&mut self, what: Kept, until: Option<NaiveDate>) {
        match self.kept.iter_mut().find(|(kept, ..)| *kept == what) {
            Some((_, count, latest)) => {
                *count += 1;
                *latest = (*latest).max(until);
            }
            None => self.kept.push((what, 1, until)),
        }
    }
}

/// One erasing on its way through the store.
pub(super) struct Eraser<'t> {
    pub(super) trace: &'t Trace,
    successor: Option<&'t Email>,
    tally: Tally,
    pub(super) report: Erased,
}

impl Eraser<'_> {
    pub(super) fn count(&mut self, account: Option<i64>, what: &'static str) {
        *self.tally.entry(account).or_default().entry(what).or_default() += 1;
    }

    fn successor_text(&self) -> Option<String> {
        self.successor.map(|email| email.as_str().to_owned())
    }
}

impl Tx<'_> {
    /// Erases what is held on a person as far as the law allows, and says what was kept.
    ///
    /// Where the address cannot be missed, `successor` takes its place; [`Tx::needs_successor`] says
    /// beforehand whether there must be one. Errors when a mail to the person is being sent.
    pub fn erase_personal_data(
        &self,
        trace: &Trace,
        successor: Option<&Email>,
        reason: Option<&str>,
    ) -> Result<Erased, StoreError> {
        let mut eraser =
            Eraser { trace, successor, tally: Tally::new(), report: Erased::default() };
        self.erase_login(&mut eraser)?;
        self.erase_forgotten(&mut eraser)?;
        self.erase_in_fetches(&mut eraser)?;
        self.erase_in_licences(&mut eraser)?;
        self.erase_in_accounts(&mut eraser)?;
        self.erase_in_subscriptions(&mut eraser)?;
        self.erase_in_notices(&mut eraser)?;
        self.erase_in_parcels(&mut eraser)?;
        self.erase_remarks(&mut eraser)?;
        self.erase_in_books(&mut eraser)?;
        self.erase_in_mails(&mut eraser)?;
        self.erase_in_trail(&mut eraser)?;
        self.count_kept(&mut eraser)?;
        self.record_erasing(&eraser, reason)?;

        let mut report = eraser.report;
        for (what, count) in eraser.tally.values().flatten() {
            match report.erased.iter_mut().find(|(erased, _)| erased == what) {
                Some((_, sum)) => *sum += count,
                None => report.erased.push((what, *count)),
            }
        }
        report.kept.sort();
        Ok(report)
    }

    fn erase_login(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let key = eraser.trace.person.email.key();
        let found = self.find(
            "SELECT l.id, l.account_id,
                 (SELECT count(*) FROM login o WHERE o.account_id = l.account_id), a.closed_on
             FROM login l JOIN account a ON a.id = l.account_id WHERE l.email_key = $1",
            values![key],
            |row| {
                let closed_on: Option<NaiveDate> = row.get(3)?;
                Ok((
                    row.get::<i64>(0)?,
                    row.get::<i64>(1)?,
                    row.get::<i64>(2)?,
                    closed_on.is_some(),
                ))
            },
        )?;
        let Some((id, account, logins, is_closed)) = found else { return Ok(()) };
        // Whoever has the address next must not have the password too.
        self.forget_password(LoginId(id))?;
        if logins > 1 {
            self.execute("DELETE FROM seat WHERE login_id = $1", values![id])?;
            self.change(
                "login",
                id,
                "DELETE FROM login WHERE id = $1 AND email_key = $2",
                values![id, key],
            )?;
        } else {
            let (email, key_after) = match eraser.successor {
                Some(successor) => {
                    self.refuse_taken_login(successor)?;
                    (successor.as_str().to_owned(), successor.key())
                }
                None if is_closed => (marker(id), marker(id)),
                None => {
                    let words = "the address is the only login of an account";
                    return Err(StoreError::InUse(words.to_owned()));
                }
            };
            self.change(
                "login",
                id,
                "UPDATE login SET email = $3, email_key = $4 WHERE id = $1 AND email_key = $2",
                values![id, key, email, key_after],
            )?;
        }
        eraser.count(Some(account), "logins");
        Ok(())
    }

    /// Drops what the person, or whoever typed the address, asked for and was not answered yet.
    fn erase_forgotten(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_text(&FORGOTTEN, &mut |row| {
            if !trace.is_in_any(row) {
                return Ok(());
            }
            self.change("request", row.id, "DELETE FROM forgotten WHERE id = $1", values![row.id])?;
            eraser.count(None, "forgotten passwords");
            Ok(())
        })
    }

    fn erase_in_accounts(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_text(&ACCOUNTS, &mut |row| {
            let [contact, care_of, reference] = [0, 2, 3].map(|index| left(trace, row, index));
            let invoice_email = match row.get(1) {
                Some(email) if trace.person.is_address(email) => eraser.successor_text(),
                email => email.map(str::to_owned),
            };
            let columns = [(0, &contact), (1, &invoice_email), (2, &care_of), (3, &reference)];
            let mut is_changed = false;
            for ((index, new), what) in
                columns.into_iter().zip(["contacts", "invoice e-mails", "c/o lines", "references"])
            {
                if new.as_deref() != row.get(index) {
                    is_changed = true;
                    eraser.count(Some(row.id), what);
                }
            }
            if !is_changed {
                return Ok(());
            }
            self.change(
                "account",
                row.id,
                "UPDATE account SET contact = $2, invoice_email = $3, care_of = $4, reference = $5
                 WHERE id = $1",
                values![row.id, contact, invoice_email, care_of, reference],
            )
        })
    }

    fn erase_in_subscriptions(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_text(&SUBSCRIPTIONS, &mut |row| {
            if !trace.is_in_any(row) {
                return Ok(());
            }
            let is_invoiced = self.integer(
                concat!(
                    "SELECT count(*) FROM subscription s WHERE s.id = $1 AND ",
                    is_invoiced_yet!()
                ),
                values![row.id, self.today()],
            )? == 1;
            let mut invoice_email = row.get(0).map(str::to_owned);
            if row.get(0).is_some_and(|email| trace.person.is_address(email)) {
                let successor = eraser.successor_text().filter(|_| is_invoiced);
                invoice_email = Some(successor.unwrap_or_else(|| marker(row.id)));
                eraser.count(Some(row.account), "invoice e-mails");
            }
            let [reference, care_of] = [1, 2].map(|index| left(trace, row, index));
            let [agreed, ended, failure] = [3, 4, 5].map(|index| marked(trace, row, index));
            let texts = [
                (1, &reference, "references"),
                (2, &care_of, "c/o lines"),
                (3, &agreed, "reasons"),
                (4, &ended, "reasons"),
                (5, &failure, "reasons"),
            ];
            for (index, new, what) in texts {
                if new.as_deref() != row.get(index) {
                    eraser.count(Some(row.account), what);
                }
            }
            self.change(
                "subscription",
                row.id,
                "UPDATE subscription SET invoice_email = $2, reference = $3, care_of = $4,
                     agreed_reason = $5, end_reason = $6, failure = $7
                 WHERE id = $1",
                values![row.id, invoice_email, reference, care_of, agreed, ended, failure],
            )
        })
    }

    /// Takes the person out of why a licence was revoked. Whom it is for stands on copies that others have,
    /// and is kept with them.
    fn erase_in_licences(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_text(&LICENCES, &mut |row| {
            if trace.is_in(row.account, row.get(1)) {
                eraser.report.keep(Kept::Licences, None);
            }
            if !trace.is_in(row.account, row.get(0)) {
                return Ok(());
            }
            self.change(
                "licence",
                row.id,
                "UPDATE licence SET revoke_reason = $2 WHERE subscription_id = $1",
                values![row.id, ERASED],
            )?;
            eraser.count(Some(row.account), "licences");
            Ok(())
        })
    }

    /// Takes the person out of what was fetched; that it was fetched stays.
    fn erase_in_fetches(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_text(&FETCHES, &mut |row| {
            if !trace.is_in_any(row) {
                return Ok(());
            }
            let erased = |index, instead: String| match row.get(index) {
                text if trace.is_in(row.account, text) => Some(instead),
                text => text.map(str::to_owned),
            };
            let (login, reason) = (erased(0, marker(row.id)), erased(1, ERASED.to_owned()));
            self.change(
                "fetch",
                row.id,
                "UPDATE fetch SET login = $2, reason = $3 WHERE id = $1",
                values![row.id, login, reason],
            )?;
            eraser.count(Some(row.account), "fetches");
            Ok(())
        })
    }

    /// Takes the person out of where printed copies go and went; that they were posted stays.
    fn erase_in_parcels(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_text(&SHIP_TOS, &mut |row| {
            if !trace.is_in_any(row) {
                return Ok(());
            }
            let (name, care_of) = (marked(trace, row, 0), left(trace, row, 1));
            self.change(
                "order",
                row.id,
                "UPDATE ship_to SET name = $2, care_of = $3 WHERE order_id = $1",
                values![row.id, name, care_of],
            )?;
            eraser.count(Some(row.account), "postal addresses");
            Ok(())
        })?;
        self.each_text(&SHIPMENTS, &mut |row| {
            if !trace.is_in_any(row) {
                return Ok(());
            }
            let [name, tracking, reason] = [0, 2, 3].map(|index| marked(trace, row, index));
            let care_of = left(trace, row, 1);
            self.change(
                "shipment",
                row.id,
                "UPDATE shipment SET name = $2, care_of = $3, tracking = $4, reason = $5 WHERE id = $1",
                values![row.id, name, care_of, tracking, reason],
            )?;
            eraser.count(Some(row.account), "postal addresses");
            Ok(())
        })
    }

    /// Keeps a notice as long as the record of an agreement is kept, and then empties it.
    fn erase_in_notices(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_text(&NOTICES, &mut |row| {
            if !trace.is_in_any(row) {
                return Ok(());
            }
            let ends_on =
                self.find("SELECT ends_on FROM notice WHERE id = $1", values![row.id], |row| {
                    row.get::<NaiveDate>(0)
                })?;
            let until = ends_on.map(kept_until);
            if until.is_none_or(|until| until >= self.today()) {
                eraser.report.keep(Kept::Notices, until);
                return Ok(());
            }
            self.change(
                "notice",
                row.id,
                "UPDATE notice SET given_by = NULL, reason = NULL, evidence_name = NULL,
                     evidence_sha256 = NULL, evidence = NULL,
                     login = CASE WHEN login IS NULL THEN NULL ELSE $2 END
                 WHERE id = $1",
                values![row.id, marker(row.id)],
            )?;
            eraser.count(Some(row.account), "notices");
            Ok(())
        })
    }

    /// Erases what people wrote beside what they did, whole.
    fn erase_remarks(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        for (place, what, sql) in &REMARKS {
            self.each_text(place, &mut |row| {
                if !eraser.trace.is_in_any(row) {
                    return Ok(());
                }
                self.change(what, row.id, sql, values![row.id, ERASED])?;
                eraser.count(row.owner(), what);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Mails that carried an invoice, a payment reminder or a confirmation of notice are kept; letters
    /// lose the person; what did not reach the person yet goes to the successor if it carries an
    /// invoice, and to nobody otherwise.
    fn erase_in_mails(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_text(&MAILS, &mut |row| {
            let to_person = row.get(0).is_some_and(|to| trace.person.is_address(to));
            let facts = row.get(1);
            let in_facts =
                facts.is_some_and(|facts| any_text(facts, &|t| trace.is_in(row.account, Some(t))));
            self.erase_mail_remarks(eraser, row)?;
            if !to_person && !in_facts {
                return Ok(());
            }
            let mail = self.find(
                "SELECT status, CASE WHEN transport = 'folder' THEN 1 ELSE 0 END,
                     CASE WHEN notice_id IS NULL THEN 0 ELSE 1 END,
                     CASE WHEN reminder_id IS NULL THEN 0 ELSE 1 END, queued_at
                 FROM outbox WHERE id = $1",
                values![row.id],
                |row| {
                    Ok(MailState {
                        status: row.parse(0)?,
                        in_folder: row.get(1)?,
                        is_confirmation: row.get(2)?,
                        is_reminder: row.get(3)?,
                        queued_on: row.get::<String>(4)?.get(..10).unwrap_or_default().to_owned(),
                    })
                },
            )?;
            let Some(mail) = mail else { return Ok(()) };
            if mail.status == MailStatus::Claimed {
                let words = format!("mail {} to the person is being sent right now", row.id);
                return Err(StoreError::InUse(words));
            }
            let is_record = facts.is_none() || mail.is_confirmation || mail.is_reminder;
            if is_record && (mail.has_left() || !to_person) {
                let what = match mail.is_confirmation {
                    true => Kept::NoticeMails,
                    false => Kept::InvoiceMails,
                };
                let until = mail.queued_on.parse().ok().map(kept_until);
                eraser.report.keep(what, until);
                return Ok(());
            }
            match facts {
                None => self.readdress(eraser, row),
                Some(facts) => self.erase_letter(eraser, row, facts, to_person),
            }
        })
    }

    /// Forgets what a mail server said of the person, and why the office wanted a copy sent.
    fn erase_mail_remarks(&self, eraser: &mut Eraser<'_>, row: &Texts) -> Result<(), StoreError> {
        let detail = marked(eraser.trace, row, 2);
        // A cause tells mails apart and cannot be the same for all.
        let cause = match row.get(3) {
            Some(cause) if eraser.trace.is_in(row.account, Some(cause)) => {
                Some(format!("{ERASED} {}", row.id))
            }
            cause => cause.map(str::to_owned),
        };
        if detail.as_deref() == row.get(2) && cause.as_deref() == row.get(3) {
            return Ok(());
        }
        let sql = "UPDATE outbox SET detail = $2, cause = $3 WHERE id = $1";
        self.change("mail", row.id, sql, values![row.id, detail, cause])?;
        eraser.count(Some(row.account), "remarks on mails");
        Ok(())
    }

    /// Gives a mail with an invoice that reached nobody to the successor, or to nobody where there is
    /// none or the successor has it already.
    fn readdress(&self, eraser: &mut Eraser<'_>, row: &Texts) -> Result<(), StoreError> {
        let successor = eraser.successor_text().unwrap_or_default();
        let has_it = self.integer(
            "SELECT count(*) FROM outbox m JOIN outbox o ON o.cause = m.cause AND o.kind = m.kind
             WHERE m.id = $1 AND o.recipient = $2",
            values![row.id, successor],
        )?;
        self.execute("DELETE FROM message WHERE outbox_id = $1", values![row.id])?;
        if successor.is_empty() || has_it > 0 {
            self.withdraw_mail(row.id)?;
            eraser.count(Some(row.account), "mails");
            return Ok(());
        }
        self.change(
            "mail",
            row.id,
            "UPDATE outbox SET recipient = $2, detail = NULL WHERE id = $1",
            values![row.id, successor],
        )?;
        eraser.count(Some(row.account), "mails readdressed");
        Ok(())
    }

    fn erase_letter(
        &self,
        eraser: &mut Eraser<'_>,
        row: &Texts,
        facts: &str,
        to_person: bool,
    ) -> Result<(), StoreError> {
        let facts = without(eraser, row.account, facts);
        self.execute("DELETE FROM message WHERE outbox_id = $1", values![row.id])?;
        self.change(
            "mail",
            row.id,
            "UPDATE outbox SET facts = $2, detail = NULL WHERE id = $1",
            values![row.id, facts],
        )?;
        if to_person {
            self.withdraw_mail(row.id)?;
        }
        eraser.count(Some(row.account), "mails");
        Ok(())
    }

    /// Takes the recipient from a mail; one that was never sent has failed.
    fn withdraw_mail(&self, id: i64) -> Result<(), StoreError> {
        self.change(
            "mail",
            id,
            "UPDATE outbox SET recipient = $2, detail = $3, due_at = NULL,
                 status = CASE WHEN status IN ('sent', 'bounced') THEN status ELSE 'failed' END
             WHERE id = $1",
            values![id, marker(id), ERASED],
        )
    }

    /// Empties the payload of every event that speaks of the person.
    fn erase_in_trail(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_event_about(trace, &mut |seq| {
            self.change(
                "event",
                seq,
                "UPDATE event_payload SET salt = NULL, payload = NULL
                 WHERE seq = $1 AND payload IS NOT NULL",
                values![seq],
            )?;
            eraser.count(None, "events");
            Ok(())
        })
    }

    fn count_kept(&self, eraser: &mut Eraser<'_>) -> Result<(), StoreError> {
        let trace = eraser.trace;
        self.each_text(&INVOICES, &mut |row| {
            if !trace.is_in_any(row) {
                return Ok(());
            }
            self.each(
                "SELECT i.issued_on, i.kind, d.sha256, e.sha256
                 FROM invoice i LEFT JOIN document d ON d.invoice_id = i.id
                 LEFT JOIN e_invoice e ON e.invoice_id = i.id WHERE i.id = $1",
                values![row.id],
                &mut |row| {
                    let until = Some(kept_until(row.get(0)?));
                    let is_invoice = row.get::<String>(1)? == "invoice";
                    let what = if is_invoice { Kept::Invoices } else { Kept::CreditNotes };
                    eraser.report.keep(what, until);
                    if row.get::<Option<String>>(2)?.is_some() {
                        eraser.report.keep(Kept::Documents, until);
                    }
                    if row.get::<Option<String>>(3)?.is_some() {
                        eraser.report.keep(Kept::EInvoices, until);
                    }
                    Ok(())
                },
            )
        })?;
        self.each_text(&REMINDERS, &mut |row| {
            if trace.is_in_any(row) {
                let sql = "SELECT reminded_on FROM payment_reminder WHERE id = $1";
                let day = self.find(sql, values![row.id], |row| row.get::<NaiveDate>(0))?;
                eraser.report.keep(Kept::Reminders, day.map(kept_until));
            }
            Ok(())
        })?;
        for id in &trace.accounts {
            if self.has_personal_number(AccountId(*id))? {
                let last = self.find(
                    "SELECT max(day) FROM (
                         SELECT issued_on AS day FROM invoice WHERE account_id = $1
                         UNION ALL SELECT booked_on FROM payment WHERE account_id = $1) AS days",
                    values![*id],
                    |row| row.get::<Option<NaiveDate>>(0),
                )?;
                eraser.report.keep(Kept::SoleTraders, last.flatten().map(kept_until));
            }
        }
        self.each_text(&STAFF, &mut |row| {
            if trace.is_in_any(row) {
                eraser.report.keep(Kept::Staff, None);
            }
            Ok(())
        })
    }

    /// Says whether an account's number is a person's, or was.
    fn has_personal_number(&self, id: AccountId) -> Result<bool, StoreError> {
        let former = self.former_numbers(id)?;
        Ok(self.account_by_id(id)?.org_number.is_personal()
            || former.iter().any(|former| former.org_number.is_personal()))
    }

    /// Records the erasing on each account and on the shop, without a word of what was erased.
    fn record_erasing(&self, eraser: &Eraser<'_>, reason: Option<&str>) -> Result<(), StoreError> {
        for (account, counts) in &eraser.tally {
            let mut after: Map<String, Json> =
                counts.iter().map(|(what, count)| (key_of(what), Json::from(*count))).collect();
            let is_replaced = ["logins", "invoice e-mails", "mails readdressed"]
                .iter()
                .any(|what| counts.contains_key(what));
            if is_replaced {
                after.insert("successor".to_owned(), eraser.successor_text().into());
            }
            after.insert("reason".to_owned(), reason.into());
            let (subject, about) = match account {
                None => (Subject { noun: Noun::Shop, id: 0 }, "shop".to_owned()),
                Some(id) => {
                    let account = self.account_by_id(AccountId(*id))?;
                    (crate::store::account::subject(account.id), account.org_number.masked())
                }
            };
            let kind = EventKind::PersonalDataErased;
            self.record(kind, subject, &about, Json::Null, Json::Object(after))?;
        }
        Ok(())
    }
}

/// Returns what a kind of thing is called in an event.
fn key_of(what: &str) -> String {
    what.replace("e-mails", "emails").replace("c/o lines", "care_of").replace(' ', "_")
}

/// How far a mail has come.
struct MailState {
    status: MailStatus,
    in_folder: bool,
    is_confirmation: bool,
    is_reminder: bool,
    queued_on: String,
}

impl MailState {
    /// Says whether the mail went to a server: what a folder took reached nobody.
    fn has_left(&self) -> bool {
        !self.in_folder && matches!(self.status, MailStatus::Sent | MailStatus::Bounced)
    }
}

/// Returns a text that may be missing, unless it speaks of the person.
pub(super) fn left(trace: &Trace, row: &Texts, index: usize) -> Option<String> {
    row.get(index).filter(|text| !trace.is_in(row.account, Some(text))).map(str::to_owned)
}

/// Returns a text that something else depends on, or what stands for one that was erased.
fn marked(trace: &Trace, row: &Texts, index: usize) -> Option<String> {
    row.get(index)
        .map(|text| if trace.is_in(row.account, Some(text)) { ERASED } else { text }.to_owned())
}

/// Returns the facts of a letter without the person.
fn without(eraser: &Eraser<'_>, account: i64, facts: &str) -> String {
    let Ok(mut facts) = serde_json::from_str::<Json>(facts) else { return "{}".to_owned() };
    fn erase(value: &mut Json, eraser: &Eraser<'_>, account: i64) {
        match value {
            Json::String(text) if eraser.trace.is_in(account, Some(text)) => {
                let is_address = eraser.trace.person.is_address(text);
                let successor = eraser.successor_text().filter(|_| is_address);
                *text = successor.unwrap_or_else(|| ERASED.to_owned());
            }
            Json::Array(values) => {
                values.iter_mut().for_each(|value| erase(value, eraser, account));
            }
            Json::Object(map) => {
                map.values_mut().for_each(|value| erase(value, eraser, account));
            }
            _ => {}
        }
    }
    erase(&mut facts, eraser, account);
    facts.to_string()
}
