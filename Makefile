# Everything a contributor runs. Needs python3 (3.11 or newer), pip and make; `make help` lists the targets.
PY ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: setup demo test check bench bench-dedupe bench-qualify bench-workers chaos docs lock clean help

setup: $(VENV)/.stamp ## create the environment from the hashed lock, and the command .venv/bin/sluice

# uv is in the lock too, so that even the installer comes in by its hash. It reads none of pip's configuration and trusts its own
# certificates first: where it fails with those and with the system's, pip does the work.
UV_INSTALL := uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock

$(VENV)/.stamp: requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sluice needs Python 3.11 or newer, this is %d.%d; name another: make setup PY=python3.12" % sys.version_info[:2])'
	@test -x $(BIN)/pip || $(PY) -m venv $(VENV) || { rm -rf $(VENV); echo "python has no venv; on Debian: apt install python3-venv" >&2; exit 1; }
	@awk '/^[^ #]/ { take = /^uv==/ } take' requirements.lock > $(VENV)/installer.lock
	@{ $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/installer.lock \
	   && { $(BIN)/$(UV_INSTALL) 2>/dev/null || $(BIN)/$(UV_INSTALL) --system-certs; }; } \
	 || { echo "uv cannot install here; pip takes over, which takes a minute or two" >&2; \
	      $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## the whole pipeline on a made-up town of company sites, without any service
	@$(BIN)/sluice demo

test: setup ## run the tests: make test ARGS="tests/leads -k money"
	@$(BIN)/python -m pytest -q $(ARGS)

check: setup ## format, lint, types, imports, dependencies, complexity, words, and what must not be committed
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .
	@$(BIN)/python .ci/complexity.py
	@$(BIN)/python .ci/words.py
	@$(BIN)/python .ci/help_lines.py
	@$(BIN)/python .ci/tidy.py
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	@$(BIN)/python -m pip check
	@$(BIN)/python -m console.cli.reference | diff -u docs/reference/cli.md - || { echo "the page of commands is out of date: make docs" >&2; exit 1; }

bench: setup ## time the main job, kill it ten times, measure extraction; the lists are in SLUICE_BENCH_DATA
	@test -d "$(SLUICE_BENCH_DATA)" || { echo "name the folder of the real lists: make bench SLUICE_BENCH_DATA=…" >&2; exit 2; }
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python bench/main_job.py
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python bench/kill_run.py
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python bench/extract_quality.py

bench-dedupe: setup ## measure dedupe beside five peers, each in an environment of its own, and write docs/bench/dedupe.md; takes an hour
	@test -d "$(SLUICE_BENCH_DATA)" || { echo "name the folder of the real lists: make bench-dedupe SLUICE_BENCH_DATA=…" >&2; exit 2; }
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python bench/dedupe_peers.py $(ARGS)

bench-qualify: setup ## time profiles on a million made-up companies beside rule engines, and write docs/bench/qualify.md
	@PYTHONPATH=.:bench $(BIN)/python bench/qualify_speed.py $(ARGS)

bench-workers: setup ## what ledger and queue cost a unit, up to two million rows, beside raw RQ and procrastinate; writes docs/bench/workers.md
	@PYTHONPATH=. $(BIN)/python -W ignore bench/worker_costs.py $(ARGS)

chaos: setup ## kill things while work is under way and count what is left; about ten minutes
	@PYTHONPATH=. $(BIN)/python -W ignore bench/chaos/run.py $(ARGS)

docs: setup ## write the page of commands from the program's own help
	@$(BIN)/python -m console.cli.reference > $(VENV)/cli.md && mv $(VENV)/cli.md docs/reference/cli.md

lock: setup ## write requirements.lock for a changed pyproject.toml; newer versions too: make lock ARGS=--upgrade
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header -q -o requirements.lock $(ARGS)

clean: ## remove the environment, caches and builds
	@rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
