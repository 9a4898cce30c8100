"""Whether `lint` has found this very repository clean before: answered from a record, before anything else is loaded.

A record is a file in the user's cache folder, never in a work tree, where a pull request could forge it. It is what was
asked of the repository and what was answered, and after an empty line the same once more, lest damage ask something
else, and every byte that was read. Nothing of it is believed: all is asked and read again, and must be the same, byte
for byte. What is not is linted.

There are no records under CI, with PIPEGEN_NO_CACHE, and on Windows, which does not say whose a file is.
"""

import os
import stat
import sys

from pipegen.opening import open_file
from pipegen.seen import beginning, holds, state

MAX_BYTES = 8 * 1024 * 1024
"""Of a record. A larger one is neither written nor read."""


def is_unchanged(arguments: list[str]) -> bool:
    """Whether the arguments are those of a plain `lint`, and it would print nothing and succeed."""
    match arguments:
        case ["lint"]:
            root = ""
        case ["lint", "-C", root] | ["-C", root, "lint"] if os.access(root, os.R_OK):
            pass
        case _:
            return False
    try:
        root = os.path.realpath(root or os.curdir)
        record = _trusted(root)
        asked, _, rest = record.partition(b"\n\n")
        return bool(asked) and _is_answered_alike(root, os.fsdecode(asked)) and rest == asked + now(root)
    except (OSError, ValueError):
        return False


def now(root: str) -> bytes:
    """Everything that a lint of the root depends on, but what the manifest names: pipegen, Python, the repository."""
    own = os.path.dirname(__file__)
    return f"{sys.version}\n{import_path()}\n{os.path.realpath(own)}\n{_identity(own)}\n".encode() + state(root)


def import_path() -> list[str]:
    """The folders that libraries are imported from. The first of `sys.path` says only how pipegen was started."""
    return sys.path if sys.flags.safe_path else sys.path[1:]


def answer(root: str, kind: str, path: str) -> str:
    """Whether the repository holds a ``file`` or ``folder``, its ``beginning``; what a path is ``elsewhere``."""
    if kind == "beginning":
        return beginning(root, path).hex()
    if kind == "elsewhere":
        try:
            return _stamp(os.stat(path))
        except (FileNotFoundError, NotADirectoryError):
            return "none"
    return "yes" if holds(root, kind, path) else "no"


def folder() -> str | None:
    """Where records are kept, https://specifications.freedesktop.org/basedir-spec/; None where none are to be."""
    environment = os.environ
    if environment.get("CI") or environment.get("PIPEGEN_NO_CACHE") or not hasattr(os, "geteuid"):
        return None
    home = environment.get("HOME", "")
    caches = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(caches):
        caches = os.path.join(home, ".cache")
    return os.path.join(caches, "pipegen") if os.path.isabs(caches) else None


def is_kept_safe(path: str) -> bool:
    """Whether the folder of records is the user's own, nobody else can write to it, and it is in no work tree."""
    found = os.lstat(path)
    if not stat.S_ISDIR(found.st_mode) or not _is_ours(found):
        return False
    above = os.path.realpath(path)
    while above != (above := os.path.dirname(above)):
        if os.path.lexists(os.path.join(above, ".git")):
            return False
    return True


def record_of(records: str, root: str) -> str:
    """The record of a repository. Roots of one name have one, and each replaces the other's.

    A name has at most 255 bytes, among them those that `recording` puts behind it.
    """
    end = os.fsencode(root.replace(os.sep, "+"))[-200:].decode("utf-8", "ignore")
    return os.path.join(records, f"lint{end}")


def _trusted(root: str) -> bytes:
    """The record of the repository; nothing where there is none that only the user can have written."""
    records = folder()
    if records is None or not is_kept_safe(records):
        return b""
    with open_file(record_of(records, root)) as file:
        found = os.fstat(file.fileno())
        return file.read(found.st_size) if _is_ours(found) and found.st_size <= MAX_BYTES else b""


def _is_ours(found: os.stat_result) -> bool:
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _is_answered_alike(root: str, asked: str) -> bool:
    for line in asked.split("\n"):
        kind, before, path = line.split(" ", 2)
        if answer(root, kind, path) != before:
            return False
    return True


def _identity(folder: str) -> str:
    """Every file of the program with its size and times, so that one that is edited where it stands is another."""
    found = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    found.append(_identity(entry.path))
            else:
                found.append(f"{entry.name} {_stamp(entry.stat())}")
    return f"{folder} {found}"


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_ino},{found.st_size},{found.st_mtime_ns},{found.st_ctime_ns}"
