"""The rule `linter-cannot-fail`: which commands it takes for ones that succeed whatever they find."""

from __future__ import annotations

import pytest

from effort import at_most
from pipegen.rules.linter_cannot_fail import cannot_fail


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("black .", "black"),
        ("black --diff .", "black"),
        ("black --line-length 100 -l 100 .", "black"),
        ("isort .", "isort"),
        ("isort --diff .", "isort"),
        ("ruff format", "ruff format"),
        ("prettier --write .", "prettier"),
        ("npx prettier --write .", "prettier"),
        ("npx --yes prettier@3 --write .", "prettier"),
        ("pnpm exec prettier --write .", "prettier"),
        ("poetry run black .", "black"),
        ("uv run black .", "black"),
        ("uv run --frozen --group dev black .", "black"),
        ("python -m black src", "black"),
        ("poetry run python3 -m black src", "black"),
        ("FORCE_COLOR=1 black .", "black"),
        (".venv/bin/black .", "black"),
        ("make lint\nblack .", "black"),
        ("cd api && black .", "black"),
        ("black --check src; isort src", "isort"),
        ("git diff --exit-code && black .", "black"),
        ("flake8 --exit-zero", "flake8 --exit-zero"),
        ("poetry run pylint --exit-zero src", "pylint --exit-zero src"),
        ("ruff check --exit-zero .", "ruff check --exit-zero ."),
        ("ruff check --fix-only", "ruff check --fix-only"),
        ("flake8 || true", "|| true"),
        ("flake8 || :", "|| :"),
        ("flake8 || exit 0", "|| exit 0"),
        ("flake8 || echo failed", "|| echo failed"),
        ("flake8 && mypy || true", "|| true"),
        ("flake8 | tee log || true", "|| true"),
        ("flake8 || \\\n  true", "|| true"),
        ("flake8 || # never mind\n  true", "|| true"),
        ("mypy || true\nflake8", "|| true"),
        ("make lint || true; mypy", "|| true"),
        ("git diff --check || true", "|| true"),
        ("true", "true"),
        ("echo 'no linter yet'", "echo 'no linter yet'"),
        ("echo no linter\nexit 0", "echo no linter"),
    ],
)
def test_found(script: str, found: str) -> None:
    assert cannot_fail(script) == found


@pytest.mark.parametrize(
    "script",
    [
        "make lint",
        "npm run lint",
        "poetry run make lint",
        "pre-commit run --all-files",
        "black --check .",
        "black --check --diff .",
        "poetry run black --check .",
        "uv run --group dev black --check .",
        "isort -c .",
        "isort --check-only .",
        "ruff format --check",
        "ruff format --diff",
        "ruff check --fix",
        "ruff check",
        "prettier --check .",
        "npx prettier -l .",
        "eslint . --fix",
        "npx eslint . --fix",
        "black . && git diff --exit-code",
        "black .\ngit diff --quiet",
        "echo linting\nflake8",
        "flake8 && echo fine",
        "flake8; true",  # the shell has stopped by then
        "flake8 | tee log",
        "flake8 || exit 1",
        "flake8 || (echo failed; exit 1)",
        "flake8 || { echo failed; exit 1; }",
        "flake8 || echo failed && exit 1",
        "mkdir reports || true\nflake8",
        "rm -r .mypy_cache || :; mypy",
        "# black .\nmake lint",
        "echo 'black . || true'; flake8",
        'echo "a; black ." && flake8',
        "grep --recursive black .",
        "blacken .",
        "'unbalanced",
        "\\",
        "||",
        "--",
    ],
)
def test_not_found(script: str) -> None:
    assert cannot_fail(script) is None


@pytest.mark.parametrize(
    "unit",
    ["\n", " ", "'", '"', '"\\', "a;", "\\\n", "f || true;", "#", " #", "a=1 ", "env ", "\\", "a'b", "\t\r", "x", "&"],
)
def test_a_script_takes_a_time_that_is_linear_in_its_length(unit: str) -> None:
    with at_most(1):
        cannot_fail("x " + unit * (100_000 // len(unit)))
