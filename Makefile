# Two commands do everything on a fresh machine: `make chat` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help chat test check train clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p $(VENV)/root && ln -sfn ../.. $(VENV)/root/sightline  # for pyright
	@touch $(READY)

chat: $(READY) ## install what is missing, then start the web chat
	$(BIN)/sightline chat --web

test: $(READY) ## install what is missing, then run the test suite
	$(BIN)/python -m pytest

check: $(READY) ## ruff, pyright and import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

train: $(READY) ## train every shipped model again from nothing (hours on a CPU)
	$(BIN)/sightline finetune all --out runs/all

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) build .pytest_cache .ruff_cache .hypothesis
