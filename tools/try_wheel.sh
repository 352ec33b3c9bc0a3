#!/bin/sh
# Build source and wheel, install the wheel with its pinned dependencies where nothing else is, and harvest the sample web there.
set -eu
python=$1
here=$(pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" -m build --outdir "$scratch/dist" . > "$scratch/build.log" 2>&1 || { cat "$scratch/build.log"; exit 1; }
"$python" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install -q --no-deps -r "$here/requirements.txt"
"$scratch/venv/bin/python" -m pip install -q --no-deps "$scratch"/dist/*.whl
cd "$scratch"
SCRAPY_SETTINGS_MODULE=crawler.settings "$scratch/venv/bin/scrapy" demo
