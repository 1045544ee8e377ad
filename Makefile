# Evenkeel. `make run` opens the app, `make test` checks everything; both make their own virtual environment.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run test lint types prove nightly bench audit sbom debian lock clean

help:           ## say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

run: $(VENV)/run.done          ## open the app in the browser, on the sample institution until you bring your own data
	$(BIN)/streamlit run app.py

test: debian $(VENV)/test.done lint types  ## install what the tests need, then lint, types, tests
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/test.done        ## style
	$(BIN)/ruff check .

types: $(VENV)/test.done       ## types
	$(BIN)/mypy

prove: debian $(VENV)/test.done  ## run every acceptance line with full counts and write PROOF.md
	$(BIN)/python -m tests.prove

nightly: debian $(VENV)/test.done  ## twenty thousand wrong files and addresses, and every file made to harm
	$(BIN)/python -c "from tests.prove import trust_fuzz, trust_bombs; print(trust_fuzz.run()); print(trust_bombs.run())"

bench: debian $(VENV)/test.done  ## time what must be fast, with the limit and a ratio beside each figure
	$(BIN)/python -m tests.bench

audit: $(VENV)/test.done       ## ask whether a locked version is known to be unsafe
	$(BIN)/python -m tests.supply audit

sbom: $(VENV)/test.done        ## write build/sbom.json: every package that the product is made of, with its licence
	$(BIN)/python -m tests.supply sbom

debian:
	@sh tests/setup.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Evenkeel needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: requirements.lock | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/test.done: requirements-dev.lock $(VENV)/run.done
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

lock: $(VENV)/bin/python       ## choose new versions within the bounds and write both lock files
	$(PIP) install uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 \
		--custom-compile-command "make lock" --quiet requirements.txt -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 \
		--custom-compile-command "make lock" --quiet requirements-dev.txt -o requirements-dev.lock

clean:          ## remove what was built; data stay
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis
