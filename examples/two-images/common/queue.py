"""A queue in a folder that the API and any number of processors have mounted.

A request is a file, and waits in `waiting`. A processor takes it by moving it to `running`, which
only one can do, and leaves its result in `done`.
"""

import json
import os
import re
import uuid
from pathlib import Path
from typing import Any


class Queue:
    def __init__(self, folder: Path) -> None:
        self.waiting, self.running, self.done = (
            folder / name for name in ("waiting", "running", "done")
        )
        for each in (self.waiting, self.running, self.done):
            each.mkdir(parents=True, exist_ok=True)

    @classmethod
    def from_environment(cls) -> "Queue":
        """The queue in the folder that QUEUE names."""
        return cls(Path(os.getenv("QUEUE", "queue")))

    def submit(self, content: bytes) -> str:
        """Add a request, and return its id."""
        id = uuid.uuid4().hex
        write(self.waiting / id, content)
        return id

    def take(self) -> Path | None:
        """Take the oldest request, whose id is the name of the file, or None if there is none."""
        for path in sorted(self.waiting.glob("[0-9a-f]*"), key=modified):
            try:
                return path.rename(self.running / path.name)
            except FileNotFoundError:  # another processor was faster
                continue
        return None

    def finish(self, request: Path, result: dict[str, Any]) -> None:
        write(self.done / request.name, json.dumps(result).encode())
        request.unlink()

    def look(self, id: str) -> dict[str, Any] | None:
        """The status of a request, and its result once it is done; None if there is no such one."""
        if not re.fullmatch(r"[0-9a-f]{32}", id):
            return None
        # in the order in which a request moves, so that it is never missed
        if (self.waiting / id).exists():
            return {"status": "waiting"}
        running = (self.running / id).exists()
        if (self.done / id).exists():
            return {"status": "done", "result": json.loads((self.done / id).read_bytes())}
        return {"status": "running"} if running else None


def modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(f".{path.name}")
    partial.write_bytes(content)
    partial.replace(path)
