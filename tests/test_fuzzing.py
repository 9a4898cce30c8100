"""The reader before bytes that nobody thought of: a sample of `make fuzz`."""

from __future__ import annotations

import re

import pytest

from proofs.fuzzing import corpus, fuzz


def test_nothing_escapes_from_a_few_thousand_byte_strings() -> None:
    pytest.importorskip("atheris", reason="atheris is published for Linux on x86-64 only")
    status, said = fuzz(1500, seed=7)
    assert status == 0, said
    ran, branches, kept = (
        int(number.replace(",", ""))
        for number in re.findall(r"^([0-9,]+) byte strings \(seed 7, (\d+) branches, (\d+) strings", said)[0]
    )
    assert ran >= 1500
    assert branches > 1000
    assert kept > 50


def test_the_corpus_begins_with_many_different_strings() -> None:
    assert len(set(corpus())) > 200
