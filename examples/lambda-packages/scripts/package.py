"""Zip a Python package with its folder: python scripts/package.py notifier dist/notifier.zip.

The same files always make the same zip, byte for byte, so that a function is updated only when its
code has changed. Hence no times, no compression (which differs between versions of zlib), and one
order; and neither pages nor bytecode. What the package depends on would be installed here.
"""

import sys
from pathlib import Path
from zipfile import ZipFile, ZipInfo


def package(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    paths = (path.relative_to(source.parent).as_posix() for path in source.rglob("*.py"))
    with ZipFile(target, "w") as archive:
        for path in sorted(paths):
            info = ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # Unix, of which the permissions are
            info.external_attr = 0o100644 << 16
            archive.writestr(info, (source.parent / path).read_bytes())


if __name__ == "__main__":
    package(Path(sys.argv[1]).absolute(), Path(sys.argv[2]))
