-- The whole life of a subscription: notice, withdrawn terms and credit notes, agreed prices,
-- reminders, billing details of its own, and accounts that merge or change their number.

ALTER TABLE account ADD COLUMN vat_number TEXT;
-- The account that this one was merged into.
ALTER TABLE account ADD COLUMN successor_id INTEGER REFERENCES account (id)
    CHECK (successor_id IS NULL OR (closed_on IS NOT NULL AND successor_id <> id));
-- Without it, taking an account back would look through all of them for one merged into it.
CREATE INDEX account_by_successor ON account (successor_id) WHERE successor_id IS NOT NULL;

-- A number that an account had before, and that nobody can register anew.
CREATE TABLE former_org_number (
    org_number TEXT PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    left_on    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX former_org_number_by_account ON former_org_number (account_id);

-- The day on which a price was entered, which decides whom a rise reaches.
ALTER TABLE price ADD COLUMN entered_on TEXT;
UPDATE price SET entered_on = coalesce(
    (SELECT max(substr(o.shop_time, 1, 10))
     FROM event e
     JOIN operation o ON o.id = e.operation_id
     JOIN event_payload p ON p.seq = e.seq
     WHERE e.noun = 'product' AND e.subject_id = price.product_id AND e.kind = 'price_set'
         AND json_extract(p.payload, '$.after.from') = price.from_on),
    (SELECT substr(o.shop_time, 1, 10)
     FROM event e JOIN operation o ON o.id = e.operation_id
     WHERE e.noun = 'product' AND e.subject_id = price.product_id AND e.kind = 'product_created'),
    from_on);

-- What an import was a list of.
ALTER TABLE import ADD COLUMN kind TEXT NOT NULL DEFAULT 'accounts'
    CHECK (kind IN ('accounts', 'members', 'subscriptions'));

-- Billing details of a subscription's own; those of its account where there are none.
ALTER TABLE subscription ADD COLUMN care_of TEXT;
ALTER TABLE subscription ADD COLUMN street TEXT;
ALTER TABLE subscription ADD COLUMN postal_code TEXT;
ALTER TABLE subscription ADD COLUMN city TEXT;
ALTER TABLE subscription ADD COLUMN country TEXT;
ALTER TABLE subscription ADD COLUMN vat_number TEXT;
-- A price agreed with the customer, excluding VAT, which holds until it is changed.
ALTER TABLE subscription ADD COLUMN agreed_ore INTEGER CHECK (agreed_ore >= 0);
ALTER TABLE subscription ADD COLUMN agreed_reason TEXT
    CHECK ((agreed_reason IS NULL) = (agreed_ore IS NULL));
-- Why the office ended it, where it was not ended by a notice.
ALTER TABLE subscription ADD COLUMN end_reason TEXT CHECK (end_reason IS NULL OR ends_on IS NOT NULL);

-- A notice as it was received, and what followed from it by the rules of that day (R7, R8).
CREATE TABLE notice (
    id              INTEGER PRIMARY KEY,
    subscription_id INTEGER NOT NULL REFERENCES subscription (id),
    sent_on         TEXT,
    received_on     TEXT NOT NULL CHECK (sent_on IS NULL OR sent_on <= received_on),
    entered_on      TEXT NOT NULL CHECK (entered_on >= received_on),
    channel         TEXT CHECK (channel IN ('login', 'letter', 'email')),
    login           TEXT CHECK ((login IS NOT NULL) = (channel IS NOT NULL AND channel = 'login')),
    given_by        TEXT,
    reason          TEXT,
    -- The renewal it was given for, and the last day for notice of that one.
    renewal_date    TEXT NOT NULL,
    deadline        TEXT NOT NULL,
    in_time         INTEGER NOT NULL CHECK (in_time IN (0, 1)),
    -- The office's goodwill: late, and taken as if in time.
    goodwill        INTEGER NOT NULL CHECK (goodwill IN (0, 1) AND (goodwill = 0 OR in_time = 0)),
    ends_on         TEXT NOT NULL,
    evidence_name   TEXT,
    evidence_sha256 TEXT CHECK ((evidence_sha256 IS NULL) = (evidence_name IS NULL)),
    evidence        BLOB,
    withdrawn_on    TEXT
) STRICT;
CREATE UNIQUE INDEX notice_in_force ON notice (subscription_id) WHERE withdrawn_on IS NULL;
CREATE INDEX notice_by_subscription ON notice (subscription_id);

-- The bytes of a notice's confirmation, fixed the first time they leave the shop.
CREATE TABLE confirmation (
    notice_id INTEGER PRIMARY KEY REFERENCES notice (id),
    sha256    TEXT NOT NULL,
    bytes     BLOB NOT NULL
) STRICT;
CREATE TRIGGER confirmation_is_frozen BEFORE UPDATE ON confirmation
BEGIN SELECT RAISE(ABORT, 'a document that left the shop is never altered'); END;
CREATE TRIGGER confirmation_is_kept BEFORE DELETE ON confirmation
BEGIN SELECT RAISE(ABORT, 'a document that left the shop is never deleted'); END;

-- A term that was billed and taken back; it may be billed again (R14 holds in `term`).
CREATE TABLE withdrawn_term (
    subscription_id INTEGER NOT NULL REFERENCES subscription (id),
    start_on        TEXT NOT NULL,
    end_on          TEXT NOT NULL CHECK (end_on > start_on),
    invoice_id      INTEGER NOT NULL REFERENCES invoice (id),
    credit_note_id  INTEGER NOT NULL REFERENCES invoice (id),
    PRIMARY KEY (subscription_id, start_on, invoice_id)
) STRICT, WITHOUT ROWID;

-- A reminder of a coming renewal, once a term; the price it states binds for that term.
CREATE TABLE renewal_reminder (
    subscription_id INTEGER NOT NULL REFERENCES subscription (id),
    start_on        TEXT NOT NULL,
    reminded_on     TEXT NOT NULL,
    deadline        TEXT NOT NULL CHECK (reminded_on <= deadline),
    price_ore       INTEGER NOT NULL CHECK (price_ore >= 0),
    PRIMARY KEY (subscription_id, start_on)
) STRICT, WITHOUT ROWID;

-- A credit note is an invoice of its own in the same series, with amounts above zero that are owed
-- to the customer.
ALTER TABLE invoice ADD COLUMN kind TEXT NOT NULL DEFAULT 'invoice'
    CHECK (kind IN ('invoice', 'credit_note'));
ALTER TABLE invoice ADD COLUMN credits_id INTEGER REFERENCES invoice (id)
    CHECK ((credits_id IS NOT NULL) = (kind = 'credit_note'));
ALTER TABLE invoice ADD COLUMN credit_reason TEXT
    CHECK ((credit_reason IS NOT NULL) = (kind = 'credit_note'));
ALTER TABLE invoice ADD COLUMN buyer_vat_number TEXT;
CREATE INDEX invoice_by_credited ON invoice (credits_id) WHERE credits_id IS NOT NULL;

-- Which rule made the price: the list, an agreement, a reminder's promise, or the former price held.
ALTER TABLE invoice_line ADD COLUMN price_rule TEXT NOT NULL DEFAULT 'list'
    CHECK (price_rule IN ('list', 'agreed', 'promised', 'held'));
-- The line of the credited invoice that a line of a credit note takes back.
ALTER TABLE invoice_line ADD COLUMN credited_position INTEGER;

-- The outbox may hold letters about no invoice, with frozen facts of their own.
CREATE TABLE new_outbox (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    cause      TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    language   TEXT NOT NULL,
    invoice_id INTEGER REFERENCES invoice (id),
    account_id INTEGER REFERENCES account (id),
    notice_id  INTEGER REFERENCES notice (id),
    facts      TEXT,
    message_id TEXT NOT NULL UNIQUE,
    status     TEXT NOT NULL
        CHECK (status IN ('waiting', 'claimed', 'sent', 'failed', 'held', 'bounced')),
    attempts   INTEGER NOT NULL DEFAULT 0,
    queued_at  TEXT NOT NULL,
    due_at     TEXT,
    sent_at    TEXT,
    transport  TEXT,
    detail     TEXT,
    UNIQUE (cause, kind, recipient),
    CHECK ((invoice_id IS NULL) = (account_id IS NOT NULL AND facts IS NOT NULL)),
    CHECK (notice_id IS NULL OR account_id IS NOT NULL)
) STRICT;
INSERT INTO new_outbox (id, kind, cause, recipient, language, invoice_id, message_id, status,
    attempts, queued_at, due_at, sent_at, transport, detail)
SELECT id, kind, cause, recipient, language, invoice_id, message_id, status, attempts, queued_at,
    due_at, sent_at, transport, detail
FROM outbox;
CREATE TABLE new_message (
    outbox_id INTEGER PRIMARY KEY REFERENCES new_outbox (id),
    bytes     BLOB NOT NULL
) STRICT;
INSERT INTO new_message (outbox_id, bytes) SELECT outbox_id, bytes FROM message;
DROP TABLE message;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
ALTER TABLE new_message RENAME TO message;
CREATE INDEX outbox_by_status ON outbox (status, id);
CREATE INDEX outbox_by_invoice ON outbox (invoice_id) WHERE invoice_id IS NOT NULL;
CREATE INDEX outbox_by_account ON outbox (account_id) WHERE account_id IS NOT NULL;
