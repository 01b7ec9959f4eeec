-- An invoice's whole life: payments and what they settle, payment reminders with fees and late
-- interest, write-offs, e-invoices, and what bookkeeping has been given.

-- How an account is given its invoices, and under which name it is found in Peppol: a scheme and an
-- identifier, `0007:2120000142`; the organisation number's where there is none.
ALTER TABLE account ADD COLUMN deliver TEXT NOT NULL DEFAULT 'email'
    CHECK (deliver IN ('email', 'e-invoice'));
ALTER TABLE account ADD COLUMN participant TEXT;

-- What was true of these on the day the invoice was issued.
ALTER TABLE invoice ADD COLUMN deliver TEXT NOT NULL DEFAULT 'email'
    CHECK (deliver IN ('email', 'e-invoice'));
ALTER TABLE invoice ADD COLUMN participant TEXT
    CHECK (participant IS NULL OR deliver = 'e-invoice');
CREATE INDEX invoice_by_e_invoice ON invoice (id) WHERE deliver = 'e-invoice';
-- The invoice that was credited and issued anew as this one.
ALTER TABLE invoice ADD COLUMN reissues_id INTEGER REFERENCES invoice (id);
-- What was paid on that one by then, which this one therefore does not ask for.
ALTER TABLE invoice ADD COLUMN prepaid_ore INTEGER NOT NULL DEFAULT 0
    CHECK (prepaid_ore BETWEEN 0 AND total_ore AND (prepaid_ore = 0 OR reissues_id IS NOT NULL));
CREATE UNIQUE INDEX invoice_by_reissued ON invoice (reissues_id) WHERE reissues_id IS NOT NULL;
CREATE INDEX invoice_by_total ON invoice (total_ore, id);
CREATE INDEX invoice_by_due ON invoice (due_on, id) WHERE kind = 'invoice';

-- The e-invoice, fixed the first time it leaves the shop, and how it came to the buyer.
CREATE TABLE e_invoice (
    invoice_id   INTEGER PRIMARY KEY REFERENCES invoice (id),
    sha256       TEXT NOT NULL,
    bytes        BLOB NOT NULL
) STRICT;
CREATE TRIGGER e_invoice_is_frozen BEFORE UPDATE ON e_invoice
BEGIN SELECT RAISE(ABORT, 'an e-invoice that left the shop is never altered'); END;
CREATE TRIGGER e_invoice_is_kept BEFORE DELETE ON e_invoice
BEGIN SELECT RAISE(ABORT, 'an e-invoice that left the shop is never deleted'); END;
CREATE TABLE delivery (
    invoice_id   INTEGER PRIMARY KEY REFERENCES invoice (id),
    delivered_on TEXT NOT NULL,
    how          TEXT NOT NULL CHECK (how <> '')
) STRICT;

-- A file of the bank's, by its bytes.
CREATE TABLE payment_file (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    format      TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    -- The newest day of payment in it, or the day it was made where it holds none.
    latest_on   TEXT,
    booked      INTEGER NOT NULL,
    known       INTEGER NOT NULL,
    refused     INTEGER NOT NULL
) STRICT;
CREATE INDEX payment_file_by_bytes ON payment_file (sha256);

-- Money that came in, as the bank or the office told it. An amount below zero is a deduction.
CREATE TABLE payment (
    id               INTEGER PRIMARY KEY,
    number           INTEGER NOT NULL UNIQUE,
    source           TEXT NOT NULL CHECK (source IN ('manual', 'bgmax', 'camt.054')),
    file_id          INTEGER REFERENCES payment_file (id),
    -- What makes it the same payment in whichever file it stands.
    identity         TEXT NOT NULL UNIQUE,
    received_on      TEXT NOT NULL,
    entered_on       TEXT NOT NULL CHECK (entered_on >= received_on),
    booked_on        TEXT NOT NULL CHECK (booked_on BETWEEN received_on AND entered_on),
    amount_ore       INTEGER NOT NULL CHECK (amount_ore <> 0),
    bank_reference   TEXT,
    payer_name       TEXT,
    -- The name as it is searched for.
    payer_key        TEXT,
    payer_account    TEXT,
    payer_org_number TEXT,
    reference        TEXT,
    message          TEXT,
    -- Whose it is, once that is known; what it does not settle stands on that account's balance.
    account_id       INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX payment_by_account ON payment (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX payment_by_amount ON payment (amount_ore, id);
CREATE INDEX payment_by_bank_reference ON payment (bank_reference) WHERE bank_reference IS NOT NULL;
CREATE INDEX payment_by_payer_name ON payment (payer_key) WHERE payer_key IS NOT NULL;
CREATE INDEX payment_by_payer ON payment (payer_account, account_id)
    WHERE payer_account IS NOT NULL;
CREATE INDEX deduction_by_account ON payment (account_id) WHERE amount_ore < 0;
CREATE INDEX payment_without_account ON payment (id) WHERE account_id IS NULL;
CREATE TRIGGER payment_is_frozen BEFORE UPDATE OF id, number, source, file_id, identity,
    received_on, entered_on, booked_on, amount_ore, bank_reference ON payment
BEGIN SELECT RAISE(ABORT, 'a payment is never altered'); END;
CREATE TRIGGER payment_is_kept BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'a payment is never deleted'); END;

INSERT INTO counters (name, value) VALUES ('payment', 0);

-- A reminder of an unpaid invoice, each level once.
CREATE TABLE payment_reminder (
    id           INTEGER PRIMARY KEY,
    invoice_id   INTEGER NOT NULL REFERENCES invoice (id),
    level        INTEGER NOT NULL CHECK (level > 0),
    reminded_on  TEXT NOT NULL,
    -- The last day to pay what it asks for.
    pay_by       TEXT NOT NULL CHECK (pay_by >= reminded_on),
    seller_version INTEGER NOT NULL REFERENCES seller (version),
    text         TEXT NOT NULL,
    capital_ore  INTEGER NOT NULL,
    fees_ore     INTEGER NOT NULL,
    interest_ore INTEGER NOT NULL,
    UNIQUE (invoice_id, level)
) STRICT;
CREATE TABLE reminder_document (
    reminder_id INTEGER PRIMARY KEY REFERENCES payment_reminder (id),
    sha256      TEXT NOT NULL,
    bytes       BLOB NOT NULL
) STRICT;
ALTER TABLE outbox ADD COLUMN reminder_id INTEGER REFERENCES payment_reminder (id);
CREATE INDEX outbox_by_reminder ON outbox (reminder_id) WHERE reminder_id IS NOT NULL;

-- What is asked for at each level, counted in days from the due date or the sending of the level
-- before; `text_sv` and `text_en` hold a paragraph a line.
CREATE TABLE reminder_level (
    level        INTEGER PRIMARY KEY CHECK (level > 0),
    days         INTEGER NOT NULL CHECK (days BETWEEN 1 AND 365),
    fee_ore      INTEGER NOT NULL CHECK (fee_ore BETWEEN 0 AND 6000),
    -- The 450 kronor between traders instead of fees. Source: lag (1981:739) 4 a §.
    compensation INTEGER NOT NULL CHECK (compensation IN (0, 1) AND (compensation = 0 OR fee_ore = 0)),
    text_sv      TEXT NOT NULL,
    text_en      TEXT NOT NULL
) STRICT;
INSERT INTO reminder_level (level, days, fee_ore, compensation, text_sv, text_en) VALUES
    (1, 5, 0, 0,
     'Vi har ännu inte fått betalt för fakturan nedan. En faktura blir lätt liggande, så det här är bara en vänlig påminnelse, utan avgift. Är något i fakturan oklart är ni välkomna att höra av er.',
     'We have not yet received payment for the invoice below. An invoice is easily overlooked, so this is just a friendly reminder, without a fee. If anything about the invoice is unclear, please get in touch.'),
    (2, 10, 6000, 0,
     'Trots vår tidigare påminnelse har vi inte fått betalt för fakturan nedan. Betala det som återstår senast den dag som anges här. Anser ni att fakturan är felaktig, eller kan ni inte betala i tid, så hör av er till oss före den dagen.',
     'Despite our earlier reminder we have not received payment for the invoice below. Please pay what is left by the day stated here. If you think that the invoice is wrong, or if you cannot pay in time, please contact us before that day.'),
    (3, 10, 0, 0,
     'Fakturan nedan är fortfarande inte betald, och det här är vår sista påminnelse. Är den inte betald den dag som anges här kan vi komma att lämna den vidare till inkasso. Anser ni att fakturan är felaktig, eller behöver ni dela upp betalningen, så hör av er till oss före den dagen.',
     'The invoice below is still unpaid, and this is our last reminder. If it has not been paid by the day stated here, we may pass it on for collection. If you think that the invoice is wrong, or if you need to pay in instalments, please contact us before that day.');

-- An invoice, or all those of an account, that nobody is reminded of.
CREATE TABLE hold (
    id          INTEGER PRIMARY KEY,
    invoice_id  INTEGER REFERENCES invoice (id),
    account_id  INTEGER REFERENCES account (id) CHECK ((account_id IS NULL) = (invoice_id IS NOT NULL)),
    reason      TEXT NOT NULL,
    disputed    INTEGER NOT NULL CHECK (disputed IN (0, 1)),
    since       TEXT NOT NULL,
    released_on TEXT
) STRICT;
CREATE UNIQUE INDEX hold_of_invoice ON hold (invoice_id)
    WHERE invoice_id IS NOT NULL AND released_on IS NULL;
CREATE UNIQUE INDEX hold_of_account ON hold (account_id)
    WHERE account_id IS NOT NULL AND released_on IS NULL;

-- What happened to what is owed, besides invoices and credit notes. The amount is added to what is
-- left of the invoice and to what is left of the payment: money that settles an invoice stands below
-- zero in both, a fee above it.
CREATE TABLE ledger_entry (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('payment', 'refund', 'reversal', 'offset',
        'reminder_fee', 'compensation', 'late_interest', 'write_off', 'rounding')),
    invoice_id  INTEGER REFERENCES invoice (id),
    payment_id  INTEGER REFERENCES payment (id),
    reminder_id INTEGER REFERENCES payment_reminder (id),
    -- The entry that it takes back.
    reverses_id INTEGER REFERENCES ledger_entry (id),
    -- The day it is booked on, and the day from which it counts for interest.
    booked_on   TEXT NOT NULL,
    value_on    TEXT NOT NULL,
    amount_ore  INTEGER NOT NULL CHECK (amount_ore <> 0),
    reason      TEXT,
    CHECK ((payment_id IS NOT NULL) = (kind IN ('payment', 'refund', 'reversal', 'offset'))),
    CHECK ((invoice_id IS NULL) = (kind IN ('refund', 'reversal', 'offset')))
) STRICT;
CREATE INDEX ledger_entry_by_invoice ON ledger_entry (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX ledger_entry_by_payment ON ledger_entry (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX ledger_entry_by_reversed ON ledger_entry (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX ledger_entry_by_day ON ledger_entry (booked_on, id);
-- Its reason may be erased when it need be kept no longer.
CREATE TRIGGER ledger_entry_is_frozen BEFORE UPDATE OF id, kind, invoice_id, payment_id, reminder_id,
    reverses_id, booked_on, value_on, amount_ore ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never altered'); END;
CREATE TRIGGER ledger_entry_is_kept BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'an entry of the ledger is never deleted'); END;

-- The VAT that a write-off takes back, by rate, with the sign of its entry.
CREATE TABLE ledger_vat (
    entry_id INTEGER NOT NULL REFERENCES ledger_entry (id),
    vat_rate INTEGER NOT NULL,
    net_ore  INTEGER NOT NULL,
    vat_ore  INTEGER NOT NULL,
    PRIMARY KEY (entry_id, vat_rate)
) STRICT, WITHOUT ROWID;

-- An account of the seller's that is never to be paid to again.
CREATE TABLE withdrawn_payee (
    kind         TEXT NOT NULL CHECK (kind IN ('bankgiro', 'plusgiro', 'iban')),
    number       TEXT NOT NULL,
    withdrawn_on TEXT NOT NULL,
    PRIMARY KEY (kind, number)
) STRICT, WITHOUT ROWID;

-- Reference rates that were added to those carried in the program, in hundredths of a per cent.
CREATE TABLE reference_rate (
    from_on TEXT PRIMARY KEY,
    rate    INTEGER NOT NULL,
    source  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What bookkeeping has been given: a file, and the vouchers in it as they were written. `subject_id` is
-- the key of the invoice, payment or entry that a voucher tells of, `part` counts the months of a
-- spread income from 1 and is 0 otherwise, `parts` says how many there are of those.
CREATE TABLE book_export (
    id          INTEGER PRIMARY KEY,
    from_on     TEXT NOT NULL,
    to_on       TEXT NOT NULL CHECK (to_on >= from_on),
    exported_at TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    vouchers    INTEGER NOT NULL,
    -- Whether it held what other exports had held, and nothing of its own.
    again       INTEGER NOT NULL CHECK (again IN (0, 1))
) STRICT;
CREATE TABLE booked_voucher (
    subject_id INTEGER NOT NULL,
    part       INTEGER NOT NULL CHECK (part >= 0),
    parts      INTEGER NOT NULL CHECK (parts >= 0 AND (parts = 0 OR part = 0)),
    export_id  INTEGER NOT NULL REFERENCES book_export (id),
    -- Entries that a payment's voucher tells of too share its number.
    number     INTEGER NOT NULL,
    dated_on   TEXT NOT NULL,
    text       TEXT NOT NULL,
    PRIMARY KEY (subject_id, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX booked_voucher_by_export ON booked_voucher (export_id, number);
CREATE INDEX booked_voucher_by_number ON booked_voucher (number);
CREATE INDEX booked_voucher_of_spread ON booked_voucher (subject_id) WHERE parts > 0;
CREATE TABLE booked_row (
    subject_id INTEGER NOT NULL,
    part       INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    -- What the account is used for, by its setting, and its number that day.
    purpose    TEXT NOT NULL,
    account    INTEGER NOT NULL,
    amount_ore INTEGER NOT NULL CHECK (amount_ore <> 0),
    PRIMARY KEY (subject_id, part, position),
    FOREIGN KEY (subject_id, part) REFERENCES booked_voucher (subject_id, part)
) STRICT, WITHOUT ROWID;
-- Its text may be erased when it need be kept no longer.
CREATE TRIGGER booked_voucher_is_frozen BEFORE UPDATE OF subject_id, part, parts, export_id, number,
    dated_on ON booked_voucher
BEGIN SELECT RAISE(ABORT, 'a voucher in the books is never altered'); END;
CREATE TRIGGER booked_voucher_is_kept BEFORE DELETE ON booked_voucher
BEGIN SELECT RAISE(ABORT, 'a voucher in the books is never deleted'); END;
CREATE TRIGGER booked_row_is_frozen BEFORE UPDATE ON booked_row
BEGIN SELECT RAISE(ABORT, 'a voucher in the books is never altered'); END;
CREATE TRIGGER booked_row_is_kept BEFORE DELETE ON booked_row
BEGIN SELECT RAISE(ABORT, 'a voucher in the books is never deleted'); END;

-- An order that was cancelled, and why.
ALTER TABLE orders ADD COLUMN cancelled_on TEXT;
ALTER TABLE orders ADD COLUMN cancel_reason TEXT CHECK ((cancel_reason IS NULL) = (cancelled_on IS NULL));
