//! Nothing depends on where a process thinks it is: its time zone, its language.

use std::thread;

use crate::support::Shop;

/// Where a process may think it is.
const PLACES: [(&str, &str); 4] = [
    ("Europe/Stockholm", "sv_SE.UTF-8"),
    ("Pacific/Kiritimati", "tr_TR.UTF-8"),
    ("America/Los_Angeles", "C"),
    (":/no/such/zone", "no_such_locale"),
];

/// Moments about midnight, about the turn of the year and about both changes to and from summer time.
const MOMENTS: [&str; 6] = [
    "2026-03-28T22:59:59Z",
    "2026-03-28T23:00:00Z",
    "2026-03-29T00:59:59Z",
    "2026-10-25T00:59:59Z",
    "2026-10-25T23:00:00Z",
    "2026-12-31T23:00:00Z",
];

/// Does a day's work at each moment, and returns all that was said and made.
fn told(shop: &Shop, (zone, locale): (&str, &str)) -> Vec<String> {
    let mut told = Vec::new();
    let mut run = |line: &str| {
        let mut command = shop.command(line);
        command.env("TZ", zone).env("LC_ALL", locale).env("LANG", locale).env("LANGUAGE", locale);
        told.push(format!("$ {line}\n{}", shop.finish(&mut command)));
    };
    run("product create daily-i --kind licence --term-months 1 --notice-months 0 --price 1234,50 \
         --member-price 1000 --vat 25 --name-sv IÄÖÅ --name-en I");
    run("account create 202100-3625 --name 'Öland IİıI' --email A@I.example --street S \
         --postal-code 11122 --city Åre --invoice-email faktura@i.example");
    run("order create --account 202100-3625 --item daily-i");
    for moment in MOMENTS {
        shop.at(moment);
        run("order create --account 212000-0142 --item AB04 --yes");
        run("daily");
        run("status");
        run("account list --search 'öland i'");
        run("subscription list --renews-before 2027-03-29 --notice-before 2026-12-30 --json");
        run("subscription show 1001");
        run("report renewals");
        run("report recurring --chart --format table");
        run("audit list");
    }
    run("subscription renew --only 1002 --as-of 2027-04-01 --yes");
    run("invoice pdf 1001 -o 1001.pdf");
    told.push(format!("{:?}", std::fs::read(shop.path("1001.pdf")).expect("the PDF")));
    told.extend(shop.letters().iter().map(|letter| crate::support::text_of(letter)));
    told
}

#[test]
fn the_processs_time_zone_and_language_change_nothing() {
    let all: Vec<Vec<String>> = thread::scope(|scope| {
        let threads = PLACES.map(|place| scope.spawn(move || told(&Shop::open(), place)));
        threads.into_iter().map(|thread| thread.join().expect("a day's work")).collect()
    });
    for told in &all[0] {
        assert!(!told.contains("--- status"), "{told}");
    }
    for (place, there) in PLACES.iter().zip(&all) {
        assert_eq!(&all[0], there, "{place:?}");
    }
}

#[test]
fn the_shops_day_turns_at_midnight_in_stockholm_in_winter_and_in_summer() {
    let shop = Shop::open();
    for (moment, day) in [
        ("2026-03-28T22:59:59Z", "2026-03-28"),
        ("2026-03-28T23:00:00Z", "2026-03-29"),
        ("2026-03-29T21:59:59Z", "2026-03-29"),
        ("2026-03-29T22:00:00Z", "2026-03-30"),
        ("2026-10-24T22:00:00Z", "2026-10-25"),
        ("2026-10-25T22:59:59Z", "2026-10-25"),
        ("2026-10-25T23:00:00Z", "2026-10-26"),
    ] {
        shop.at(moment);
        let order = shop.run("order create --account 556036-0793 --item AB04 --yes -n --json");
        let order: serde_json::Value = serde_json::from_str(&order.stdout).expect("an order");
        assert!(order["events"].to_string().contains(&format!("\"start\":\"{day}\"")), "{order}");
    }
}
