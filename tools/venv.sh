#!/bin/sh
# Make the virtual environment .venv and install the packages of a requirements file.
# A second call finds its stamp and returns at once.
#
#   tools/venv.sh requirements.txt
#
# PYTHON names the Python to use, if it isn't to be found by itself.
set -eu
cd "$(dirname "$0")/.."
requirements=$1

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if ! is_new_enough .venv/bin/python; then
    found=
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if is_new_enough "$candidate"; then
            found=$candidate
            break
        fi
    done
    if [ -z "$found" ]; then
        echo "This project needs Python 3.11 or newer, and there is none here." >&2
        echo "Install it, or say where it is: make run PYTHON=/path/to/python3" >&2
        exit 1
    fi
    echo "Making the virtual environment .venv with $("$found" --version) ..."
    rm -rf .venv
    if ! "$found" -m venv .venv; then
        rm -rf .venv
        echo "Python can't make virtual environments here." >&2
        echo "On Debian and Ubuntu the package python3-venv is missing." >&2
        exit 1
    fi
fi

# All requirement files count, because one includes the other.
wanted=$(cat requirements*.txt | cksum)
stamp=.venv/.installed-$requirements
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    echo "Installing the packages of $requirements; the first time takes a few minutes ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$requirements"
    echo "$wanted" >"$stamp"
fi
