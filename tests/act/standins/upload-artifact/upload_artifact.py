"""Copy what actions/upload-artifact would have uploaded to PIPEGEN_ACT_ARTIFACTS/files/<name>.

Each upload has an id of its own, the name of a file in PIPEGEN_ACT_ARTIFACTS/ids that holds the artefact's name and
digest; an artefact that is overwritten loses its id. The digest is of the files, where the real one is of an archive.

The rules are the action's own: every line is a pattern that also takes what is below a directory; where hidden files
are left out, an entry is dropped whose own name begins with a dot, the directory at which a search begins included, but
not the directories above it; the root of the artefact is the deepest directory common to all searches.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

MAGIC = re.compile(r"[*?\[]")
TOKENS = re.compile(r"\*\*/|\*\*|\*|\?|\[[^\]]+\]|.", re.DOTALL)
WILD = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


class Pattern:
    """One line of the input `path`."""

    def __init__(self, line: str) -> None:
        self.negated = line.startswith("!")
        absolute = Path(os.path.normpath(Path.cwd() / line.removeprefix("!")))
        parts = absolute.parts
        literal = next((index for index, part in enumerate(parts) if MAGIC.search(part)), len(parts))
        self.search = Path(*parts[:literal])
        tokens = TOKENS.findall(str(absolute))
        expression = "".join(WILD.get(token) or (token if len(token) > 1 else re.escape(token)) for token in tokens)
        self.expression = re.compile(f"{expression}(?:/.*)?", re.DOTALL)

    def matches(self, path: Path) -> bool:
        return bool(self.expression.fullmatch(str(path)))


def walk(start: Path, *, hidden: bool) -> Iterator[Path]:
    """All files at or below the start."""
    if not start.exists() or (start.name.startswith(".") and not hidden):
        return
    if start.is_dir():
        for entry in sorted(start.iterdir()):
            yield from walk(entry, hidden=hidden)
    else:
        yield start


def selected(patterns: list[Pattern], *, hidden: bool) -> list[Path]:
    files = {}
    for start in searches(patterns):
        for path in walk(start, hidden=hidden):
            taken = False
            for pattern in patterns:
                if pattern.matches(path):
                    taken = not pattern.negated
            if taken:
                files[path] = True
    return list(files)


def searches(patterns: list[Pattern]) -> list[Path]:
    """Where to search: no place below another one."""
    places = list(dict.fromkeys(pattern.search for pattern in patterns if not pattern.negated))
    return [place for place in places if not any(other in place.parents for other in places)]


def root(patterns: list[Pattern], files: list[Path]) -> Path:
    places = searches(patterns)
    if len(places) > 1:
        return Path(os.path.commonpath(places))
    return places[0].parent if files == places else places[0]


def digest(folder: Path) -> str:
    """Of the names and contents of all files."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(folder)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def register(ids: Path, name: str, sum_: str) -> int:
    """The id of a new artefact, which replaces those of its name. Jobs upload at the same time."""
    for path in ids.iterdir():
        if json.loads(path.read_text())["name"] == name:
            path.unlink()
    with tempfile.NamedTemporaryFile("w", dir=ids.parent) as whole:  # so that nobody reads half of it
        json.dump({"name": name, "digest": sum_}, whole)
        whole.flush()
        for number in count(4001):
            try:
                (ids / str(number)).hardlink_to(whole.name)
            except FileExistsError:
                continue
            return number
    raise AssertionError


def main() -> None:
    inputs = json.loads(os.environ["INPUTS"])
    print("inputs:", json.dumps(inputs, sort_keys=True))
    flags = {name: str(inputs[name]) == "true" for name in ("overwrite", "include-hidden-files", "archive")}
    if not flags["archive"]:
        raise SystemExit("the stand-in knows archives only")
    lines = [line.strip() for line in inputs["path"].splitlines()]
    patterns = [Pattern(line) for line in lines if line and not line.startswith("#")]
    files = selected(patterns, hidden=flags["include-hidden-files"])
    if not files:
        levels = {"warn": "::warning::", "error": "::error::", "ignore": ""}
        print(f"{levels[inputs['if-no-files-found']]}No files were found with the provided path: {inputs['path']}.")
        raise SystemExit(int(inputs["if-no-files-found"] == "error"))
    kept = Path(os.environ["PIPEGEN_ACT_ARTIFACTS"])
    store = kept / "files" / inputs["name"]
    if store.exists():
        if not flags["overwrite"]:
            raise SystemExit("(409) Conflict: an artifact with this name already exists on the workflow run")
        shutil.rmtree(store)
    above = root(patterns, files)
    for file in files:
        target = store / file.relative_to(above)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    found = digest(store)
    number = register(kept / "ids", inputs["name"], found)
    with Path(os.environ["GITHUB_OUTPUT"]).open("a") as output:
        print(f"artifact-id={number}", f"artifact-digest={found}", sep="\n", file=output)


main()
