//! What may happen in the shop, and how often.

use proptest::prelude::*;

use crate::domain::setting::Setting;

/// How many accounts there are.
pub const ACCOUNTS: usize = 3;

/// What somebody does. Invoices, payments, orders and files are chosen among those there are; parts are
/// in thousandths.
#[derive(Clone, Debug)]
pub enum Deed {
    /// The products are bits.
    Order {
        account: usize,
        products: usize,
    },
    CancelOrder {
        order: usize,
    },
    Renew {
        limit: i64,
    },
    CreditInFull {
        invoice: usize,
    },
    CreditLine {
        invoice: usize,
        line: usize,
        part: Option<i64>,
    },
    CreditAmount {
        invoice: usize,
        part: i64,
    },
    Reissue {
        invoice: usize,
    },
    /// A payment that somebody enters.
    Pay(Told),
    /// A deduction of the bank's that names the invoice.
    Deduct {
        invoice: usize,
        ore: i64,
        days_ago: u64,
    },
    /// A file of the bank's, with all that stood in an earlier one.
    Import {
        payments: Vec<Told>,
        with: Option<usize>,
    },
    Match {
        payment: usize,
        invoice: usize,
    },
    Unmatch {
        payment: usize,
        is_of_one: bool,
    },
    Refund {
        payment: usize,
        part: i64,
    },
    TakeRefundsBack {
        payment: usize,
    },
    Reverse {
        payment: usize,
    },
    /// Reminds of all that is due for it, as the nightly run does.
    Remind,
    /// Holds an invoice, or all those of its account, or ends that hold.
    Hold {
        invoice: usize,
        is_account: bool,
    },
    WriteOff {
        invoice: usize,
    },
    TakeWriteOffBack {
        invoice: usize,
    },
    Choose {
        setting: Setting,
        value: &'static str,
    },
    /// Exports days up to one of the last.
    Export {
        days: u64,
        days_ago: u64,
    },
    /// Locks the books through a day, perhaps before the one they are locked through.
    Lock {
        days_ago: u64,
    },
}

/// What is told of a payment.
#[derive(Clone, Debug)]
pub struct Told {
    /// Of the invoices that are owed, while there are any.
    pub invoice: usize,
    pub amount: Amount,
    pub days_ago: u64,
    /// Whether it names the invoice, or nobody knows what it is for.
    pub is_named: bool,
    /// Whether the bank gave it a reference.
    pub has_reference: bool,
}

/// How much is paid.
#[derive(Clone, Debug)]
pub enum Amount {
    /// Of the invoice's total.
    Part(i64),
    /// All that is left but for so little.
    AllBut(i64),
}

fn any() -> std::ops::Range<usize> {
    0..100
}

fn told() -> impl Strategy<Value = Told> {
    let amount = prop_oneof![
        (1..1500_i64).prop_map(Amount::Part),
        (-300..700_i64).prop_map(Amount::AllBut),
    ];
    let named = proptest::bool::weighted(0.7);
    (any(), amount, 0..40_u64, named, proptest::bool::ANY).prop_map(
        |(invoice, amount, days_ago, is_named, has_reference)| Told {
            invoice,
            amount,
            days_ago,
            is_named,
            has_reference,
        },
    )
}

fn choice() -> impl Strategy<Value = Deed> {
    let choices = prop_oneof![
        Just((Setting::WriteOffTakesVat, "yes")),
        Just((Setting::WriteOffTakesVat, "no")),
        Just((Setting::PrepaidIncome, "monthly")),
        Just((Setting::PrepaidIncome, "at_once")),
        Just((Setting::RestWrittenOff, "0")),
        Just((Setting::RestWrittenOff, "25")),
    ];
    choices.prop_map(|(setting, value)| Deed::Choose { setting, value })
}

fn sale() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => (0..ACCOUNTS, 1..16_usize)
            .prop_map(|(account, products)| Deed::Order { account, products }),
        1 => any().prop_map(|order| Deed::CancelOrder { order }),
        2 => (1..4_i64).prop_map(|limit| Deed::Renew { limit }),
    ]
}

fn credit() -> impl Strategy<Value = Deed> {
    let part = proptest::option::of(1..1000_i64);
    prop_oneof![
        1 => any().prop_map(|invoice| Deed::CreditInFull { invoice }),
        2 => (any(), 1..4_usize, part)
            .prop_map(|(invoice, line, part)| Deed::CreditLine { invoice, line, part }),
        2 => (any(), 1..1100_i64).prop_map(|(invoice, part)| Deed::CreditAmount { invoice, part }),
        3 => any().prop_map(|invoice| Deed::Reissue { invoice }),
    ]
}

fn payment() -> impl Strategy<Value = Deed> {
    let import = (proptest::collection::vec(told(), 0..4), proptest::option::of(any()));
    prop_oneof![
        6 => told().prop_map(Deed::Pay),
        2 => import.prop_map(|(payments, with)| Deed::Import { payments, with }),
        1 => (any(), 1..900_000_i64, 0..20_u64)
            .prop_map(|(invoice, ore, days_ago)| Deed::Deduct { invoice, ore, days_ago }),
        3 => (any(), any()).prop_map(|(payment, invoice)| Deed::Match { payment, invoice }),
        2 => (any(), proptest::bool::ANY)
            .prop_map(|(payment, is_of_one)| Deed::Unmatch { payment, is_of_one }),
        2 => (any(), 1..1100_i64).prop_map(|(payment, part)| Deed::Refund { payment, part }),
        1 => any().prop_map(|payment| Deed::TakeRefundsBack { payment }),
        1 => any().prop_map(|payment| Deed::Reverse { payment }),
    ]
}

fn chasing() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => Just(Deed::Remind),
        1 => (any(), proptest::bool::ANY)
            .prop_map(|(invoice, is_account)| Deed::Hold { invoice, is_account }),
        2 => any().prop_map(|invoice| Deed::WriteOff { invoice }),
        2 => any().prop_map(|invoice| Deed::TakeWriteOffBack { invoice }),
    ]
}

fn books() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => (0..60_u64, 0..20_u64).prop_map(|(days, days_ago)| Deed::Export { days, days_ago }),
        3 => (0..60_u64).prop_map(|days| Deed::Export { days, days_ago: 0 }),
        3 => (0..20_u64).prop_map(|days_ago| Deed::Lock { days_ago }),
        1 => choice(),
    ]
}

/// How many days pass, mostly few.
fn days() -> impl Strategy<Value = u64> {
    prop_oneof![6 => 0..6_u64, 3 => 6..20_u64, 1 => 20..60_u64]
}

pub fn deed() -> impl Strategy<Value = (u64, Deed)> {
    (days(), prop_oneof![7 => sale(), 7 => credit(), 15 => payment(), 9 => chasing(), 8 => books()])
}

/// The settings with which a history begins.
pub fn beginning() -> impl Strategy<Value = Vec<Deed>> {
    proptest::collection::vec(choice(), 0..4)
}
