# One command each; everything they need is made inside .venv first.
#   PYTHON=python3.12 make demo   chooses the interpreter (3.11 to 3.13)
#   make test ARGS="-k timecode"  hands arguments to pytest
#   make bench ARGS="--shoots 2"  hands arguments to rushlock bench

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench run clean

help:
	@echo "make demo    render a small shoot with known truth, sync it, show how well that went"
	@echo "make run     open the window"
	@echo "make test    check style, types and imports, then run the tests"
	@echo "make lint    style, types and imports alone"
	@echo "make bench   measure on generated shoots"
	@echo "make setup   only make .venv and install"
	@echo "make clean   remove .venv, caches and the demo's files"

setup: $(INSTALLED)

$(INSTALLED): pyproject.toml tools/setup.sh
	@tools/setup.sh $(VENV)
	@touch $@

demo: setup
	@$(BIN)/rushlock demo

run: setup
	@tools/system_libraries.sh $(BIN)/rushlock window
	@$(BIN)/rushlock

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	@tools/system_libraries.sh $(BIN)/rushlock offscreen
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest $(ARGS)

bench: setup
	$(BIN)/rushlock bench all $(ARGS)

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find app tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
