#!/usr/bin/env bash
# A shop's first day, and the day a year later on which its subscriptions renew.
#
# Builds shopctl unless SHOPCTL_BIN names one, and works in a new temporary folder with a store,
# settings and mails of its own, which it leaves there: no real shop or mail account is touched.
# The shop is one for practice, so that SHOPCTL_NOW can set its clock.
set -euo pipefail

bin=${SHOPCTL_BIN:-}
if [ -n "$bin" ]; then
    bin="$(cd "$(dirname "$bin")" && pwd)/$(basename "$bin")"
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ -z "$bin" ]; then
    cargo build --locked
    target=$(cargo metadata --locked --no-deps --format-version 1 |
        sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
    bin="$target/debug/shopctl"
fi

first_day=2027-01-11
year_later=2028-01-11
work=$(mktemp -d "${TMPDIR:-/tmp}/shopctl-first-day.XXXXXX")
work=$(cd "$work" && pwd)

# Nothing of the caller's own shop shall be seen from here on.
export XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" SHOPCTL_STORE="$work/shop.db"
export SHOPCTL_NOW="${first_day}T09:00:00+01:00"
mkdir -p "$XDG_CONFIG_HOME/shopctl"
cat >"$XDG_CONFIG_HOME/shopctl/shopctl.toml" <<END
[mail]
transport = "folder"
folder = '$work/mail'
END
{
    printf 'export %s=%q\n' XDG_CONFIG_HOME "$XDG_CONFIG_HOME" XDG_DATA_HOME "$XDG_DATA_HOME"
    printf 'export SHOPCTL_STORE=%q\n' "$SHOPCTL_STORE"
    printf 'export SHOPCTL_NOW=%q\n' "${year_later}T12:00:00+01:00"
    # shellcheck disable=SC2016 # $PATH is for the shell that reads the file
    printf 'export PATH=%q:"$PATH"\n' "$(dirname "$bin")"
} >"$work/env"

bold='' dim='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$(printf '\033[1m') dim=$(printf '\033[2m') plain=$(printf '\033[0m')
fi

# Says what comes next.
say() {
    printf '\n%s%s%s\n' "$bold" "$*" "$plain"
}

# Shows a command as one would type it, then runs it. That the shop is for practice is said once, by
# this script, and not by each command.
run() {
    local words='' word status=0
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9@%_+=:,./-]* | '') words+=" '$word'" ;;
        *) words+=" $word" ;;
        esac
    done
    printf '%s$ shopctl%s%s\n' "$dim" "$words" "$plain"
    "$bin" --format table --no-input "$@" 2>"$work/said" || status=$?
    sed '/^PRACTICE:/d' "$work/said"
    rm "$work/said"
    return "$status"
}

printf 'A practice shop in %s\n' "$work"

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
