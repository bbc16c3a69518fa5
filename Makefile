# Deskhand's commands. They need make, a POSIX shell and Python 3.11 or newer; everything else goes into .venv.
# Pass arguments on with ARGS, as in: make test ARGS="-k approval -n 0"

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
NPM := $(BIN)/python web/build.py npm
STAMP := $(VENV)/.made-from
BENCH_STAMP := $(VENV)/.bench-made-from

# The Python that makes .venv: the first of these that is new enough and has its venv module.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
FIT := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

# What the environment is made from, and where it lies (its scripts hold absolute paths).
# Contents and not times are compared, so that changing branches back and forth installs nothing.
MADE_FROM := { pwd; cksum requirements.lock pyproject.toml; }
BENCH_MADE_FROM := cksum requirements-bench.lock $(STAMP)

.DEFAULT_GOAL := help
.PHONY: help setup setup-bench demo test check format bench contract web-dev lock clean install venv check-python check-web

help: ## Show this help
	@echo "Usage: make <target>"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

setup: ## Make .venv with Deskhand and all it needs; at once when nothing changed
	@[ "$$($(MADE_FROM))" = "$$(cat $(STAMP) 2>/dev/null)" ] && $(BIN)/python -c '' 2>/dev/null \
		|| $(MAKE) --no-print-directory install
	@$(BIN)/python web/build.py

setup-bench: setup ## Add what the benchmarks compare with
	@[ "$$($(BENCH_MADE_FROM))" = "$$(cat $(BENCH_STAMP) 2>/dev/null)" ] || { \
		echo "Installing what the benchmarks need ..." \
		&& $(PIP) install -qq --no-deps -r requirements-bench.lock \
		&& $(BENCH_MADE_FROM) > $(BENCH_STAMP); }

demo: setup ## Start Deskhand with a demo shop, and open both in the browser; needs no key
	@$(BIN)/deskhand demo $(ARGS)

test: setup ## Run all tests
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: setup ## Lint, formatting, types and import layers
	@$(MAKE) --no-print-directory -j2 check-python check-web

check-python:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-web:
	$(NPM) run --silent lint
	$(NPM) run --silent types
	$(NPM) run --silent test

format: setup ## Put imports and formatting right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(NPM) run --silent format

contract: ## Write the service's description anew, which the dashboard's client is generated from
	@$(BIN)/deskhand openapi > web/contract/.openapi.json
	@mv web/contract/.openapi.json web/contract/openapi.json

web-dev: setup ## Serve the dashboard from its sources, in front of a running Deskhand
	@$(NPM) run --silent dev -- $(ARGS)

bench: setup-bench ## Measure turns per second against the peers
	@$(BIN)/python -m bench.turns $(ARGS)

lock: setup ## Write the lock files anew, keeping versions unless ARGS=--upgrade
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; \
	$(BIN)/python -m venv "$$tmp/uv"; \
	"$$tmp/uv/bin/python" -m pip --disable-pip-version-check install -qq uv; \
	compile="$$tmp/uv/bin/uv pip compile --quiet --universal --python-version 3.11 \
		--no-header --no-annotate --no-emit-index-url"; \
	$$compile $(ARGS) --extra test --extra check pyproject.toml requirements.in -o requirements.lock; \
	cp requirements-bench.lock "$$tmp/bench.lock"; \
	$$compile $(ARGS) --extra bench -c requirements.lock pyproject.toml -o "$$tmp/bench.lock"; \
	grep -vxFf requirements.lock "$$tmp/bench.lock" > requirements-bench.lock

clean: ## Remove .venv, caches and build products
	rm -rf $(VENV) web/node_modules src/deskhand/dashboard build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# An environment without its stamp was broken off half-way, one with another place's was moved: both are made anew.
install:
	@[ "$$(head -n 1 $(STAMP) 2>/dev/null)" = "$$(pwd)" ] && $(PIP) --version >/dev/null 2>&1 \
		|| $(MAKE) --no-print-directory venv
	@rm -f $(STAMP)
	@echo "Installing Deskhand and all it needs into $(VENV) (a minute or so, only now) ..."
	@$(PIP) install -qq --no-deps -r requirements.lock
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src # pip compiles all but this; where Python may not, each start would
	@$(MADE_FROM) > $(STAMP)

venv:
	@for python in $(PYTHON); do \
		if $$python -c "$(FIT)" 2>/dev/null; then \
			echo "Making $(VENV) with $$($$python --version) ..."; \
			rm -rf $(VENV); \
			exec $$python -m venv $(VENV); \
		fi; \
	done; \
	echo "Deskhand needs Python 3.11 or newer with its venv module (Debian: python3-venv)." >&2; \
	echo "Tried: $(PYTHON). Install one, or name it: make setup PYTHON=/path/to/python3" >&2; \
	exit 1
