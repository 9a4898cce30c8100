"""Suggestions: what is plainly a slip of the finger, and not what only happens to share letters."""

from __future__ import annotations

import pytest

from pipegen.manifest.service import Service
from pipegen.manifest.shapes import keys
from pipegen.suggest import nearest

KEYS = list(keys(Service))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("prt", "port"),
        ("prot", "port"),
        ("ort", "port"),
        ("Port", "port"),
        ("mem", "memory"),
        ("cpus", "cpu"),
        ("health_check", "health-check"),
        ("healthcheck", "health-check"),
        ("env-variables", "variables"),
        ("secret", "secrets"),
    ],
)
def test_a_slip_is_known(word: str, meant: str) -> None:
    assert nearest(word, KEYS)[:1] == [meant]


@pytest.mark.parametrize("word", ["min", "max", "image", "replicas", "", "x", "amount"])
def test_what_only_shares_letters_is_no_suggestion(word: str) -> None:
    assert nearest(word, KEYS) == []


def test_three_at_most_and_the_best_first() -> None:
    assert nearest("abcde", ["xbcdf", "ybcdf", "zbcdf", "azcdz"]) == ["azcdz"]
    assert nearest("stage", ["staging", "stage-1", "stage-2", "stage-3", "stages"]) == ["stages", "stage-3", "stage-2"]


def test_at_a_likeness_of_one_only_the_word_itself() -> None:
    assert nearest("port", ["port", "ports"], 1) == ["port"]
    assert nearest("ports", ["port"], 1) == []
