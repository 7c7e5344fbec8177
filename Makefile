# Every target sets up what it needs in .venv by itself; nothing has to be installed or activated before.
# PYTHON=/path/to/python3 chooses the interpreter that .venv is made from.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST = $(BIN)/python -m pytest -q
# The key changes with the dependencies and with the place of the checkout, whose path an editable install holds.
KEY := $(shell { cat pyproject.toml hatch_build.py; pwd; } | cksum | cut -d ' ' -f 1)
RUN := $(VENV)/.stamp-run-$(KEY)
DEV := $(VENV)/.stamp-dev-$(KEY)
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --use-pep517

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test test-all check format bench pictures clients pre-commit clean

# What somebody's shell has set for another project must not leak into this one.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV PIP_USER PIP_TARGET PIP_PREFIX
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: $(RUN) ## Run the starter suite with the built-in agents and print the results
	@$(BIN)/mobilegym demo

test: check clients ## Check the code and run the tests that are quick
	@$(PYTEST) -n auto --dist worksteal -m "not slow and not benchmark"

test-all: check clients ## Check the code and run every test
	@$(PYTEST) -m benchmark || [ $$? -eq 5 ]
	@$(PYTEST) -n auto --dist worksteal -m "not benchmark"

check: $(DEV) ## Lint, formatting and types: what pre-commit and CI run
	@$(BIN)/python -m ruff check --quiet .
	@$(BIN)/python -m ruff format --quiet --check . || { \
		$(BIN)/python -m ruff format --check . | head -n 20; echo 'Run "make format".' >&2; exit 1; }
	@$(BIN)/python -m pyright --warnings > $(VENV)/pyright.log || { cat $(VENV)/pyright.log; exit 1; }
	@echo "check: ruff and pyright found nothing"

clients: $(DEV) ## Install the JavaScript clients that tests drive (Appium)
	@$(BIN)/python -m tests.clients.install

format: $(DEV) ## Format the code and mend what ruff can mend
	@$(BIN)/python -m ruff check --quiet --fix-only .
	@$(BIN)/python -m ruff format --quiet .

bench: $(RUN) ## Measure steps per second, forks and memory on this machine
	@$(BIN)/mobilegym bench

pictures: $(DEV) ## Make the screens as they are now the reference pictures of the tests
	@$(BIN)/python -m tests.pictures.accept

pre-commit: $(DEV) ## Install the git hook that runs "make check" before each commit
	@$(BIN)/python -m pre_commit install

clean: ## Remove .venv, caches and build results (runs/ stays)
	@rm -rf $(VENV) tests/clients/node_modules build dist .pytest_cache .ruff_cache .hypothesis tests/pictures/out
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): | python
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) || { \
		echo 'Could not make $(VENV). On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(PIP) --editable '.[fast]'
	@rm -f $(VENV)/.stamp-* && touch $@

$(DEV): $(RUN)
	@echo "Adding the tools for tests and checks (once) ..."
	@$(PIP) --editable '.[dev]'
	@touch $@

.PHONY: python
python:
	@command -v "$(PYTHON)" >/dev/null || { \
		echo 'No `$(PYTHON)` found. Install Python 3.11 or newer, or run "make PYTHON=/path/to/python3 ...".' >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "MobileGym needs Python 3.11 or newer, and \`$(PYTHON)\` is $$("$(PYTHON)" -c 'import platform; print(platform.python_version())')." \
		'Run "make PYTHON=/path/to/python3 ...".' >&2; exit 1; }
