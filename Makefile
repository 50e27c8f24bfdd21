# The habits, one word each. Everything that is needed is set up on first use.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: run test check eval bench clean

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

run: $(READY)            ## read the sample reports and open the chat
	$(BIN)/jixiao ingest samples
	$(BIN)/jixiao serve

test: $(READY)           ## every test
	$(BIN)/python -m pytest

check: $(READY)          ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(READY)           ## score the labelled questions
	$(BIN)/jixiao eval

bench: $(READY)          ## speed and memory beside a stock pipeline
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.reading

clean:
	rm -rf $(VENV) .jixiao eval-report
