#!/usr/bin/env bash
# Make sure that the system libraries Qt needs are here: install them as root, name them otherwise.
# Usage: tools/system_libraries.sh RUSHLOCK offscreen|window
set -euo pipefail
rushlock=${1:?}
face=${2:?}

missing() { "$rushlock" doctor --missing "$face"; }

packages=$(missing)
[ -n "$packages" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "rushlock: installing system libraries:" $packages >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    # shellcheck disable=SC2086 # a list of words
    apt-get install -y -qq --no-install-recommends $packages >/dev/null
    packages=$(missing)
    [ -n "$packages" ] || exit 0
fi
echo "rushlock: system libraries are missing. On Debian or Ubuntu install them with:" >&2
echo "    sudo apt-get install" $packages >&2
exit 1
