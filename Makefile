# Everything is installed into .venv, .venv-checkov and node_modules, from the lock files, by the first target that needs it.
PYTHON ?= python3
BIN := .venv/bin
REPOSITORIES := . $(patsubst %/deploy.yaml,%,$(wildcard examples/*/deploy.yaml))
PROOFS := hostile manifests agreement injection fuzz damage kills faults runs mutation

.DEFAULT_GOAL := help
.PHONY: help demo test check bench format generate compile proof agreement kills faults runs lock clean
.PHONY: hostile manifests injection fuzz damage mutation

help: ## Show these targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: .venv/ready ## Compile an example repository and show what comes of it
	@scripts/demo

test: .venv/ready node_modules/ready ## Run every test but the long proofs
	@scripts/system-packages
	$(BIN)/pytest -n 2 -m "not slow"

check: .venv/ready node_modules/ready ## Everything that a change must pass: format, lint, types, tests, freshness
	@scripts/system-packages
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	@for one in $(REPOSITORIES); do $(BIN)/pipegen compile --check -C $$one || exit 1; done
	$(BIN)/pytest -n 2 -m "not slow"

proof: .venv/ready .venv-checkov/ready node_modules/ready ## The tests marked slow, and every long proof, one after the other
	@scripts/system-packages
	$(BIN)/pytest -n 2 -m slow
	@for one in $(PROOFS); do echo "make $$one"; $(MAKE) --no-print-directory $$one || exit 1; done

hostile: .venv/ready node_modules/ready ## Refuse every hostile manifest, and count them
	$(BIN)/pytest -q tests/test_hostile.py

manifests: .venv/ready node_modules/ready ## Put what 10,000 random manifests compile to before every judge
	PYTHONPATH=tests $(BIN)/python -m proofs.manifests

agreement: .venv/ready node_modules/ready ## Compare what the models and the schema make of 10,000 random documents
	PYTHONPATH=tests $(BIN)/python -m proofs.agreement

kills: .venv/ready ## Kill a compile at 1,000 calls of the system
	@scripts/system-packages
	PYTHONPATH=tests $(BIN)/python -m proofs.kills

faults: .venv/ready ## Refuse a compile 2,000 calls of the system
	@scripts/system-packages
	PYTHONPATH=tests $(BIN)/python -m proofs.faults

runs: .venv/ready ## Compile 500 times where something else is different
	PYTHONPATH=tests $(BIN)/python -m proofs.runs

bench: .venv/ready bench/.venv/ready ## Time pipegen and what people run beside it
	@$(BIN)/python -m bench

injection: .venv/ready ## Put 100,000 harmful texts into random manifests and find them again
	PYTHONPATH=tests $(BIN)/python -m proofs.injection

fuzz: .venv/ready ## Give the reader 200,000 byte strings that coverage leads to
	PYTHONPATH=tests $(BIN)/python -m proofs.fuzzing

damage: .venv/ready ## Change every byte of three compiled repositories
	PYTHONPATH=tests $(BIN)/python -m proofs.damage

mutation: .venv/ready ## Count the mistakes in critical modules that the tests notice
	PYTHONPATH=tests $(BIN)/python -m proofs.mutation

format: .venv/ready ## Format the code
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

generate: .venv/ready ## Write the schema and the reference pages from the models and the rules
	$(BIN)/python -m pipegen.reference

compile: .venv/ready ## Compile this repository and every example
	@for one in $(REPOSITORIES); do $(BIN)/pipegen compile -C $$one || exit 1; done

lock: .venv/ready ## Choose the versions that are installed anew
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 \
	  --upgrade --extra dev --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 \
	  --upgrade --output-file checkov.lock checkov.in
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 \
	  --upgrade --output-file bench/requirements.lock bench/requirements.in
	npm update --save
	npm update --save --prefix bench

clean: ## Remove what was installed
	rm -rf .venv .venv-checkov node_modules bench/.venv bench/node_modules

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# It asks for other versions of what .venv holds.
.venv-checkov/ready: checkov.lock
	$(PYTHON) -m venv .venv-checkov
	.venv-checkov/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement checkov.lock
	@touch $@

# Peers have their own environment, lest they change what the tests run with. Without npm projen is left out.
bench/.venv/ready: bench/requirements.lock bench/package-lock.json .venv/ready
	$(PYTHON) -m venv bench/.venv
	$(BIN)/uv pip install --quiet --python bench/.venv/bin/python --require-hashes --requirement bench/requirements.lock
	@if command -v npm > /dev/null; then npm ci --silent --prefix bench; fi
	@touch $@

# Judges that are published for Node only. Without npm their tests are skipped, and say so.
node_modules/ready: package-lock.json
	@if command -v npm > /dev/null; then npm ci --silent; else mkdir -p node_modules; fi
	@touch $@
