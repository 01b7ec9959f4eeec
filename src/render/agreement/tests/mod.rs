//! Agreements as files: what is taken, what is refused, and what a stamped copy holds.
