//! What is shown: a value becomes text or bytes.

pub mod agreement;
pub mod bank;
pub mod chart;
mod code;
pub mod csv;
mod deflate;
pub mod mail;
pub mod pdf;
pub mod seal;
pub mod sheet;
pub mod sie;
pub mod table;
pub mod ubl;
