# One verb a line of work; `make` lists them. Everything runs in the project's own .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A file of tests stays in one process: its slow set-up is made once.
PARALLEL := -n auto --maxprocesses 4 --dist loadfile
SITE := tests/web tests/review tests/receiving tests/naming tests/rights tests/consenting
# With the kills and drawn forms, longer still on PostgreSQL: `make test-postgres-all`.
LONG := tests/safekeeping tests/security
.DEFAULT_GOAL := help

help: ## list the verbs
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "voices needs Python 3.11 or later; name yours: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -r requirements.lock
	$(BIN)/pip install -q --no-deps -e .
	touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	$(BIN)/pip install -q -r requirements-dev.lock
	touch $@

setup: $(VENV)/ready ## install the project and its pinned dependencies in .venv

setup-dev: $(VENV)/ready-dev ## the same, with what tests and builds need

demo: setup ## do the whole work on corpora/demo and say where the report lies
	$(BIN)/voices run corpora/demo --out sortie/demo --title "Six lieux, trois ans : ce que disent les témoignages"
	@echo "Le site, avec les mêmes témoignages et un compte par métier : $(BIN)/voices serve --demo"

system: ## install the Debian packages the tests need (a browser, PostgreSQL), where they are missing
	@sh scripts/system.sh

test: setup-dev system ## run the tests: what must pass before anything lands
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	KILLS=2 sh scripts/closed.sh $(BIN)/python -m pytest $(PARALLEL) -m "not long"
	$(MAKE) test-postgres

test-long: setup-dev system ## run the tests that try more of the same
	sh scripts/closed.sh $(BIN)/python -m pytest $(PARALLEL) -m long

test-postgres: setup-dev system ## run the tests of the site on a PostgreSQL of their own; in the browser, what each role does most
	sh scripts/closed.sh sh scripts/postgres.sh $(BIN)/python -m pytest -q $(PARALLEL) -m "not long and (not browser or main_path)" $(SITE) tests/security/test_injection.py --ignore=tests/web/test_fuzz.py --ignore=tests/web/killed

test-postgres-all: setup-dev system ## the same, with those of backups and security, and every test in the browser: longer
	sh scripts/closed.sh sh scripts/postgres.sh $(BIN)/python -m pytest -q $(SITE) $(LONG)

kills: setup-dev ## kill the site at work and training 234 times, 26 in each test: an hour or so
	KILLS=26 $(BIN)/python -m pytest -v tests/web/killed tests/coding/test_killed.py

lint: setup-dev ## style and architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup-dev ## static types
	$(BIN)/mypy

bench: setup-dev ## speed, memory and quality, as ratios in one run
	$(BIN)/python -m benchmarks

FUZZ ?= 5000
SECONDS ?= 60
fuzz: setup-dev ## draw files and forms at random for long: FUZZ=examples of each, then SECONDS= a reader with atheris
	FUZZ=$(FUZZ) $(BIN)/python -m pytest -q -p no:cacheprovider tests/hostile/test_fuzz.py tests/web/test_fuzz.py
	$(BIN)/pip install -q --upgrade --target build/atheris -r requirements-fuzz.txt
	PYTHONPATH=build/atheris $(BIN)/python scripts/fuzz.py $(SECONDS)

lock: ## write the pinned lists anew
	sh scripts/lock.sh

sbom: setup ## write the bill of materials and the table of licences of what the lock names
	$(BIN)/python scripts/dependencies.py

audit: ## ask whether what the lock names has known vulnerabilities; says so where nobody could be asked
	$(PYTHON) scripts/audit.py

locale: setup-dev ## compile the French of the command line
	$(BIN)/pybabel compile -D messages -d src/voices/cli/locale -f

docs: setup-dev ## rewrite the pages of docs/ that commands print
	$(BIN)/voices evaluate corpora/gold/coded_passages.jsonl --also corpora/written/coded_passages.jsonl \
	  --encoder e5-small-3a --out docs/evaluation.md --card models/coder-3a/card.md

.PHONY: fuzz help setup setup-dev demo system test test-long test-postgres test-postgres-all kills lint types bench lock locale docs sbom audit
