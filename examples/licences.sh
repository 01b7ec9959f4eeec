#!/usr/bin/env bash
# A licence's life: an agreement is published and sold, its copy is rendered, another machine tells that it
# is genuine, the holder takes another name, and in the end the licence is revoked.
#
# Builds shopctl unless SHOPCTL_BIN names one, and works in a new temporary folder with a store,
# settings and mails of its own, which it leaves there: no real shop or mail account is touched.
# The shop is one for practice, so that SHOPCTL_NOW can set its clock.
set -euo pipefail
# shellcheck source=examples/practice.sh
. "$(dirname "${BASH_SOURCE[0]}")/practice.sh"

practice licences 2027-06-01T12:00:00+02:00
export SHOPCTL_NOW=2027-01-04T09:00:00+01:00

# Verifies a copy as anybody can who has the certificates and the list: with no store at hand.
elsewhere() {
    (
        export SHOPCTL_STORE="$work/nowhere.db"
        run licence verify "$1" --cert "$work/certificates.pem" --revocations "$work/revocations.txt"
    ) || printf 'exit status %s\n' "$?"
}

say 'A shop with an agreement, and licences for two and for five logins'
run init --practice --seller examples/seller.toml
run account import examples/organisations.csv
run agreement create EX --name-sv 'Exempelavtal' --name-en 'Sample agreement'
run agreement publish EX examples/agreement.pdf --edition 2026 --language sv
run product create EX-L2 --kind licence --seats 2 --agreement EX --name-sv 'Exempelavtal, licens för 2' \
    --name-en 'Sample agreement, licence for 2' --price 8000 --member-price 6000 --vat 25
run product create EX-L5 --kind licence --seats 5 --agreement EX --name-sv 'Exempelavtal, licens för 5' \
    --name-en 'Sample agreement, licence for 5' --price 15000 --member-price 12000 --vat 25

say 'It is sold to a group, under the name that shall stand on every page'
run order create --account 202100-3054 --item EX-L2 --holder 'KTH-koncernen'
run licence seat add 1001 kursadmin@kth.example
run licence seat add 1001 bibliotek@kth.example || say 'No seat is left, and what more of them cost is told.'
run licence edit 1001 --item EX-L5 --yes
run licence seat add 1001 bibliotek@kth.example

say 'Its copy, and what another machine needs to tell that it is genuine'
run licence render 1001 -o "$work/copy.pdf"
run licence key show -o "$work/certificates.pem"
run licence revocations -o "$work/revocations.txt"
elsewhere "$work/copy.pdf"
run licence trace "$work/copy.pdf"

say 'The holder takes another name: a new edition, and the old copy is superseded'
run licence edit 1001 --holder 'KTH Holding'
run licence revocations -o "$work/revocations.txt"
elsewhere "$work/copy.pdf"
run licence render 1001 -o "$work/copy2.pdf"
elsewhere "$work/copy2.pdf"

say 'Somebody changes a copy'
sed 's/KTH Holding/ABC Holding/g' "$work/copy2.pdf" >"$work/forged.pdf"
printf ' ' >>"$work/forged.pdf"
elsewhere "$work/forged.pdf"

say 'The licence is revoked'
run licence revoke 1001 --reason 'copies were given to others' --yes
run licence revocations -o "$work/revocations.txt"
elsewhere "$work/copy2.pdf"
run licence show 1001
run store check
