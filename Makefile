# Tasks for contributors. Needs python3 (3.11 or newer), pip and make. `make help` lists the targets.
PY ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: setup demo test check bench bench-dedupe bench-qualify bench-scoring bench-reports bench-workers bench-outreach bench-web bench-crawl bench-finding bench-evidence bench-plan bench-answers bench-scale bench-scale-hosts bench-scale-spark chaos fuzz-outreach docs schema lock clean help

setup: $(VENV)/.stamp ## create .venv from the lock file, with the command .venv/bin/sluice

# uv is in the lock file too, so the installer is verified by hash. It ignores pip's configuration and uses its own certificates
# first, then the system's. If both fail, pip installs.
UV_INSTALL := uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock

$(VENV)/.stamp: requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sluice needs Python 3.11 or newer, this is %d.%d; choose another: make setup PY=python3.12" % sys.version_info[:2])'
	@test -x $(BIN)/pip || $(PY) -m venv $(VENV) || { rm -rf $(VENV); echo "python has no venv; on Debian: apt install python3-venv" >&2; exit 1; }
	@awk '/^[^ #]/ { take = /^uv==/ } take' requirements.lock > $(VENV)/installer.lock
	@{ $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/installer.lock \
	   && { $(BIN)/$(UV_INSTALL) 2>/dev/null || $(BIN)/$(UV_INSTALL) --system-certs; }; } \
	 || { echo "uv cannot install here; using pip, which takes a minute or two" >&2; \
	      $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .
	@# Compile what commands import. With PYTHONDONTWRITEBYTECODE set, every start of a command would.
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m console.cli.reference > /dev/null
	@touch $@

demo: setup ## run the whole pipeline on demo data, without any service
	@$(BIN)/sluice demo

# All tests share the processors; a few chosen ones start sooner in one process.
# A third of the time of a test is waiting for a database, a browser or another process.
TEST_WORKERS := $(shell cores=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); [ $$cores -lt 3 ] && echo 3 || echo 4)

test: setup ## run the tests: make test ARGS="tests/leads -k money"
	@$(BIN)/python -m pytest -q $(or $(ARGS),-n $(TEST_WORKERS))

check: setup ## check format, lint, types, imports, words, forbidden content
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
	@$(BIN)/python -m console.cli.reference | diff -u docs/reference/cli.md - || { echo "the command reference is out of date: run make docs" >&2; exit 1; }
	@$(BIN)/python -m console.api.reference | diff -u docs/api.md - || { echo "the page about the API is out of date: run make docs" >&2; exit 1; }

bench: setup ## time the main job, kill it ten times, measure extraction
	@test -d "$(SLUICE_BENCH_DATA)" || { echo "set the folder of the real lists: make bench SLUICE_BENCH_DATA=…" >&2; exit 2; }
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python -m bench.main_job
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python -m bench.kill_run
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python -m bench.extract_quality

bench-dedupe: setup ## compare dedupe with five other tools (ten minutes; first 90)
	@test -d "$(SLUICE_BENCH_DATA)" || { echo "set the folder of the real lists: make bench-dedupe SLUICE_BENCH_DATA=…" >&2; exit 2; }
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python -m bench.dedupe_peers $(ARGS)

bench-qualify: setup ## time profiles on a million companies and compare rule engines
	@$(BIN)/python -m bench.qualify_speed $(ARGS)

bench-scoring: setup ## time scores: a million signals, one signal, a million leads
	@$(BIN)/python -W ignore -m bench.scoring $(ARGS)

bench-reports: setup ## time reports of a campaign of 100,000 companies
	@$(BIN)/python -W ignore -m bench.reports $(ARGS)

bench-workers: setup ## measure the cost of ledger and queue per task
	@$(BIN)/python -W ignore -m bench.worker_costs $(ARGS)

bench-outreach: setup ## measure claims, suppressions and exports (stores 1,000,000 prospects twice)
	@$(BIN)/python -W ignore -m bench.outreach $(ARGS)

bench-web: setup ## measure pages: keys, tables of 1,000,000 rows, 50 SDRs at once
	@$(BIN)/python -W ignore -m bench.web $(ARGS)

bench-crawl: setup ## measure the crawl beside Scrapy and aiohttp (ARGS=--soak: memory)
	@$(BIN)/python -W ignore -m bench.crawl $(ARGS)

bench-finding: setup ## find sites of labelled names among decoys
	@test -d "$(SLUICE_BENCH_DATA)" || { echo "set the folder of the real lists: make bench-finding SLUICE_BENCH_DATA=…" >&2; exit 2; }
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python -m bench.finding_ranks
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python -W ignore -m bench.finding $(ARGS)

bench-evidence: setup ## measure what pages tell, beside naive rules and a peer
	@test -d "$(SLUICE_BENCH_DATA)" || { echo "set the folder of the real lists: make bench-evidence SLUICE_BENCH_DATA=…" >&2; exit 2; }
	@SLUICE_BENCH_DATA="$(SLUICE_BENCH_DATA)" $(BIN)/python -W ignore -m bench.evidence $(ARGS)

bench-plan: setup ## compare the planner of paid sources with waterfalls
	@$(BIN)/python -W ignore -m bench.plan

bench-answers: setup ## time 100,000 answers of a register as workers apply them
	@$(BIN)/python -W ignore -m bench.answers $(ARGS)

bench-scale: setup ## measure many companies: ARGS="import --share .05"
	@$(BIN)/python -W ignore -m bench.scale $(ARGS)

bench-scale-hosts: setup ## decide with workers on one host and on two (root only)
	@$(BIN)/python -W ignore -m bench.scale_hosts $(ARGS)

bench-scale-spark: setup ## cluster on two local Spark workers, beside one process
	@$(BIN)/python -W ignore -m bench.scale_spark $(or $(ARGS),200000)

chaos: setup ## kill processes during work and check the data (ten minutes)
	@$(BIN)/python -W ignore -m bench.chaos.run $(ARGS)

fuzz-outreach: setup ## run queue actions in any order, checked (CASES=300)
	@SLUICE_FUZZ_CASES=$(or $(CASES),300) $(BIN)/python -m pytest -q tests/outreach/test_day_machine.py $(ARGS)

docs: setup ## write the references of commands and API
	@$(BIN)/python -m console.cli.reference > $(VENV)/cli.md && mv $(VENV)/cli.md docs/reference/cli.md
	@$(BIN)/python -m console.api.reference > $(VENV)/api.md && mv $(VENV)/api.md docs/api.md

schema: setup ## write the tables of a new database, from the migrations
	@$(BIN)/python -m tests.written_schema

lock: setup ## update requirements.lock; upgrade with ARGS=--upgrade
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header -q -o requirements.lock $(ARGS)

clean: ## delete the environment, caches and builds
	@rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
