# One list of commands: people, CI and CONTRIBUTING use the same ones.
PYTHON ?= python

.PHONY: help build check format lint types contracts docs data audit copies coverage current edition test benchmark

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

build:  ## Build the curated store from the curated files, with what the rules find in it and its JSON
	$(PYTHON) -m llmnotes.store.build
	$(PYTHON) -m llmnotes.knowledge.check
	$(PYTHON) -m llmnotes.views.whole_base

check: lint types contracts docs data test  ## Everything CI checks

format:  ## Format the code
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

lint:  ## Formatting and lint
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

types:  ## Strict types
	$(PYTHON) -m mypy

contracts:  ## Imports go only downwards
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

docs:  ## Generated reference pages are fresh
	$(PYTHON) docs/generate.py --check

data: build  ## The curated files are sound, and the base agrees with itself
	$(PYTHON) -m llmnotes.catalog
	$(PYTHON) -m llmnotes check

audit:  ## Every claim looked up in copies of its source: COPIES=FOLDER
	$(PYTHON) -m llmnotes.evidence.audit $(COPIES)

copies:  ## Copies of all sources fetched again: COPIES=FOLDER [OPTIONS="--family llama"]
	$(PYTHON) -m llmnotes.curate.copies $(COPIES) $(OPTIONS)

coverage:  ## How many families are covered in full, and what those lack that nearly are
	$(PYTHON) -m llmnotes.curate.coverage_report

current:  ## A catalog beside the base, as a file of proposals: SOURCE=FILE OUT=FILE
	$(PYTHON) -m llmnotes.curate.current $(SOURCE) -o $(OUT)

edition:  ## What changed since the last edition, with reasons: NAME=2026.12
	$(PYTHON) -m llmnotes.editions $(NAME)

test: build  ## All tests, the thorough ones too, or those of one mark: TESTS=thorough
	$(PYTHON) -m pytest -q -n auto -m "$(TESTS)"

benchmark:  ## Start-up and memory ratios, printed
	$(PYTHON) benchmarks/run.py
