# Cam Kết: every command a person needs. `make` alone lists them.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PYTHONS := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11
PYTEST := $(BIN)/python -m pytest -p tests.left_out
# Worksteal keeps the tests of a file together, so that what they share is made once.
SIDE_BY_SIDE := -n auto --dist worksteal
CATALOGUE := commitments/locale/vi/LC_MESSAGES/django
COMPILE := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate

.DEFAULT_GOAL := help
.PHONY: help run test test-browser test-servers lint bench bench-pages check-api drill-reminders drill-api lock messages permissions ci clean

help: ## List the commands
	@echo "Cam Kết. First: make run   Then: http://127.0.0.1:$(or $(PORT),8000)/"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: $(VENV)/installed-base ## Start everything on this machine (PORT=8001 make run for another port)
	@exec $(BIN)/python manage.py up --end-with-parent

test: $(VENV)/installed-dev ## Run the tests that need neither server nor browser
	@$(PYTEST) $(SIDE_BY_SIDE) -m "not browser and not server"

test-browser: $(VENV)/installed-dev ## Run the tests in headless Chromium
	@$(PYTEST) $(SIDE_BY_SIDE) -m browser || { test $$? -eq 5 && echo "There are no browser tests yet."; }

test-servers: $(VENV)/installed-dev ## Run the suite on PostgreSQL and Redis (started here, or DATABASE_URL and REDIS_URL)
	@.ci/with-servers $(PYTEST) $(SIDE_BY_SIDE) -m "not browser"

lint: $(VENV)/installed-dev ## Check style, types, templates and dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy commitments tracker
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/deptry .

bench: $(VENV)/installed-base ## Measure pages, API, spreadsheets, planning and exports (LARGEST=1000000: some minutes more)
	@set -e; dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; export VAR_DIR="$$dir" DATABASE_URL= ; \
	echo "Making a throw-away database with the facts (about 20 s) …"; \
	$(BIN)/python manage.py migrate --verbosity 0; \
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0; \
	$(BIN)/python manage.py load_facts > /dev/null; \
	$(BIN)/python manage.py bench --rows 10000 --owed 10000 100000 $(LARGEST); \
	echo "Making up 100,000 updates with their events (some minutes) …"; \
	$(BIN)/python manage.py bench_exports --made 5000

bench-pages: $(VENV)/installed-base ## Measure public pages and lists of the API through the server, on PostgreSQL and Redis (MADE=5000: the large size)
	@.ci/with-servers sh -ec 'dir=$$(mktemp -d); trap "rm -rf $$dir" EXIT; export VAR_DIR="$$dir" SECRET_KEY=bench HTTPS=0; \
	$(BIN)/python manage.py migrate --verbosity 0; \
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0; \
	$(BIN)/python manage.py load_facts > /dev/null; \
	$(BIN)/python manage.py bench_pages --made $(or $(MADE),50); \
	$(BIN)/python manage.py bench_pages --api'

check-api: $(VENV)/installed-dev ## Ask the API what its document says, with all checks (PostgreSQL and Redis)
	@.ci/with-servers $(BIN)/python -m tests.drills.contract

drill-reminders: $(VENV)/installed-dev ## Kill what sends reminders, and count what arrives (10 minutes; needs PostgreSQL and Redis)
	@$(BIN)/python -m tests.drills.reminders
	@$(BIN)/python -m tests.drills.reminders --embedded

drill-api: $(VENV)/installed-dev ## Kill the server while updates are posted, and count them (5 minutes; needs PostgreSQL and Redis)
	@$(BIN)/python -W ignore -m tests.drills.api
	@.ci/with-servers $(BIN)/python -W ignore -m tests.drills.api

lock: $(VENV)/made ## Compile requirements/*.txt from pyproject.toml (names no host)
	@uv=$$(command -v uv || true); \
	test -n "$$uv" || { $(BIN)/python -m pip install --quiet uv; uv=$(BIN)/uv; }; \
	export UV_CUSTOM_COMPILE_COMMAND="make lock"; \
	"$$uv" $(COMPILE) --extra embedded -o requirements/base.txt pyproject.toml && \
	"$$uv" $(COMPILE) --extra embedded --extra pdf -o requirements/pdf.txt pyproject.toml && \
	"$$uv" $(COMPILE) --extra embedded --extra pdf --extra dev -o requirements/dev.txt pyproject.toml

# The catalogue holds no line numbers and no date, so that it changes only where a text does.
messages: $(VENV)/installed-dev ## Collect and compile translations (needs gettext)
	@command -v msgfmt > /dev/null || { echo "gettext is missing. On Debian: apt-get install gettext"; exit 1; }
	@$(BIN)/python manage.py makemessages --locale vi --no-wrap --no-obsolete --add-location file --ignore var --ignore tests
	@sed '/^"POT-Creation-Date:/d' $(CATALOGUE).po > $(CATALOGUE).new && mv $(CATALOGUE).new $(CATALOGUE).po
	@msgfmt --check-format --statistics --output-file $(CATALOGUE).mo $(CATALOGUE).po

permissions: $(VENV)/installed-dev ## Write docs/permissions.md anew from the rules
	@WRITE_PERMISSIONS=1 $(PYTEST) -q tests/permissions -k docs

ci: ## Run what the project's own checks run
	@bash .ci/run

clean: ## Remove the environment and the data in var/
	rm -rf $(VENV) var

# The environment ----------------------------------------------------------------------------

$(VENV)/made:
	@python=; for name in $(PYTHONS); do \
	  if command -v $$name > /dev/null && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))'; \
	  then python=$$name; break; fi; done; \
	test -n "$$python" || { echo "Python 3.11 or newer is needed, and none was found."; \
	  echo "Install one, or name it: PYTHON=/path/to/python3 make run"; exit 1; }; \
	echo "Making the environment in $(VENV) (about 5 s) …"; \
	"$$python" -m venv $(VENV) || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/installed-base: requirements/base.txt | $(VENV)/made
	@echo "Installing the libraries (10 to 60 s by the network) …"
	@$(call install,requirements/base.txt)
	@touch $@

# dev.txt holds every pin of base.txt and pdf.txt, as a test makes sure.
$(VENV)/installed-dev: requirements/dev.txt | $(VENV)/made
	@echo "Installing the libraries and the developer's tools (20 to 120 s by the network) …"
	@$(call install,requirements/dev.txt)
	@touch $@ $(VENV)/installed-base

define install
if command -v uv > /dev/null && uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) 2> /dev/null; \
then :; else $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r $(1) || \
{ echo "The libraries could not be installed; the lines above say why. Is the package index within reach?"; exit 1; }; fi
endef
