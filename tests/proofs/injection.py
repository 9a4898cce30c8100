"""Random manifests with random texts made to do harm: each arrives unchanged, and changes nothing else.

Each manifest is compiled twice: with a harmless token in each place that takes free text, and with poison there. Two
readers of YAML and the reader of roots must find the same in both, but for each token, which must have become its
poison, and the same expressions.
"""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

from ruamel.yaml import YAML

from cases import Holding
from judges.reading import workflow
from pipegen.compiler import compile_manifest
from pipegen.output import FileTree
from pipegen.targets.aws import readback
from proofs.numbers import chosen, shared_out
from random_manifests import manifest
from random_manifests.poison import free_texts, random_poison, widened
from random_manifests.spelling import spelt

_TOKEN = re.compile("zq[0-9]+qz")
TEXTS = 100_000


def injected(seed: int) -> tuple[int, list[str]]:
    """How many poisons arrived in the files of one manifest, and what is wrong there."""
    random = Random(seed)
    one = manifest(seed)
    harmless = copy.deepcopy(one.data)
    widened(harmless)
    places = free_texts(harmless)
    poisons = {f"zq{number}qz": random_poison(random, place.shape) for number, place in enumerate(places)}
    harmful = copy.deepcopy(harmless)
    for place, other, token in zip(places, free_texts(harmful), poisons, strict=True):
        place.holder[place.key], other.holder[other.key] = token, poisons[token]
    twins = [_files(data, one.files, random) for data in (harmless, harmful)]
    wrong: list[str] = []
    arrived: set[str] = set()
    if twins[0].keys() != twins[1].keys():
        wrong.append("other files")
    for path in twins[0].keys() & twins[1].keys():
        before, after = twins[0][path], twins[1][path]
        for read in _readers(path):
            wrong += [f"{path}: {found}" for found in _differences(read(before), read(after), poisons, path)]
        if re.findall(r"\$\{\{.*?\}\}", before) != re.findall(r"\$\{\{.*?\}\}", after):
            wrong.append(f"{path}: other expressions")
        arrived.update(_TOKEN.findall(before))
    return len(arrived), [f"seed {seed}: {found}" for found in wrong]


def _files(data: dict[str, Any], files: tuple[str, ...], random: Random) -> FileTree:
    compilation = compile_manifest(spelt(data, random).encode(), Holding(*files))
    assert compilation.files is not None, compilation.diagnostics
    return compilation.files


def _readers(path: str) -> tuple[Callable[[str], Any], ...]:
    if path.endswith(".yml"):
        return workflow, YAML(typ="safe", pure=True).load
    is_of_root = path.endswith(".tf") and "/modules/" not in path
    return (readback.read if is_of_root else str,)


def _differences(before: Any, after: Any, poisons: Mapping[str, str], place: str) -> Iterator[str]:
    """Where something else than a token has changed, or a token into something else than its poison."""
    if isinstance(before, Mapping) and isinstance(after, Mapping) and list(before) == list(after):
        for key, value in before.items():
            yield from _differences(value, after[key], poisons, f"{place}.{key}")
    elif isinstance(before, list | tuple) and isinstance(after, list | tuple) and len(before) == len(after):
        for index, (value, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(value, other, poisons, f"{place}[{index}]")
    elif isinstance(before, str) and isinstance(after, str):
        expected = _TOKEN.sub(lambda token: poisons[token[0]], before)
        if after != expected:
            yield f"{place} is {after[:200]!r} and not {expected[:200]!r}"
    elif type(before) is not type(after) or before != after:
        yield f"{place} is {str(after)[:200]} and not {str(before)[:200]}"


def of_all(seeds: range) -> tuple[int, list[str]]:
    """What comes of these manifests together."""
    found = [injected(seed) for seed in seeds]
    return sum(count for count, _ in found), [wrong for _, several in found for wrong in several]


def main() -> int:
    """Inject until as many texts have arrived as the command line asks for."""
    asked = chosen(__doc__ or "", TEXTS)
    seeds = range(asked.start, asked.start + len(asked) // 20)
    arrived, manifests, wrong = 0, 0, list[str]()
    for count, several in shared_out(of_all, seeds, 4):
        arrived, manifests, wrong = arrived + count, manifests + 4, wrong + several
        print(f"{arrived:,} texts", file=sys.stderr)
        if arrived >= len(asked):
            break
    print(*wrong, sep="\n")
    print(f"{arrived:,} texts in {manifests:,} manifests from seed {asked.start} on, {len(wrong)} differences")
    return 0 if arrived >= len(asked) and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
