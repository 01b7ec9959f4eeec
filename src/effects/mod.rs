//! What touches the world: the clock, randomness, the terminal, the mail server.

pub mod actor;
pub mod clock;
pub mod host;
pub mod mailer;
pub mod outlet;
pub mod random;
pub mod secret;
pub mod terminal;
