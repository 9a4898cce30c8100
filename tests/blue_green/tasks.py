"""Real containers: images that buildah makes, skopeo moves and umoci unpacks, and tasks that runc runs.

A container has its own processes, files and network, as a task on Fargate. Nothing of the machine's network is changed:
who wants to talk to a task makes the connection inside its network.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection, socket
from typing import Any, NamedTuple

import pytest

from publishing.needs import needs, needs_builder, program
from publishing.registries import PUBLIC, Registry, password, registry

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_PATIENCE = 60  # seconds


class Answer(NamedTuple):
    """What a request came to."""

    status: int
    body: str


@dataclass
class Task:
    """A container that runs."""

    image: str
    port: int
    id: str
    process: subprocess.Popen[bytes]
    network: Path
    runc: list[str]
    stopped: float | None = None
    """When it was stopped, by `time.monotonic`."""

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def get(self, path: str, timeout: float) -> Answer:
        """What it answers. Raises OSError or HTTPException where it does not."""
        connection = HTTPConnection("task", self.port, timeout=timeout)
        connection.sock = self._connection(timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())
        finally:
            connection.close()

    def run(self, *command: str) -> None:
        """Run a command inside."""
        subprocess.run([*self.runc, "exec", self.id, *command], check=True, capture_output=True)

    def stop(self) -> None:
        if self.stopped is None:
            self.stopped = time.monotonic()
            subprocess.run([*self.runc, "kill", self.id, "KILL"], check=False, capture_output=True)
            self.process.wait(_PATIENCE)

    def _connection(self, timeout: float) -> socket:
        def connect() -> socket:
            with self.network.open() as network:
                if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), _NEW_NETWORK):
                    raise OSError(ctypes.get_errno(), "cannot enter the network of the task")
            return create_connection(("127.0.0.1", self.port), timeout)

        # A network is entered by a thread, and this one is used for nothing else.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(connect).result()


@dataclass(frozen=True)
class Engine:
    """Where images are built and tasks run."""

    folder: Path
    registry: Registry
    tasks: list[Task] = field(default_factory=list)
    """All that were started, in order."""

    def push(self, name: str, files: Mapping[str, str], command: Sequence[str], **environment: str) -> str:
        """Build an image of busybox and these files, and push it. Returns its manifest."""
        context = self._new_folder()
        _install_busybox(context / "files")
        for path, text in files.items():
            (context / "files" / path).parent.mkdir(parents=True, exist_ok=True)
            (context / "files" / path).write_text(text)
        variables = " ".join(f'{key}="{value}"' for key, value in ({"PATH": "/bin"} | environment).items())
        lines = ["FROM scratch", "COPY files /", f"ENV {variables}", f"CMD {json.dumps(list(command))}"]
        (context / "Dockerfile").write_text("\n".join(lines))
        storage = [f"--root={context}/root", f"--runroot={context}/run", "--storage-driver=vfs"]
        self._run("buildah", *storage, "build", "--quiet", "--tag=image", str(context))
        self._run("buildah", *storage, "push", "--quiet", f"--creds={_login(name)}", "image", f"docker://{name}")
        return self._run("skopeo", "inspect", "--raw", f"--creds={_login(name)}", f"docker://{name}")

    def start(self, container: Mapping[str, Any]) -> Task:
        """Pull the image of a container of a task definition, and run it as that says."""
        folder = self._new_folder()
        image = container["image"]
        source = f"docker://{image}"
        self._run("skopeo", "copy", "--quiet", f"--src-creds={_login(image)}", source, f"oci:{folder}/layout:image")
        self._run("umoci", "unpack", "--image", f"{folder}/layout:image", f"{folder}/bundle")
        settings = folder / "bundle/config.json"
        settings.write_text(json.dumps(_as_defined(json.loads(settings.read_text()), container)))
        task = self._started(folder, image, container["portMappings"][0]["containerPort"])
        self.tasks.append(task)
        return task

    def running(self) -> list[str]:
        """The images of the containers that runc says are running, the oldest first."""
        listed = json.loads(self._run("runc", self._state, "list", "--format=json")) or []
        found = {each["id"] for each in listed if each["status"] == "running"}
        return [task.image for task in self.tasks if task.id in found]

    def _started(self, folder: Path, image: str, port: int) -> Task:
        name, pid = uuid.uuid4().hex, folder / "pid"
        runc = [program("runc"), self._state]
        command = [*runc, "run", f"--pid-file={pid}", f"--bundle={folder}/bundle", name]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        for _ in range(_PATIENCE * 100):
            if pid.exists() and (number := pid.read_text()):
                return Task(image, port, name, process, Path(f"/proc/{number}/ns/net"), runc)
            if process.poll() is not None:
                break
            time.sleep(0.01)
        process.kill()
        raise RuntimeError(f"{image} does not start: {(folder / 'log').read_text()}")

    @property
    def _state(self) -> str:
        return f"--root={self.folder}/runc"

    def _new_folder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.folder))

    def _run(self, name: str, *arguments: str) -> str:
        own = {"HOME": str(self.folder), "HTTPS_PROXY": self.registry.address, "PATH": os.environ["PATH"]}
        environment = own | {"SSL_CERT_FILE": str(self.registry.certificate)}
        command = [program(name), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{name} {arguments}: {done.stderr}")
        return done.stdout


@contextmanager
def engine(*accounts: str) -> Iterator[Engine]:
    """An engine that runs nothing yet, with empty registries of these accounts. In the end its tasks are stopped."""
    needs("busybox", "runc", "skopeo", "umoci", "unshare")
    needs_builder()
    if why := _why_not():
        pytest.skip(f"containers cannot run here: {why}")
    with registry(*accounts) as own, tempfile.TemporaryDirectory(prefix="tasks") as folder:
        made = Engine(Path(folder), own)
        try:
            yield made
        finally:
            for task in made.tasks:
                task.stop()


@cache
def _why_not() -> str:
    if os.geteuid():
        return "only root may"
    command = [program("unshare"), "--mount", "--net", "--pid", "--fork", program("busybox"), "true"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def _login(image: str) -> str:
    host = image.partition("/")[0]
    return f"AWS:{password('public' if host == PUBLIC else host.partition('.')[0])}"


def _as_defined(settings: dict[str, Any], container: Mapping[str, Any]) -> dict[str, Any]:
    """What is run: the image's own process, with the command and the variables of the task definition."""
    process = settings["process"]
    process["terminal"] = False
    process["env"] += [f"{each['name']}={each['value']}" for each in container.get("environment", [])]
    process["args"] = container.get("command") or process["args"]
    return settings


def _install_busybox(root: Path) -> None:
    """Put busybox under all its names into a file system, with the libraries of one that is not static."""
    busybox = program("busybox")
    needed = subprocess.run(["ldd", busybox], capture_output=True, text=True, check=False).stdout.split()
    for library in (word for word in needed if word.startswith("/")):
        target = root / library.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, target)
    (root / "bin").mkdir(parents=True)
    shutil.copy(busybox, root / "bin/busybox")
    for name in subprocess.check_output([busybox, "--list"], text=True).split():
        if name != "busybox":
            (root / "bin" / name).symlink_to("busybox")
