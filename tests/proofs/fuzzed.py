"""The process that is fuzzed; `proofs.fuzzing` starts it, because libFuzzer ends it."""

from __future__ import annotations

import sys
import time

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["pipegen"]):
    from pipegen.compiler import compile_manifest

from cases import Holding
from pipegen.diagnostics import Diagnostic
from proofs.fuzzing import MEBIBYTES, SECONDS

longest = 0.0


def put(data: bytes) -> None:
    """Compile the bytes, and look at what is said of them. The repository is empty, so that few are compiled whole."""
    global longest
    started = time.process_time()
    compilation = compile_manifest(data, Holding())
    spent = time.process_time() - started
    if spent > longest:  # libFuzzer ends the process without asking, so it is said at once
        longest = spent
        print(f"{longest:.3f}", flush=True)
    if spent > SECONDS:
        raise TimeoutError(f"{spent:.2f} s of the processor")
    if compilation.files is None and not compilation.diagnostics:
        raise AssertionError("refused without a word")
    _look_at(compilation.diagnostics, data)


def _look_at(found: tuple[Diagnostic, ...], data: bytes) -> None:
    lines = data.count(b"\n") + 1
    for one in found:
        if one.span is None or not 1 <= one.span.line <= lines or one.span.column < 1:
            raise AssertionError(f"{one.rule.name} stands at {one.span}, and there are {lines} lines")
        if not one.message.replace("\n", "").isprintable():
            raise AssertionError(f"{one.rule.name} shows what does not show: {one.message!r}")


if __name__ == "__main__":
    atheris.Setup([*sys.argv, f"-rss_limit_mb={MEBIBYTES}", "-timeout=60"], put)
    atheris.Fuzz()
