# Rolescope: every common job in one word. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
# Where the environment says otherwise: modules are compiled once and not by each process that starts.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: help setup setup-dev demo run worker test check lint types contracts docs-check slow gold bench browser service fix lock clean

help: ## list these jobs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.ready ## install what running needs, into .venv and static/vendor
setup-dev: $(VENV)/.ready-dev ## install what working on it needs as well

$(VENV)/.ready: requirements.txt requirements-setup.txt package-lock.json
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed, and no python3 was found."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Python 3.11 is needed; $(PYTHON) is another version. Say where it is: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.txt -r requirements-setup.txt
	$(PY) -m jobsite.frontend
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	$(PIP) -r requirements-dev.txt
	@touch $@

demo: setup ## set up, fill with the synthetic sample, serve on http://127.0.0.1:8000
	PUBLIC_DASHBOARDS=1 $(PY) manage.py demo
	PUBLIC_DASHBOARDS=1 $(PY) manage.py up --port $(PORT)

run: setup ## serve what is there: web, worker and beat, until Ctrl-C
	$(PY) manage.py prepare
	$(PY) manage.py up --port $(PORT)

worker: setup ## one more worker beside a running installation
	$(PY) manage.py worker

test: setup-dev ## the quick tests (under three minutes)
	$(PY) -m pytest -n auto --maxprocesses 4 --dist worksteal

check: lint types contracts docs-check test slow gold browser service ## everything that CI does

lint: setup-dev ## style of Python and templates
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')

types: setup-dev ## mypy, strict in the pure core
	$(VENV)/bin/mypy jobsite postings analytics

contracts: setup-dev ## import contracts, migrations, system checks, the lock files
	$(VENV)/bin/lint-imports --no-cache
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --fail-level WARNING

docs-check: setup-dev ## the reference names every setting, command, column and check
	$(PY) -m pytest tests/docs

slow: setup-dev ## whole roads, bombs, fuzzing, files in bulk, and properties tried more often than the quick tests do
	EXAMPLES_TIMES=2 $(PY) -m pytest -m "slow or hypothesis"

gold: setup-dev ## extraction, titles and ingest against the marked data in ../shared, where it is present
	$(PY) -m pytest -m gold tests/gold

bench: setup-dev ## what is measured, against a named peer in the same run
	for script in benchmarks/*_speed.py benchmarks/copies_pairs.py; do echo "== $$script"; $(PY) $$script || exit 1; done

browser: setup-dev ## drive Chromium through every page; screenshots land in tests/screenshots
	$(PY) -m pytest -m browser tests/browser

service: setup-dev ## the same road on PostgreSQL, RabbitMQ and Redis
	$(PY) -m pytest -m service tests/service

fix: setup-dev ## put style right where a machine can
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

lock: setup-dev ## write requirements*.txt anew from requirements*.in
	$(VENV)/bin/pip-compile -q --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.txt requirements.in
	$(VENV)/bin/pip-compile -q --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements-dev.txt requirements-dev.in

clean: ## remove what set-up made; your data stays
	rm -rf $(VENV) static/vendor staticfiles node_modules
