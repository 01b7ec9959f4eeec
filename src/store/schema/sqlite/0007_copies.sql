-- Where the store lives, what was left out of its series, and how far its documents are archived.

-- One row: the place and the machine that the store was made on, or adopted by. Opened elsewhere it is
-- a copy, and sends no mail.
CREATE TABLE home (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    path      TEXT NOT NULL,
    -- A hash of the machine's own id; null where the machine has none.
    host      TEXT,
    host_name TEXT NOT NULL,
    since     TEXT NOT NULL
) STRICT;

-- Numbers that nothing will ever bear, because a customer may hold a document of a time that is lost.
CREATE TABLE series_gap (
    id           INTEGER PRIMARY KEY,
    series       TEXT NOT NULL,
    first_number INTEGER NOT NULL CHECK (first_number > 0),
    last_number  INTEGER NOT NULL CHECK (last_number >= first_number)
) STRICT;
CREATE TRIGGER series_gap_is_frozen BEFORE UPDATE ON series_gap
BEGIN SELECT RAISE(ABORT, 'a gap in a series is never altered'); END;
CREATE TRIGGER series_gap_is_kept BEFORE DELETE ON series_gap
BEGIN SELECT RAISE(ABORT, 'a gap in a series is never deleted'); END;
