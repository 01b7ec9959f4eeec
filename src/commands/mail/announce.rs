//! `mail announce`: one text to many customers, a mail each, held until somebody releases them.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result};
use clap::Args;

use crate::app::{App, Batch, BatchArgs, ChangeArgs, Done, Step};
use crate::commands::open_file;
use crate::domain::account::{Account, AccountId};
use crate::domain::agreement::{Agreement, Edition, EditionName, NewEdition};
use crate::domain::announcement::{
    Announcement, Audience, Facts, NewAnnouncement, ToldEdition, UnpaidInvoice, Words,
};
use crate::domain::email::Email;
use crate::domain::language::Language;
use crate::domain::letter::{self, Letter, Office};
use crate::domain::mail::{MailId, NewMail};
use crate::domain::personal_data::is_marker;
use crate::error::{Failure, Status};
use crate::render::mail::amount;
use crate::render::mail::announcement::{AnnouncementTemplate, NEW_EDITION};
use crate::render::sheet::{Cell, Sheet};
use crate::store::Tx;

/// Queue a text to many customers, one mail an account, held until it is released
///
/// Told are the open accounts with a subscription to a product (subscribers:SKU), with one that gives an
/// agreement (readers:CODE), with a licence (licensees), or with an unpaid invoice (unpaid). The mail goes
/// to the login that the account was registered with, about unpaid invoices to the invoice e-mail; nobody
/// is told at an address from which the last mail came back. It carries nothing. The template is a TOML
/// file with `subject` and `text` under [sv] and [en]; it may name {{ shop_name }}, {{ office_email }},
/// {{ web }}, {{ name }} and {{ recipient }}, for subscribers {{ product }}, for readers {{ agreement }},
/// {{ code }}, {{ edition }}, {{ edition_language }} and {{ from }}, and for unpaid a list {{ invoices }},
/// each with `number`, `due_on` and `left`. It is tried before anything is queued. The same text to the
/// same audience is one announcement: run again, it goes to those who do not have it yet.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shopctl mail announce --to subscribers:AB04 --template news.toml -n
  shopctl mail announce --to readers:AB04
  shopctl mail announce --to unpaid --template bankgiro.toml --max 200")]
pub struct AnnounceArgs {
    /// Who is told: subscribers:SKU, readers:CODE, licensees or unpaid
    #[arg(long, value_name = "WHOM")]
    to: Audience,
    /// What is said; readers are told of the newest edition unless given; - is stdin
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// The edition that readers are told of; the one published last unless given
    #[arg(long, value_name = "TEXT")]
    edition: Option<EditionName>,
    /// The language of that edition
    #[arg(long, value_name = "sv|en", requires = "edition")]
    language: Option<Language>,
    #[command(flatten)]
    batch: BatchArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

pub fn announce(app: &mut App, args: &AnnounceArgs) -> Result<()> {
    let words = match &args.template {
        Some(path) => read_words(path)?,
        None if matches!(args.to, Audience::Readers(_)) => carried_words()?,
        None => {
            return Err(Failure::new(Status::Usage, "usage", "what is to be said is missing")
                .hint("give `--template FILE`")
                .into());
        }
    };
    let told = app.read(|tx| told_edition(tx, args))?;
    let new = NewAnnouncement { audience: args.to.clone(), words, edition: told };
    let batch = AnnounceBatch::new(app, new, args.batch.limit)?;
    let count = app.read(|tx| Ok(tx.count_audience(&args.to)?))?;
    let count = args.batch.limit.map_or(count, |limit| count.min(limit));
    args.batch.refuse_unusual(count, "accounts are to be told")?;
    let batch = app.change_each(&args.change, batch)?;
    if let (Some(made), 0, known @ 1..) = (&batch.announcement, batch.queued, batch.known) {
        app.say(&format!("announcement {}: all who are to be told have it, {known}", made.number));
    }
    if count == 0 {
        app.say(&format!("there is nobody to tell among {}", args.to));
    }
    batch.verdict()
}

/// Returns the words that tell of a new edition.
pub fn carried_words() -> Result<Words> {
    toml::from_str(NEW_EDITION).context("the carried template is damaged")
}

/// The most that a template's file may be, in bytes.
const FILE_MAX: u64 = 200_000;

fn read_words(path: &Path) -> Result<Words> {
    let shown = path.display();
    let mut source = Vec::new();
    open_file(path)?
        .take(FILE_MAX + 1)
        .read_to_end(&mut source)
        .with_context(|| format!("`{shown}` cannot be read"))?;
    let refused = |words: String| {
        Failure::refused("template", words)
            .hint("`shopctl mail announce --help` shows what a template holds")
    };
    if source.len() as u64 > FILE_MAX {
        return Err(refused(format!("`{shown}` is longer than {FILE_MAX} bytes")).into());
    }
    let source = String::from_utf8(source)
        .map_err(|_| refused(format!("`{shown}` is not written in UTF-8")))?;
    toml::from_str(&source)
        .map_err(|error| refused(format!("`{shown}` is no template: {}", one_line(&error))).into())
}

/// Returns what is wrong with a file, without the lines of it.
fn one_line(error: &toml::de::Error) -> String {
    error.message().lines().collect::<Vec<&str>>().join(" ")
}

/// Returns the edition that readers are told of.
fn told_edition(tx: &Tx<'_>, args: &AnnounceArgs) -> Result<Option<ToldEdition>> {
    let Audience::Readers(code) = &args.to else {
        return match args.edition {
            None => Ok(None),
            Some(_) => Err(Failure::refused("usage", "only readers are told of an edition")
                .hint("give `--to readers:CODE`")
                .into()),
        };
    };
    let agreement = tx.agreement(code)?;
    let is_meant = |edition: &&Edition| {
        edition.withdrawn_on.is_none()
            && args.edition.as_ref().is_none_or(|name| *name == edition.name)
            && args.language.is_none_or(|language| language == edition.language)
    };
    let meant = agreement.editions.iter().filter(is_meant);
    let Some(edition) = meant.max_by_key(|edition| edition.id.0) else {
        let words = format!("agreement {code} has no such edition to tell of");
        return Err(Failure::refused("no_edition", words)
            .hint(format!("`shopctl agreement show {code}` lists them"))
            .into());
    };
    Ok(Some(ToldEdition {
        code: code.to_string(),
        edition: edition.name.to_string(),
        edition_language: edition.language.code().to_owned(),
        from: edition.from.to_string(),
    }))
}

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
