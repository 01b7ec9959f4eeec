//! What is true of the shop, whoever asks and on whatever day: values in, values out.

pub mod account;
pub mod address;
pub mod calendar;
pub mod conditions;
pub mod email;
pub mod event;
pub mod glossary;
pub mod import;
pub mod invoice;
pub mod language;
pub mod letter;
pub mod mail;
pub mod money;
pub mod ocr;
pub mod order;
pub mod org_number;
pub mod personal_data;
pub mod product;
pub mod seller;
pub mod setting;
pub mod staff;
pub mod subscription;
pub mod succession;
pub mod term;
pub mod text;
