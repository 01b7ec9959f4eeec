# What the example scripts share: a practice shop in a temporary folder, and commands shown as typed.
#
# Builds shopctl unless SHOPCTL_BIN names one. No real shop or mail account is touched.
# shellcheck shell=bash

bin=${SHOPCTL_BIN:-}
if [ -n "$bin" ]; then
    bin="$(cd "$(dirname "$bin")" && pwd)/$(basename "$bin")"
fi
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
if [ -z "$bin" ]; then
    cargo build --locked
    target=$(cargo metadata --locked --no-deps --format-version 1 |
        sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p')
    bin="$target/debug/shopctl"
fi

# Makes a new folder for the store, settings and mails of a shop, which is left there, and a file that
# takes a shell to the shop at the time that is given.
practice() {
    local name=$1 later=$2
    work=$(mktemp -d "${TMPDIR:-/tmp}/shopctl-$name.XXXXXX")
    work=$(cd "$work" && pwd)
    # Nothing of the caller's own shop shall be seen from here on.
    export XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data" SHOPCTL_STORE="$work/shop.db"
    mkdir -p "$XDG_CONFIG_HOME/shopctl"
    cat >"$XDG_CONFIG_HOME/shopctl/shopctl.toml" <<END
[mail]
transport = "folder"
folder = '$work/mail'
END
    {
        printf 'export %s=%q\n' XDG_CONFIG_HOME "$XDG_CONFIG_HOME" XDG_DATA_HOME "$XDG_DATA_HOME"
        printf 'export SHOPCTL_STORE=%q\n' "$SHOPCTL_STORE"
        printf 'export SHOPCTL_NOW=%q\n' "$later"
        # shellcheck disable=SC2016 # $PATH is for the shell that reads the file
        printf 'export PATH=%q:"$PATH"\n' "$(dirname "$bin")"
    } >"$work/env"
    printf 'A practice shop in %s\n' "$work"
}

bold='' dim='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$(printf '\033[1m') dim=$(printf '\033[2m') plain=$(printf '\033[0m')
fi

# Says what comes next.
say() {
    printf '\n%s%s%s\n' "$bold" "$*" "$plain"
}

# Shows a command as one would type it, then runs it. That the shop is for practice is said once, by the
# script, and not by each command, nor that nights pass over which a script leaps.
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
    sed -e '/^PRACTICE:/d' -e '/is cron running it?$/d' "$work/said"
    rm "$work/said"
    return "$status"
}
