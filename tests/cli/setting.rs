use crate::support::Shop;
use insta::assert_snapshot;

#[test]
fn settings_are_listed_with_what_they_decide() {
    let shop = Shop::open();
    assert_snapshot!(shop.table("setting list"), @"
    Setting                 Value          Choices                    What it decides
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    notice_counted_from     renewal_date   renewal_date or last_day   the months of notice are counted
                                                                      back from this day
    notice_deadline_moves   no             yes or no                  whether a last day for notice that
                                                                      is no working day moves to the
                                                                      next one
    price_notice_days       30             0 to 180 days              days before the last day for
                                                                      notice by which a rise must be
                                                                      entered
    renewal_reminders       off            on or off                  customers are reminded before the
                                                                      last day for notice
    renewal_reminder_days   30             0 to 180 days              days before the last day for
                                                                      notice of the reminder
    renewal_invoice_days    0              0 to 90 days               days before the term that its
                                                                      invoice goes out
    ");
}

#[test]
fn the_last_day_for_notice_follows_the_rule_that_is_chosen() {
    let shop = Shop::with_an_order();
    let deadline = || shop.json("subscription show 1001")["notice_deadline"].clone();
    assert_eq!(deadline(), "2026-12-01");
    assert_snapshot!(shop.run("setting set notice-counted-from last-day"), @"
    setting changed        notice_counted_from  value: renewal_date → last_day
    --- stderr
    warning: the last day for notice of every running subscription is counted so from now on; the conditions that customers accepted should say the same
    ");
    assert_eq!(deadline(), "2026-11-28");
    shop.ok("setting set notice_deadline_moves yes");
    // The 28th of November 2026 is a Saturday.
    assert_eq!(deadline(), "2026-11-30");
    assert_eq!(shop.run("setting set notice_deadline_moves yes").stdout, "");
}

#[test]
fn a_setting_or_a_value_that_is_none_is_refused() {
    let shop = Shop::new();
    assert_snapshot!(shop.run("setting set notice never"), @"
    --- stderr
    error: <NAME>: `notice` is not a setting; there are notice_counted_from, notice_deadline_moves, price_notice_days, renewal_reminders, renewal_reminder_days, renewal_invoice_days
    --- status 5
    ");
    assert_snapshot!(shop.run("setting set renewal_invoice_days 91"), @"
    --- stderr
    error: `91` is no value of `renewal_invoice_days`, which is 0 to 90 days
    hint: `shopctl setting list` shows the choices of each
    --- status 5
    ");
}
