-- The shop: accounts, catalogue, orders, subscriptions, invoices, outbox and the events of them all.
-- Money is öre, dates are ISO 8601 days, instants are UTC, truth is 0 or 1.

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- Who works in the shop, by the user's name on the machine.
CREATE TABLE staff (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE CHECK (name <> ''),
    role    TEXT NOT NULL CHECK (role IN ('reader', 'support', 'staff', 'admin')),
    billing INTEGER NOT NULL CHECK (billing IN (0, 1))
) STRICT;

-- Each edit of the seller or the conditions is a new version; invoices and orders name theirs.
CREATE TABLE seller (
    version            INTEGER PRIMARY KEY,
    legal_name         TEXT NOT NULL,
    shop_name          TEXT NOT NULL,
    org_number         TEXT NOT NULL,
    vat_number         TEXT NOT NULL,
    f_tax              INTEGER NOT NULL CHECK (f_tax IN (0, 1)),
    registered_office  TEXT NOT NULL,
    street             TEXT NOT NULL,
    postal_code        TEXT NOT NULL,
    city               TEXT NOT NULL,
    office_email       TEXT NOT NULL,
    phone              TEXT,
    web                TEXT NOT NULL,
    bankgiro           TEXT,
    plusgiro           TEXT,
    iban               TEXT,
    bic                TEXT,
    payment_terms_days INTEGER NOT NULL CHECK (payment_terms_days BETWEEN 0 AND 365),
    accent_colour      TEXT NOT NULL,
    logo               BLOB
) STRICT;

CREATE TABLE conditions (
    version         INTEGER PRIMARY KEY,
    subscription_sv TEXT NOT NULL,
    subscription_en TEXT NOT NULL,
    printed_sv      TEXT NOT NULL,
    printed_en      TEXT NOT NULL
) STRICT;

CREATE TABLE account (
    id            INTEGER PRIMARY KEY,
    org_number    TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL CHECK (name <> ''),
    name_key      TEXT NOT NULL,
    contact       TEXT,
    invoice_email TEXT,
    care_of       TEXT,
    street        TEXT,
    postal_code   TEXT,
    city          TEXT,
    country       TEXT NOT NULL,
    language      TEXT NOT NULL CHECK (language IN ('sv', 'en')),
    reference     TEXT,
    closed_on     TEXT
) STRICT;
CREATE INDEX account_by_name ON account (name_key);

CREATE TABLE login (
    id         INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    email      TEXT NOT NULL,
    email_key  TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX login_by_account ON login (account_id);

CREATE TABLE membership (
    id         INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    from_on    TEXT NOT NULL,
    to_on      TEXT CHECK (to_on > from_on)
) STRICT;
CREATE INDEX membership_by_account ON membership (account_id);

CREATE TABLE note (
    id         INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    written_at TEXT NOT NULL,
    author     TEXT NOT NULL,
    body       TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_account ON note (account_id);

CREATE TABLE import (
    id           INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL,
    file_name    TEXT NOT NULL,
    imported_at  TEXT NOT NULL,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL,
    unchanged    INTEGER NOT NULL,
    refused      INTEGER NOT NULL,
    undone_at    TEXT
) STRICT;

CREATE TABLE product (
    id            INTEGER PRIMARY KEY,
    sku           TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL CHECK (kind IN ('subscription', 'licence', 'printed')),
    name_sv       TEXT NOT NULL,
    name_en       TEXT NOT NULL,
    term_months   INTEGER NOT NULL CHECK (term_months >= 0),
    notice_months INTEGER NOT NULL CHECK (notice_months >= 0),
    retired_on    TEXT
) STRICT;

CREATE TABLE price (
    id          INTEGER PRIMARY KEY,
    product_id  INTEGER NOT NULL REFERENCES product (id),
    from_on     TEXT NOT NULL,
    regular_ore INTEGER NOT NULL CHECK (regular_ore >= 0),
    member_ore  INTEGER NOT NULL CHECK (member_ore >= 0)
) STRICT;
CREATE INDEX price_by_product ON price (product_id);

CREATE TABLE vat_rule (
    id         INTEGER PRIMARY KEY,
    product_id INTEGER NOT NULL REFERENCES product (id),
    from_on    TEXT NOT NULL,
    rate       INTEGER NOT NULL CHECK (rate IN (0, 6, 12, 25)),
    exemption  TEXT CHECK ((exemption IS NULL) = (rate <> 0))
) STRICT;
CREATE INDEX vat_rule_by_product ON vat_rule (product_id);

CREATE TABLE orders (
    id                 INTEGER PRIMARY KEY,
    number             INTEGER NOT NULL UNIQUE,
    account_id         INTEGER NOT NULL REFERENCES account (id),
    ordered_on         TEXT NOT NULL,
    conditions_version INTEGER NOT NULL REFERENCES conditions (version)
) STRICT;
CREATE INDEX orders_by_account ON orders (account_id);

CREATE TABLE subscription (
    id             INTEGER PRIMARY KEY,
    number         INTEGER NOT NULL UNIQUE,
    account_id     INTEGER NOT NULL REFERENCES account (id),
    product_id     INTEGER NOT NULL REFERENCES product (id),
    anchor         TEXT NOT NULL,
    term_months    INTEGER NOT NULL CHECK (term_months BETWEEN 1 AND 120),
    notice_months  INTEGER NOT NULL CHECK (notice_months BETWEEN 0 AND 119),
    billed_through TEXT NOT NULL CHECK (billed_through >= anchor),
    invoice_email  TEXT NOT NULL,
    reference      TEXT,
    ends_on        TEXT,
    failures       INTEGER NOT NULL DEFAULT 0,
    failure        TEXT
) STRICT;
CREATE INDEX subscription_by_account ON subscription (account_id);
CREATE INDEX subscription_by_due ON subscription (billed_through, id);

CREATE TABLE invoice (
    id                 INTEGER PRIMARY KEY,
    number             INTEGER NOT NULL UNIQUE CHECK (number > 0),
    ocr                TEXT NOT NULL UNIQUE,
    account_id         INTEGER NOT NULL REFERENCES account (id),
    order_id           INTEGER REFERENCES orders (id),
    seller_version     INTEGER NOT NULL REFERENCES seller (version),
    conditions_version INTEGER NOT NULL REFERENCES conditions (version),
    issued_on          TEXT NOT NULL,
    due_on             TEXT NOT NULL CHECK (due_on >= issued_on),
    language           TEXT NOT NULL,
    buyer_name         TEXT NOT NULL,
    buyer_org_number   TEXT NOT NULL,
    buyer_care_of      TEXT,
    buyer_street       TEXT NOT NULL,
    buyer_postal_code  TEXT NOT NULL,
    buyer_city         TEXT NOT NULL,
    buyer_country      TEXT NOT NULL,
    invoice_email      TEXT NOT NULL,
    reference          TEXT,
    net_ore            INTEGER NOT NULL,
    vat_ore            INTEGER NOT NULL,
    total_ore          INTEGER NOT NULL CHECK (total_ore = net_ore + vat_ore)
) STRICT;
CREATE INDEX invoice_by_account ON invoice (account_id);
CREATE INDEX invoice_by_order ON invoice (order_id);

CREATE TABLE invoice_line (
    invoice_id      INTEGER NOT NULL REFERENCES invoice (id),
    position        INTEGER NOT NULL,
    product_id      INTEGER NOT NULL REFERENCES product (id),
    subscription_id INTEGER REFERENCES subscription (id),
    sku             TEXT NOT NULL,
    kind            TEXT NOT NULL,
    description     TEXT NOT NULL,
    quantity        INTEGER NOT NULL CHECK (quantity > 0),
    unit_price_ore  INTEGER NOT NULL,
    net_ore         INTEGER NOT NULL CHECK (net_ore = quantity * unit_price_ore),
    vat_rate        INTEGER NOT NULL,
    vat_exemption   TEXT,
    period_start    TEXT,
    period_end      TEXT CHECK (period_end > period_start),
    decided_on      TEXT NOT NULL,
    price_from      TEXT NOT NULL,
    vat_from        TEXT NOT NULL,
    price_group     TEXT NOT NULL CHECK (price_group IN ('regular', 'member')),
    PRIMARY KEY (invoice_id, position)
) STRICT, WITHOUT ROWID;

-- R14: a term is billed once.
CREATE TABLE term (
    subscription_id INTEGER NOT NULL REFERENCES subscription (id),
    start_on        TEXT NOT NULL,
    end_on          TEXT NOT NULL CHECK (end_on > start_on),
    invoice_id      INTEGER NOT NULL REFERENCES invoice (id),
    PRIMARY KEY (subscription_id, start_on)
) STRICT, WITHOUT ROWID;

-- The bytes of a document, fixed the first time they leave the shop.
CREATE TABLE document (
    invoice_id INTEGER PRIMARY KEY REFERENCES invoice (id),
    sha256     TEXT NOT NULL,
    bytes      BLOB NOT NULL
) STRICT;

CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    cause      TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    language   TEXT NOT NULL,
    invoice_id INTEGER NOT NULL REFERENCES invoice (id),
    message_id TEXT NOT NULL UNIQUE,
    status     TEXT NOT NULL
        CHECK (status IN ('waiting', 'claimed', 'sent', 'failed', 'held', 'bounced')),
    attempts   INTEGER NOT NULL DEFAULT 0,
    queued_at  TEXT NOT NULL,
    due_at     TEXT,
    sent_at    TEXT,
    transport  TEXT,
    detail     TEXT,
    UNIQUE (cause, kind, recipient)
) STRICT;
CREATE INDEX outbox_by_status ON outbox (status, id);
CREATE INDEX outbox_by_invoice ON outbox (invoice_id);

-- The finished message, stored at the first claim and sent by every retry.
CREATE TABLE message (
    outbox_id INTEGER PRIMARY KEY REFERENCES outbox (id),
    bytes     BLOB NOT NULL
) STRICT;

CREATE TABLE operation (
    id           INTEGER PRIMARY KEY,
    actor        TEXT NOT NULL,
    program      TEXT NOT NULL,
    shop_time    TEXT NOT NULL,
    machine_time TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    seq          INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    kind         TEXT NOT NULL,
    noun         TEXT NOT NULL,
    subject_id   INTEGER NOT NULL,
    payload_hash BLOB NOT NULL,
    hash         BLOB NOT NULL
) STRICT;
CREATE INDEX event_by_subject ON event (noun, subject_id);
CREATE INDEX event_by_operation ON event (operation_id);

-- Names, addresses, before and after stand only here, and may be emptied without breaking the chain.
CREATE TABLE event_payload (
    seq     INTEGER PRIMARY KEY REFERENCES event (seq),
    salt    BLOB,
    payload TEXT
) STRICT;

-- R13: what is issued, and what happened, is never altered or deleted.
CREATE TRIGGER invoice_is_frozen BEFORE UPDATE ON invoice
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never altered'); END;
CREATE TRIGGER invoice_is_kept BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never deleted'); END;
CREATE TRIGGER invoice_line_is_frozen BEFORE UPDATE ON invoice_line
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never altered'); END;
CREATE TRIGGER invoice_line_is_kept BEFORE DELETE ON invoice_line
BEGIN SELECT RAISE(ABORT, 'an issued invoice is never deleted'); END;
CREATE TRIGGER document_is_frozen BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'a document that left the shop is never altered'); END;
CREATE TRIGGER document_is_kept BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'a document that left the shop is never deleted'); END;
CREATE TRIGGER seller_is_frozen BEFORE UPDATE ON seller
BEGIN SELECT RAISE(ABORT, 'a version of the seller is never altered'); END;
CREATE TRIGGER seller_is_kept BEFORE DELETE ON seller
BEGIN SELECT RAISE(ABORT, 'a version of the seller is never deleted'); END;
CREATE TRIGGER conditions_are_frozen BEFORE UPDATE ON conditions
BEGIN SELECT RAISE(ABORT, 'a version of the conditions is never altered'); END;
CREATE TRIGGER conditions_are_kept BEFORE DELETE ON conditions
BEGIN SELECT RAISE(ABORT, 'a version of the conditions is never deleted'); END;
CREATE TRIGGER operation_is_frozen BEFORE UPDATE ON operation
BEGIN SELECT RAISE(ABORT, 'an operation is never altered'); END;
CREATE TRIGGER operation_is_kept BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'an operation is never deleted'); END;
CREATE TRIGGER event_is_frozen BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never altered'); END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER event_payload_is_emptied_only BEFORE UPDATE ON event_payload
WHEN new.seq <> old.seq OR new.salt IS NOT NULL OR new.payload IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the payload of an event may be emptied and nothing else'); END;
CREATE TRIGGER event_payload_is_kept BEFORE DELETE ON event_payload
BEGIN SELECT RAISE(ABORT, 'the payload of an event is never deleted'); END;
