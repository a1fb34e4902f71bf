# One verb a line of work; `make` lists them. Everything runs in the project's own .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

help: ## list the verbs
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -r requirements.lock
	$(BIN)/pip install -q --no-deps -e .
	touch $@

setup: $(VENV)/ready ## install the project and its pinned dependencies in .venv

demo: setup ## run the whole work on corpora/demo and say where the report lies
	$(BIN)/voices run corpora/demo --out sortie/demo

system: ## install the Debian packages the tests need (a browser), where they are missing
	@sh scripts/system.sh

test: setup system ## run every test
	$(BIN)/python -m pytest

lint: setup ## style and architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup ## static types
	$(BIN)/mypy

bench: setup ## speed and memory, as ratios in one run
	$(BIN)/python -m benchmarks

docs: setup ## rewrite the pages of docs/ that commands print
	$(BIN)/python scripts/docs.py

.PHONY: help setup demo system test lint types bench docs
