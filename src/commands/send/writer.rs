//! A mail written: its document drawn, its message composed, unless both are fixed already.

use anyhow::{Context, Result};

use crate::app::App;
use crate::commands::invoice::e_invoice::attached;
use crate::commands::invoice::{self, Reminded};
use crate::domain;
use crate::domain::email::Email;
use crate::domain::invoice::{Invoice, InvoiceKind};
use crate::domain::language::Language;
use crate::domain::mail::{Attachment, Content, Mail, MailKind};
use crate::domain::payee::PayTo;
use crate::domain::seller::Seller;
use crate::domain::token::Token;
use crate::effects::mailer::message::{Attached, Letter, compose};
use crate::effects::mailer::settings::MailSettings;
use crate::error::Failure;
use crate::render::mail::{CreditNoteFacts, InvoiceFacts, Templates};
use crate::render::pdf::Press;
use crate::store::Tx;

/// What writing a mail needs: templates, sender, the press.
pub struct Writer {
    pub templates: Templates,
    pub settings: MailSettings,
    press: Press,
}

/// A mail with all that its text depends on.
pub struct Loaded {
    pub mail: Mail,
    matter: Matter,
    /// Where its invoice is to be paid, if it brings one.
    pay_to: Option<PayTo>,
    /// The bytes of the document it carries, if they are fixed already.
    document: Option<Vec<u8>>,
    /// The e-invoice that the document of an invoice carries, if it carries one.
    e_invoice: Option<Vec<u8>>,
    /// The message's bytes, if an earlier attempt stored them.
    message: Option<Vec<u8>>,
}

/// What a mail is about, read.
enum Matter {
    Invoice(Box<Invoice>),
    Letter { letter: Box<domain::letter::Letter>, enclosed: Option<Enclosed> },
}

/// What the document that a letter carries is drawn from, beside the facts of the letter.
enum Enclosed {
    Confirmation(Box<Seller>),
    Reminder(Box<Reminded>),
}

/// What a message is made of besides the facts of its matter.
struct Parts<'a> {
    pay_to: Option<PayTo>,
    document: Option<&'a [u8]>,
    token: Option<&'a Token>,
}

/// A mail ready to go.
pub struct Written {
    pub mail: Mail,
    matter: Matter,
    pub from: Email,
    document: Option<Vec<u8>>,
    e_invoice: Option<Vec<u8>>,
    /// What leads to a new password, if the message does.
    pub token: Option<Token>,
    pub message: Vec<u8>,
}

impl Writer {
    /// Reads settings and templates; templates of the shop's own are tried on sample facts here.
    pub fn new(app: &mut App) -> Result<Writer> {
        let is_practice = app.read(|tx| Ok(tx.is_practice()?))?;
        let templates = match &app.settings.templates {
            Some(folder) => Templates::with_folder(folder)
                .map_err(|error| Failure::refused("templates", error.to_string()))?,
            None => Templates::carried(),
        };
        Ok(Writer { templates, settings: app.settings.mail(is_practice)?, press: Press::new() })
    }

    pub fn from(&self, seller: &Seller) -> Email {
        self.settings.from.clone().unwrap_or_else(|| seller.office_email.clone())
    }

    pub fn reply_to(&self, seller: &Seller) -> Email {
        self.settings.reply_to.clone().unwrap_or_else(|| seller.office_email.clone())
    }

    /// Reads what the text of a mail depends on.
    pub fn load(&self, tx: &Tx<'_>, mail: Mail) -> Result<Loaded> {
        let attachment = mail.content.attachment();
        let matter = match &mail.content {
            Content::Invoice(id) => Matter::Invoice(Box::new(tx.invoice_by_id(*id)?)),
            Content::Letter { letter, .. } => Matter::Letter {
                letter: letter.clone(),
                enclosed: match attachment {
                    Some(Attachment::Confirmation(_)) => {
                        Some(Enclosed::Confirmation(Box::new(tx.seller()?.1)))
                    }
                    Some(Attachment::Reminder(id)) => {
                        Some(Enclosed::Reminder(Box::new(invoice::reminded(tx, id)?)))
                    }
                    Some(Attachment::Invoice(_)) | None => None,
                },
            },
        };
        let pay_to = match &matter {
            Matter::Invoice(invoice) => Some(tx.pay_to(&invoice.draft.seller)?),
            Matter::Letter { .. } => None,
        };
        let document = match attachment {
            Some(Attachment::Invoice(id)) => tx.document(id)?,
            Some(Attachment::Confirmation(id)) => tx.confirmation(id)?,
            Some(Attachment::Reminder(id)) => tx.reminder_document(id)?,
            None => None,
        };
        let document = document.map(|(bytes, _)| bytes);
        let e_invoice = match &matter {
            Matter::Invoice(invoice) => attached(tx, invoice)?,
            Matter::Letter { .. } => None,
        };
        let message = tx.message(mail.id)?;
        Ok(Loaded { mail, matter, pay_to, document, e_invoice, message })
    }

    /// Draws the document and composes the message, unless both are fixed already. A letter that leads
    /// to a new password does so by `token`; without one it shows where the link will stand.
    pub fn write(&mut self, loaded: Loaded, token: Option<Token>) -> Result<Written> {
        let Loaded { mail, matter, pay_to, document, e_invoice, message } = loaded;
        let document = match document {
            Some(document) => Some(document),
            None => self.draw(&mail, &matter, e_invoice.as_deref())?,
        };
        let sender = self.sender(&matter)?;
        let message = match message {
            Some(message) => message,
            None => {
                let parts = Parts { pay_to, document: document.as_deref(), token: token.as_ref() };
                self.compose(&mail, &matter, &parts, &sender)?
            }
        };
        Ok(Written { mail, matter, from: sender.from, document, e_invoice, token, message })
    }

    /// Draws the document that a mail carries, if it carries one.
    fn draw(
        &mut self,
        mail: &Mail,
        matter: &Matter,
        e_invoice: Option<&[u8]>,
    ) -> Result<Option<Vec<u8>>> {
        Ok(match matter {
            Matter::Invoice(invoice) => Some(self.press.invoice_with(invoice, e_invoice)?),
            Matter::Letter { letter, enclosed } => match (&**letter, enclosed) {
                (
                    domain::letter::Letter::NoticeConfirmation(facts),
                    Some(Enclosed::Confirmation(seller)),
                ) => Some(self.press.confirmation(facts, seller, mail.language)?),
                (
                    domain::letter::Letter::PaymentReminder(facts),
                    Some(Enclosed::Reminder(reminded)),
                ) => {
                    let Reminded { invoice, seller } = &**reminded;
                    Some(self.press.reminder(facts, invoice, seller, mail.language)?)
                }
                _ => None,
            },
        })
    }

    /// Returns who a mail is from: the office as its invoice or letter names it, unless the settings
    /// say otherwise.
    fn sender(&self, matter: &Matter) -> Result<Sender> {
        let (name, office) = match matter {
            Matter::Invoice(invoice) => {
                let seller = &invoice.draft.seller;
                (seller.shop_name.clone(), seller.office_email.clone())
            }
            Matter::Letter { letter, .. } => {
                let office = letter.office();
                (office.shop_name.clone(), office.office_email.parse()?)
            }
        };
        Ok(Sender {
            name,
            from: self.settings.from.clone().unwrap_or_else(|| office.clone()),
            reply_to: self.settings.reply_to.clone().unwrap_or(office),
        })
    }

    fn compose(
        &self,
        mail: &Mail,
        matter: &Matter,
        parts: &Parts<'_>,
        sender: &Sender,
    ) -> Result<Vec<u8>> {
        let rendered = match matter {
            Matter::Invoice(invoice) => {
                let renewal = mail.kind == MailKind::RenewalInvoice;
                let copy = mail.kind == MailKind::InvoiceCopy;
                match &invoice.draft.credits {
                    None => {
                        let facts = InvoiceFacts::new(invoice, renewal, copy);
                        let facts = match &parts.pay_to {
                            Some(pay_to) => facts.paid_to(pay_to, mail.language),
                            None => facts,
                        };
                        self.templates.invoice(mail.language, &facts)?
                    }
                    Some(credits) => {
                        let facts = CreditNoteFacts::new(invoice, credits, copy);
                        self.templates.credit_note(mail.language, &facts)?
                    }
                }
            }
            Matter::Letter { letter, .. } => {
                let link = parts.token.map(|token| token.link(&letter.office().web));
                self.templates.letter(mail.language, letter, link.as_ref())?
            }
        };
        let date = chrono::DateTime::parse_from_rfc3339(&mail.queued_at)
            .context("the outbox holds a time that is none")?;
        let attached =
            parts.document.and_then(|bytes| Some((matter.document_name(mail.language)?, bytes)));
        Ok(compose(&Letter {
            message_id: mail.message_id.clone(),
            date: date.to_utc(),
            from_name: sender.name.clone(),
            from: sender.from.clone(),
            reply_to: sender.reply_to.clone(),
            to: mail.recipient.clone(),
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            attachments: attached
                .map(|(file_name, bytes)| Attached {
                    file_name,
                    media_type: "application/pdf".to_owned(),
                    bytes: bytes.into(),
                })
                .into_iter()
                .collect(),
        })?)
    }
}

impl Written {
    /// Fixes the bytes of the document that the mail carries.
    pub fn keep_document(&self, tx: &Tx<'_>) -> Result<()> {
        let Some(document) = &self.document else { return Ok(()) };
        match (&self.matter, self.mail.content.attachment()) {
            (Matter::Invoice(invoice), _) => {
                if let Some(e_invoice) = &self.e_invoice {
                    tx.keep_e_invoice(invoice, e_invoice.clone())?;
                }
                tx.keep_document(invoice, document.clone())?;
            }
            (Matter::Letter { .. }, Some(Attachment::Confirmation(id))) => {
                tx.keep_confirmation(id, document.clone())?;
            }
            (Matter::Letter { .. }, Some(Attachment::Reminder(id))) => {
                tx.keep_reminder_document(id, document.clone())?;
            }
            (Matter::Letter { .. }, _) => {}
        }
        Ok(())
    }
}

impl Matter {
    /// Returns the name of the document that a mail about this carries, if it carries one.
    fn document_name(&self, language: Language) -> Option<String> {
        match self {
            Matter::Invoice(invoice) => {
                let name = match (invoice.draft.language, invoice.draft.kind()) {
                    (Language::Swedish, InvoiceKind::Invoice) => "faktura",
                    (Language::Swedish, InvoiceKind::CreditNote) => "kreditfaktura",
                    (Language::English, InvoiceKind::Invoice) => "invoice",
                    (Language::English, InvoiceKind::CreditNote) => "credit-note",
                };
                Some(format!("{name}-{}.pdf", invoice.number))
            }
            Matter::Letter { letter, .. } => match &**letter {
                domain::letter::Letter::NoticeConfirmation(facts) => Some(match language {
                    Language::Swedish => format!("uppsagning-{}.pdf", facts.number),
                    Language::English => format!("notice-{}.pdf", facts.number),
                }),
                domain::letter::Letter::PaymentReminder(facts) => {
                    Some(invoice::document_name(&facts.number, facts.level, language))
                }
                _ => None,
            },
        }
    }
}

/// Who a mail is from.
struct Sender {
    name: String,
    from: Email,
    reply_to: Email,
}
