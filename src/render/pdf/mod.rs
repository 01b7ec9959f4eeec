//! Documents as PDF, at once PDF/A-3a (kept for years) and PDF/UA-1 (read aloud).
//!
//! A [`Press`] holds the fonts and draws one document after another. Each is made in two steps:
//! `invoice` or `confirmation` composes pages, a list of marks with their places and a tree of what they mean, and
//! `page` draws them. Nothing here asks for the time or the machine: the dates and the identity of a
//! document come from the invoice, so that the same invoice gives the same bytes.

mod attachment;
mod closing;
mod confirmation;
mod confirmation_words;
mod credit;
mod credit_words;
mod fonts;
mod foot;
mod head;
mod invoice;
mod lines;
mod page;
mod qr;
mod reminder;
mod reminder_words;
mod slip;
mod slip_words;
pub mod strip;
#[cfg(test)]
mod tests;
pub mod words;

use std::fmt;
use std::sync::Arc;

use krilla::configure::ValidationError;
use krilla::embed::EmbeddedFile;
use krilla::error::KrillaError;
use krilla::image::Image;
use krilla::metadata::Metadata;

use crate::domain::invoice::{Draft, Invoice};
use crate::domain::language::Language;
use crate::domain::letter::{NoticeConfirmation, PaymentReminder};
use crate::domain::seller::{Logo, Seller};

use self::confirmation::Confirmation;
use self::fonts::{Cut, Typesetter};
use self::invoice::{Paper, compose};
use self::page::Composition;
use self::reminder::Reminder;
pub use self::slip::PackingSlip;

/// Draws documents, with fonts and logo made ready once for a whole batch.
pub struct Press {
    typesetter: Typesetter,
    /// The last logo drawn: decoding a picture costs more than drawing the page around it.
    logo: Option<(Logo, Image)>,
}

/// Why a document could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PdfError {
    /// No font at hand has the character; a box in its place would be worse than no invoice.
    Character { character: char, text: String },
    /// The seller's logo is damaged or of a kind that cannot be archived.
    Logo(String),
    /// The finished document would break PDF/A-3a or PDF/UA-1.
    Standard(String),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfError::Character { character, text } => write!(
                f,
                "the font has no `{character}` (U+{:04X}), which stands in `{text}`; write it in \
                 Latin, Greek or Cyrillic letters",
                u32::from(*character)
            ),
            PdfError::Logo(reason) => write!(f, "the seller's logo cannot be drawn: {reason}"),
            PdfError::Standard(reason) => {
                write!(f, "the document would break PDF/A-3a or PDF/UA-1: {reason}")
            }
        }
    }
}

impl std::error::Error for PdfError {}

impl Press {
    /// Returns a press with its fonts loaded.
    pub fn new() -> Press {
        Press { typesetter: Typesetter::new(), logo: None }
    }

    /// Returns an invoice or a credit note as a PDF file.
    #[cfg(test)]
    pub fn invoice(&mut self, invoice: &Invoice) -> Result<Vec<u8>, PdfError> {
        self.invoice_with(invoice, None)
    }

    /// Returns an invoice or a credit note as a PDF file, with its e-invoice attached where there is
    /// one: the same bytes for the same two.
    ///
    /// Errors with [`PdfError::Character`] when a text holds a character that the font lacks, and
    /// with [`PdfError::Logo`] when the seller's logo cannot be read.
    pub fn invoice_with(
        &mut self,
        invoice: &Invoice,
        e_invoice: Option<&[u8]>,
    ) -> Result<Vec<u8>, PdfError> {
        let paper = Paper { draft: &invoice.draft, number: Some(invoice.number) };
        let attached = e_invoice.map(|bytes| attachment::e_invoice(invoice, bytes));
        self.print(&paper, attached)
    }

    /// Returns a draft as a PDF file: the page it would be, without number and payment reference,
    /// marked on every page as no invoice. Errors as [`Press::invoice_with`] does.
    pub fn preview(&mut self, draft: &Draft) -> Result<Vec<u8>, PdfError> {
        self.print(&Paper { draft, number: None }, None)
    }

    /// Returns the confirmation of a notice as a PDF file. Errors as [`Press::invoice_with`] does.
    pub fn confirmation(
        &mut self,
        facts: &NoticeConfirmation,
        seller: &Seller,
        language: Language,
    ) -> Result<Vec<u8>, PdfError> {
        let paper = Confirmation { facts, seller, language };
        let compose =
            |logo, typesetter: &mut Typesetter| confirmation::compose(&paper, logo, typesetter);
        self.draw(seller.logo.as_ref(), (paper.metadata(), None), compose)
    }

    /// Returns a payment reminder of an invoice as a PDF file. Errors as [`Press::invoice`] does.
    pub fn reminder(
        &mut self,
        facts: &PaymentReminder,
        invoice: &Invoice,
        seller: &Seller,
        language: Language,
    ) -> Result<Vec<u8>, PdfError> {
        let seller = Arc::new(seller.clone());
        let draft = Draft { seller, language, ..invoice.draft.clone() };
        let paper = Reminder { facts, draft: &draft, number: invoice.number };
        let compose =
            |logo, typesetter: &mut Typesetter| reminder::compose(&paper, logo, typesetter);
        self.draw(draft.seller.logo.as_ref(), (paper.metadata(), None), compose)
    }

    /// Returns the packing slip of a parcel as a PDF file, `draft` being its order's invoice. Errors as
    /// [`Press::invoice_with`] does.
    pub fn packing_slip(&mut self, slip: &PackingSlip, draft: &Draft) -> Result<Vec<u8>, PdfError> {
        let draft = slip.addressed(draft);
        let compose =
            |logo, typesetter: &mut Typesetter| slip::compose(slip, &draft, logo, typesetter);
        self.draw(slip.seller.logo.as_ref(), (slip.metadata(), None), compose)
    }

    fn print(
        &mut self,
        paper: &Paper,
        attached: Option<EmbeddedFile>,
    ) -> Result<Vec<u8>, PdfError> {
        let logo = paper.draft.seller.logo.as_ref();
        let compose = |logo, typesetter: &mut Typesetter| compose(paper, logo, typesetter);
        self.draw(logo, (paper.metadata(), attached), compose)
    }

    fn draw(
        &mut self,
        logo: Option<&Logo>,
        (metadata, attached): (Metadata, Option<EmbeddedFile>),
        compose: impl Fn(Option<Image>, &mut Typesetter) -> Composition,
    ) -> Result<Vec<u8>, PdfError> {
        let logo = self.logo(logo)?;
        let composition = self.compose(logo, compose)?;
        let pages = page::draw(&composition, &self.typesetter, metadata, attached);
        pages.map_err(|error| match error {
            KrillaError::Image(_, _, reason) => PdfError::Logo(reason),
            KrillaError::Validation(broken)
                if broken.iter().any(|(rule, _)| *rule == ValidationError::MissingCMYKProfile) =>
            {
                PdfError::Logo("its colours are for print (CMYK); save it in RGB".to_owned())
            }
            KrillaError::Validation(broken) => {
                let rules: Vec<String> =
                    broken.iter().map(|(rule, _)| format!("{rule:?}")).collect();
                PdfError::Standard(rules.join(", "))
            }
            other => PdfError::Standard(other.to_string()),
        })
    }

    /// Composes in the small Latin font, and once more in the whole font where that is not enough.
    fn compose(
        &mut self,
        logo: Option<Image>,
        compose: impl Fn(Option<Image>, &mut Typesetter) -> Composition,
    ) -> Result<Composition, PdfError> {
        self.typesetter.begin(Cut::Latin);
        let composition = compose(logo.clone(), &mut self.typesetter);
        if self.typesetter.missing().is_none() {
            return Ok(composition);
        }
        self.typesetter.begin(Cut::Whole);
        let composition = compose(logo, &mut self.typesetter);
        match self.typesetter.missing() {
            None => Ok(composition),
            Some((character, text)) => {
                Err(PdfError::Character { character: *character, text: text.clone() })
            }
        }
    }

    fn logo(&mut self, logo: Option<&Logo>) -> Result<Option<Image>, PdfError> {
        let Some(logo) = logo else { return Ok(None) };
        if let Some((known, image)) = &self.logo
            && known == logo
        {
            return Ok(Some(image.clone()));
        }
        let bytes = logo.bytes.clone().into();
        let image = if logo.is_png() {
            Image::from_png(bytes, false)
        } else {
            Image::from_jpeg(bytes, false)
        };
        let image = image.map_err(PdfError::Logo)?;
        self.logo = Some((logo.clone(), image.clone()));
        Ok(Some(image))
    }
}
