//! The words of the trade, in English and Swedish: one word for one thing, wherever it is written.

/// A word of the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    pub english: &'static str,
    pub swedish: &'static str,
    pub meaning: &'static str,
    /// The commands that deal with it, as they are typed after `shopctl`.
    pub commands: &'static [&'static str],
}

const fn word(
    english: &'static str,
    swedish: &'static str,
    meaning: &'static str,
    commands: &'static [&'static str],
) -> Word {
    Word { english, swedish, meaning, commands }
}

/// Every word, by its English.
pub const GLOSSARY: [Word; 34] = [
    word(
        "account",
        "kundkonto",
        "an organisation that buys, known by its number",
        &["account show", "account create", "account list"],
    ),
    word(
        "agreed price",
        "avtalat pris",
        "what one customer pays for a term, whatever the list says",
        &["subscription price", "order create"],
    ),
    word(
        "audit trail",
        "behandlingshistorik",
        "every change there was, in a chain that shows tampering",
        &["audit list", "audit verify"],
    ),
    word("bankgiro", "bankgiro", "the number that invoices are paid to", &["seller edit"]),
    word("conditions", "villkor", "what a customer agrees to with an order", &["order create"]),
    word(
        "credit note",
        "kreditfaktura",
        "takes an issued invoice back, in full or in part",
        &["invoice list", "invoice show", "invoice pdf"],
    ),
    word(
        "deadline",
        "sista dag för uppsägning",
        "the last day on which notice is in time",
        &["subscription show", "subscription list"],
    ),
    word(
        "due date",
        "förfallodag",
        "the day by which an invoice is to be paid",
        &["invoice list", "seller edit"],
    ),
    word(
        "import",
        "import",
        "accounts, members or running subscriptions taken from a spreadsheet",
        &["account import", "account imports list", "subscription import"],
    ),
    word(
        "invoice",
        "faktura",
        "a numbered demand for payment, never altered",
        &["invoice show", "invoice list", "invoice pdf"],
    ),
    word(
        "invoice e-mail",
        "fakturaadress",
        "the address that invoices are sent to",
        &["account edit", "order create"],
    ),
    word(
        "licence",
        "licens",
        "the right to agreements that bear the holder's name",
        &["product create"],
    ),
    word(
        "login",
        "inloggning",
        "the e-mail address by which an account logs in",
        &["account show", "account create"],
    ),
    word("mail", "e-post", "what the outbox sends", &["mail list", "mail send", "mail test"]),
    word(
        "member",
        "medlem",
        "an account that pays the members' price",
        &["account edit", "account list"],
    ),
    word(
        "notice",
        "uppsägning",
        "the customer's word that a subscription shall not renew",
        &["subscription cancel", "subscription reinstate", "subscription show"],
    ),
    word("OCR", "OCR-nummer", "the payment reference of an invoice", &["invoice show", "find"]),
    word(
        "order",
        "beställning",
        "what an account buys, invoiced at once",
        &["order create", "order show", "order list"],
    ),
    word(
        "organisation number",
        "organisationsnummer",
        "the number of an organisation in the Swedish register",
        &["account show", "account import"],
    ),
    word("outbox", "utkorg", "the mails that wait, failed or were sent", &["mail list", "status"]),
    word("practice", "övning", "a shop to try things in, at any date", &["init"]),
    word(
        "price",
        "pris",
        "what a product costs from a day on, excluding VAT",
        &["product price", "product show"],
    ),
    word(
        "printed copy",
        "tryckt exemplar",
        "an agreement on paper, sent by post",
        &["product create", "order create"],
    ),
    word("product", "produkt", "something the shop sells", &["product list", "product create"]),
    word(
        "reference",
        "er referens",
        "what the buyer asked to see on the invoice",
        &["account edit", "order create"],
    ),
    word(
        "renewal",
        "förnyelse",
        "the beginning of a further term, with its invoice",
        &["subscription renew", "daily", "report renewals"],
    ),
    word(
        "renewal date",
        "förnyelsedag",
        "the day on which the next term begins",
        &["subscription show"],
    ),
    word(
        "renewal reminder",
        "förnyelsepåminnelse",
        "a letter before the last day for notice, whose price binds",
        &["subscription remind", "setting set"],
    ),
    word("retire", "utgå", "to take a product out of sale", &["product retire"]),
    word("seller", "säljare", "who the shop is on its invoices", &["seller show", "seller edit"]),
    word(
        "staff",
        "personal",
        "who works in the shop, each in a role",
        &["staff list", "staff add"],
    ),
    word(
        "subscription",
        "abonnemang, prenumeration",
        "access by the term, renewed until notice is given",
        &["subscription show", "subscription list", "report recurring"],
    ),
    word(
        "term",
        "avtalsperiod",
        "the period that one invoice line pays for",
        &["subscription show"],
    ),
    word("VAT", "moms", "value added tax, by rates with dates", &["product vat", "invoice show"]),
];

/// Returns the words in which `text` occurs, in either language or in the meaning.
pub fn look_up(text: &str) -> Vec<&'static Word> {
    let wanted = text.to_lowercase();
    let exact = |word: &&Word| {
        word.english.to_lowercase() == wanted
            || word.swedish.split(", ").any(|swedish| swedish.to_lowercase() == wanted)
    };
    let found: Vec<&Word> = GLOSSARY.iter().filter(exact).collect();
    if !found.is_empty() {
        return found;
    }
    let contains = |text: &str| text.to_lowercase().contains(&wanted);
    GLOSSARY
        .iter()
        .filter(|word| contains(word.english) || contains(word.swedish) || contains(word.meaning))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_swedish_and_english() {
        for (text, english) in [("faktura", "invoice"), ("Moms", "VAT"), ("uppsäg", "notice")] {
            assert!(look_up(text).iter().any(|word| word.english == english), "{text}");
        }
        assert!(look_up("fotboll").is_empty());
    }
}
