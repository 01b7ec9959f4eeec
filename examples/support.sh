#!/usr/bin/env bash
# A morning in support: a password that was forgotten, a co-worker who was not told of the new one, a
# password that too many know, and a login that moves to another address.
#
# Builds shopctl unless SHOPCTL_BIN names one, and works in a new temporary folder with a store,
# settings and mails of its own, which it leaves there: no real shop or mail account is touched.
# The shop is one for practice, so that SHOPCTL_NOW can set its clock.
set -euo pipefail
# shellcheck source=examples/practice.sh
. "$(dirname "${BASH_SOURCE[0]}")/practice.sh"

practice support 2026-11-02T12:00:00+01:00

# Lets the clock of the shop go on to a time of the day.
at() {
    export SHOPCTL_NOW="2026-11-02T$1:00+01:00"
}

# Puts what a person would type at a prompt into a file that nobody else may read.
umask 077
typed() {
    printf '%s\n' "$2" >"$work/$1"
}

# Returns one fact of an answer: in a pipe an answer is bare lines, for other programs.
fact() {
    local name=$1
    shift
    "$bin" --no-input "$@" 2>/dev/null | sed -n "s/^$name\t//p"
}

# Takes the link out of the last mail about a password, as its reader would click on it.
link_to() {
    local mail
    mail=$(fact detail mail show "$(fact mail password status "$1")")
    sed -e ':join' -e '/=\r\{0,1\}$/{N;s/=\r\{0,1\}\n//;bjoin' -e '}' -e 's/=3D/=/g' "$mail" |
        sed -n 's|^\(https:.*/password?token=[0-9a-f]*\).*|\1|p'
}

# Runs a command that is to be refused, and tells the exit status on which a web shop acts.
refused() {
    local status=0
    run "$@" || status=$?
    printf 'exit status %s\n' "$status"
}

login=info@exempelverket.example
typed first.txt 'en kopp kaffe till tack'
typed new.txt 'lyktstolpe hallon sextant'
typed third.txt 'sju sorters kakor i plåtburk'

at 09:00
say '1. A customer with one login, which is invited to choose its password.'
run init --practice --seller examples/seller.toml
run product create AB04 --kind subscription --name-sv 'AB 04, digital utgåva' \
    --name-en 'AB 04, digital edition' --price 3900 --member-price 2900 --vat 25
run account create 556036-0793 --name 'Exempelverket AB' --email "$login" \
    --invoice-email faktura@exempelverket.example --street 'Storgatan 1' --postal-code '111 22' \
    --city Stockholm
run order create --account 556036-0793 --item AB04
run account login invite 556036-0793
run mail send
typed token.txt "$(link_to "$login")"
run password redeem --token-file "$work/token.txt" --password-file "$work/first.txt"
run password check "$login" --password-file "$work/first.txt"

at 10:00
say '2. The telephone: "we have forgotten our password". Support needs nothing but the address. Whether it is'
printf '   a login or not, the answer is the same.\n'
run password forgot "$login"
run password forgot ingen@exempelverket.example
run mail send

say '3. The customer follows the link of the mail and chooses a new password. It works once.'
typed token.txt "$(link_to "$login")"
run password redeem --token-file "$work/token.txt" --password-file "$work/new.txt"
refused password redeem --token-file "$work/token.txt" --password-file "$work/third.txt"
run password check "$login" --password-file "$work/new.txt"

at 10:20
say '4. A co-worker has not heard of it. The password before is no guess, and support finds the hint.'
refused password check "$login" --password-file "$work/first.txt"
run password status "$login"
run account history 556036-0793 --columns kind,change | sed -n '1,4p'

at 11:00
say '5. "Somebody who left us knows the password." It is locked at once, and a mail goes out.'
run password reset "$login" --ticket 4711
refused password check "$login" --password-file "$work/new.txt"
run mail send
typed token.txt "$(link_to "$login")"
run password redeem --token-file "$work/token.txt" --password-file "$work/third.txt"

at 11:30
say '6. The login moves to another address. The old one and the invoice e-mail are told, and the new one is'
printf '   mailed how to choose a password.\n'
run account login rename 556036-0793 "$login" avtal@exempelverket.example \
    --ticket 4712 --proof 'called back on the number of the register'
run mail send
run password status avtal@exempelverket.example
run audit verify

say 'Look around:'
cat <<END
  the mails          $work/mail/
  the shop           . $work/env
                     shopctl password status avtal@exempelverket.example
                     shopctl mail list
  when done          rm -r $work
END
