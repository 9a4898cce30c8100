"""The record of a lint that found nothing, by which the next one is answered: see `unchanged`."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

import yaml

from pipegen.files import Files, Observed
from pipegen.unchanged import MAX_BYTES, answer, folder, import_path, is_kept_safe, now, record_of

_DAYS = 30
"""After which a record is removed: its repository may be gone."""


class Recording(Observed):
    """A repository that is being linted. What it is before is compared after."""

    def __init__(self, files: Files) -> None:
        super().__init__(files)
        self._root = os.path.realpath(os.curdir)
        self._records = folder()
        self._before = b""
        if self._records:
            with suppress(OSError):
                self._before = now(self._root)

    def keep(self) -> None:
        """Record that the lint found nothing, if nothing has changed since it began. Where that fails, nothing is."""
        if not self._records or not self._before:
            return
        with suppress(OSError, ValueError):
            asked = os.fsencode("\n".join(self._questions()))
            record = asked + b"\n\n" + asked + self._before
            if now(self._root) == self._before and b"\n\n" not in asked and len(record) <= MAX_BYTES:
                records = Path(self._records)
                records.mkdir(mode=0o700, parents=True, exist_ok=True)
                if is_kept_safe(self._records):
                    _write(Path(record_of(self._records, self._root)), record)
                    _remove_old_ones(records)

    def _questions(self) -> Iterator[str]:
        for (kind, path), held in self.held.items():
            yield f"{kind} {'yes' if held else 'no'} {path}"
        for path, data in self.begun.items():
            yield f"beginning {data.hex()} {path}"
        for module in (yaml, getattr(yaml, "_yaml", yaml)):
            yield _elsewhere(str(module.__file__))
        of_yaml = str(Path(yaml.__file__).parent.parent)
        for before in takewhile(lambda one: one != of_yaml, import_path()):
            yield from (_elsewhere(f"{before}/{name}") for name in ("yaml", "yaml.py"))


def _elsewhere(path: str) -> str:
    return f"elsewhere {answer('', 'elsewhere', path)} {path}"


def _write(path: Path, record: bytes) -> None:
    """Put a record in place in one step, so that whoever reads it meanwhile reads the whole of one."""
    new = path.with_name(f"{path.name}.{os.urandom(8).hex()}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(record)
        new.replace(path)
    except OSError:
        new.unlink()
        raise


def _remove_old_ones(records: Path) -> None:
    for path in records.iterdir():
        with suppress(OSError):  # a folder is none of ours, and another lint may have removed it by now
            if path.lstat().st_mtime < time.time() - _DAYS * 86400:
                path.unlink()
