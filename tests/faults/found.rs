//! Failures that the tests beside this one found, each by its name.

use crate::disk::{EIO, ENOSPC, Fault, Request, fail, requests, watch};
use crate::scenario::{copy, home, move_in, reads_well};
use crate::support::{Shop, example, org_number};

fn with_seller() -> Shop {
    let shop = home();
    std::fs::create_dir(shop.home().join("tmp")).expect("a folder");
    shop
}

fn init() -> String {
    format!("init --practice --seller {}", example("seller.toml"))
}

/// Returns how many requests an `init` makes of the disk.
fn last_requests() -> usize {
    let shop = with_seller();
    let log = shop.home().join("tmp/log");
    shop.finish(watch(&mut shop.command(&init()), &shop).env("FAULT_LOG", &log));
    requests(&std::fs::read(log).expect("the log"), false).len()
}

/// A store that was made halfway stood in the way of the next `init`, and had to be removed by hand.
#[test]
fn an_init_that_is_interrupted_leaves_no_store_and_is_run_again() {
    for request in [2, 5, 9, 20, 100, 300] {
        let shop = with_seller();
        let outcome = shop.finish(fail(&mut shop.command(&init()), &shop, request, Fault::Kill));
        assert_eq!(outcome.status, -1, "killed at {request}\n{outcome}");
        assert!(!shop.store().exists(), "a store after {request} requests");
        assert_eq!(shop.run("status").status, 4, "there is none, and that is said");
        shop.ok(&init());
        shop.ok("audit verify");
    }
}

#[test]
fn an_init_on_a_full_disk_leaves_nothing_and_says_what_to_do() {
    let last = last_requests();
    for request in [2, 5, 20, 100].into_iter().chain(last - 8..last - 3) {
        let shop = with_seller();
        let full = Fault::ForGood(ENOSPC);
        let outcome = shop.finish(fail(&mut shop.command(&init()), &shop, request, full));
        assert_eq!(outcome.status, 8, "request {request} of {last}\n{outcome}");
        assert_eq!(reads_well(&outcome), Ok(()));
        assert!(!shop.store().exists());
        shop.ok(&init());
    }
}

/// The mail was kept for later and the run ended with 0, as if a server had been away for a minute.
#[test]
fn a_mail_that_the_disk_refuses_is_no_success() {
    let shop = with_seller();
    shop.ok(&init());
    shop.ok("product create AB04 --kind subscription --name-sv Avtal --name-en Agreement \
         --price 3900 --member-price 2900 --vat 25");
    shop.ok(&format!(
        "account create {} --name 'Bolaget AB' --email inkop@bolaget.example \
         --invoice-email faktura@bolaget.example --street 'Gatan 1' --postal-code 11122 --city Malmö",
        org_number(1)
    ));
    shop.ok(&format!("order create --account {} --item AB04", org_number(1)));
    let watched = home();
    copy(shop.home(), watched.home());
    move_in(&watched);
    let log = watched.home().join("tmp/log");
    let mut command = watched.command("mail send");
    watched.finish(watch(&mut command, &watched).env("FAULT_LOG", &log));
    let log = requests(&std::fs::read(log).expect("the log"), false);
    let of_mail = |request: &Request| request.path.parent().is_some_and(|it| it.ends_with("mail"));
    let first = 1 + log.iter().position(of_mail).expect("a mail in the folder");
    let full = Fault::Once(ENOSPC);
    let outcome = shop.finish(fail(&mut shop.command("mail send"), &shop, first, full));
    assert!(outcome.stderr.contains(".eml` could not be written"), "{outcome}");
    assert_eq!((outcome.status, reads_well(&outcome)), (8, Ok(())), "{outcome}");
    shop.at("2026-03-01T10:00:00Z");
    shop.ok("mail send");
    assert_eq!(shop.letters().len(), 1);
}

/// The failure named a temporary file that nobody had asked for, and no next step.
#[test]
fn a_file_that_the_disk_refuses_is_told_by_its_own_name_and_with_what_to_do() {
    for (number, hint) in [
        (ENOSPC, "make room on the disk and run the command again"),
        (EIO, "what was finished is kept; run the command again"),
    ] {
        let shop = with_seller();
        shop.ok(&init());
        let refused = Fault::ForGood(number);
        let mut last = None;
        for request in 1..60 {
            let mut command = shop.command("account export -o accounts.csv");
            command.env("TMPDIR", "/tmp");
            let outcome = shop.finish(fail(&mut command, &shop, request, refused));
            if outcome.stderr.contains("accounts.csv` cannot be written") {
                last = Some(outcome);
            }
        }
        let outcome = last.expect("one of them is the file's");
        assert!(outcome.stderr.contains(hint), "{outcome}");
        assert!(!outcome.stderr.contains(".tmp"), "{outcome}");
        assert_eq!(outcome.status, 8, "{outcome}");
    }
}
