//! The accounts that bookkeeping files the shop's business under.
//!
//! Which they are is a matter of settings; the defaults are those of the BAS chart of accounts.

use super::money::VatRate;

/// One use of an account in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BookAccount {
    Receivable,
    Bank,
    /// Money of customers that settles no invoice yet.
    Advances,
    Vat25,
    Vat12,
    Vat6,
    Sales25,
    Sales12,
    Sales6,
    SalesExempt,
    ReminderFees,
    Compensation,
    Interest,
    Rounding,
    Losses,
    /// Income of terms that have not come yet.
    Prepaid,
}

impl BookAccount {
    pub const ALL: [BookAccount; 16] = [
        BookAccount::Receivable,
        BookAccount::Bank,
        BookAccount::Advances,
        BookAccount::Vat25,
        BookAccount::Vat12,
        BookAccount::Vat6,
        BookAccount::Sales25,
        BookAccount::Sales12,
        BookAccount::Sales6,
        BookAccount::SalesExempt,
        BookAccount::ReminderFees,
        BookAccount::Compensation,
        BookAccount::Interest,
        BookAccount::Rounding,
        BookAccount::Losses,
        BookAccount::Prepaid,
    ];

    /// Returns the name of the setting that chooses it.
    pub const fn setting(self) -> &'static str {
        match self {
            BookAccount::Receivable => "account_receivable",
            BookAccount::Bank => "account_bank",
            BookAccount::Advances => "account_advances",
            BookAccount::Vat25 => "account_vat_25",
            BookAccount::Vat12 => "account_vat_12",
            BookAccount::Vat6 => "account_vat_6",
            BookAccount::Sales25 => "account_sales_25",
            BookAccount::Sales12 => "account_sales_12",
            BookAccount::Sales6 => "account_sales_6",
            BookAccount::SalesExempt => "account_sales_exempt",
            BookAccount::ReminderFees => "account_reminder_fees",
            BookAccount::Compensation => "account_compensation",
            BookAccount::Interest => "account_interest",
            BookAccount::Rounding => "account_rounding",
            BookAccount::Losses => "account_losses",
            BookAccount::Prepaid => "account_prepaid",
        }
    }

    /// Returns its number in the BAS chart of accounts.
    pub const fn bas_number(self) -> u32 {
        match self {
            BookAccount::Receivable => 1510,
            BookAccount::Bank => 1930,
            BookAccount::Advances => 2420,
            BookAccount::Vat25 => 2611,
            BookAccount::Vat12 => 2621,
            BookAccount::Vat6 => 2631,
            BookAccount::Sales25 => 3001,
            BookAccount::Sales12 => 3002,
            BookAccount::Sales6 => 3003,
            BookAccount::SalesExempt => 3004,
            BookAccount::ReminderFees => 3540,
            BookAccount::Compensation => 3590,
            BookAccount::Interest => 8313,
            BookAccount::Rounding => 3740,
            BookAccount::Losses => 6351,
            BookAccount::Prepaid => 2970,
        }
    }

    /// Returns its name in the BAS chart of accounts.
    pub const fn bas_name(self) -> &'static str {
        match self {
            BookAccount::Receivable => "Kundfordringar",
            BookAccount::Bank => "Företagskonto",
            BookAccount::Advances => "Förskott från kunder",
            BookAccount::Vat25 => "Utgående moms, 25 %",
            BookAccount::Vat12 => "Utgående moms, 12 %",
            BookAccount::Vat6 => "Utgående moms, 6 %",
            BookAccount::Sales25 => "Försäljning inom Sverige, 25 % moms",
            BookAccount::Sales12 => "Försäljning inom Sverige, 12 % moms",
            BookAccount::Sales6 => "Försäljning inom Sverige, 6 % moms",
            BookAccount::SalesExempt => "Försäljning inom Sverige, momsfri",
            BookAccount::ReminderFees => "Faktureringsavgifter",
            BookAccount::Compensation => "Övriga fakturerade kostnader",
            BookAccount::Interest => "Ränteintäkter från kortfristiga fordringar",
            BookAccount::Rounding => "Öres- och kronutjämning",
            BookAccount::Losses => "Konstaterade kundförluster",
            BookAccount::Prepaid => "Förutbetalda intäkter",
        }
    }

    /// Returns what is filed under it, in words for the list of settings.
    pub const fn meaning(self) -> &'static str {
        match self {
            BookAccount::Receivable => "account of what customers owe",
            BookAccount::Bank => "account of the bank",
            BookAccount::Advances => "account of customers' money that settles no invoice yet",
            BookAccount::Vat25 => "account of VAT at 25 %",
            BookAccount::Vat12 => "account of VAT at 12 %",
            BookAccount::Vat6 => "account of VAT at 6 %",
            BookAccount::Sales25 => "account of sales at 25 % VAT",
            BookAccount::Sales12 => "account of sales at 12 % VAT",
            BookAccount::Sales6 => "account of sales at 6 % VAT",
            BookAccount::SalesExempt => "account of sales without VAT",
            BookAccount::ReminderFees => "account of reminder fees",
            BookAccount::Compensation => "account of compensation for late payment",
            BookAccount::Interest => "account of late interest",
            BookAccount::Rounding => "account of rests written off",
            BookAccount::Losses => "account of bad debts",
            BookAccount::Prepaid => "account of income for terms that have not come yet",
        }
    }

    /// Returns the account that sales at `rate` are filed under.
    pub fn of_sales(rate: VatRate) -> BookAccount {
        match rate.percent() {
            25 => BookAccount::Sales25,
            12 => BookAccount::Sales12,
            6 => BookAccount::Sales6,
            _ => BookAccount::SalesExempt,
        }
    }

    /// Returns the account that VAT at `rate` is filed under; none at 0 %.
    pub fn of_vat(rate: VatRate) -> Option<BookAccount> {
        match rate.percent() {
            25 => Some(BookAccount::Vat25),
            12 => Some(BookAccount::Vat12),
            6 => Some(BookAccount::Vat6),
            _ => None,
        }
    }
}

/// The number of the account for each use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookAccounts([u32; BookAccount::ALL.len()]);

impl Default for BookAccounts {
    fn default() -> BookAccounts {
        BookAccounts(BookAccount::ALL.map(BookAccount::bas_number))
    }
}

impl BookAccounts {
    pub fn number(&self, account: BookAccount) -> u32 {
        self.0[account as usize]
    }

    pub fn set(&mut self, account: BookAccount, number: u32) {
        self.0[account as usize] = number;
    }
}
