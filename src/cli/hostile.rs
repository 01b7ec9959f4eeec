//! Every value that a command line can hold, tried on texts made to do harm.
//!
//! The tree of commands is walked, so that a new flag is tried too. Which of them take such a text as it is
//! stands in [`TAKE_ANYTHING`]: what is done with it there is each one's own affair, and looked at in
//! `tests/cli/hostile.rs`.

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::Cli;
use crate::domain::text::steers;

/// The fields that take such a text from the command line as it is: what is searched for or compared with
/// names that are known, reminders of several lines, and what the domain reads when the command runs.
const TAKE_ANYTHING: [&str; 31] = [
    "columns",
    "find words",
    "seller edit legal_name",
    "seller edit shop_name",
    "seller edit org_number",
    "seller edit vat_number",
    "seller edit f_tax",
    "seller edit registered_office",
    "seller edit street",
    "seller edit postal_code",
    "seller edit city",
    "seller edit office_email",
    "seller edit phone",
    "seller edit web",
    "seller edit bankgiro",
    "seller edit plusgiro",
    "seller edit iban",
    "seller edit bic",
    "seller edit replaces",
    "seller edit payment_terms_days",
    "seller edit accent_colour",
    "seller level set text_sv",
    "seller level set text_en",
    "seller conditions edit subscription_sv",
    "seller conditions edit subscription_en",
    "seller conditions edit printed_sv",
    "seller conditions edit printed_en",
    "account list search",
    "product create vat_exemption",
    "product vat vat_exemption",
    "help words",
];

/// What texts are put together from.
const PIECES: [&str; 56] = [
    "\u{1b}[2J",
    "\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\r\n",
    "\n",
    "\r",
    "\t",
    "\u{b}",
    "\u{7f}",
    "\u{85}",
    "\u{202e}",
    "\u{2066}",
    "\u{2028}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{fffd}",
    "\u{e0041}",
    "e\u{301}\u{301}\u{301}\u{301}",
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "../../../etc/passwd",
    "/etc/passwd",
    "..\\..\\",
    "C:\\",
    "%s%n",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "<script>",
    "&amp;",
    "]]>",
    "'; DELETE FROM account; --",
    "\"",
    "'",
    "\\",
    "$(id)",
    "`id`",
    "|",
    ";",
    ",",
    "=",
    ":",
    "#",
    "é",
    "ﷺ",
    "𝕬",
    "0",
    "99999999999999999999",
    "1e999",
    "2026-02-30",
    "556036-0793",
    "a@b.example",
    "Åkeri",
];

/// Returns the `n`th text, the same each time: the pieces one by one, then two to four together, and now
/// and then something far too long.
fn text(n: usize) -> String {
    if n < PIECES.len() {
        return PIECES[n].to_owned();
    }
    if n.is_multiple_of(997) {
        return PIECES[n % PIECES.len()].repeat(20_000);
    }
    let mut state = (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        state ^= state >> 29;
        state = state.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (state >> 40) as usize
    };
    (0..2 + next() % 3).map(|_| PIECES[next() % PIECES.len()]).collect()
}

/// Visits each argument that has a value, with the words of its command.
fn each_field(command: &Command, path: &str, visit: &mut impl FnMut(&str, &Arg)) {
    for arg in command.get_arguments() {
        if matches!(arg.get_action(), ArgAction::Set | ArgAction::Append) {
            visit(&format!("{path} {}", arg.get_id()), arg);
        }
    }
    for below in command.get_subcommands() {
        each_field(below, format!("{path} {}", below.get_name()).trim(), visit);
    }
}

#[test]
fn a_hostile_text_is_refused_or_taken_by_every_field_and_steers_nothing() {
    let mut command = Cli::command();
    command.build();
    let step = if std::env::var_os("SHOPCTL_LONG").is_some() { 1 } else { 101 };
    let (mut fields, mut tried, mut careless) = (0, 0, Vec::new());
    each_field(&command, "", &mut |name, arg| {
        // Those of every command are tried once.
        if arg.is_global_set() && !name.starts_with(' ') {
            return;
        }
        fields += 1;
        let alone = Arg::new("it")
            .long("it")
            .action(ArgAction::Set)
            .allow_hyphen_values(true)
            .value_parser(arg.get_value_parser().clone());
        let mut parser = Command::new("one").arg(alone);
        let mut try_it = |text: &str| {
            tried += 1;
            match parser.try_get_matches_from_mut(["one".to_owned(), format!("--it={text}")]) {
                Ok(found) => {
                    found.try_get_one::<String>("it").ok().flatten().is_some_and(|it| steers(it))
                }
                Err(error) => error.to_string().is_empty(),
            }
        };
        let takes =
            ["a\u{1b}[2Jb", "a\u{202e}b", "a\nb"].into_iter().filter(|text| try_it(text)).count();
        for n in (fields % step..10_000).step_by(step) {
            try_it(&text(n));
        }
        if takes > 0 {
            careless.push(name.trim().to_owned());
        }
    });
    assert!(fields > 200 && tried > 10_000, "{tried} texts in {fields} fields");
    assert_eq!(careless, TAKE_ANYTHING);
}
