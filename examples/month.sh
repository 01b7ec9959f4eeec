#!/usr/bin/env bash
# The month after the first invoices: the bank's file, a part payment, a late one, a reissue, a credit,
# and the month's end, where all sums must agree.
#
# Builds shopctl unless SHOPCTL_BIN names one, and works in a new temporary folder with a store,
# settings and mails of its own, which it leaves there: no real shop or mail account is touched.
# The shop is one for practice, so that SHOPCTL_NOW can set its clock.
set -euo pipefail
# shellcheck source=examples/practice.sh
. "$(dirname "${BASH_SOURCE[0]}")/practice.sh"

practice month 2026-11-02T17:00:00+01:00

# Lets the clock of the shop go on to a day.
day() {
    export SHOPCTL_NOW="$1T09:00:00+01:00"
}

# Returns the sum of a list's column, in kronor: in a pipe a list is bare lines, for other programs.
sum() {
    local column=$1
    shift
    "$bin" --no-input --columns "$column" "$@" 2>/dev/null | awk '{ s += $1 } END { printf "%.2f", s }'
}

day 2026-09-01
say '1. A shop with five customers: five invoices go out on 1 September, due on 1 October.'
run init --practice --seller examples/seller.toml
run account import examples/organisations.csv | sed -n '1p; / created, /p'
run product create AB04 --kind subscription --name-sv 'AB 04, digital utgåva' \
    --name-en 'AB 04, digital edition' --price 3900 --member-price 2900 --vat 25
run product create AB04-PRINT --kind printed --name-sv 'AB 04, tryckt' \
    --name-en 'AB 04, printed' --price 120 --member-price 90 --vat 6
run order create --account 202100-3054 --item AB04 --reference 'Inköp 4711'
run order create --account 202100-4789 --item AB04
run order create --account 202100-2528 --item AB04 --item AB04-PRINT=3
run order create --account 202100-3690 --item AB04-PRINT=2 --reference 'fel referens'
run order create --account 202100-2122 --item AB04
run mail send
run setting set payment_reminders on
run order list --to-post
run order ship 1003 --tracking 00373500489530470017 -o "$work/slip-1003.pdf"
run order ship 1004 -o "$work/slip-1004.pdf"

day 2026-10-06
say "2. The bank's file comes. What is clear is settled; read once more, it changes nothing."
run payment import examples/bank.txt
run payment import examples/bank.txt
run payment list

say '3. One payment names no invoice. The likeliest is proposed, and a person decides.'
run payment list --unmatched
run payment match 6 1002

say '4. One customer paid too much: what is over is paid back.'
run payment refund 5 --date 2026-10-06 --reason 'betalt för mycket'

say '5. A wrong reference: credited and issued anew in one step, and the payment moves along.'
run invoice reissue 1004 --reference 'Inköp 12' --reason 'rätt referens' --yes

say '6. One of three printed copies came damaged: it is credited, and its money is free again.'
run invoice credit 1003 --line 2=1 --reason 'Ett exemplar var skadat.' --yes

say '7. A part is unpaid. The night reminds of it, politely at first.'
run daily

day 2026-10-20
say '8. Two weeks later: the bank tells in camt.054 of a further part.'
run payment import examples/bank.xml

say '9. The next reminder goes out, with a fee and late interest on what was left each day.'
run daily
run invoice show 1002

day 2026-10-26
say '10. The rest comes by telephone bank, and somebody orders anew.'
run payment record 1002 --amount "$(sum left invoice list --unpaid --account 202100-4789)" \
    --date 2026-10-26
run order create --account 202100-2528 --item AB04-PRINT=10
run status

say '11. All subscribers are told something: held, looked at, let go.'
run mail announce --to subscribers:AB04 --template examples/news.toml
first=$("$bin" --no-input --columns number mail list --kind announcement 2>/dev/null | tail -n 1)
run mail preview "$first" -o "$work/news.eml"
run mail release --announcement 1
run mail send

day 2026-11-02
say '12. The months are over: the books go to bookkeeping, and are locked.'
run export sie --from 2026-09-01 --to 2026-10-31 -o "$work/shop.si"
run report vat --from 2026-09-01 --to 2026-10-31
run report receivables --as-of 2026-10-31
run report series
run seller lock-books 2026-10-31 --yes

# Returns what the SIE file holds on accounts, in kronor.
booked() {
    sed -n "s/^#TRANS $1 {} \(-\{0,1\}[0-9.]*\).*/\1/p" "$work/shop.si" |
        awk -v sign="$2" '{ s += sign * $1 } END { printf "%.2f", s }'
}

say '13. What the books say, and what the shop says: the same, to the öre.'
months=(--from 2026-09-01 --to 2026-10-31)
printf '%-34s %12s %12s\n' '' 'SIE' 'shop' \
    '1510, what customers owe' "$(booked 1510 1)" \
    "$(sum sum report receivables --as-of 2026-10-31)" \
    '2611 and 2631, VAT' "$(booked '26[13]1' -1)" "$(sum vat report vat "${months[@]}")" \
    '3001 and 3003, sales' "$(booked '300[13]' -1)" "$(sum net report vat "${months[@]}")" \
    '2420, paid and not yet used' "$(booked 2420 -1)" "$(sum left payment list --balance)"
run audit verify

say 'Look around:'
cat <<END
  the books          $work/shop.si
  the mails          $work/mail/
  a packing slip     $work/slip-1003.pdf
  the shop           . $work/env
                     shopctl invoice show 1002
                     shopctl payment list
                     shopctl account show 202100-2528
  when done          rm -r $work
END
