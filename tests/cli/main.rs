//! The real program, driven as its users drive it: one file per noun, each test a day in the shop.

mod account;
mod audit;
mod billing;
mod daily;
mod find;
mod import;
mod init;
mod invoice;
mod mail;
mod manners;
mod members;
mod notice;
mod order;
mod personal_data;
mod product;
mod renewal;
mod setting;
mod staff;
mod store;
mod subscription;
mod succession;
mod support;
mod take_over;
mod terminal;
mod undo;
