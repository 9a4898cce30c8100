# The same targets for both: make -C api …, make -C processor …
.PHONY: init lint test test-unit test-integration test-acceptance

init:
	python -m pip install --disable-pip-version-check --requirement requirements-dev.txt

lint:
	python -m ruff check . ../common
	python -m ruff format --check . ../common

test: test-unit test-integration test-acceptance

test-unit test-integration test-acceptance: test-%:
	python -m pytest tests/$* --junitxml=.junitxml/$*.xml
