# What can be done here. `make` alone says so. The work of setting up is in build/, the versions are in requirements/ and ui/.

BOOT    := $(firstword $(wildcard /usr/bin/python3.1[1-9] /usr/local/bin/python3.1[1-9]) python3)
BIN     := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PYTHON  := $(BIN)/python
SETUP   := $(BOOT) -m build.setup_machine
ARGS    ?= examples/welcome.ipynb

# What was done stands beside its result: removing .venv, ui/node_modules or ui/dist is enough to have it made again.
APP     := .venv/.ready-app
DEV     := .venv/.ready-dev
WINDOW  := .venv/.ready-window
TESTS   := .venv/.ready-tests
PACKAGES := ui/node_modules/.ready
UI      := ui/dist/index.html

UI_SOURCES := $(shell find ui/src ui/public ui/index.html ui/vite.config.ts ui/tsconfig.json -not -name '*.test.*' 2>/dev/null)
SETUP_SOURCES := $(wildcard build/*.py)
TOGETHER := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

export PATH := $(CURDIR)/$(BIN):$(PATH)
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
check: $(DEV) $(PACKAGES) $(WINDOW) ## the fast part: formats, types, layers and fast tests of Python and UI, under a minute
	@$(MAKE) --no-print-directory --keep-going -j2 $(TOGETHER) $(CHECKS)
	@echo "make check: all is well."

.PHONY: test
test: $(DEV) $(PACKAGES) $(WINDOW) $(UI) ## install what testing needs, check, run the slow tests, freeze and test the one file
	@$(MAKE) --no-print-directory -j2 check $(TESTS)
	@$(MAKE) --no-print-directory -j2 test-slow test-stories

.PHONY: test-slow test-stories
test-slow: $(DEV) $(TESTS) $(UI)
	@echo "== slow tests: real kernels, a real browser, a real window"
	@$(PYTHON) -m pytest -q -m "slow and not app" --durations=20

# Beside the slow tests, which mostly wait.
test-stories: $(DEV) $(TESTS) $(UI)
	@echo "== stories, end to end: the application in Chromium"
	@$(IN_UI) e2e
	@$(MAKE) --no-print-directory $(ONE_FILE)
	@echo "== the one file, and the packages made from it"
	@$(PYTHON) -m pytest -q -m app

# One target for each check, the long ones first, so that two run at a time and one that fails does not hide the others.
CHECKS := check-pyright check-eslint check-pytest check-vitest check-mypy check-platforms check-tsc check-ruff check-layers check-prettier check-size
IN_UI  := cd ui && npm run --silent

.PHONY: $(CHECKS)
$(CHECKS): export NO_COLOR := 1
$(CHECKS): $(DEV) $(PACKAGES)

check-ruff:
	@echo "== ruff"
	@ruff check --quiet --output-format concise . && ruff format --check --quiet .

check-mypy:
	@echo "== mypy"
	@mypy --no-error-summary .

check-pyright:
	@echo "== pyright"
	@ui/node_modules/.bin/pyright --warnings

# What has parts for macOS and Windows, as the type checkers see it there.
OF_SYSTEMS := $(addprefix adrastea/kernels/,adoption.py orphan.py process.py process_identity.py linux_processes.py macos_processes.py) \
	$(addprefix adrastea/documents/,file_watch.py folders.py inotify.py kqueue.py looking.py)

check-platforms:
	@echo "== types, on macOS and Windows"
	@mypy --no-error-summary --follow-imports silent --platform darwin --cache-dir .cache/mypy-darwin $(OF_SYSTEMS)
	@mypy --no-error-summary --follow-imports silent --platform win32 --cache-dir .cache/mypy-win32 $(OF_SYSTEMS)
	@ui/node_modules/.bin/pyright --warnings --pythonplatform Darwin $(OF_SYSTEMS)
	@ui/node_modules/.bin/pyright --warnings --pythonplatform Windows $(OF_SYSTEMS)

check-layers:
	@echo "== layers"
	@lint-imports --no-logo --cache-dir .cache/import-linter

check-pytest:
	@echo "== pytest, the fast tests"
	@$(PYTHON) -m pytest -q -m "not slow and not app"

check-tsc:
	@echo "== tsc"
	@$(IN_UI) check

# Files that have not changed are not looked at again, also where types elsewhere have: a clean checkout looks at all.
check-eslint:
	@echo "== eslint"
	@$(IN_UI) lint

check-prettier:
	@echo "== prettier"
	@$(IN_UI) format:check

check-vitest:
	@echo "== vitest"
	@$(IN_UI) test

check-size:
	@echo "== sizes"
	@$(PYTHON) -m build.size_report --check

# The one file, and what is made from it.
ONE_FILE := dist/adrastea$(if $(filter Windows_NT,$(OS)),.exe)
FREEZING := build/frozen_code.py build/freeze.py build/launcher.c build/lean.py build/nuitka_lean.py build/one_file.py
FROZEN := app.py $(shell find adrastea -name '*.py' -o -name '*.yaml') $(FREEZING) spec/freeze.toml spec/adrastea.spec $(wildcard spec/hooks/*.py) requirements/app.txt requirements/freeze.txt

.PHONY: app app-again app-pyinstaller size test-app
app: $(ONE_FILE) ## freeze the program into one file, dist/adrastea, with Nuitka
	@$(PYTHON) -m build.size_report --check

app-pyinstaller: dist/adrastea-pyinstaller ## the same with PyInstaller: dist/adrastea-pyinstaller

app-again: $(ONE_FILE) ## freeze once more, and see that the same sources make the same bytes
	@cp $(ONE_FILE) .cache/freeze/first
	@$(PYTHON) -m build.freeze nuitka
	@cmp $(ONE_FILE) .cache/freeze/first && echo "The two files are the same."

size: $(ONE_FILE) ## what each part of the one file costs
	@$(PYTHON) -m build.size_report

FILE ?= $(ONE_FILE)
test-app: export ADRASTEA_COMMAND := $(CURDIR)/$(FILE)
test-app: $(FILE) $(PACKAGES) $(TESTS) ## pass the system tests and the stories with the one file (FILE=… for another)
	@$(PYTHON) -m build.size_report --check
	@echo "== $(FILE): system tests, packages"
	@$(PYTHON) -m pytest -q tests/system tests/packages -m "(slow or app) and not source"
	@echo "== $(FILE): stories"
	@$(IN_UI) e2e

$(ONE_FILE): $(FROZEN) $(UI) $(DEV) | $(WINDOW)
	@$(PYTHON) -m build.freeze nuitka

dist/adrastea-pyinstaller: $(FROZEN) $(UI) $(DEV) | $(WINDOW)
	@$(PYTHON) -m build.freeze pyinstaller

.PHONY: packages deb tar sbom
packages: deb tar sbom ## make all installers that can be made here, from dist/adrastea

deb: $(DEV) dist/adrastea ## make the Debian package
	@$(PYTHON) -m build.deb

tar: $(DEV) dist/adrastea ## make the archive with install.sh
	@$(PYTHON) -m build.tarball

sbom: $(DEV) $(UI) ## list the parts that others made (CycloneDX)
	@$(PYTHON) -m build.sbom

.PHONY: bench bench-quick
SERVERS ?= adrastea jupyter_server
bench: $(DEV) ## measure Adrastea beside jupyter_server, for hours (SERVERS="NAME …", BENCH="--help" for what can be chosen)
	@$(PYTHON) -m bench.compare $(SERVERS) $(BENCH)

bench-quick: $(DEV) ## the same in less than five minutes
	@$(PYTHON) -m bench.compare $(SERVERS) --quick $(BENCH)

.PHONY: bench-ui
bench-ui: $(DEV) $(PACKAGES) $(UI) ## measure the page beside JupyterLab's in Chromium (BENCH="--quick" for one round)
	@$(PYTHON) -m bench.ui $(BENCH)

.PHONY: bench-webkit
bench-webkit: $(DEV) $(UI) ## the same scenarios in the native window, WebKitGTK under Xvfb (BENCH="--only WORD" for some)
	@$(PYTHON) -m bench.webkit $(BENCH)

.PHONY: screens
screens: $(DEV) $(PACKAGES) $(TESTS) $(UI) ## take a picture of every state of the window in both themes: .cache/screens (SCREENS="-t '3 cells'")
	@$(IN_UI) screens -- $(SCREENS)

.PHONY: format
format: $(DEV) $(PACKAGES) ## put Python and TypeScript into their formats, and mend what can be mended
	@ruff check --quiet --fix . ; ruff format --quiet .
	@$(IN_UI) format

$(APP): requirements/app.txt requirements/kernel.txt $(SETUP_SOURCES)
	@$(SETUP) app
	@touch $@

$(DEV): $(APP) requirements/packages.txt requirements/dev.txt
	@$(SETUP) dev
	@touch $@

$(WINDOW): spec/system-packages.toml requirements/window.txt $(SETUP_SOURCES) | $(APP)
	@$(SETUP) window
	@touch $@

$(TESTS): spec/system-packages.toml requirements/window.txt requirements/kernels.txt requirements/clients.txt requirements/hub.txt requirements/outputs.txt $(SETUP_SOURCES) | $(APP)
	@$(SETUP) tests
	@touch $@

$(PACKAGES): ui/package.json ui/package-lock.json ui/.npmrc requirements/node.txt $(SETUP_SOURCES) | $(APP)
	@$(SETUP) ui
	@touch $@

$(UI): $(PACKAGES) $(UI_SOURCES)
	@echo "Building the window's contents into ui/dist."
	@$(IN_UI) build -- --logLevel warn
	@touch $@
