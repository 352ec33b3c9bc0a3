# Everything a user or contributor types. `make` alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DAY ?= 1
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help harvest extras test test-services docs lowest wheel lint types score bench soak lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

harvest: $(VENV)/.runtime  ## crawl the bundled sample web into data/sample.sqlite (DAY=2: the next day)
	@$(BIN)/scrapy demo --day $(DAY)

extras: $(VENV)/.extras  ## what browse, Excel, Parquet, Stata, PostgreSQL and rendering need besides
	@echo "installed in $(VENV)"

test: $(VENV)/.dev  ## every test that needs no outside server
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-services: $(VENV)/.dev  ## tests against real PostgreSQL, Redis, Chromium and LibreOffice
	$(BIN)/python -m pytest -m services

docs: $(VENV)/.dev  ## run every command printed in README and docs
	$(BIN)/python -m pytest -n 2 -m docs

lowest: $(VENV)/.dev  ## the tests with the lowest versions pyproject.toml allows, in .venv-lowest
	$(PYTHON) -m venv --clear .venv-lowest
	$(BIN)/uv pip install -q --resolution lowest-direct --python .venv-lowest/bin/python -e '.[dev]'
	.venv-lowest/bin/python -m pytest -n 2 --dist loadfile

wheel: $(VENV)/.dev  ## build the distribution, install it where nothing else is, harvest the sample web there
	sh tools/try_wheel.sh $(BIN)/python

lint: $(VENV)/.dev  ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev  ## mypy --strict
	$(BIN)/mypy

score: $(VENV)/.dev  ## precision and recall on our own labelled sets
	@for file in tests/scores/score_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

bench: $(VENV)/.dev  ## speed and memory beside named peers
	@for file in benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

soak: $(VENV)/.dev  ## kill crawls 200 times at random moments and compare what they leave
	$(BIN)/python tools/soak.py
	$(BIN)/python tools/soak_reading.py

lock: ## write requirements*.txt anew from pyproject.toml
	sh tools/lock.sh $(PYTHON)

clean:  ## remove the virtual environment and harvested sample data
	rm -rf $(VENV) .venv-lowest build dist data/sample.sqlite* data/sample-*

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one: make PYTHON=python3.11 …")'
	@echo "making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing pinned dependencies (once, about a minute)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -r requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.extras: requirements-extras.txt $(VENV)/.runtime
	@echo "installing what browsing, exports, PostgreSQL, Redis and rendering need"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -r requirements-extras.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.extras
	@echo "installing pinned development dependencies"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -r requirements-dev.txt
	@touch $@
