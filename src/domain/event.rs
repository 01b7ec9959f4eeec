//! Events: what happened, to what, told once and for every reader.
//!
//! The kinds are the vocabulary of the audit trail. A kind is never renamed, since its name is part
//! of a hash chain that must stay whole for as long as the books are kept.

use std::fmt;
use std::str::FromStr;

/// Declares the kinds with the words they are stored and shown by.
macro_rules! kinds {
    ($($name:ident => $stored:literal, $shown:literal;)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum EventKind { $($name,)* }

        impl EventKind {
            #[cfg(test)]
            pub const ALL: &[EventKind] = &[$(EventKind::$name,)*];

            /// Returns the word the kind is stored under and JSON shows.
            pub const fn as_str(self) -> &'static str {
                match self { $(EventKind::$name => $stored,)* }
            }

            /// Returns the words people are shown.
            pub const fn words(self) -> &'static str {
                match self { $(EventKind::$name => $shown,)* }
            }
        }

        impl FromStr for EventKind {
            type Err = String;

            fn from_str(text: &str) -> Result<EventKind, String> {
                match text {
                    $($stored => Ok(EventKind::$name),)*
                    _ => Err(format!("`{text}` is not a kind of event this program knows")),
                }
            }
        }
    };
}

kinds! {
    OperationBegun => "operation_begun", "operation begun";
    ShopCreated => "shop_created", "shop created";
    SellerChanged => "seller_changed", "seller changed";
    SeriesSet => "series_set", "series set";
    ConditionsAdopted => "conditions_adopted", "conditions adopted";
    SettingChanged => "setting_changed", "setting changed";
    StaffAdded => "staff_added", "staff added";
    StaffEdited => "staff_edited", "staff edited";
    StaffRemoved => "staff_removed", "staff removed";
    AccountCreated => "account_created", "account created";
    AccountEdited => "account_edited", "account edited";
    AccountClosed => "account_closed", "account closed";
    AccountReopened => "account_reopened", "account reopened";
    AccountNoted => "account_noted", "note added";
    AccountHeld => "account_held", "account held";
    AccountReleased => "account_released", "account released";
    AccountRemoved => "account_removed", "account removed";
    AccountMerged => "account_merged", "account merged";
    AccountRenumbered => "account_renumbered", "account renumbered";
    LoginAdded => "login_added", "login added";
    LoginRemoved => "login_removed", "login removed";
    LoginRenamed => "login_renamed", "login renamed";
    LoginSucceeded => "login_succeeded", "login succeeded";
    LoginFailed => "login_failed", "login failed";
    LoginRefused => "login_refused", "login refused";
    FormerPasswordTried => "former_password_tried", "former password tried";
    PasswordForgotten => "password_forgotten", "password forgotten";
    PasswordAsked => "password_asked", "password asked for";
    PasswordPassedOver => "password_passed_over", "request passed over";
    PasswordChosen => "password_chosen", "password chosen";
    PasswordRehashed => "password_rehashed", "password rehashed";
    PasswordVoided => "password_voided", "password voided";
    TokenMade => "token_made", "token made";
    BillingChanged => "billing_changed", "billing changed";
    MembershipChanged => "membership_changed", "membership changed";
    ImportBegun => "import_begun", "import begun";
    ImportFinished => "import_finished", "import finished";
    ImportUndone => "import_undone", "import undone";
    ProductCreated => "product_created", "product created";
    ProductEdited => "product_edited", "product edited";
    ProductRetired => "product_retired", "product retired";
    PriceSet => "price_set", "price set";
    VatSet => "vat_set", "VAT set";
    SeatsSet => "seats_set", "seats set";
    AgreementCreated => "agreement_created", "agreement created";
    AgreementWithdrawn => "agreement_withdrawn", "agreement withdrawn";
    AgreementsGiven => "agreements_given", "agreements given";
    AgreementFetched => "agreement_fetched", "agreement fetched";
    EditionPublished => "edition_published", "edition published";
    EditionWithdrawn => "edition_withdrawn", "edition withdrawn";
    LicenceStarted => "licence_started", "licence started";
    LicenceEdited => "licence_edited", "licence edited";
    LicenceRevoked => "licence_revoked", "licence revoked";
    LicenceRemoved => "licence_removed", "licence removed";
    LicenceEditionMade => "licence_edition_made", "edition made";
    LicenceEditionVoided => "licence_edition_voided", "edition voided";
    LicenceEditionSealed => "licence_edition_sealed", "edition sealed";
    LicenceResized => "licence_resized", "licence resized";
    SeatTaken => "seat_taken", "seat taken";
    SeatGivenUp => "seat_given_up", "seat given up";
    SealKeyAdded => "seal_key_added", "seal key added";
    OrderPlaced => "order_placed", "order placed";
    OrderCancelled => "order_cancelled", "order cancelled";
    OrderShipped => "order_shipped", "order posted";
    ShipmentTakenBack => "shipment_taken_back", "parcel taken back";
    SubscriptionStarted => "subscription_started", "subscription started";
    SubscriptionRenewed => "subscription_renewed", "subscription renewed";
    SubscriptionImported => "subscription_imported", "subscription imported";
    SubscriptionRemoved => "subscription_removed", "subscription removed";
    SubscriptionTransferred => "subscription_transferred", "transferred";
    SubscriptionEnded => "subscription_ended", "subscription ended";
    NoticeGiven => "notice_given", "notice given";
    NoticeWithdrawn => "notice_withdrawn", "notice withdrawn";
    TermWithdrawn => "term_withdrawn", "term withdrawn";
    PriceAgreed => "price_agreed", "price agreed";
    RenewalReminded => "renewal_reminded", "renewal reminded";
    RenewalFailed => "renewal_failed", "renewal failed";
    RenewalsFinished => "renewals_finished", "renewals finished";
    InvoiceIssued => "invoice_issued", "invoice issued";
    InvoiceCredited => "invoice_credited", "invoice credited";
    InvoiceReissued => "invoice_reissued", "invoice reissued";
    InvoiceReminded => "invoice_reminded", "payment reminded";
    InvoiceHeld => "invoice_held", "invoice held";
    InvoiceReleased => "invoice_released", "invoice released";
    InvoiceWrittenOff => "invoice_written_off", "written off";
    RestRoundedOff => "rest_rounded_off", "rest rounded off";
    WriteOffReversed => "write_off_reversed", "write-off reversed";
    ReminderFeeCharged => "reminder_fee_charged", "reminder fee";
    CompensationCharged => "compensation_charged", "compensation";
    InterestCharged => "interest_charged", "late interest";
    ClaimReversed => "claim_reversed", "claim taken back";
    EInvoiceKept => "e_invoice_kept", "e-invoice kept";
    InvoiceDelivered => "invoice_delivered", "invoice delivered";
    DeliveryTakenBack => "delivery_taken_back", "delivery taken back";
    PaymentFileImported => "payment_file_imported", "bank file imported";
    PaymentRecorded => "payment_recorded", "payment recorded";
    PaymentMatched => "payment_matched", "payment matched";
    PaymentUnmatched => "payment_unmatched", "payment unmatched";
    PaymentOffset => "payment_offset", "payment offset";
    PaymentRefunded => "payment_refunded", "payment refunded";
    PaymentReversed => "payment_reversed", "payment reversed";
    PayeeWithdrawn => "payee_withdrawn", "payee withdrawn";
    RateAdded => "rate_added", "reference rate added";
    ReminderLevelSet => "reminder_level_set", "reminder level set";
    BooksLocked => "books_locked", "books locked";
    BooksExported => "books_exported", "books exported";
    DocumentKept => "document_kept", "document kept";
    AnnouncementMade => "announcement_made", "announcement made";
    MailQueued => "mail_queued", "mail queued";
    MailClaimed => "mail_claimed", "mail claimed";
    MailSent => "mail_sent", "mail sent";
    MailDeferred => "mail_deferred", "mail deferred";
    MailFailed => "mail_failed", "mail failed";
    MailHeld => "mail_held", "mail held";
    MailReleased => "mail_released", "mail released";
    MailBounced => "mail_bounced", "mail bounced";
    PersonalDataExported => "personal_data_exported", "personal data export";
    PersonalDataErased => "personal_data_erased", "personal data erased";
    OperationUndone => "operation_undone", "operation undone";
    DailyFinished => "daily_finished", "daily finished";
    BackupMade => "backup_made", "backup made";
    StoreRestored => "store_restored", "store restored";
    NumbersLeftOut => "numbers_left_out", "numbers left out";
    StoreAdopted => "store_adopted", "store adopted";
    StoreHandedOver => "store_handed_over", "handed over";
    DocumentsArchived => "documents_archived", "documents archived";
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words())
    }
}

/// What an event is about: a kind of thing and its key in the store.
///
/// The key is the store's own, never a number that could be a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    pub noun: Noun,
    pub id: i64,
}

/// The kinds of things that events are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Noun {
    Shop,
    Staff,
    Account,
    /// A user name of an account.
    Login,
    Import,
    Product,
    Agreement,
    Order,
    Subscription,
    Invoice,
    Payment,
    /// A file of the bank's.
    PaymentFile,
    Mail,
    /// An operation itself: what is undone.
    Operation,
}

impl Noun {
    const ALL: [Noun; 14] = [
        Noun::Shop,
        Noun::Staff,
        Noun::Account,
        Noun::Login,
        Noun::Import,
        Noun::Product,
        Noun::Agreement,
        Noun::Order,
        Noun::Subscription,
        Noun::Invoice,
        Noun::Payment,
        Noun::PaymentFile,
        Noun::Mail,
        Noun::Operation,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Noun::Shop => "shop",
            Noun::Staff => "staff",
            Noun::Account => "account",
            Noun::Login => "login",
            Noun::Import => "import",
            Noun::Product => "product",
            Noun::Agreement => "agreement",
            Noun::Order => "order",
            Noun::Subscription => "subscription",
            Noun::Invoice => "invoice",
            Noun::Payment => "payment",
            Noun::PaymentFile => "payment_file",
            Noun::Mail => "mail",
            Noun::Operation => "operation",
        }
    }
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Noun {
    type Err = String;

    fn from_str(text: &str) -> Result<Noun, String> {
        Noun::ALL
            .into_iter()
            .find(|noun| noun.as_str() == text)
            .ok_or_else(|| format!("`{text}` is nothing that events are about"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_stored_word() {
        for kind in EventKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        assert!("account_renamed_by_hand".parse::<EventKind>().is_err());
    }
}
