//! Taking over running subscriptions: what a row of another shop's list says, and what follows.
//!
//! Terms are counted from the anchor, the first day of all. "Billed through" in a file is the last day
//! that is paid or invoiced, that day included, as people write it; it must end a term of the anchor,
//! since the first renewal here bills the term after it.

use chrono::NaiveDate;

use super::parse_day;
use crate::domain::account::{Account, AccountError, AccountId};
use crate::domain::due::DueRule;
use crate::domain::email::{Email, EmailError};
use crate::domain::licence::Holder;
use crate::domain::money::Money;
use crate::domain::notice::{Counted, count};
use crate::domain::org_number::{OrgNumber, OrgNumberError};
use crate::domain::product::{Product, ProductKind, ProductRenewal, Sku};
use crate::domain::subscription::{AgreedPrice, Subscription, SubscriptionId};
use crate::domain::term::Rhythm;
use crate::domain::text;

/// Why a price was agreed with a customer who came from another shop.
const TAKEN_OVER: &str = "taken over from another shop";

/// One field of such a list, by its name in flags and files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    OrgNumber,
    Sku,
    Anchor,
    BilledThrough,
    InvoiceEmail,
    Reference,
    AgreedPrice,
    NoticeReceived,
}

impl Field {
    pub const ALL: [Field; 8] = [
        Field::OrgNumber,
        Field::Sku,
        Field::Anchor,
        Field::BilledThrough,
        Field::InvoiceEmail,
        Field::Reference,
        Field::AgreedPrice,
        Field::NoticeReceived,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Field::OrgNumber => "org_number",
            Field::Sku => "sku",
            Field::Anchor => "anchor",
            Field::BilledThrough => "billed_through",
            Field::InvoiceEmail => "invoice_email",
            Field::Reference => "reference",
            Field::AgreedPrice => "agreed_price",
            Field::NoticeReceived => "notice_received",
        }
    }
}

/// What is wrong with a cell: its field, and why.
pub type Fault = (Field, String);

/// A row of the list; a cell that was empty says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub org_number: OrgNumber,
    pub sku: Sku,
    pub anchor: NaiveDate,
    /// The last day billed, that day included.
    pub last_day: NaiveDate,
    pub invoice_email: Option<Email>,
    pub reference: Option<String>,
    pub agreed_price: Option<Money>,
    pub notice_received: Option<NaiveDate>,
}

impl Row {
    /// Returns the row made of the cells given.
    ///
    /// Errors with every cell that is no value of its field, or is needed and empty.
    pub fn read<'a>(cells: impl IntoIterator<Item = (Field, &'a str)>) -> Result<Row, Vec<Fault>> {
        let (mut org_number, mut sku, mut anchor, mut last_day) = (None, None, None, None);
        let (mut invoice_email, mut reference) = (None, None);
        let (mut agreed_price, mut notice_received) = (None, None);
        let mut faults = Vec::new();
        for (field, cell) in cells {
            let cell = cell.trim();
            let checked: Result<(), String> = match field {
                Field::OrgNumber => cell
                    .parse()
                    .map(|number| org_number = Some(number))
                    .map_err(|error: OrgNumberError| error.to_string()),
                Field::Sku if cell.is_empty() => Err("the product is missing".to_owned()),
                Field::Sku => cell.parse().map(|given| sku = Some(given)),
                Field::Anchor if cell.is_empty() => Err("the first day is missing".to_owned()),
                Field::Anchor => parse_day(cell).map(|day| anchor = Some(day)),
                Field::BilledThrough if cell.is_empty() => {
                    Err("the last day billed is missing".to_owned())
                }
                Field::BilledThrough => parse_day(cell).map(|day| last_day = Some(day)),
                _ if cell.is_empty() => Ok(()),
                Field::InvoiceEmail => cell
                    .parse()
                    .map(|address| invoice_email = Some(address))
                    .map_err(|error: EmailError| error.to_string()),
                Field::Reference => text::line(cell)
                    .map(|line| reference = Some(line))
                    .map_err(|error| format!("the reference was refused: {error}")),
                Field::AgreedPrice => parse_price(cell).map(|price| agreed_price = Some(price)),
                Field::NoticeReceived => parse_day(cell).map(|day| notice_received = Some(day)),
            };
            faults.extend(checked.err().map(|reason| (field, reason)));
        }
        match (org_number, sku, anchor, last_day) {
            (Some(org_number), Some(sku), Some(anchor), Some(last_day)) if faults.is_empty() => {
                Ok(Row {
                    org_number,
                    sku,
                    anchor,
                    last_day,
                    invoice_email,
                    reference,
                    agreed_price,
                    notice_received,
                })
            }
            _ => Err(faults),
        }
    }
}

/// Reads an amount, also with the currency that a spreadsheet shows behind it.
fn parse_price(text: &str) -> Result<Money, String> {
    let amount = ["kr", "SEK", ":-"].iter().find_map(|unit| text.strip_suffix(unit));
    amount.unwrap_or(text).parse::<Money>().map_err(|error| error.to_string())
}

/// A subscription that the account has to the product already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub subscription: Subscription,
    /// When the notice in force was received.
    pub notice_received: Option<NaiveDate>,
}

/// What a row is judged by besides its account and product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances {
    pub today: NaiveDate,
    pub rule: DueRule,
    /// The operator agreed beforehand to what is unusual.
    pub is_agreed: bool,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    TakeOver(Box<TakeOver>),
    /// The subscription of this account is here already and says the same.
    Unchanged(AccountId),
}

/// A subscription to be taken over, and the notice that was given with the other shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeOver {
    pub org_number: OrgNumber,
    /// As it will be, without its number.
    pub subscription: Subscription,
    pub notice: Option<FormerNotice>,
    /// The account lacks an address, without which no renewal can be invoiced.
    pub lacks_address: bool,
}

/// A notice that the other shop received, and what follows from it by the rules here (R7, R8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormerNotice {
    pub received_on: NaiveDate,
    pub counted: Counted,
}

/// Returns what becomes of a row, given the account and the product it names and what runs already.
///
/// Errors with what keeps it from being taken over.
pub fn judge(
    row: &Row,
    account: Option<&Account>,
    product: Option<&Product>,
    held: &[Held],
    circumstances: Circumstances,
) -> Result<Verdict, Vec<Fault>> {
    let (Some(account), Some(product)) = (account, product) else {
        let mut faults = Vec::new();
        if account.is_none() {
            faults.push((Field::OrgNumber, "there is no account with this number".to_owned()));
        }
        if product.is_none() {
            faults.push((Field::Sku, "there is no such product".to_owned()));
        }
        return Err(faults);
    };
    let fault = |field: Field, reason: String| Err(vec![(field, reason)]);
    if !product.kind.renews() {
        return fault(Field::Sku, format!("a product of kind {} does not renew", product.kind));
    }
    if let Some(same) = held.iter().find(|held| held.subscription.rhythm.anchor == row.anchor) {
        return match difference(row, same) {
            None => Ok(Verdict::Unchanged(account.id)),
            Some((field, theirs)) => {
                let number = same.subscription.number;
                fault(field, format!("subscription {number} is here already, and has {theirs}"))
            }
        };
    }
    if let Some(day) = account.closed_on {
        return fault(Field::OrgNumber, AccountError::Closed(day).to_string());
    }
    let mut subscription = running(row, account, product).map_err(|fault| vec![fault])?;
    let notice = match row.notice_received {
        None => None,
        Some(day) => Some(former_notice(&subscription, day, circumstances).map_err(|f| vec![f])?),
    };
    subscription.ends_on = notice.map(|notice| notice.counted.ends_on).or(subscription.ends_on);
    if !circumstances.is_agreed
        && let Some(unusual) = unusual(&subscription, held, circumstances)
    {
        return Err(vec![unusual]);
    }
    let lacks_address = account.check_buyer().is_err();
    let org_number = account.org_number.clone();
    Ok(Verdict::TakeOver(Box::new(TakeOver { org_number, subscription, notice, lacks_address })))
}

/// Returns the first field in which a subscription here says something else than the row.
fn difference(row: &Row, held: &Held) -> Option<(Field, String)> {
    let ours = &held.subscription;
    let last_day = ours.billed_through.pred_opt()?;
    if last_day != row.last_day {
        return Some((Field::BilledThrough, last_day.to_string()));
    }
    if row.invoice_email.as_ref().is_some_and(|given| *given != ours.invoice_email) {
        return Some((Field::InvoiceEmail, format!("`{}`", ours.invoice_email)));
    }
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    if row.reference.is_some() && row.reference != ours.reference {
        let theirs = ours.reference.as_ref().map(|reference| format!("`{reference}`"));
        return Some((Field::Reference, or_none(theirs)));
    }
    let price = ours.agreed_price.as_ref().map(|agreed| agreed.price);
    if row.agreed_price.is_some() && row.agreed_price != price {
        return Some((Field::AgreedPrice, or_none(price.map(|price| price.to_string()))));
    }
    if row.notice_received.is_some() && row.notice_received != held.notice_received {
        let theirs = held.notice_received.map(|day| day.to_string());
        return Some((Field::NoticeReceived, or_none(theirs)));
    }
    None
}

/// Tells that a licence cannot be held under the account's name, and what to do.
pub fn unlike_a_holder(reason: &str) -> String {
    format!(
        "it is a licence, which the account's name cannot stand on ({reason}); `shopctl account edit ORG \
         --name NAME` gives it one that can"
    )
}

/// Returns the subscription that a row describes, running on.
fn running(row: &Row, account: &Account, product: &Product) -> Result<Subscription, Fault> {
    let rhythm = Rhythm { anchor: row.anchor, term_months: product.term_months };
    let billed_through = match rhythm.last_days_around(row.last_day) {
        (Some(last_day), _) if last_day == row.last_day => last_day.succ_opt(),
        around => return Err((Field::BilledThrough, no_end(row, around))),
    };
    let invoice_email = row.invoice_email.clone().or(account.profile.invoice_email.clone());
    let Some(invoice_email) = invoice_email else {
        let reason = "it is missing, and the account has none either".to_owned();
        return Err((Field::InvoiceEmail, reason));
    };
    if product.kind == ProductKind::Licence
        && let Err(reason) = account.profile.name.parse::<Holder>()
    {
        return Err((Field::Sku, unlike_a_holder(&reason)));
    }
    let agreed = row.agreed_price.map(|price| AgreedPrice { price, reason: TAKEN_OVER.to_owned() });
    let billed_through = billed_through.expect("a day on which a term ends has a next");
    Ok(Subscription {
        id: SubscriptionId(0),
        number: 0,
        account_id: account.id,
        product_id: product.id,
        sku: product.sku.clone(),
        rhythm,
        notice_months: product.notice_months,
        renewal: product.renewal,
        billed_through,
        invoice_email,
        reference: row.reference.clone().or(account.profile.reference.clone()),
        address: None,
        vat_number: None,
        agreed_price: agreed,
        ends_on: (product.renewal == ProductRenewal::None).then_some(billed_through),
        end_reason: None,
        failures: 0,
        failure: None,
    })
}

/// Says between which days a day lies on which no term ends.
fn no_end(row: &Row, around: (Option<NaiveDate>, Option<NaiveDate>)) -> String {
    let (day, anchor) = (row.last_day, row.anchor);
    match around {
        (Some(before), Some(after)) => format!(
            "no term that is counted from {anchor} ends on {day}; the nearest end on {before} and \
             {after}"
        ),
        (Some(nearest), None) => {
            format!(
                "no term that is counted from {anchor} ends on {day}; the nearest ends on {nearest}"
            )
        }
        (None, Some(first)) if day < anchor => {
            format!("{day} is before the first day, {anchor}; the first term ends on {first}")
        }
        (None, first) => {
            let first = first.unwrap_or(anchor);
            format!(
                "no term that is counted from {anchor} ends on {day}; the first ends on {first}"
            )
        }
    }
}

/// Returns what follows from a notice that the other shop received on `day` (R8).
fn former_notice(
    subscription: &Subscription,
    day: NaiveDate,
    circumstances: Circumstances,
) -> Result<FormerNotice, Fault> {
    let fault = |reason: String| Err((Field::NoticeReceived, reason));
    if day > circumstances.today {
        return fault(format!("{day} is yet to come"));
    }
    if day < subscription.rhythm.anchor {
        return fault(format!("{day} is before the first day, {}", subscription.rhythm.anchor));
    }
    let Subscription { rhythm, notice_months, billed_through, .. } = *subscription;
    let counted = count(rhythm, notice_months, circumstances.rule.notice, day)
        .map_err(|error| (Field::NoticeReceived, error.to_string()))?;
    let ends_on = counted.ends_on;
    if ends_on < billed_through {
        let reason = format!("by this notice it ended on {ends_on}, and a later term is billed");
        return fault(reason);
    }
    if ends_on <= circumstances.today {
        let reason = format!("by this notice it ended on {ends_on}; nothing is left to take over");
        return fault(reason);
    }
    Ok(FormerNotice { received_on: day, counted })
}

/// Returns what the operator must agree to before it is taken over.
fn unusual(
    subscription: &Subscription,
    held: &[Held],
    Circumstances { today, rule, .. }: Circumstances,
) -> Option<Fault> {
    let is_running = |held: &&Held| held.subscription.runs_on(today);
    if let Some(other) = held.iter().find(is_running) {
        let number = other.subscription.number;
        let reason = format!("subscription {number} to it is running; `--yes` takes this one too");
        return Some((Field::Sku, reason));
    }
    let due = subscription.terms_due(today, rule);
    if due > 1 {
        let reason = format!(
            "{due} terms are due already; `--yes` takes it, and the next renewal bills them"
        );
        return Some((Field::BilledThrough, reason));
    }
    // The term that runs may be followed by one that was billed early, and by no more.
    let rhythm = subscription.rhythm;
    let ahead = rhythm.terms_begun(subscription.billed_through).saturating_sub(1);
    let begun = rhythm.terms_begun(today);
    (ahead > begun.max(1) + 1).then(|| {
        let terms = ahead - begun;
        let reason = format!("it would be billed {terms} terms ahead; `--yes` takes it so");
        (Field::BilledThrough, reason)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Profile;
    use crate::domain::money::VatRate;
    use crate::domain::notice::Timeliness;
    use crate::domain::product::{Price, ProductId, VatRule};
    use crate::domain::term::parse_date;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a date")
    }

    fn account() -> Account {
        let invoice_email = "faktura@saab.example".parse().ok();
        Account {
            id: AccountId(7),
            org_number: "556036-0793".parse().expect("Saab"),
            profile: Profile { name: "Saab AB".to_owned(), invoice_email, ..Profile::default() },
            logins: Vec::new(),
            memberships: Vec::new(),
            closed_on: None,
        }
    }

    fn product(kind: ProductKind) -> Product {
        let from = date("2020-01-01");
        let price = Money::from_ore(390_000);
        let rate = VatRate::new(25).expect("a rate");
        Product {
            id: ProductId(3),
            sku: "AB04".parse().expect("a SKU"),
            kind,
            name_sv: "AB 04".to_owned(),
            name_en: "AB 04".to_owned(),
            term_months: if kind.renews() { 12 } else { 0 },
            notice_months: 3,
            seats: 1,
            renewal: ProductRenewal::Automatic,
            retired_on: None,
            prices: vec![Price { from, regular: price, member: price, entered_on: from }],
            vat_rules: vec![VatRule::new(from, rate, None).expect("a rule")],
        }
    }

    fn row(anchor: &str, last_day: &str, notice: &str) -> Row {
        let cells = ["556036-0793", "ab04", anchor, last_day, "", "", "2 900,00 kr", notice];
        Row::read(Field::ALL.into_iter().zip(cells)).expect("a row that can be read")
    }

    fn judge_on(today: &str, row: &Row, held: &[Held]) -> Result<Verdict, Vec<Fault>> {
        let circumstances =
            Circumstances { today: date(today), rule: DueRule::default(), is_agreed: false };
        let product = product(ProductKind::Subscription);
        judge(row, Some(&account()), Some(&product), held, circumstances)
    }

    fn taken(today: &str, row: &Row) -> TakeOver {
        match judge_on(today, row, &[]).expect("a good row") {
            Verdict::TakeOver(taken) => *taken,
            Verdict::Unchanged(_) => panic!("nothing is held"),
        }
    }

    fn refused(today: &str, row: &Row, held: &[Held]) -> (Field, String) {
        judge_on(today, row, held).expect_err("a refusal").remove(0)
    }

    #[test]
    fn it_runs_on_from_the_day_after_the_last_one_billed() {
        let taken = taken("2026-03-01", &row("2019-05-31", "2026-05-30", ""));
        assert_eq!(taken.subscription.renewal_date(), date("2026-05-31"));
        assert_eq!(taken.subscription.next_term().map(|term| term.end), Ok(date("2027-05-31")));
        let agreed = taken.subscription.agreed_price.expect("a price");
        assert_eq!((agreed.price.ore(), agreed.reason.as_str()), (290_000, TAKEN_OVER));
        assert_eq!(taken.subscription.invoice_email.as_str(), "faktura@saab.example");
        assert!(taken.lacks_address);
    }

    #[test]
    fn a_last_day_that_ends_no_term_is_refused_with_the_nearest_that_do() {
        let cases = [
            ("2020-01-01", "2026-06-30", "the nearest end on 2025-12-31 and 2026-12-31"),
            ("2020-01-01", "2027-01-01", "the nearest end on 2026-12-31 and 2027-12-31"),
            ("2024-02-29", "2027-02-28", "the nearest end on 2027-02-27 and 2028-02-28"),
            ("2026-03-01", "2026-02-28", "before the first day, 2026-03-01"),
            ("2026-03-01", "2026-08-31", "the first ends on 2027-02-28"),
        ];
        for (anchor, last_day, words) in cases {
            let (field, reason) = refused("2026-03-01", &row(anchor, last_day, ""), &[]);
            assert_eq!(field, Field::BilledThrough);
            assert!(reason.contains(words), "{anchor} {last_day}: {reason}");
        }
    }

    #[test]
    fn r8_a_notice_to_the_other_shop_counts_by_the_rules_here() {
        let cases = [
            ("2026-10-01", "2027-01-01", "2027-01-01", true),
            ("2026-10-02", "2027-01-01", "2028-01-01", false),
            // Late for the renewal before, whose term was billed on that account.
            ("2025-11-15", "2026-01-01", "2027-01-01", false),
        ];
        for (received, renewal_date, end, in_time) in cases {
            let taken = taken("2026-11-01", &row("2020-01-01", "2026-12-31", received));
            let counted = taken.notice.expect("a notice").counted;
            let is_in_time = counted.timeliness == Timeliness::InTime;
            assert_eq!((counted.ends_on, is_in_time), (date(end), in_time), "{received}");
            assert_eq!(counted.renewal_date, date(renewal_date), "{received}");
            assert_eq!(taken.subscription.ends_on, Some(date(end)));
        }
    }

    #[test]
    fn a_notice_that_cannot_be_is_refused() {
        for (today, received, words) in [
            ("2026-03-01", "2026-03-02", "yet to come"),
            ("2026-03-01", "2019-12-31", "before the first day"),
            ("2027-01-01", "2026-09-01", "it ended on 2027-01-01; nothing"),
            ("2026-03-01", "2025-06-01", "it ended on 2026-01-01, and a later term is billed"),
        ] {
            let (field, reason) = refused(today, &row("2020-01-01", "2026-12-31", received), &[]);
            assert_eq!(field, Field::NoticeReceived);
            assert!(reason.contains(words), "{reason}");
        }
    }

    #[test]
    fn the_same_row_again_is_unchanged_and_another_says_what_differs() {
        let first = row("2020-01-01", "2026-12-31", "");
        let subscription =
            Subscription { number: 1001, ..taken("2026-03-01", &first).subscription };
        let held = [Held { subscription, notice_received: None }];
        assert_eq!(judge_on("2026-03-01", &first, &held), Ok(Verdict::Unchanged(AccountId(7))));
        let silent = Row { agreed_price: None, ..first.clone() };
        assert_eq!(judge_on("2026-03-01", &silent, &held), Ok(Verdict::Unchanged(AccountId(7))));
        let other_email = "ekonomi@saab.example".parse().ok();
        let different = [
            (Row { last_day: date("2027-12-31"), ..first.clone() }, "has 2026-12-31"),
            (Row { invoice_email: other_email, ..first.clone() }, "has `faktura@saab.example`"),
            (Row { reference: Some("PO 1".to_owned()), ..first.clone() }, "has none"),
            (Row { agreed_price: Some(Money::ZERO), ..first.clone() }, "has 2\u{a0}900,00"),
            (Row { notice_received: Some(date("2026-02-01")), ..first.clone() }, "has none"),
        ];
        for (row, words) in different {
            let (_, reason) = refused("2026-03-01", &row, &held);
            assert!(reason.starts_with("subscription 1001 is here already"), "{reason}");
            assert!(reason.ends_with(words), "{reason}");
        }
        let second = row("2021-04-01", "2026-03-31", "");
        assert!(refused("2026-03-01", &second, &held).1.contains("`--yes` takes this one too"));
    }

    #[test]
    fn what_is_unusual_wants_agreement() {
        let agreed = |row: &Row| {
            let circumstances = Circumstances {
                today: date("2026-03-01"),
                rule: DueRule::default(),
                is_agreed: true,
            };
            let product = product(ProductKind::Subscription);
            judge(row, Some(&account()), Some(&product), &[], circumstances).is_ok()
        };
        for (last_day, words) in [
            ("2024-12-31", "2 terms are due already"),
            ("2028-12-31", "2 terms ahead"),
            ("2206-12-31", "180 terms ahead"),
        ] {
            let row = row("2020-01-01", last_day, "");
            let (_, reason) = refused("2026-03-01", &row, &[]);
            assert!(reason.contains(words), "{reason}");
            assert!(agreed(&row));
        }
        for (anchor, last_day) in [
            ("2020-01-01", "2025-12-31"),
            ("2020-01-01", "2027-12-31"),
            ("2026-06-01", "2027-05-31"),
        ] {
            let _ = taken("2026-03-01", &row(anchor, last_day, ""));
        }
    }

    #[test]
    fn account_and_product_must_be_there_and_fit() {
        let row = row("2020-01-01", "2026-12-31", "");
        let circumstances =
            Circumstances { today: date("2026-03-01"), rule: DueRule::default(), is_agreed: false };
        let faults = judge(&row, None, None, &[], circumstances).expect_err("two faults");
        assert_eq!(faults.len(), 2);
        let printed = product(ProductKind::Printed);
        let faults = judge(&row, Some(&account()), Some(&printed), &[], circumstances);
        assert!(faults.expect_err("a fault")[0].1.contains("does not renew"));
        let renewing = product(ProductKind::Licence);
        let closed = Account { closed_on: Some(date("2026-01-01")), ..account() };
        let faults = judge(&row, Some(&closed), Some(&renewing), &[], circumstances);
        assert!(faults.expect_err("a fault")[0].1.contains("was closed on 2026-01-01"));
        let mut mailless = account();
        mailless.profile.invoice_email = None;
        let faults = judge(&row, Some(&mailless), Some(&renewing), &[], circumstances);
        assert_eq!(faults.expect_err("a fault")[0].0, Field::InvoiceEmail);
    }

    #[test]
    fn every_bad_cell_is_told() {
        let cells = ["556036-0794", "", "31/5 2019", "", "x", "a\u{7}", "1.000", "igår"];
        let faults = Row::read(Field::ALL.into_iter().zip(cells)).expect_err("faults");
        let fields: Vec<Field> = faults.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, Field::ALL);
    }
}
