"""Compile everywhere and anyhow: the same bytes come of it, and a second compile touches nothing."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from cases import EXAMPLES
from pipegen.compiler import MANIFEST
from proofs.numbers import chosen, shared_out
from writing.tracing import PIPEGEN

LOCALES = ("C", "C.UTF-8", "POSIX", "tr_TR.UTF-8", "de_DE.ISO-8859-1", "")
ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns", "")
UMASKS = (0o000, 0o022, 0o027, 0o077)
FOLDERS = ("r", "a name with spaces", "ünï", "deep/er/and/deeper", "deploy/.github", "line\nend")
ORDERED = "suites"
"""The one mapping whose order means something: suites run in it."""


@dataclass(frozen=True)
class Circumstances:
    """All that must not matter."""

    environment: Mapping[str, str]
    umask: int
    folder: str
    inside: bool
    """Whether pipegen is started in the repository, and not told of it by -C."""
    key_order: int


def digests(numbers: range) -> dict[str, set[str]]:
    """The digests of what each example compiles to, in the circumstances of these numbers."""
    found: dict[str, set[str]] = {}
    for number in numbers:
        example = EXAMPLES[number % len(EXAMPLES)]
        with tempfile.TemporaryDirectory() as folder:
            digest = _digest(example, Path(folder).resolve(), _circumstances(random.Random(number)))
        found.setdefault(example.name, set()).add(digest)
    return found


def _circumstances(chance: random.Random) -> Circumstances:
    environment = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": str(chance.randrange(2**32))}
    choices = {
        "LC_ALL": LOCALES,
        "TZ": ZONES,
        "COLUMNS": ("20", "200"),
        "HOME": ("/", "/nowhere"),
        "PYTHONUTF8": ("0", "1"),
        "TERM": ("dumb", "xterm"),
        "CI": ("true",),
        "SOURCE_DATE_EPOCH": ("0", "4102444800"),
    }
    environment |= {name: chance.choice(values) for name, values in choices.items() if chance.random() < 0.8}
    return Circumstances(
        environment, chance.choice(UMASKS), chance.choice(FOLDERS), chance.random() < 0.5, chance.randrange(2**32)
    )


def _digest(example: Path, folder: Path, circumstances: Circumstances) -> str:
    root = folder / circumstances.folder
    shutil.copytree(example, root, ignore=shutil.ignore_patterns(".github", "deploy"))
    text = (example / MANIFEST).read_text(encoding="utf-8")
    (root / MANIFEST).write_text(shuffled(text, circumstances.key_order), encoding="utf-8")
    others = {path for path in root.rglob("*") if path.is_file()}
    _compile(root, folder, circumstances)
    written = sorted(path for path in root.rglob("*") if path.is_file() and path not in others)
    stats = [(path.stat().st_ino, path.stat().st_mtime_ns) for path in written]
    assert {path.stat().st_mode & 0o777 for path in written} == {0o666 & ~circumstances.umask}
    assert "unchanged" in _compile(root, folder, circumstances)
    assert [(path.stat().st_ino, path.stat().st_mtime_ns) for path in written] == stats
    digest = hashlib.sha256()
    for path in written:
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _compile(root: Path, folder: Path, circumstances: Circumstances) -> str:
    run = subprocess.run(
        [PIPEGEN, "compile", *(() if circumstances.inside else ("-C", root))],
        cwd=root if circumstances.inside else folder,
        env=circumstances.environment,
        umask=circumstances.umask,
        capture_output=True,
        timeout=120,
        check=False,
    )
    said = run.stderr.decode("utf-8", "replace")
    assert run.returncode == 0, f"{said}\n{run.stdout.decode('utf-8', 'replace')}\n{circumstances}"
    return said


def shuffled(text: str, seed: int) -> str:
    """The manifest with the keys of every mapping in another order, but for suites, which run in theirs."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert node
    _shuffle(node, random.Random(seed))
    return yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=10**6)


def _shuffle(node: yaml.Node, chance: random.Random, *, ordered: bool = False) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _shuffle(value, chance, ordered=key.value == ORDERED)
        if not ordered:
            chance.shuffle(node.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _shuffle(item, chance)


def main() -> int:
    """Compile as often as the command line asks for, and print what came of it."""
    numbers = chosen(__doc__ or "", 500)
    found: dict[str, set[str]] = {}
    for part in shared_out(digests, numbers, 10):
        for name, some in part.items():
            found.setdefault(name, set()).update(some)
    several = sum(len(some) > 1 for some in found.values())
    print(
        f"{len(numbers):,} runs (seeds {numbers.start} to {numbers.stop - 1}) of {len(found)} examples: "
        f"{several} with more than one digest; a second run touched nothing"
    )
    for name, some in sorted(found.items()):
        print(*sorted(some), name)
    return 1 if several else 0


if __name__ == "__main__":
    sys.exit(main())
