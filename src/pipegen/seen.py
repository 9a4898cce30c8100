"""What pipegen reads of a repository on disk, for whoever must know whether a byte of it has changed.

Imports next to nothing, because it is asked before anything else is loaded.
"""

import os
import stat

from pipegen.opening import is_of_git, open_file, real_path

MANIFEST = "deploy.yaml"
OWNED = (
    ".github/workflows/*.yml",
    ".github/pipegen/*",
    "deploy/*/main.tf",
    "deploy/*/providers.tf",
    "deploy/*/publishing.tf",
    "deploy/modules/*/*.tf",
)
"""Where compiled files stand, and so where those are looked for whose source has gone."""


def inside(root: str | os.PathLike[str], path: str) -> str | None:
    """What a path below the root really names, or None where that is nothing, not to be seen, or not below the root.

    What git keeps is not to be seen.
    """
    try:
        real = real_path(root, path)
    except OSError:
        return None
    return None if is_of_git(root, real) else real


def holds(root: str, kind: str, path: str) -> bool:
    """Whether a repository holds a regular ``file`` or a ``folder`` at a path. What cannot be looked at is not held."""
    real = inside(root, path)
    if real is None:
        return False
    try:
        mode = os.stat(real).st_mode
    except OSError:
        return False
    return stat.S_ISREG(mode) if kind == "file" else stat.S_ISDIR(mode)


def beginning(root: str, path: str) -> bytes:
    """The first 256 bytes of a regular file of a repository; none where there is none to read."""
    real = inside(root, path)
    if real is None:
        return b""
    try:
        with open_file(real) as file:
            return file.read(256)
    except OSError:
        return b""


def state(root: str) -> bytes:
    """The manifest and everything that stands where compiled files do: each name, what it is, and the bytes of files.

    Raises OSError where something may not be read. Links are not followed, but that of the manifest is.
    """
    manifest = inside(root, MANIFEST)
    if manifest is None:
        raise FileNotFoundError(MANIFEST)
    found = [_named(manifest), _contents(manifest)]
    for pattern in OWNED:
        _look(root, pattern.split("/"), found)
    return b"".join(found)


def _look(folder: str, patterns: list[str], found: list[bytes]) -> None:
    start, star, end = patterns[0].partition("*")
    names = os.listdir(folder) if star else [start]
    for name in sorted(names):
        if star and not (name.startswith(start) and name.endswith(end)):
            continue
        path = os.path.join(folder, name)
        try:
            mode = os.lstat(path).st_mode
        except FileNotFoundError:
            mode = 0
        found.append(b"%o %b" % (stat.S_IFMT(mode), _named(path)))
        if len(patterns) > 1 and stat.S_ISDIR(mode):
            _look(path, patterns[1:], found)
        elif len(patterns) == 1 and stat.S_ISREG(mode):
            found.append(_contents(path))


def _named(path: str) -> bytes:
    return os.fsencode(path) + b"\0"


def _contents(path: str) -> bytes:
    """The bytes of a regular file, after their number, so that no two files can be taken for others."""
    with open_file(path) as file:
        data = file.read()
    return b"%d\0%b" % (len(data), data)
