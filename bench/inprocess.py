"""How fast manifests compile in one process, and how that grows with them. Printed as JSON, in processor time."""

from __future__ import annotations

import json
import sys
import time

from bench.manifests import Held, different, of_another, with_components, with_environments
from pipegen.compiler import compile_manifest

HELD = Held()
ENVIRONMENTS, COMPONENTS = (1, 2, 4, 8, 16, 32), (1, 2, 5, 10, 20, 50)


def main(count: int) -> None:
    """Print manifests a second, and milliseconds by number of environments and of components."""
    manifests = different(count)
    _compile(manifests[0])
    started = time.process_time()
    for manifest in manifests:
        _compile(manifest)
    rate = count / (time.process_time() - started)
    environments = {n: _milliseconds(with_environments(n)) for n in ENVIRONMENTS}
    components = {n: _milliseconds(with_components(n)) for n in COMPONENTS}
    print(json.dumps({"rate": rate, "environments": environments, "components": components}))


def _milliseconds(manifest: bytes, times: int = 5) -> float:
    """The least of several, since nothing makes a run shorter than it is; each of another repository."""
    least = float("inf")
    for number in range(times):
        another = of_another(manifest, number)
        started = time.process_time()
        _compile(another)
        least = min(least, time.process_time() - started)
    return least * 1000


def _compile(manifest: bytes) -> None:
    compilation = compile_manifest(manifest, HELD)
    if compilation.files is None:
        raise ValueError(f"does not compile: {[diagnostic.message for diagnostic in compilation.diagnostics]}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
