//! Whatever is ordered, credited, issued anew, paid, taken back, reminded of and given up, the books
//! agree: with themselves after every deed, and in the end with the files that bookkeeping was given.
//!
//! As it stands this takes seconds. `SHOPCTL_LONG=1` makes long histories, and many of them.

mod act;
mod bank;
mod chase;
mod deed;
mod law;
mod play;

use proptest::prelude::*;

use self::deed::{beginning, deed};
use self::play::{Play, all_days};

/// How many histories, and how many deeds the longest has.
fn extent() -> (u32, usize) {
    let is_long = std::env::var_os("SHOPCTL_LONG").is_some_and(|value| value == "1");
    if is_long { (400, 150) } else { (24, 60) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: extent().0, ..ProptestConfig::default() })]

    #[test]
    fn the_books_agree_whatever_is_done(
        beginning in beginning(),
        history in proptest::collection::vec(deed(), 1..extent().1),
    ) {
        let mut play = Play::new();
        for choice in &beginning {
            play.act(0, choice);
        }
        for (days, deed) in &history {
            play.act(*days, deed);
        }

        // Years later all months have come.
        let today = play.shop.today();
        play.shop.set_today(all_days().to);
        play.export(all_days());
        play.shop.set_today(today);
        let (booked, has_spread) = (&play.booked, play.has_spread);
        play.shop
            .read(|tx| {
                law::the_files_are_the_ledger(tx, booked, has_spread)?;
                assert_eq!(tx.verify_chain()?.1, []);
                Ok(())
            })
            .expect("a store that can be read");
    }
}
