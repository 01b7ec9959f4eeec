//! The seller: who the shop is on its invoices and in its mails.

use std::fmt;

use super::address::{grouped_code, is_swedish_code};
use super::email::{Email, EmailError};
use super::ocr::is_luhn;
use super::org_number::{OrgNumber, OrgNumberError};
use super::text;

/// The seller as of one version; an edit makes the next version and never alters one.
#[derive(Clone, Debug, PartialEq)]
pub struct Seller {
    pub legal_name: String,
    pub shop_name: String,
    pub org_number: OrgNumber,
    pub vat_number: String,
    pub f_tax: bool,
    /// The registered office, "säte". Source: aktiebolagslagen 28:5.
    pub registered_office: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    /// Where notice is given and replies to the shop's mails go.
    pub office_email: Email,
    pub phone: Option<String>,
    pub web: String,
    pub bankgiro: Option<Bankgiro>,
    pub plusgiro: Option<Plusgiro>,
    pub iban: Option<Iban>,
    pub bic: Option<String>,
    pub payment_terms_days: u32,
    pub accent_colour: Colour,
    pub logo: Option<Logo>,
}

/// One entry of the seller, by the name it has in flags, files and JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SellerField {
    LegalName,
    ShopName,
    OrgNumber,
    VatNumber,
    FTax,
    RegisteredOffice,
    Street,
    PostalCode,
    City,
    OfficeEmail,
    Phone,
    Web,
    Bankgiro,
    Plusgiro,
    Iban,
    Bic,
    PaymentTermsDays,
    AccentColour,
}

impl SellerField {
    pub const ALL: [SellerField; 18] = [
        SellerField::LegalName,
        SellerField::ShopName,
        SellerField::OrgNumber,
        SellerField::VatNumber,
        SellerField::FTax,
        SellerField::RegisteredOffice,
        SellerField::Street,
        SellerField::PostalCode,
        SellerField::City,
        SellerField::OfficeEmail,
        SellerField::Phone,
        SellerField::Web,
        SellerField::Bankgiro,
        SellerField::Plusgiro,
        SellerField::Iban,
        SellerField::Bic,
        SellerField::PaymentTermsDays,
        SellerField::AccentColour,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            SellerField::LegalName => "legal_name",
            SellerField::ShopName => "shop_name",
            SellerField::OrgNumber => "org_number",
            SellerField::VatNumber => "vat_number",
            SellerField::FTax => "f_tax",
            SellerField::RegisteredOffice => "registered_office",
            SellerField::Street => "street",
            SellerField::PostalCode => "postal_code",
            SellerField::City => "city",
            SellerField::OfficeEmail => "office_email",
            SellerField::Phone => "phone",
            SellerField::Web => "web",
            SellerField::Bankgiro => "bankgiro",
            SellerField::Plusgiro => "plusgiro",
            SellerField::Iban => "iban",
            SellerField::Bic => "bic",
            SellerField::PaymentTermsDays => "payment_terms_days",
            SellerField::AccentColour => "accent_colour",
        }
    }

    /// Returns the example that prompts and errors show.
    pub const fn example(self) -> &'static str {
        match self {
            SellerField::LegalName => "Branschföreningen Exempel",
            SellerField::ShopName => "Avtalsbutiken",
            SellerField::OrgNumber => "802005-1952",
            SellerField::VatNumber => "SE802005195201",
            SellerField::FTax => "yes",
            SellerField::RegisteredOffice | SellerField::City => "Stockholm",
            SellerField::Street => "Storgatan 1",
            SellerField::PostalCode => "111 22",
            SellerField::OfficeEmail => "kontoret@forening.example",
            SellerField::Phone => "08-123 45 67",
            SellerField::Web => "https://butik.forening.example",
            SellerField::Bankgiro => "991-2346",
            SellerField::Plusgiro => "90 20 03-3",
            SellerField::Iban => "SE35 5000 0000 0549 1000 0003",
            SellerField::Bic => "ESSESESS",
            SellerField::PaymentTermsDays => "30",
            SellerField::AccentColour => "#005a8c",
        }
    }

    /// Says whether a seller may go without it.
    pub const fn is_optional(self) -> bool {
        matches!(
            self,
            SellerField::Phone
                | SellerField::Bankgiro
                | SellerField::Plusgiro
                | SellerField::Iban
                | SellerField::Bic
        )
    }
}

/// Why what was given for the seller was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SellerError {
    Missing(SellerField),
    Value(SellerField, String),
    NowhereToPay,
}

impl fmt::Display for SellerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SellerError::Missing(field) => {
                write!(f, "{} is missing, for instance `{}`", field.as_str(), field.example())
            }
            SellerError::Value(field, reason) => write!(f, "{}: {reason}", field.as_str()),
            SellerError::NowhereToPay => {
                f.write_str("a bankgiro, a plusgiro or an IBAN is needed, or nobody can pay")
            }
        }
    }
}

impl std::error::Error for SellerError {}

/// Reads the address that links in mails begin with. They carry what opens a login, so that they are
/// encrypted on their way, but to a page on this machine.
fn parse_web(text: &str) -> Result<String, String> {
    let refuse = |why: &str| Err(format!("`{text}` is no web address for links: {why}"));
    let (is_encrypted, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return refuse("it does not begin with https://"),
    };
    let host = rest.split('/').next().unwrap_or_default();
    if rest.contains(['?', '#']) {
        return refuse("it has a query or a fragment, and the path of the page comes after it");
    }
    if host.is_empty() || host.contains('@') || rest.contains(char::is_whitespace) {
        return refuse("it names no server");
    }
    if !is_encrypted && !is_this_machine(host) {
        return refuse("it begins with http://, and what is not encrypted can be read on its way");
    }
    Ok(text.to_owned())
}

/// Says whether a server, with its port or without, is this machine.
fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok());
    let name = name.map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

impl Seller {
    /// Returns the seller made of the text that `value` gives for each field, empty where it has none.
    ///
    /// Errors with the first field that is missing or no value of its kind.
    pub fn from_fields(
        value: impl Fn(SellerField) -> String,
        logo: Option<Logo>,
    ) -> Result<Seller, SellerError> {
        let given = |field: SellerField| -> Result<String, SellerError> {
            let line = text::line(&value(field))
                .map_err(|error| SellerError::Value(field, error.to_string()))?;
            if line.is_empty() && !field.is_optional() {
                return Err(SellerError::Missing(field));
            }
            Ok(line)
        };
        fn typed<T>(
            field: SellerField,
            text: String,
            parse: impl Fn(&str) -> Result<T, String>,
        ) -> Result<T, SellerError> {
            parse(&text).map_err(|reason| SellerError::Value(field, reason))
        }
        fn optional<T>(
            field: SellerField,
            text: String,
            parse: impl Fn(&str) -> Result<T, String>,
        ) -> Result<Option<T>, SellerError> {
            if text.is_empty() { Ok(None) } else { typed(field, text, parse).map(Some) }
        }
        use SellerField as F;
        let seller = Seller {
            legal_name: given(F::LegalName)?,
            shop_name: given(F::ShopName)?,
            org_number: typed(F::OrgNumber, given(F::OrgNumber)?, |text| {
                text.parse().map_err(|error: OrgNumberError| error.to_string())
            })?,
            vat_number: typed(F::VatNumber, given(F::VatNumber)?, parse_vat_number)?,
            f_tax: typed(F::FTax, given(F::FTax)?, text::parse_yes_no)?,
            registered_office: given(F::RegisteredOffice)?,
            street: given(F::Street)?,
            postal_code: typed(F::PostalCode, given(F::PostalCode)?, swedish_code)?,
            city: given(F::City)?,
            office_email: typed(F::OfficeEmail, given(F::OfficeEmail)?, |text| {
                text.parse().map_err(|error: EmailError| error.to_string())
            })?,
            phone: optional(F::Phone, given(F::Phone)?, |text| Ok(text.to_owned()))?,
            web: typed(F::Web, given(F::Web)?, parse_web)?,
            bankgiro: optional(F::Bankgiro, given(F::Bankgiro)?, Bankgiro::parse)?,
            plusgiro: optional(F::Plusgiro, given(F::Plusgiro)?, Plusgiro::parse)?,
            iban: optional(F::Iban, given(F::Iban)?, Iban::parse)?,
            bic: optional(F::Bic, given(F::Bic)?, |text| Ok(text.to_owned()))?,
            payment_terms_days: typed(F::PaymentTermsDays, given(F::PaymentTermsDays)?, |text| {
                text.parse()
                    .ok()
                    .filter(|days| *days <= 365)
                    .ok_or_else(|| format!("`{text}` is not a number of days from 0 to 365"))
            })?,
            accent_colour: typed(F::AccentColour, given(F::AccentColour)?, Colour::parse)?,
            logo,
        };
        if seller.bankgiro.is_none() && seller.plusgiro.is_none() && seller.iban.is_none() {
            return Err(SellerError::NowhereToPay);
        }
        Ok(seller)
    }

    /// Returns the text of one field, empty where there is none.
    pub fn field(&self, field: SellerField) -> String {
        fn shown<T: fmt::Display>(value: &Option<T>) -> String {
            value.as_ref().map(T::to_string).unwrap_or_default()
        }
        match field {
            SellerField::LegalName => self.legal_name.clone(),
            SellerField::ShopName => self.shop_name.clone(),
            SellerField::OrgNumber => self.org_number.to_string(),
            SellerField::VatNumber => self.vat_number.clone(),
            SellerField::FTax => if self.f_tax { "yes" } else { "no" }.to_owned(),
            SellerField::RegisteredOffice => self.registered_office.clone(),
            SellerField::Street => self.street.clone(),
            SellerField::PostalCode => self.postal_code.clone(),
            SellerField::City => self.city.clone(),
            SellerField::OfficeEmail => self.office_email.to_string(),
            SellerField::Phone => shown(&self.phone),
            SellerField::Web => self.web.clone(),
            SellerField::Bankgiro => shown(&self.bankgiro),
            SellerField::Plusgiro => shown(&self.plusgiro),
            SellerField::Iban => shown(&self.iban),
            SellerField::Bic => shown(&self.bic),
            SellerField::PaymentTermsDays => self.payment_terms_days.to_string(),
            SellerField::AccentColour => self.accent_colour.to_string(),
        }
    }
}

/// Reads a Swedish postal code, five digits.
fn swedish_code(text: &str) -> Result<String, String> {
    let code = grouped_code(text);
    if is_swedish_code(&code) {
        Ok(code)
    } else {
        Err(format!("`{text}` is not a postal code of five digits, such as 111 22"))
    }
}

/// A bankgiro number, shown `991-2346`. Source: Bankgirot; 7 or 8 digits, the last a Luhn digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bankgiro(String);

impl Bankgiro {
    pub fn parse(text: &str) -> Result<Bankgiro, String> {
        let digits = digits_without(text, "- ");
        if (7..=8).contains(&digits.len()) && is_luhn(&digits) {
            Ok(Bankgiro(digits))
        } else {
            Err(format!("`{text}` is not a bankgiro number: 7 or 8 digits, the last a check digit"))
        }
    }

    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Bankgiro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, tail) = self.0.split_at(self.0.len() - 4);
        write!(f, "{head}-{tail}")
    }
}

/// A plusgiro number, shown `28 65 43-4`: 2 to 8 digits, the last a Luhn digit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plusgiro(String);

impl Plusgiro {
    pub fn parse(text: &str) -> Result<Plusgiro, String> {
        let digits = digits_without(text, "- ");
        if (2..=8).contains(&digits.len()) && is_luhn(&digits) {
            Ok(Plusgiro(digits))
        } else {
            Err(format!("`{text}` is not a plusgiro number: 2 to 8 digits, the last a check digit"))
        }
    }

    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Plusgiro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (body, check) = self.0.split_at(self.0.len() - 1);
        for (position, digit) in body.chars().enumerate() {
            if position > 0 && (body.len() - position).is_multiple_of(2) {
                f.write_str(" ")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, "-{check}")
    }
}

/// A Swedish IBAN: `SE`, two check digits, 20 digits; modulo 97 is 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iban(String);

impl Iban {
    pub fn parse(text: &str) -> Result<Iban, String> {
        let compact = digits_without(text, " ").to_uppercase();
        let well_formed = compact.len() == 24
            && compact.starts_with("SE")
            && compact[2..].bytes().all(|byte| byte.is_ascii_digit());
        if well_formed && mod_97(&compact) == 1 {
            Ok(Iban(compact))
        } else {
            Err(format!("`{text}` is not a Swedish IBAN: SE and 22 digits with right check digits"))
        }
    }

    pub fn compact(&self) -> &str {
        &self.0
    }
}

/// Shows the number in groups of four.
impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, character) in self.0.chars().enumerate() {
            if position > 0 && position % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{character}")?;
        }
        Ok(())
    }
}

/// The remainder of an IBAN, its first four characters moved last and letters read as 10 to 35.
fn mod_97(compact: &str) -> u32 {
    let (head, tail) = compact.split_at(4);
    tail.chars().chain(head.chars()).fold(0, |remainder, character| {
        let value = character.to_digit(36).unwrap_or_default();
        let shift = if value > 9 { 100 } else { 10 };
        (remainder * shift + value) % 97
    })
}

fn digits_without(text: &str, separators: &str) -> String {
    text.trim().chars().filter(|character| !separators.contains(*character)).collect()
}

/// A colour for headings and rules, written `#005a8c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl Colour {
    pub fn parse(text: &str) -> Result<Colour, String> {
        let refuse = || format!("`{text}` is not a colour written #rrggbb");
        let hex = text.trim().strip_prefix('#').ok_or_else(refuse)?;
        if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refuse());
        }
        let part = |from: usize| u8::from_str_radix(&hex[from..from + 2], 16).map_err(|_| refuse());
        Ok(Colour { red: part(0)?, green: part(2)?, blue: part(4)? })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// A picture for the head of documents, PNG or JPEG, at most 1 MiB, and a PNG of 16 million points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    pub bytes: Vec<u8>,
}

impl Logo {
    pub const BYTES_MAX: usize = 1 << 20;
    const POINTS_MAX: u64 = 16_000_000;

    pub fn new(bytes: Vec<u8>) -> Result<Logo, String> {
        if bytes.len() > Logo::BYTES_MAX {
            return Err("the logo is larger than 1 MiB".to_owned());
        }
        let logo = Logo { bytes };
        if logo.points().is_some_and(|points| points > Logo::POINTS_MAX) {
            return Err("the logo has more than 16 million points; make it smaller".to_owned());
        }
        if logo.is_png() || logo.is_jpeg() {
            Ok(logo)
        } else {
            Err("the logo is neither PNG nor JPEG".to_owned())
        }
    }

    /// Returns how many points a PNG says it has: a little of it can unpack to more than memory holds.
    fn points(&self) -> Option<u64> {
        let size = self.bytes.get(16..24).filter(|_| self.is_png())?;
        let (width, height) = size.split_at(4);
        let number = |bytes: &[u8]| bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        Some(number(width) * number(height))
    }

    pub fn is_png(&self) -> bool {
        self.bytes.starts_with(b"\x89PNG\r\n\x1a\n")
    }

    pub fn is_jpeg(&self) -> bool {
        self.bytes.starts_with(&[0xff, 0xd8, 0xff])
    }
}

/// Reads a Swedish VAT number: `SE`, 12 digits. Source: Peppol rules SE-R-001 and SE-R-002.
pub fn parse_vat_number(text: &str) -> Result<String, String> {
    let compact = digits_without(text, " -").to_uppercase();
    let well_formed = compact.len() == 14
        && compact.starts_with("SE")
        && compact[2..].bytes().all(|byte| byte.is_ascii_digit());
    if well_formed {
        Ok(compact)
    } else {
        Err(format!("`{text}` is not a Swedish VAT number: SE and 12 digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_logo_that_unpacks_to_a_wall_is_refused() {
        let png = |width: u32, height: u32| {
            let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
            bytes.extend(width.to_be_bytes());
            bytes.extend(height.to_be_bytes());
            Logo::new(bytes)
        };
        assert!(png(4_000, 4_000).is_ok());
        for (width, height) in [(4_001, 4_000), (1, u32::MAX), (u32::MAX, u32::MAX)] {
            assert!(png(width, height).is_err_and(|reason| reason.contains("16 million points")));
        }
    }

    #[test]
    fn links_lead_to_an_encrypted_page_without_a_query() {
        for text in [
            "https://butik.forening.example",
            "https://butik.forening.example:8443/avtal/",
            "http://localhost:8000",
            "http://127.0.0.1",
            "http://[::1]:8000/x",
        ] {
            assert_eq!(parse_web(text), Ok(text.to_owned()));
        }
        for text in [
            "",
            "butik.forening.example",
            "http://butik.forening.example",
            "http://localhost.example",
            "http://127.0.0.1.example:80",
            "https://",
            "https:///password",
            "https://butik.forening.example?shop=1",
            "https://butik.forening.example/#shop",
            "https://anna@butik.forening.example",
            "https://butik forening.example",
        ] {
            assert!(parse_web(text).is_err(), "{text}");
        }
    }

    #[test]
    fn account_numbers_with_a_wrong_check_digit_are_refused() {
        assert_eq!(Bankgiro::parse("991-2346").expect("valid").to_string(), "991-2346");
        assert_eq!(Bankgiro::parse("54029681").expect("valid").to_string(), "5402-9681");
        assert!(Bankgiro::parse("991-2345").is_err());
        assert_eq!(Plusgiro::parse("28 65 43-4").expect("valid").to_string(), "28 65 43-4");
        assert_eq!(Plusgiro::parse("9020033").expect("valid").to_string(), "90 20 03-3");
        assert_eq!(
            Iban::parse("se3550000000054910000003").expect("valid").to_string(),
            "SE35 5000 0000 0549 1000 0003"
        );
        assert!(Iban::parse("SE1250000000058398257466").is_err());
        assert!(Iban::parse("SE35åååååååååååååååååååå").is_err());
    }

    #[test]
    fn colours_are_six_hexadecimal_digits() {
        assert_eq!(Colour::parse("#005A8c").expect("valid").to_string(), "#005a8c");
        for text in ["005a8c", "#05a", "#00000g", "#ååå"] {
            assert!(Colour::parse(text).is_err(), "{text}");
        }
    }
}
