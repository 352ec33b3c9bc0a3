#!/bin/sh
# Pin what pyproject.toml asks for today: requirements.txt (runtime), -extras (all a user can have) and -dev.
# For every Python and system it allows: a pin that only some need (async-timeout before 3.11.3) says which.
set -eu
python=${1:-python3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" -m venv "$scratch"
"$scratch/bin/python" -m pip install -q uv

# rfc3987 is GPL; Spidermon's item validation, which nothing here uses, would be the only one to call it
pin() {
    "$scratch/bin/uv" pip compile -q --universal --python-version 3.11.0 --no-header --no-annotate \
        --no-emit-package duikou --no-emit-package rfc3987 --no-emit-package pip pyproject.toml "$@"
}

pin --extra dev > "$scratch/dev"  # the strictest first: the others take its versions
pin --constraint "$scratch/dev" > "$scratch/runtime"
pin --constraint "$scratch/dev" --extra all > "$scratch/extras"
cp "$scratch/runtime" requirements.txt
{ echo '-r requirements.txt'; grep -vxFf "$scratch/runtime" "$scratch/extras"; } > requirements-extras.txt
{ echo '-r requirements-extras.txt'; grep -vxFf "$scratch/extras" "$scratch/dev"; } > requirements-dev.txt
wc -l requirements*.txt
