//! What is shown: a value becomes text or bytes.

pub mod agreement;
pub mod bank;
pub mod chart;
mod code;
pub mod csv;
mod deflate;
pub mod mail;
pub mod pdf;
#[cfg_attr(not(test), expect(dead_code, reason = "no command seals or verifies yet"))]
pub mod seal;
pub mod sheet;
pub mod sie;
pub mod table;
pub mod ubl;
