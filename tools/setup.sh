#!/usr/bin/env bash
# Make a virtual environment and install Rushlock with its development tools into it.
# Usage: tools/setup.sh VENV        PYTHON=... chooses the interpreter.
set -euo pipefail
venv=${1:?usage: tools/setup.sh VENV}

say() { printf 'rushlock: %s\n' "$*" >&2; }

as_root_with_apt() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; }

right_version() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null
}

makes_venvs() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# Prints the interpreter to use. An explicit PYTHON is taken or refused, never replaced.
chosen_python() {
    local candidate unable=""
    if [ -n "${PYTHON:-}" ]; then
        right_version "$PYTHON" || { say "PYTHON=$PYTHON is not a Python from 3.11 to 3.13."; return 1; }
        makes_venvs "$PYTHON" || { no_venv "$PYTHON"; return 1; }
        echo "$PYTHON"
        return
    fi
    for candidate in python3 python3.12 python3.13 python3.11 /usr/bin/python3; do
        right_version "$candidate" || continue
        if makes_venvs "$candidate"; then
            echo "$candidate"
            return
        fi
        unable=${unable:-$candidate}
    done
    if [ -z "$unable" ]; then
        say "No Python from 3.11 to 3.13 found. Install one (Debian, Ubuntu: apt-get install python3 python3-venv)" \
            "or name one: PYTHON=/path/to/python3.12 make setup"
        return 1
    fi
    no_venv "$unable"
    return 1
}

no_venv() {
    say "$1 cannot make virtual environments: install the package python3-venv" \
        "(sudo apt-get install python3-venv), then run the same command again."
}

python_or_install() {
    if chosen_python 2>/dev/null; then return; fi
    if as_root_with_apt && [ -z "${PYTHON:-}" ]; then
        say "Installing python3 and python3-venv."
        apt-get update -qq >&2 && apt-get install -y -qq python3 python3-venv >/dev/null
    fi
    chosen_python
}

# Runs pip quietly, with a line now and then so that a long download does not look like a hang.
install() {
    "$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check "$@" &
    local pip=$! waited=0
    trap 'kill "$pip" 2>/dev/null; exit 130' INT TERM
    while kill -0 "$pip" 2>/dev/null; do
        sleep 1
        waited=$((waited + 1))
        if [ $((waited % 15)) -eq 0 ]; then
            say "still installing: $((waited / 60)) min $((waited % 60)) s, $(du -sh "$venv" 2>/dev/null | cut -f1) so far"
        fi
    done
    trap - INT TERM
    wait "$pip"
}

python=$(python_or_install)
if ! right_version "$venv/bin/python" || ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    say "Making $venv with $("$python" --version)."
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi
say "Installing into $venv; the first time this brings some GB (torch and Qt) and takes minutes."
if ! install --editable '.[dev]'; then
    say "pip failed (see above). Check the network and the disk's free space, then run the same command again."
    exit 1
fi
