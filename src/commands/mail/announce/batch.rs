//! The mails of one announcement, account by account.

use std::collections::HashSet;
use std::rc::Rc;

use anyhow::Result;

use crate::app::{App, Batch, Done, Step};
use crate::domain::account::{Account, AccountId};
use crate::domain::agreement::{Agreement, NewEdition};
use crate::domain::announcement::{Announcement, Audience, Facts, NewAnnouncement, UnpaidInvoice};
use crate::domain::email::Email;
use crate::domain::language::Language;
use crate::domain::letter::{self, Letter, Office};
use crate::domain::mail::{MailId, NewMail};
use crate::domain::personal_data::is_marker;
use crate::error::{Failure, Status};
use crate::render::mail::amount;
use crate::render::mail::announcement::AnnouncementTemplate;
use crate::render::sheet::{Cell, Sheet};
use crate::store::Tx;

/// An edition that is published in the same run, before anybody is told.
pub struct Publication {
    pub agreement: Agreement,
    pub edition: NewEdition,
    pub bytes: Vec<u8>,
}

/// The mails of one announcement, account by account.
#[derive(Clone)]
pub struct AnnounceBatch {
    new: Rc<NewAnnouncement>,
    template: Rc<AnnouncementTemplate>,
    publication: Option<Rc<Publication>>,
    office: Rc<Office>,
    /// The domain of Message-IDs.
    domain: String,
    bounced: Rc<HashSet<String>>,
    announcement: Option<Announcement>,
    after: i64,
    left: Option<i64>,
    first: Option<MailId>,
    queued: i64,
    /// Accounts whose address has this announcement already.
    known: i64,
    /// Accounts that cannot be told, each with the reason.
    untold: Vec<(String, &'static str)>,
    /// Accounts that were refused, each with the cause.
    failures: Vec<(String, String)>,
}

impl AnnounceBatch {
    /// Makes ready to tell everybody, and tries the template.
    pub fn new(app: &mut App, new: NewAnnouncement, limit: Option<i64>) -> Result<AnnounceBatch> {
        let template = AnnouncementTemplate::new(&new.words, &new.audience, new.edition.as_ref())
            .map_err(|error| {
            Failure::refused("template", format!("the template cannot be used: {error}"))
                .hint("`shopctl mail announce --help` shows what a template may name")
        })?;
        let (seller, bounced) = app.read(|tx| Ok((tx.seller()?.1, tx.bounced_recipients()?)))?;
        Ok(AnnounceBatch {
            new: Rc::new(new),
            template: Rc::new(template),
            publication: None,
            office: Rc::new(Office::of(&seller)),
            domain: seller.office_email.domain().to_owned(),
            bounced: Rc::new(bounced),
            announcement: None,
            after: 0,
            left: limit,
            first: None,
            queued: 0,
            known: 0,
            untold: Vec::new(),
            failures: Vec::new(),
        })
    }

    /// Publishes an edition before anybody is told.
    pub fn after_publishing(self, publication: Publication) -> AnnounceBatch {
        AnnounceBatch { publication: Some(Rc::new(publication)), ..self }
    }

    /// Returns the failure that some refusals make of a finished batch.
    pub fn verdict(&self) -> Result<()> {
        if self.failures.is_empty() {
            return Ok(());
        }
        let count = self.failures.len() as i64;
        let words = format!("{count} of {} mails were refused", count + self.queued);
        Err(Failure::new(Status::Partial, "some_refused", words)
            .hint("each is told above; the same command again tries them again")
            .into())
    }

    /// Returns the announcement, made when its first mail is.
    fn made(&mut self, tx: &Tx<'_>) -> Result<Announcement> {
        if let Some(made) = &self.announcement {
            return Ok(made.clone());
        }
        let made = tx.make_announcement(&self.new)?;
        self.announcement = Some(made.clone());
        Ok(made)
    }

    /// Says that everybody had the announcement already, where that is so.
    pub fn nobody_left(&self) -> Option<String> {
        let number = self.announcement.as_ref()?.number;
        let had_it = self.queued == 0 && self.known > 0;
        had_it.then(|| {
            format!("announcement {number}: all who are to be told have it, {}", self.known)
        })
    }

    fn tell(&mut self, tx: &Tx<'_>, id: AccountId) -> Result<()> {
        let account = tx.account_by_id(id)?;
        let who = account.org_number.masked();
        let Some(recipient) = recipient(&self.new.audience, &account) else {
            self.untold.push((who, "it has no address"));
            return Ok(());
        };
        if self.bounced.contains(&recipient.key()) {
            self.untold.push((who, "the last mail to its address came back"));
            return Ok(());
        }
        let facts = self.facts(tx, &account, &recipient)?;
        let announced = match self.template.render(account.profile.language, &facts) {
            Ok(announced) => announced,
            Err(error) => {
                self.failures.push((who, error.to_string()));
                return Ok(());
            }
        };
        let announcement = self.made(tx)?;
        let letter = Letter::Announcement(letter::Announcement {
            office: Office::clone(&self.office),
            announcement: announcement.id,
            subject: announced.subject,
            text: announced.text,
        });
        let cause = format!("announcement {}", announcement.number);
        let mail = NewMail::of_letter(letter, cause, &account, recipient);
        match tx.announce(&mail, &self.domain)? {
            Some(id) => {
                self.first = self.first.or(Some(id));
                self.queued += 1;
                self.left = self.left.map(|left| left - 1);
            }
            None => self.known += 1,
        }
        Ok(())
    }

    fn facts(&self, tx: &Tx<'_>, account: &Account, recipient: &Email) -> Result<Facts> {
        let language = account.profile.language;
        let in_language = |sv: &str, en: &str| match language {
            Language::Swedish => sv.to_owned(),
            Language::English => en.to_owned(),
        };
        let (mut product, mut agreement, mut invoices) = (None, None, None);
        match &self.new.audience {
            Audience::Subscribers(sku) => {
                let of = tx.product(sku)?;
                product = Some(in_language(&of.name_sv, &of.name_en));
            }
            Audience::Readers(code) => {
                let of = tx.agreement(code)?;
                agreement = Some(in_language(&of.name_sv, &of.name_en));
            }
            Audience::Licensees => {}
            Audience::Unpaid => {
                let unpaid = tx.unpaid_of(account.id)?.into_iter();
                let unpaid = unpaid.map(|(number, due_on, left)| UnpaidInvoice {
                    number: number.to_string(),
                    due_on: due_on.to_string(),
                    left: amount(left, language),
                });
                invoices = Some(unpaid.collect());
            }
        }
        Ok(Facts {
            office: Office::clone(&self.office),
            name: account.profile.name.clone(),
            recipient: recipient.to_string(),
            product,
            agreement,
            edition: self.new.edition.clone(),
            invoices,
        })
    }
}

/// Returns where an account is told: at the login it was registered with, or of its invoices where those
/// go.
fn recipient(audience: &Audience, account: &Account) -> Option<Email> {
    let login = account.logins.first();
    let address = match audience {
        Audience::Unpaid => account.profile.invoice_email.as_ref().or(login),
        Audience::Subscribers(_) | Audience::Readers(_) | Audience::Licensees => login,
    };
    address.filter(|address| !is_marker(address)).cloned()
}

impl Batch for AnnounceBatch {
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step> {
        if let Some(publication) = self.publication.take() {
            let Publication { agreement, edition, bytes } = &*publication;
            tx.publish_edition(agreement, edition, bytes)?;
        }
        let limit = self.left.map_or(limit, |left| left.min(limit));
        let page = tx.audience(&self.new.audience, self.after, limit)?;
        for id in &page {
            self.tell(tx, *id)?;
            self.after = id.0;
        }
        let is_last = page.is_empty() || (page.len() as i64) < limit;
        Ok(if is_last { Step::Finished } else { Step::More })
    }

    fn pass_over(&mut self, tx: &Tx<'_>, error: &anyhow::Error) -> Result<()> {
        for id in tx.audience(&self.new.audience, self.after, 1)? {
            let account = tx.account_by_id(id)?;
            self.failures.push((account.org_number.masked(), format!("{error:#}")));
            self.after = id.0;
        }
        Ok(())
    }

    fn done(&self) -> Done {
        let mut done = Done::default();
        let number = self.announcement.as_ref().map(|announcement| announcement.number);
        done.objects.push(
            Sheet::default()
                .fact("announcement", "Announcement", Cell::maybe(number))
                .fact("audience", "To", self.new.audience.to_string())
                .fact("queued", "Held now", self.queued)
                .fact("known", "Had it already", self.known)
                .fact("untold", "Not told", self.untold.len() as i64)
                .fact("refused", "Refused", self.failures.len() as i64),
        );
        if let (Some(first), Some(number)) = (self.first, number) {
            done.summary = Some(format!(
                "announcement {number}: mails held: {}; `shopctl mail preview {} -o FILE` shows the \
                 first, `shopctl mail release --announcement {number}` lets them go",
                self.queued, first.0
            ));
        }
        let told = |(who, why): &(String, &str)| format!("account {who} is not told: {why}");
        done.warnings.extend(self.untold.iter().map(told));
        let refused = |(who, why): &(String, String)| format!("account {who} was refused: {why}");
        done.warnings.extend(self.failures.iter().map(refused));
        done
    }
}
