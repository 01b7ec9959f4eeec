#!/usr/bin/env bash
# A shop's first day, and the day a year later on which its subscriptions renew.
#
# Builds shopctl unless SHOPCTL_BIN names one, and works in a new temporary folder with a store,
# settings and mails of its own, which it leaves there: no real shop or mail account is touched.
# The shop is one for practice, so that SHOPCTL_NOW can set its clock.
set -euo pipefail
# shellcheck source=examples/practice.sh
. "$(dirname "${BASH_SOURCE[0]}")/practice.sh"

first_day=2027-01-11
year_later=2028-01-11
practice first-day "${year_later}T12:00:00+01:00"
export SHOPCTL_NOW="${first_day}T09:00:00+01:00"

say "1. The shop opens, on Monday $first_day. The seller comes from a file."
run init --practice --seller examples/seller.toml

say '2. 130 authorities come from a spreadsheet: semicolons, Swedish headings.'
run account import examples/organisations.csv | sed -n '1p; / created, /p'
run account list --search tekniska --columns org_number,name,city,member

say '3. Two things are sold: a subscription, and a printed copy. Members pay less.'
run product create AB04 --kind subscription --name-sv 'AB 04, digital utgåva' \
    --name-en 'AB 04, digital edition' --price 3900 --member-price 2900 --vat 25
run product create AB04-PRINT --kind printed --name-sv 'AB 04, tryckt' \
    --name-en 'AB 04, printed' --price 120 --member-price 90 --vat 6
run product list

say '4. A member orders a subscription: an invoice is issued, a mail is queued.'
run order create --account 202100-3054 --item AB04 --reference 'Inköp 4711'

say '5. Sida wants its documents in English.'
run account edit 202100-4789 --language en
run order create --account 202100-4789 --item AB04

say '6. Sveriges geologiska undersökning takes three printed copies as well.'
run order create --account 202100-2528 --item AB04 --item AB04-PRINT=3

say '7. The mails go out, in this shop into a folder.'
run mail send
run mail list --columns number,recipient,invoice,status

say '8. An invoice, explained and as PDF.'
run invoice show 1003
run invoice pdf 1003 -o "$work/faktura-1003.pdf"

say '9. What a customer on the telephone is told.'
run subscription show 1001

say "10. What the renewals of $year_later will bring: a dry run, which changes nothing."
run subscription renew --as-of "$year_later" --dry-run

export SHOPCTL_NOW="${year_later}T06:00:00+01:00"
say "11. A year has passed: it is $year_later, and the next terms begin."
run subscription renew

say '12. Run again, it finds nothing to do: a term is billed once.'
run subscription renew
run mail send
run invoice list --columns number,issued_on,due_on,name,total,mail

say '13. Every change is in the audit trail, and the trail is whole.'
run audit verify

say 'Look around:'
cat <<END
  the PDF            $work/faktura-1003.pdf
  the mails          $work/mail/
  the shop           . $work/env
                     shopctl status
                     shopctl account show 202100-2528
                     shopctl audit list
  when done          rm -r $work
END
