-- Whose licence a line of an invoice is for, and for how many logins, as they were when it was issued.
-- Lines of before do without.

ALTER TABLE invoice_line ADD COLUMN holder TEXT;
ALTER TABLE invoice_line ADD COLUMN seats INTEGER
    CHECK ((seats IS NULL) = (holder IS NULL) AND (seats IS NULL OR seats > 0));
