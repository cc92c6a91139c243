# Two commands do everything on a fresh machine: `make chat` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

# vLLM stands in an environment of its own, for the GPU where there is one.
VLLM := .venv-vllm
VLLM_LOCK := $(if $(shell nvidia-smi -L 2>/dev/null | grep GPU),requirements-vllm-gpu.lock,requirements-vllm.lock)
MODEL ?=
PARSER ?= hermes
PORT ?= 8000
DATA ?=

.DEFAULT_GOAL := help
.PHONY: help chat test vllm test-vllm check train clean

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

$(VLLM)/.ready: $(VLLM_LOCK)
	$(PYTHON) -m venv --clear $(VLLM)
	@# Without a GPU the lock names all there is to install; with one, torch brings CUDA's packages.
	$(VLLM)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile \
		$(if $(findstring gpu,$<),,--no-deps) -r $<
	@touch $@

vllm: $(READY) $(VLLM)/.ready ## serve the planner with vLLM; MODEL=HUB_ID PARSER=NAME serves another
	$(BIN)/sightline serve-planner --port $(PORT) --parser $(PARSER) $(if $(MODEL),--model $(MODEL))

test-vllm: $(READY_DEV) $(VLLM)/.ready ## the tests that need a real vLLM server
	$(BIN)/python -m pytest -n 0 tests/vllm

check: $(READY_DEV) ## ruff, pyright and import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

train: $(READY) ## train every shipped model again from nothing (hours on a CPU); DATA=real data, if any
	$(BIN)/sightline finetune all --out runs/all --resume $(if $(DATA),--data $(DATA))

clean: ## remove the virtual environment and caches
	rm -rf $(VENV) $(VLLM) build .pytest_cache .ruff_cache .hypothesis
