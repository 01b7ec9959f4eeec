//! A letter becomes the bytes that are stored, sent and, if need be, sent again.
//!
//! The same letter gives the same bytes: the boundaries between its parts come from its Message-ID,
//! and nothing is taken from the clock. Every body is encoded, so that no line of it can be mistaken
//! for part of the conversation with the server.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, Datelike, Utc};
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, Message, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use super::wire::{WireError, check_wire};
use crate::domain::email::Email;
use crate::domain::text::{steers, visible};

/// What to send, and to whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// `local@domain`, with or without the angle brackets that the header puts around it.
    pub message_id: String,
    pub date: DateTime<Utc>,
    pub from_name: String,
    pub from: Email,
    pub reply_to: Email,
    pub to: Email,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub attachments: Vec<Attached>,
}

/// A file that goes with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    pub file_name: String,
    /// Such as `application/pdf`.
    pub media_type: String,
    pub bytes: Arc<[u8]>,
}

/// Why a letter could not be made into a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComposeError {
    /// The named value holds a line end or another control character, or looks already encoded.
    Value {
        name: &'static str,
        value: String,
    },
    MessageId(String),
    Address(AddressError),
    Date(DateTime<Utc>),
    FileName(String),
    MediaType(String),
    Builder(String),
    Wire(WireError),
}

impl fmt::Display for ComposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ComposeError::Value { name, value } => {
                write!(f, "the {name} `{}` cannot stand in a mail header", visible(value))
            }
            ComposeError::MessageId(id) => {
                write!(f, "`{}` is not a Message-ID such as 1@example.se", visible(id))
            }
            ComposeError::Address(error) => error.fmt(f),
            ComposeError::Date(date) => write!(f, "{date} cannot be the date of a mail"),
            ComposeError::FileName(name) => {
                write!(f, "`{}` cannot be the name of an attachment", visible(name))
            }
            ComposeError::MediaType(name) => write!(f, "`{}` is not a media type", visible(name)),
            ComposeError::Builder(reason) => write!(f, "the mail could not be made: {reason}"),
            ComposeError::Wire(error) => write!(f, "the mail could not be made: {error}"),
        }
    }
}

impl std::error::Error for ComposeError {}

/// An address that has the form of one and that no server takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressError(String);

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be used for mail: no server takes such an address", self.0)
    }
}

impl std::error::Error for AddressError {}

/// Returns the whole message: headers, a text and an HTML part, then the attachments.
///
/// Lines end with CRLF, everything is ASCII, bodies are quoted-printable and attachments base64; the
/// result has passed [`check_wire`].
pub fn compose(letter: &Letter) -> Result<Vec<u8>, ComposeError> {
    let message_id = bare_message_id(&letter.message_id)?;
    header_value("sender's name", &letter.from_name)?;
    header_value("subject", &letter.subject)?;
    let from_name = (!letter.from_name.is_empty()).then(|| letter.from_name.clone());

    let alternative = MultiPart::alternative()
        .boundary(boundary("text", message_id))
        .singlepart(quoted_printable(&letter.text, ContentType::TEXT_PLAIN)?)
        .singlepart(quoted_printable(&letter.html, ContentType::TEXT_HTML)?);
    let mut mixed =
        MultiPart::mixed().boundary(boundary("mixed", message_id)).multipart(alternative);
    for attached in &letter.attachments {
        mixed = mixed.singlepart(attachment(attached)?);
    }

    let message = Message::builder()
        .from(Mailbox::new(from_name, header_address(&letter.from)?))
        .reply_to(Mailbox::new(None, header_address(&letter.reply_to)?))
        .to(Mailbox::new(None, header_address(&letter.to)?))
        .subject(letter.subject.as_str())
        .date(date(letter.date)?)
        .message_id(Some(format!("<{message_id}>")))
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(mixed)
        .map_err(|error| ComposeError::Builder(error.to_string()))?;

    let bytes = message.formatted();
    check_wire(&bytes).map_err(ComposeError::Wire)?;
    Ok(bytes)
}

/// Returns the address as the wire takes it: a domain such as `räksmörgås.se` in its ASCII form.
pub(super) fn wire_address(email: &Email) -> Result<Address, AddressError> {
    let form = || AddressError(email.as_str().to_owned());
    let (local, domain) = email.as_str().rsplit_once('@').ok_or_else(form)?;
    let domain = if domain.is_ascii() {
        domain.to_owned()
    } else {
        idna::domain_to_ascii(domain).map_err(|_| form())?
    };
    Address::new(local, domain).map_err(|_| form())
}

/// Returns a Message-ID without its angle brackets, if it is one. Source: RFC 5322 3.6.4.
pub(super) fn bare_message_id(id: &str) -> Result<&str, ComposeError> {
    let bare = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id);
    let well_formed = bare.len() <= 250
        && bare.split('@').count() == 2
        && !bare.starts_with('@')
        && !bare.ends_with('@')
        && bare.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()[]\\,;:\"".contains(&byte));
    if well_formed { Ok(bare) } else { Err(ComposeError::MessageId(id.to_owned())) }
}

fn header_address(email: &Email) -> Result<Address, ComposeError> {
    wire_address(email).map_err(ComposeError::Address)
}

/// Refuses what could end a header line or steer a reader's screen, and text that a reader's program
/// would decode into something else than what was checked here.
fn header_value(name: &'static str, value: &str) -> Result<(), ComposeError> {
    if !steers(value) && !value.contains("=?") {
        Ok(())
    } else {
        Err(ComposeError::Value { name, value: value.to_owned() })
    }
}

fn date(date: DateTime<Utc>) -> Result<SystemTime, ComposeError> {
    if (1970..=9999).contains(&date.year()) {
        Ok(date.into())
    } else {
        Err(ComposeError::Date(date))
    }
}

fn quoted_printable(text: &str, content_type: ContentType) -> Result<SinglePart, ComposeError> {
    // A CR of its own would be taken for half of a line end.
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    let body = encoded(text.into_bytes(), ContentTransferEncoding::QuotedPrintable)?;
    Ok(SinglePart::builder().header(content_type).body(body))
}

fn attachment(attached: &Attached) -> Result<SinglePart, ComposeError> {
    let name = &attached.file_name;
    if name.is_empty() || steers(name) || name.contains(['/', '\\', '"']) {
        return Err(ComposeError::FileName(name.clone()));
    }
    let media_type = &attached.media_type;
    let content_type = ContentType::parse(media_type)
        .ok()
        .filter(|_| media_type.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or_else(|| ComposeError::MediaType(media_type.clone()))?;
    let body = encoded(attached.bytes.to_vec(), ContentTransferEncoding::Base64)?;
    Ok(Attachment::new(name.clone()).body(body, content_type))
}

fn encoded(bytes: Vec<u8>, encoding: ContentTransferEncoding) -> Result<Body, ComposeError> {
    Body::new_with_encoding(bytes, encoding)
        .map_err(|_| ComposeError::Builder("a body could not be encoded".to_owned()))
}

/// Returns a boundary that neither encoding can produce: `=_` stands in no quoted-printable text and
/// in no base64. Source: RFC 2045 6.7, note 5.
fn boundary(part: &str, message_id: &str) -> String {
    format!("=_{part}_{}", short_hash(message_id))
}

/// Returns the first 16 bytes of the SHA-256 of a text, in hexadecimal.
pub(super) fn short_hash(text: &str) -> String {
    Sha256::digest(text).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn letter() -> Letter {
        Letter {
            message_id: "invoice-1001.7f@example.se".to_owned(),
            date: Utc.with_ymd_and_hms(2026, 3, 1, 5, 6, 7).single().expect("a time"),
            from_name: "Föreningen för avtal, kansliet".to_owned(),
            from: "shop@example.se".parse().expect("an address"),
            reply_to: "kansli@example.se".parse().expect("an address"),
            to: "faktura@räksmörgås.se".parse().expect("an address"),
            subject: "Faktura 1001 från Föreningen".to_owned(),
            text: "Hej!\n.\nEn rad med åäö \n\nFrom here = there\n".to_owned(),
            html: "<p>Hej &amp; välkommen</p>\n".to_owned(),
            attachments: vec![Attached {
                file_name: "faktura-1001.pdf".to_owned(),
                media_type: "application/pdf".to_owned(),
                bytes: Arc::from((0_u8..=255).collect::<Vec<u8>>()),
            }],
        }
    }

    #[test]
    fn a_letter_is_composed_into_these_bytes() {
        let bytes = compose(&letter()).expect("composed");
        let text = String::from_utf8(bytes).expect("ASCII").replace("\r\n", "\n");
        insta::assert_snapshot!(text, @r#"
        From: =?utf-8?b?RsO2cmVuaW5nZW4gZsO2ciBhdnRhbCwga2Fuc2xpZXQ=?= <shop@example.se>
        Reply-To: kansli@example.se
        To: faktura@xn--rksmrgs-5wao1o.se
        Subject: Faktura 1001 =?utf-8?b?ZnLDpW4gRsO2cmVuaW5nZW4=?=
        Date: Sun, 01 Mar 2026 05:06:07 +0000
        Message-ID: <invoice-1001.7f@example.se>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: multipart/mixed;
         boundary="=_mixed_f15a8d3e52531c17c1702331fc0333c3"

        --=_mixed_f15a8d3e52531c17c1702331fc0333c3
        Content-Type: multipart/alternative;
         boundary="=_text_f15a8d3e52531c17c1702331fc0333c3"

        --=_text_f15a8d3e52531c17c1702331fc0333c3
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Hej!
        .
        En rad med =C3=A5=C3=A4=C3=B6=20

        From here =3D there

        --=_text_f15a8d3e52531c17c1702331fc0333c3
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <p>Hej &amp; v=C3=A4lkommen</p>

        --=_text_f15a8d3e52531c17c1702331fc0333c3--
        --=_mixed_f15a8d3e52531c17c1702331fc0333c3
        Content-Disposition: attachment; filename="faktura-1001.pdf"
        Content-Type: application/pdf
        Content-Transfer-Encoding: base64

        AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4
        OTo7PD0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG1ub3Bx
        cnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmq
        q6ytrq+wsbKztLW2t7i5uru8vb6/wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4eLj
        5OXm5+jp6uvs7e7v8PHy8/T19vf4+fr7/P3+/w==
        --=_mixed_f15a8d3e52531c17c1702331fc0333c3--
        "#);
    }

    #[test]
    fn the_same_letter_gives_the_same_bytes() {
        assert_eq!(compose(&letter()), compose(&letter()));
        let bracketed = Letter { message_id: format!("<{}>", letter().message_id), ..letter() };
        assert_eq!(compose(&bracketed), compose(&letter()));
        let other = Letter { message_id: "2@example.se".to_owned(), ..letter() };
        assert_ne!(compose(&other), compose(&letter()));
    }

    #[test]
    fn headers_cannot_be_smuggled_in() {
        for evil in ["x\r\nBcc: eve@example.com", "x\nBcc: e", "x\rBcc: e", "a\0b", "=?utf-8?q?a?="]
        {
            let subject = Letter { subject: evil.to_owned(), ..letter() };
            assert!(matches!(compose(&subject), Err(ComposeError::Value { .. })), "{evil:?}");
            let name = Letter { from_name: evil.to_owned(), ..letter() };
            assert!(matches!(compose(&name), Err(ComposeError::Value { .. })), "{evil:?}");
            let id = Letter { message_id: format!("{evil}@example.se"), ..letter() };
            if !evil.starts_with('=') {
                assert!(matches!(compose(&id), Err(ComposeError::MessageId(_))), "{evil:?}");
            }
            let mut file = letter();
            file.attachments[0].file_name = format!("{evil}/");
            assert!(matches!(compose(&file), Err(ComposeError::FileName(_))), "{evil:?}");
            let mut media = letter();
            media.attachments[0].media_type = format!("application/pdf; name={evil}");
            assert!(matches!(compose(&media), Err(ComposeError::MediaType(_))), "{evil:?}");
        }
    }

    proptest! {
        #[test]
        fn every_ascii_address_the_shop_takes_can_be_mailed(
            text in "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]{1,20}([.][a-z0-9]{1,5}){0,2}@[a-z0-9]{1,9}([.-][a-z0-9]{1,9}){0,3}[.][a-z]{2,6}"
        ) {
            if let Ok(email) = text.parse::<Email>() {
                let address = wire_address(&email).map(|address| address.to_string());
                prop_assert_eq!(address, Ok(text));
            }
        }
    }

    #[test]
    fn awkward_text_still_makes_a_message_that_may_be_sent() {
        let texts = [
            String::new(),
            "\r".to_owned(),
            "a\rb\n\r\r\nc".to_owned(),
            "x".repeat(100_000),
            "å".repeat(10_000),
            ".\r\n.\r\n".to_owned(),
            "trailing  \n\t\n".to_owned(),
            "\0\u{7f}\u{2028}".to_owned(),
        ];
        for text in texts {
            let letter = Letter { html: text.clone(), text, ..letter() };
            assert!(compose(&letter).is_ok(), "{:?}", letter.text.get(..20));
        }
        let subject = Letter { subject: "lång rubrik ".repeat(50), ..letter() };
        assert!(compose(&subject).is_ok());
        let from_name = Letter { from_name: "\"Citat\" <a@b>, (c)".to_owned(), ..letter() };
        assert!(compose(&from_name).is_ok());
        let date = Letter { date: DateTime::<Utc>::MIN_UTC, ..letter() };
        assert!(matches!(compose(&date), Err(ComposeError::Date(_))));
    }
}
