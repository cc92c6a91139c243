# Two commands do everything on a fresh machine: `make chat` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

.DEFAULT_GOAL := help
.PHONY: help chat test check train clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# The lock is complete, so pip resolves nothing; compiling on all cores halves the wait (some
# packages carry templates that are no valid Python, which is no error here).
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --no-compile -r requirements.lock
	$(PIP) --no-build-isolation --editable .
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib agent cli data evals finetune models tools || true
	@touch $(READY)

$(READY_DEV): $(READY) requirements-dev.lock
	$(PIP) -r requirements-dev.lock
	@mkdir -p $(VENV)/root && ln -sfn ../.. $(VENV)/root/sightline  # for pyright
	@touch $(READY_DEV)

chat: $(READY) ## install what is missing, then start the web chat
	$(BIN)/sightline chat --web

test: $(READY_DEV) ## install what is missing, then run the test suite
	$(BIN)/python -m pytest

check: $(READY_DEV) ## ruff, pyright and import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

train: $(READY) ## train every shipped model again from nothing (hours on a CPU)
	$(BIN)/sightline finetune all --out runs/all

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) build .pytest_cache .ruff_cache .hypothesis
