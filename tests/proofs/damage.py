"""Every byte of three compiled repositories changed, one after the other: `lint` sees each.

A changed file is told of as edited by hand, or as somebody else's where its mark is gone; never as an older compile,
which the next `compile` would replace without a word. Only the notice in its first line may be of another version.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from cases import EXAMPLES
from pipegen.compiler import MANIFEST, compile_manifest
from pipegen.files import WorkTree
from pipegen.output import Change, FileTree, differences, with_header
from proofs.numbers import shared_out

SETS = ("library", "airflow-dags", "application")
TOLD = (Change.HAND_EDITED, Change.IN_THE_WAY, Change.UPDATE)


def compiled(example: str) -> FileTree:
    """What an example compiles to."""
    (folder,) = [one for one in EXAMPLES if one.name == example]
    files = compile_manifest((folder / MANIFEST).read_bytes(), WorkTree(folder)).files
    assert files is not None
    return files


def damaged(path: str, body: str, places: Iterable[int] | None = None) -> Iterator[str]:
    """What came of each byte of one file that is changed, at these places or at all."""
    data = with_header(path, body).encode()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, path)
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        assert differences(Path(folder), {path: body}) == ()
        descriptor = os.open(file, os.O_WRONLY)
        for place in range(len(data)) if places is None else places:
            os.pwrite(descriptor, bytes([data[place] ^ (1 << place % 8)]), place)
            found = differences(Path(folder), {path: body})
            of_notice = place <= data.index(b"\n")
            right = [one.change for one in found if one.path == path and (one.change in TOLD[:2] or of_notice)]
            yield right[0].name if len(found) == len(right) == 1 else f"{path}, byte {place}: {found}"
            os.pwrite(descriptor, data[place : place + 1], place)
        os.close(descriptor)
        assert differences(Path(folder), {path: body}) == ()


def _all_files() -> list[tuple[str, str]]:
    """The files of the three sets, those that are alike once."""
    return sorted({(path, body) for example in SETS for path, body in compiled(example).items()})


def of_files(numbers: range) -> Counter[str]:
    """What came of the bytes of these files."""
    files = _all_files()
    return Counter(result for number in numbers for result in damaged(*files[number]))


def main() -> int:
    """Change every byte, and print what was seen."""
    total = Counter[str]()
    for count in shared_out(of_files, range(len(_all_files())), 1):
        total += count
        print(f"{total.total():,} bytes", file=sys.stderr)
    missed = [result for result in total if result not in Change.__members__]
    print(*missed, sep="\n")
    said = ", ".join(f"{total[change.name]:,} {change.name.lower().replace('_', ' ')}" for change in TOLD)
    print(f"{total.total():,} bytes of {', '.join(SETS)} changed: {said}, {len(missed)} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
