# Two commands do everything: `make demo` and `make test`. Both make .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test check bench lock islands wheel clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    install, code the example pages, show the record"
	@echo "make test    install with development tools, run all tests"
	@echo "make check   ruff and mypy"
	@echo "make bench   all scorers on $(SHARED)/data, and speed (RECORD=1 appends to benchmarks/RESULTS.md)"

# The stamps say for which lock the environment was made; a new lock makes it anew.
$(VENV)/.base: constraints/base.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints/base.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: constraints/dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) with development tools ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.base

demo: $(VENV)/.base
	@$(BIN)/python examples/demo.py

test: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/bench.py --shared $(SHARED) $(if $(RECORD),--record)

# Pins with hashes, for Python 3.11 and later, from pyproject.toml; needs uv.
lock: $(VENV)/.dev
	mkdir -p constraints
	$(BIN)/uv pip compile -q --no-header --generate-hashes --universal --python-version 3.11 --extra parquet --extra desk pyproject.toml constraints/build.in -o constraints/base.txt
	$(BIN)/uv pip compile -q --no-header --generate-hashes --universal --python-version 3.11 --extra parquet --extra desk --extra dev pyproject.toml constraints/build.in -o constraints/dev.txt

# The desk's browser code, bundled into src/dateline/desk/static (needs Node; what it makes is committed).
islands:
	cd src/dateline/desk/islands && npm ci && npm run check && npm run build

wheel: $(VENV)/.dev
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) build dist demo.record demo.record-wal demo.record-shm
