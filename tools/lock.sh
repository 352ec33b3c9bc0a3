#!/bin/sh
# Pin what pyproject.toml asks for today: requirements.txt (runtime), -extras (all a user can have) and -dev.
set -eu
python=${1:-python3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# rfc3987 is GPL; Spidermon's item validation, which nothing here uses, would be the only one to call it
freeze() { "$scratch/bin/python" -m pip freeze --exclude-editable --exclude duikou | grep -v -e ' @ ' -e '^rfc3987=='; }

"$python" -m venv "$scratch"
"$scratch/bin/python" -m pip install -q --upgrade pip  # older ones fail on nested extras
"$scratch/bin/python" -m pip install -q .
freeze > requirements.txt
"$scratch/bin/python" -m pip install -q '.[all]'
{ echo '-r requirements.txt'; freeze | grep -vxFf requirements.txt; } > requirements-extras.txt
"$scratch/bin/python" -m pip install -q '.[dev]'
# pip leaves setuptools out of a freeze, and scrapyd-deploy needs the one pyproject.toml names
setuptools=$("$scratch/bin/python" -m pip freeze --all | grep '^setuptools==')
{
    echo '-r requirements-extras.txt'
    freeze | grep -vxFf requirements.txt | grep -vxFf requirements-extras.txt
    echo "$setuptools"
} > requirements-dev.txt
rm -rf build # left by pip; a later build would take stale files from it
wc -l requirements*.txt
