# What can be done here. `make` alone says so. The work of setting up is in build/, the versions are in requirements/ and ui/.

BOOT    := $(firstword $(wildcard /usr/bin/python3.1[1-9] /usr/local/bin/python3.1[1-9]) python3)
PYTHON  := .venv/bin/python
SETUP   := $(BOOT) -m build.setup_machine
ARGS    ?= examples/welcome.ipynb

# What was done stands beside its result: removing .venv, ui/node_modules or ui/dist is enough to have it made again.
APP     := .venv/.ready-app
DEV     := .venv/.ready-dev
WINDOW  := .venv/.ready-window
TESTS   := .venv/.ready-tests
PACKAGES := ui/node_modules/.ready
UI      := ui/dist/index.html

UI_SOURCES := $(shell find ui/src ui/index.html ui/vite.config.ts ui/tsconfig.json -not -name '*.test.*' 2>/dev/null)
SETUP_SOURCES := $(wildcard build/*.py)
TOGETHER := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

export PATH := $(CURDIR)/.venv/bin:$(PATH)
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@echo "Adrastea: a small, fast application for Jupyter notebooks."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(DEV) ## make .venv, with everything that running and checking needs
	@echo ".venv is ready."

.PHONY: ui
ui: $(UI) ## build the window's contents into ui/dist
	@echo "ui/dist is ready."

.PHONY: run
run: $(APP) $(WINDOW) $(UI) ## install what is missing and open the welcome notebook (ARGS="PATH …" opens something else)
	@exec $(PYTHON) app.py $(ARGS)

.PHONY: window
window: ## install what the native window needs (part of run)
	@rm -f $(WINDOW)
	@$(MAKE) --no-print-directory $(WINDOW)

.PHONY: check
check: $(DEV) $(PACKAGES) ## the fast part: formats, types, layers and fast tests of Python and UI, under a minute
	@$(MAKE) --no-print-directory -j2 $(TOGETHER) check-python check-ui
	@echo "make check: all is well."

.PHONY: test
test: $(DEV) $(TESTS) $(UI) ## install what testing needs, check, then run the slow tests too
	@$(MAKE) --no-print-directory check
	@echo "== slow tests: real kernels, a real browser, a real window"
	@$(PYTHON) -m pytest -q -m slow

.PHONY: check-python
check-python check-ui: export NO_COLOR := 1
check-python: $(DEV) $(PACKAGES)
	@echo "== ruff" && ruff check --quiet . && ruff format --check --quiet .
	@echo "== mypy" && mypy --no-error-summary .
	@echo "== pyright" && ui/node_modules/.bin/pyright --warnings
	@echo "== layers" && lint-imports --no-logo --cache-dir .cache/import-linter
	@echo "== pytest, the fast tests" && $(PYTHON) -m pytest -q -m "not slow"

.PHONY: check-ui
check-ui: $(PACKAGES)
	@echo "== tsc" && cd ui && npm run --silent check
	@echo "== eslint" && cd ui && npm run --silent lint
	@echo "== prettier" && cd ui && npm run --silent format:check
	@echo "== vitest" && cd ui && npm run --silent test

.PHONY: format
format: $(DEV) $(PACKAGES) ## put Python and TypeScript into their formats, and mend what can be mended
	@ruff check --quiet --fix . ; ruff format --quiet .
	@cd ui && npm run --silent format

$(APP): requirements/app.txt requirements/kernel.txt $(SETUP_SOURCES)
	@$(SETUP) app
	@touch $@

$(DEV): $(APP) requirements/dev.txt
	@$(SETUP) dev
	@touch $@

$(WINDOW): spec/system-packages.toml requirements/window.txt $(SETUP_SOURCES) | $(APP)
	@$(SETUP) window
	@touch $@

$(TESTS): spec/system-packages.toml requirements/window.txt $(SETUP_SOURCES) | $(APP)
	@$(SETUP) tests
	@touch $@

$(PACKAGES): ui/package.json ui/package-lock.json ui/.npmrc requirements/node.txt $(SETUP_SOURCES) | $(APP)
	@$(SETUP) ui
	@touch $@

$(UI): $(PACKAGES) $(UI_SOURCES)
	@echo "Building the window's contents into ui/dist."
	@cd ui && npm run --silent build -- --logLevel warn
	@touch $@
