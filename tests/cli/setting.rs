use crate::support::Shop;
use insta::assert_snapshot;

#[test]
fn settings_are_listed_with_what_they_decide() {
    let shop = Shop::open();
    assert_snapshot!(shop.table("setting list"), @"
    Setting                   Value          Choices                        What it decides
    ────────────────────────────────────────────────────────────────────────────────────────────────────
    notice_counted_from       renewal_date   renewal_date or last_day       the months of notice are
                                                                            counted back from this day
    notice_deadline_moves     no             yes or no                      whether a last day for
                                                                            notice that is no working
                                                                            day moves to the next one
    price_notice_days         30             0 to 180 days                  days before the last day for
                                                                            notice by which a rise must
                                                                            be entered
    renewal_reminders         off            on or off                      customers are reminded
                                                                            before the last day for
                                                                            notice
    renewal_reminder_days     30             0 to 180 days                  days before the last day for
                                                                            notice of the reminder
    renewal_invoice_days      0              0 to 90 days                   days before the term that
                                                                            its invoice goes out
    payment_reminders         off            on or off                      customers are reminded of
                                                                            unpaid invoices
    bank_file_days            3              0 to 30 days, or off           banking days that the newest
                                                                            bank file may be old for
                                                                            customers to be reminded
    rest_written_off          5.00           0 to 100 kronor                what payments leave of an
                                                                            invoice is written off below
                                                                            this
    late_interest             on             on or off                      late interest is charged by
                                                                            payment reminders
    write_off_takes_vat       no             yes or no                      a write-off takes back the
                                                                            VAT in it
    fetch_stops_days          off            0 to 365 days, or off          days after the due date from
                                                                            which an unpaid invoice
                                                                            stops documents being
                                                                            fetched
    prepaid_income            at_once        at_once or monthly             when the income of a term is
                                                                            booked
    financial_year_starts     1              1 to 12                        month in which the financial
                                                                            year starts
    backup_days               7              1 to 90 days, or off           days after which `shopctl
                                                                            status` asks for a backup
    licence_margin_mm         15             0 to 70 mm                     millimetres beside header
                                                                            and footer of a licence's
                                                                            copies
    licence_edge_mm           5              0 to 70 mm                     millimetres above the header
                                                                            and below the footer
    licence_text_points       7.5            4 to 24 points, with one       points that their letters
                                             decimal                        are high
    licence_grey_percent      33             0 to 78 percent                how grey they are; 0 is
                                                                            black
    licence_scale_percent     75             30 to 100 percent, or off      part of its size that a page
                                                                            may be scaled down to where
                                                                            it leaves them no room
    password_memory_mib       46             46 to 1024 MiB                 mebibytes of memory that
                                                                            hashing a password takes
    password_passes           1              1 to 10                        passes over that memory
    password_lanes            1              1 to 16                        lanes of that memory
    password_characters_min   15             15 to 64 characters            characters that a new
                                                                            password has at least
    reset_minutes             60             5 to 1440 minutes              minutes that the link to
                                                                            choose a new password is
                                                                            good
    invitation_days           14             1 to 60 days                   days that the link in an
                                                                            invitation is good
    account_receivable        1510           4 to 6 digits                  account of what customers
                                                                            owe
    account_bank              1930           4 to 6 digits                  account of the bank
    account_advances          2420           4 to 6 digits                  account of customers' money
                                                                            that settles no invoice yet
    account_vat_25            2611           4 to 6 digits                  account of VAT at 25 %
    account_vat_12            2621           4 to 6 digits                  account of VAT at 12 %
    account_vat_6             2631           4 to 6 digits                  account of VAT at 6 %
    account_sales_25          3001           4 to 6 digits                  account of sales at 25 % VAT
    account_sales_12          3002           4 to 6 digits                  account of sales at 12 % VAT
    account_sales_6           3003           4 to 6 digits                  account of sales at 6 % VAT
    account_sales_exempt      3004           4 to 6 digits                  account of sales without VAT
    account_reminder_fees     3540           4 to 6 digits                  account of reminder fees
    account_compensation      3590           4 to 6 digits                  account of compensation for
                                                                            late payment
    account_interest          8313           4 to 6 digits                  account of late interest
    account_rounding          3740           4 to 6 digits                  account of rests written off
    account_losses            6351           4 to 6 digits                  account of bad debts
    account_prepaid           2970           4 to 6 digits                  account of income for terms
                                                                            that have not come yet
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
    error: <NAME>: `notice` is not a setting; did you mean `notice_counted_from`?
    --- status 5
    ");
    assert_snapshot!(shop.run("setting set payment_reminder on"), @"
    --- stderr
    error: <NAME>: `payment_reminder` is not a setting; did you mean `payment_reminders`?
    --- status 5
    ");
    assert_snapshot!(shop.run("setting set frequency on"), @"
    --- stderr
    error: <NAME>: `frequency` is not a setting; `shopctl setting list` lists them
    --- status 5
    ");
    assert_snapshot!(shop.run("setting set renewal_invoice_days 91"), @"
    --- stderr
    error: `91` is no value of `renewal_invoice_days`, which is 0 to 90 days
    hint: `shopctl setting list` shows the choices of each
    --- status 5
    ");
}
