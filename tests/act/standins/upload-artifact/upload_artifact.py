"""Copy what actions/upload-artifact would have uploaded to PIPEGEN_ACT_ARTIFACTS/<name>.

The rules are the action's own: every line is a pattern that also takes what is below a directory; where hidden files
are left out, an entry is dropped whose own name begins with a dot, the directory at which a search begins included, but
not the directories above it; the root of the artefact is the deepest directory common to all searches.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
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
    store = Path(os.environ["PIPEGEN_ACT_ARTIFACTS"], inputs["name"])
    if store.exists():
        if not flags["overwrite"]:
            raise SystemExit("(409) Conflict: an artifact with this name already exists on the workflow run")
        shutil.rmtree(store)
    above = root(patterns, files)
    for file in files:
        target = store / file.relative_to(above)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    with Path(os.environ["GITHUB_OUTPUT"]).open("a") as output:
        print("artifact-id=1", file=output)


main()
