# The commands of the project. Needs Python 3.11 or newer with venv and pip, make and git; everything else is
# installed into .venv. A file in .venv stands for each kind of installation, so a second call is quick.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CODE   := src tests training bench
STORY  ?= examples/ferry_house.txt

.DEFAULT_GOAL := help
.PHONY: help demo test check bench clean

help:
	@echo "make demo    read a story of examples/ (STORY=path for another)"
	@echo "make test    run the tests"
	@echo "make check   lint, formatting, types, direction of imports"
	@echo "make bench   take the measurements in the README (ARGS=--write puts them there)"
	@echo "make clean   remove what the other commands made"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Fabula needs Python 3.11 or newer; $(PYTHON) is not. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing Fabula into $(VENV) …"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing Fabula and its development tools into $(VENV) …"
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml | $(BIN)/python
	@echo "Installing Fabula and its measuring tools into $(VENV) …"
	@$(PIP) --editable '.[bench]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	@$(BIN)/fabula read $(STORY)

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_architecture.py

bench: $(VENV)/.installed-bench
	$(BIN)/python -m bench $(ARGS)

clean:
	rm -rf $(VENV) build dist bench/out .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
