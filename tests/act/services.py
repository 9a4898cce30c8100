"""Services beside a job: act starts none, so the same program runs without its container."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_PORT = 5432
_ADDRESS = f"postgresql://postgres:postgres@127.0.0.1:{_PORT}/postgres"


@contextmanager
def postgres() -> Iterator[None]:
    """PostgreSQL as `examples/application` has it: at its usual port, with a user, a password and a database.

    Skips where Debian's package is missing, or where something else has the port.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("not installed: postgresql; as root, scripts/system-packages installs it")
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", _PORT)) == 0:
            pytest.skip(f"something else listens at port {_PORT}")
    # It refuses to run as root, and its own user must get at the folder.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="postgres") as name:
        folder = Path(name)
        (folder / "password").write_text("postgres\n")
        if user:
            shutil.chown(folder, "postgres")
        kept = ["--pgdata", str(folder / "data")]
        asked = ["--auth=scram-sha-256", "--username=postgres", f"--pwfile={folder / 'password'}", "--no-sync"]
        subprocess.run([*user, str(found[-1]), *kept, *asked], cwd=folder, check=True, capture_output=True)
        control = [*user, str(found[-1].with_name("pg_ctl")), *kept, "--wait", "--silent"]
        options = f"-c listen_addresses=127.0.0.1 -c port={_PORT} -c unix_socket_directories={folder} -c fsync=off"
        start = [*control, "start", "--options", options, "--log", str(folder / "log")]
        subprocess.run(start, cwd=folder, check=True)
        try:
            subprocess.run(["psql", _ADDRESS, "--quiet", "--command", "CREATE DATABASE planning"], check=True)
            yield
        finally:
            subprocess.run([*control, "stop", "--mode=immediate"], cwd=folder, check=True)
