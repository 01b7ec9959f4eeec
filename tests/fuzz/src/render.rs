//! The formats read, as the program has them. The reader of SIE is the one its tests use.

#[path = "../../../src/render/agreement/mod.rs"]
pub mod agreement;
#[path = "../../../src/render/bank/mod.rs"]
pub mod bank;
#[path = "../../../src/render/code.rs"]
mod code;
#[path = "../../../src/render/csv/mod.rs"]
pub mod csv;
#[path = "../../../src/render/deflate.rs"]
mod deflate;
#[path = "../../../src/render/pdf/mod.rs"]
pub mod pdf;
#[path = "../../../src/render/seal/mod.rs"]
pub mod seal;

pub mod sie {
    pub use super::cp437;
    pub use super::reader;
}

#[path = "../../../src/render/sie/cp437.rs"]
pub mod cp437;
#[path = "../../../src/render/sie/reader.rs"]
pub mod reader;
