"""What a person waits for in an editor: `.venv/bin/python bench/language_server.py`.

With pygls installed (`.venv/bin/pip install pygls`) a server is measured beside it that only checks, by that library.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

PROJECT = Path(__file__).parent.parent
sys.path.insert(0, str(PROJECT / "tests"))
from lsp.client import PIPEGEN, Client  # noqa: E402

MANIFEST, WORKFLOW = "deploy.yaml", ".github/workflows/test.yml"
RUNS, CHANGES = 9, 50


def main() -> None:
    """Print medians of processor time, which other programs disturb least, as Markdown."""
    with tempfile.TemporaryDirectory() as folder:  # below the root of a git repository it would be another tool's
        _measure(shutil.copytree(PROJECT / "examples/application", Path(folder, "application")))


def _measure(application: Path) -> None:
    servers: dict[str, list[str | Path]] = {"`pipegen lsp`": [PIPEGEN, "lsp"]}
    if find_spec("pygls"):
        servers["pygls"] = [sys.executable, PROJECT / "bench/with_pygls.py"]
    measured = [[_checking(application, command) for command in servers.values()] for _ in range(RUNS)]
    print("| processor time, ms | " + " | ".join(servers) + " |\n| --- |" + " --- |" * len(servers))
    for row, title in enumerate(("start to first diagnostics", "a change to its diagnostics", "memory, MB")):
        medians = [statistics.median(one[server][row] for one in measured) for server in range(len(servers))]
        print(f"| {title} | " + " | ".join(f"{median:.0f}" for median in medians) + " |")
    for title, used in _places(application).items():
        print(f"| {title} | {used:.0f} |" + " |" * (len(servers) - 1))


def _checking(application: Path, command: list[str | Path]) -> tuple[float, float, float]:
    text = (application / MANIFEST).read_text(encoding="utf-8")
    with Client(application, command=command) as editor:
        editor.open(MANIFEST)
        first = editor.processor()
        for number in range(CHANGES):
            editor.type(MANIFEST, text + f"# {number}\n")
        return first, (editor.processor() - first) / CHANGES, editor.memory() / 1024


def _places(application: Path) -> dict[str, float]:
    text = (application / MANIFEST).read_text(encoding="utf-8")
    line = text[: text.index("cpu: 512")].count("\n")
    found = {}
    with Client(application) as editor:
        editor.open(MANIFEST)
        for title, method, path, number in (
            ("over a key, the first time", "hover", MANIFEST, line),
            ("over a key", "hover", MANIFEST, line),
            ("from a key to its lines", "definition", MANIFEST, line),
            ("from a line to its keys, the first time", "definition", WORKFLOW, 20),
            ("from a line to its keys", "definition", WORKFLOW, 30),
        ):
            before = editor.processor()
            editor.at(method, path, number, 3)
            found[title] = editor.processor() - before
    return found


if __name__ == "__main__":
    main()
