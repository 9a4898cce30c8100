"""What every test may use: snapshots that are real files, and the count of skipped tests."""

from __future__ import annotations

import socket

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class _GoldenFile(SingleFileSnapshotExtension):
    """One file for each snapshot, as a user would see it, in `__snapshots__`."""

    _write_mode = WriteMode.TEXT


class _GoldenWorkflow(_GoldenFile):
    file_extension = "yml"


class _GoldenRoot(_GoldenFile):
    file_extension = "tf"


class _GoldenText(_GoldenFile):
    file_extension = "txt"


@pytest.fixture
def golden_workflow(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """A workflow that is compared with the committed one."""
    return snapshot.use_extension(_GoldenWorkflow)


@pytest.fixture
def golden_root(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """A Terraform root that is compared with the committed one."""
    return snapshot.use_extension(_GoldenRoot)


@pytest.fixture
def golden_text(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """A text that is compared with the committed one."""
    return snapshot.use_extension(_GoldenText)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many tests were skipped; `-ra` prints why."""
    terminalreporter.write_line(f"skipped tests: {len(terminalreporter.stats.get('skipped', []))}")


@pytest.fixture
def unused_tcp_port() -> int:
    """A port of this machine that nothing listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
