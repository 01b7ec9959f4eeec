//! One parser under libFuzzer: `SHOPCTL_PARSER` names it. See `run`.
//!
//! Each input is timed by the processor's clock, so that a busy machine is no finding, and the memory it
//! holds at most is counted. Over the bounds it is a finding as a panic is.

#![no_main]
#![allow(dead_code, unused_imports)]

#[path = "../../../src/domain/mod.rs"]
mod domain;
#[path = "../../../src/effects/mailer/settings.rs"]
mod mailer_settings;
mod measure;
mod parsers;
mod render;

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

#[global_allocator]
static MEMORY: measure::Counting = measure::Counting;

static PARSER: OnceLock<fn(&[u8])> = OnceLock::new();

fuzz_target!(
    init: {
        let name = std::env::var("SHOPCTL_PARSER").expect("SHOPCTL_PARSER names a parser");
        let found = parsers::PARSERS.iter().find(|(known, _)| *known == name);
        let (_, parser) = found.unwrap_or_else(|| panic!("no parser is called {name}"));
        // What is loaded once, such as fonts, is not the first input's.
        parser(b"");
        measure::begin();
        let _ = PARSER.set(*parser);
    },
    |bytes: &[u8]| {
        let parser = PARSER.get().expect("set at the start");
        measure::input(bytes, || parser(bytes));
    }
);
