# Woodshed in one word each: run, test, check, lock, bench, clean.
# A machine needs Python 3.11 or newer, git and make; everything else lands in .venv.

# The first of these that starts and is new enough; a name on PATH may be a shim that does not start.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; \
	done)

bin := .venv/bin
# uv from PATH where it works, else the one that is fetched into .venv.
uv = $$(uv --version >/dev/null 2>&1 && echo uv || echo $(bin)/uv)
install = $(uv) pip install --quiet --python $(bin)/python
sources := studio pages tests bench

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lock bench clean

help:  ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

run: .venv/.ready-to-run  ## Open the studio in the browser (more: make run ARGS="--port 8600 --no-browser")
	@$(bin)/studio serve $(ARGS)

test: check  ## Check everything, then run every test (browser tests where a Chromium is installed)
	$(bin)/python -m pytest --numprocesses 3 --dist loadfile $(ARGS)

check: .venv/.ready-to-test  ## Check format, style, types, directions of imports and spelling
	$(bin)/ruff format --check $(sources)
	$(bin)/ruff check $(sources)
	$(bin)/mypy
	PYTHONPATH=. $(bin)/lint-imports --no-logo
	$(bin)/codespell

lock: .venv/.uv  ## Pin the newest versions that fit, with their hashes, in requirements.lock
	$(uv) pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev \
		--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
		--upgrade pyproject.toml --output-file requirements.lock

# All of them take about an hour on two cores.
BENCHES ?= band pages shelf memory worker uploads tools hearing separation transcription stretching seams covers personas video
bench: .venv/.ready-to-test  ## Measure the numbers of bench/README.md on this machine (some: make bench BENCHES="band tools")
	@for name in $(BENCHES); do $(bin)/python -m bench.$$name || exit 1; done

clean:  ## Remove the environment and everything that can be made again
	rm -rf .venv build dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find $(sources) -type d -name __pycache__ -prune -exec rm -rf {} +

.venv/.python:
	@test -n '$(PYTHON)' || { echo 'Woodshed needs Python 3.11 or newer, and none was found. Install one, or name it: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo 'This Python cannot make an environment. On Debian and Ubuntu: apt-get install python3-venv' >&2; rm -rf .venv; exit 1; }
	@touch $@

.venv/.uv: .venv/.python
	@$(uv) --version >/dev/null 2>&1 || $(bin)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

# The lock file serves as constraints here, hashes included, so that running needs no developer's tools.
.venv/.ready-to-run: .venv/.uv pyproject.toml requirements.lock
	@echo 'Fetching the packages that Woodshed runs on.'
	@$(install) --constraints requirements.lock --only-binary av --editable '.[media]' 2>/dev/null || { \
		$(install) --constraints requirements.lock --editable . && \
		echo 'There is no PyAV for this machine: all works but films and the format M4A.'; }
	@touch $@

.venv/.ready-to-test: .venv/.uv pyproject.toml requirements.lock
	@echo 'Fetching the packages that Woodshed runs on and is tested with.'
	@$(install) --no-deps --require-hashes --requirements requirements.lock
	@$(install) --no-deps --editable .
	@touch $@ .venv/.ready-to-run
