# Each step leaves a stamp and runs again only when something it is made from has changed.
# All that is installed goes into .venv and node_modules, nothing into the machine;
# the one exception is what the tests need beside, browsers above all: see tests/support/machine.py.

PORT ?= 8000
VENV_PYTHON := .venv/bin/python
REQUIREMENTS := .ci/requirements
# Wheels alone, and only with a hash that is named: building a source runs its code.
PIP := $(VENV_PYTHON) -m pip install --quiet --require-hashes --only-binary :all:
LOCK := uv pip compile --quiet --universal --no-build --generate-hashes --no-annotate \
	--python-version 3.12 --custom-compile-command 'make lock'
NPM := $(VENV_PYTHON) -m checklist.site.node

NO_SKIPS := $(if $(CI),-p tests.support.no_skips)

export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport PYTHONDONTWRITEBYTECODE # or each process of the tests compiles them all anew

.DEFAULT_GOAL := help
.NOTPARALLEL: # two pips in one .venv would disturb each other
.PHONY: help serve preview build test check unit sentences soak mutants profile lint format bench try-pyodide release-check browsers audit audit-python audit-npm lock clean

help: ## show these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

serve: build ## build the site, then serve it on this machine; PORT=8000 says where
	@printf '\n  %s\n  %s\n\n' 'По-русски   http://127.0.0.1:$(PORT)/' \
		'In English  http://127.0.0.1:$(PORT)/en/'
	@SITE_URL=http://127.0.0.1:$(PORT)/ $(VENV_PYTHON) -m mkdocs serve --quiet --dev-addr 127.0.0.1:$(PORT)

preview: build ## build the site, then serve it as visitors get it, offline copy and all
	@printf '\n  %s\n\n' 'http://127.0.0.1:$(PORT)/  http://127.0.0.1:$(PORT)/en/'
	@$(VENV_PYTHON) -m http.server --bind 127.0.0.1 --directory site $(PORT)

# The day in the list of pages is the commit's: the same commit is the same site on any day.
build: .venv/.build node_modules/.build ## build the site into site/; any warning is an error
	@SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || date +%s)} \
		$(VENV_PYTHON) -m mkdocs build --strict

test: .venv/.dev node_modules/.dev browsers ## run every test; with CI=true none may be skipped
	$(NPM) run --silent test
	$(VENV_PYTHON) -m pytest -n auto --no-loadscope-reorder $(NO_SKIPS)

check: lint unit ## lint and the tests that need no build and no browser: for every save

unit: .venv/.dev node_modules/.dev
	$(NPM) run --silent test
	$(VENV_PYTHON) -m pytest -q $(NO_SKIPS) tests/unit

sentences: .venv/.dev ## write every sentence of the views to build/sentences/, to be read
	$(VENV_PYTHON) -m tests.support.sentences

soak: .venv/.dev node_modules/.dev browsers ## run the random tests with many more samples
	SOAK=1 $(VENV_PYTHON) -m pytest -n auto --no-loadscope-reorder -m "soak or hypothesis"

mutants: .venv/.dev node_modules/.dev ## change the code in thousands of ways: the unit tests must notice
	@$(PIP) -r $(REQUIREMENTS)/mutants.txt
	MUTANTS=1 $(VENV_PYTHON) -m mutmut run --max-children $(or $(PROCESSES),1)
	$(VENV_PYTHON) -m tests.mutants
	$(NPM) run --silent mutants

profile: .venv/.dev node_modules/.dev browsers ## run every test and print where the processor's time goes
	$(VENV_PYTHON) -m pytest -n auto --no-loadscope-reorder -p tests.support.profile

lint: .venv/.dev node_modules/.dev ## check style, types, spelling and the project's documents
	$(VENV_PYTHON) -m ruff check
	$(VENV_PYTHON) -m ruff format --check
	$(VENV_PYTHON) -m mypy
	$(NPM) run --silent lint
	$(VENV_PYTHON) -m tests.lint

format: .venv/.dev node_modules/.dev ## put code in the style that lint asks for
	$(VENV_PYTHON) -m ruff check --fix --exit-zero
	$(VENV_PYTHON) -m ruff format
	$(NPM) run --silent format

bench: .venv/.dev node_modules/.dev browsers ## measure scoring, the start in the browser, and Lighthouse's marks
	$(VENV_PYTHON) -m tests.bench

try-pyodide: .venv/.dev node_modules/.dev ## compare a version of Pyodide with the pinned one: VERSION=314.0.7
	$(VENV_PYTHON) -m tests.bench.try_pyodide $(VERSION)

release-check: .venv/.build ## compare site/ with what is at URL=https://…; HEADERS=1 headers too
	$(VENV_PYTHON) -m checklist.site.publishing.release site $(or $(URL),$(error URL=https://… says where the site is)) \
		$(if $(HEADERS),--headers)

audit: audit-python audit-npm ## look for known vulnerabilities in all packages; asks their registries

# A package of which the registry knows nothing fails too.
audit-python: .venv/.build
	@$(PIP) -r $(REQUIREMENTS)/audit.txt
	$(VENV_PYTHON) -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off \
		$(patsubst %,--requirement %,$(wildcard $(REQUIREMENTS)/*.txt))

audit-npm: .venv/.node
	$(NPM) audit
	$(NPM) audit --prefix tests/mutants

# Each group gets the versions of those before it: several are installed into one environment.
lock: ## write the pins and hashes of the Python packages anew; needs uv
	@for group in build dev node mutants pip audit; do \
		$(LOCK) --group $$group $$before --output-file $(REQUIREMENTS)/$$group.txt >/dev/null || exit 1; \
		before="$$before --constraint $(REQUIREMENTS)/$$group.txt"; \
	done

clean: ## remove all that these commands have made
	rm -rf .venv node_modules site build .cache test-results mutants
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache

# The tools. Any Python from 3.12 on will do; `.python-version` is what pyenv and uv take elsewhere.
# PYTHON=python3.13 chooses one, where there is no .venv yet.
.venv/.python: .ci/find-python $(REQUIREMENTS)/pip.txt
	@python=$$(.ci/find-python) || exit 1; \
	if [ -n "$$python" ]; then "$$python" -m venv .venv; \
	elif uv --version >/dev/null 2>&1; then uv venv --quiet --allow-existing --seed --python '>=3.12' .venv; \
	else \
		echo 'This needs Python 3.12 or newer with its venv module (apt install python3-venv, brew install python), or uv.' >&2; \
		exit 1; \
	fi
	@$(PIP) -r $(REQUIREMENTS)/pip.txt
	@touch $@

.venv/.build: .venv/.python pyproject.toml $(REQUIREMENTS)/build.txt
	@echo 'Installing what the build needs'
	@$(PIP) -r $(REQUIREMENTS)/build.txt
	@$(VENV_PYTHON) -m pip install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.dev: .venv/.build $(REQUIREMENTS)/dev.txt
	@echo 'Installing what checks and tests need'
	@$(PIP) -r $(REQUIREMENTS)/dev.txt
	@touch $@

# The wheel with Node is 60 MB: it is fetched only where the machine has no Node that will do.
.venv/.node: .venv/.build $(REQUIREMENTS)/node.txt
	@$(NPM) --version >/dev/null 2>&1 || { echo 'Installing Node'; $(PIP) -r $(REQUIREMENTS)/node.txt; }
	@touch $@

node_modules/.build: package-lock.json .npmrc | .venv/.node
	@echo 'Installing the Python runtime for the browser'
	@$(NPM) ci --loglevel=error --omit=dev
	@touch $@

node_modules/.dev: node_modules/.build
	@echo 'Installing what checks JavaScript'
	@$(NPM) ci --loglevel=error
	@touch node_modules/.build $@

browsers: .venv/.dev
	@$(VENV_PYTHON) -m tests.support.machine
