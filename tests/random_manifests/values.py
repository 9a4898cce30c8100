"""Random values of every shape of the language, coherent with one another section by section.

Shapes come from the models, so that a new key is tried without anything being said here. What is said here is only
what a rule on several values wants.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from pipegen.manifest.environment import Notifications, Platform
from pipegen.manifest.filesets import Bucket, FileSet, FilesOverride
from pipegen.manifest.functions import Function
from pipegen.manifest.image import BuildArgument
from pipegen.manifest.root import Repository
from pipegen.manifest.section import Section
from pipegen.manifest.service import Count, HealthCheck, Service
from pipegen.manifest.shapes import Boolean, Choice, Integer, ListOf, MapOf, Record, Shape, keys
from pipegen.manifest.strings import Text
from pipegen.manifest.task import Task
from pipegen.manifest.test import EXPECTED_SUITES, Test

from .texts import FILE, FOLDER, random_text

Data = dict[str, Any]

_DIGEST = "@sha256:" + "57c72fd2a128e416c7fcc499958864df5301e940bca0a56f58fddf30ffc07777"
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
_SIZES = ((256, 512), (256, 2048), (512, 1024), (512, 4096), (1024, 3072), (2048, 16384), (4096, 8192), (16384, 32768))


class Values:
    """A source of random values; `files` are the paths that they name, those of folders with a slash at the end."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.files: set[str] = set()
        self.one_account = random.random() < 0.2
        self._number = 0

    def unique(self, stem: str) -> str:
        """A word that no other value of this manifest has."""
        self._number += 1
        return f"{stem}{self._number}"

    def sometimes(self, share: float = 0.5) -> bool:
        """True in that share of all cases."""
        return self.random.random() < share

    def section(self, model: type[Section], without: tuple[str, ...] = ()) -> Data:
        """A section: what it must state, and some of what it may."""
        share = self.random.choice((0.1, 0.5, 0.9))
        stated = {
            key: self.value(described.shape)
            for key, described in keys(model).items()
            if key not in without and (described.required or self.sometimes(share))
        }
        if coherent := _COHERENT.get(model):
            coherent(self, stated)
        return stated

    def value(self, shape: Shape) -> Any:
        """A value of any shape."""
        match shape:
            case Record(model):
                return self.section(model)
            case MapOf(key, value, items):
                names = [self.text(key) for _ in range(self.count(items.minimum, items.maximum))]
                last = {name.lower(): name for name in names}  # GitHub refuses variables that differ only in case
                return {name: self.value(value) for name in names if last[name.lower()] == name}
            case ListOf(item, lone, items):
                found = [self.value(item) for _ in range(self.count(items.minimum, items.maximum))]
                found = list(dict.fromkeys(found)) if items.unique else found
                return found[0] if lone and len(found) == 1 and self.sometimes() else found
            case Integer(limits):
                few = (limits.minimum, limits.maximum, self.random.randint(limits.minimum, limits.maximum))
                return self.random.choice(few)
            case Boolean():
                return self.sometimes()
            case Choice(words):
                return self.random.choice(words)
            case Text():
                return self.text(shape)

    def count(self, minimum: int, maximum: int) -> int:
        """A number of items, seldom a large one."""
        return min(maximum, max(minimum, self.random.choice((0, 1, 1, 2, 3))))

    def text(self, shape: Text) -> str:
        """A text of a class; the repository holds what it names."""
        value = random_text(self.random, shape)
        if shape in (FILE, FOLDER):
            value = value.rstrip("/")
            self.files.add(f"{value}/" if shape == FOLDER else value)
        return value

    def one_of(self, stated: Data, model: type[Section], *names: str) -> None:
        """Leave one of several keys."""
        kept = self.random.choice(names)
        for name in names:
            stated.pop(name, None)
        stated[kept] = self.value(keys(model)[kept].shape)


def _repository(_: Values, stated: Data) -> None:
    """Both numbers of a repository, or neither."""
    if not {"id", "owner-id"} <= stated.keys():
        stated.pop("id", None)
        stated.pop("owner-id", None)


def _test(values: Values, stated: Data) -> None:
    suites, waivers = stated["suites"], stated.setdefault("waivers", {})
    for name in EXPECTED_SUITES:
        suites.pop(name, None)
        waivers.pop(name, None)
        if values.sometimes(0.8):
            suites[name] = f"make {name}" if values.sometimes() else {"run": f"make {name}"}
        else:
            waivers[name] = "not yet"
    if not suites:
        suites["other"] = "make other"
    if "python" in stated:
        stated.pop("python-version-file", None)
    for number, service in enumerate(stated.get("services", {}).values()):
        service["image"] = service["image"].partition("@")[0] + _DIGEST
        service["port"] = 5000 + number


def _service(values: Values, stated: Data) -> None:
    _sized(values, stated)
    if "port" not in stated:
        for key in ("health-check", "domain", "deployment"):
            stated.pop(key, None)


def _sized(values: Values, stated: Data) -> None:
    stated["cpu"], stated["memory"] = values.random.choice(_SIZES)
    stated["variables"] = {f"V_{name}": value for name, value in stated.get("variables", {}).items()}
    stated["secrets"] = [values.unique("S_") for _ in range(values.count(0, 3))]


def _task(values: Values, stated: Data) -> None:
    _sized(values, stated)
    stated["family"] = f"<environment>-{values.unique('family-')}"
    stated["families"] = [f"<environment>-{values.unique('other-')}" for _ in range(values.count(0, 3))]


def _count(values: Values, stated: Data) -> None:
    stated["min"], stated["max"] = sorted(values.random.randint(1, 100) for _ in range(2))


def _health_check(values: Values, stated: Data) -> None:
    stated["timeout"] = values.random.randint(2, 60)
    stated["interval"] = stated["timeout"] + values.random.randint(3, 60)


def _bucket(values: Values, stated: Data) -> None:
    values.one_of(stated, Bucket, "name", "secret")
    if "name" in stated:
        stated["name"] = f"<environment>-{values.unique('bucket-')}"


def _file_set(values: Values, stated: Data) -> None:
    if stated.get("delete") or "prefix" in stated:
        stated["prefix"] = f"{values.unique('folder-')}/<name>"


def _platform(values: Values, stated: Data) -> None:
    stated["artifacts-bucket"] = f"<environment>-{values.unique('artifacts-')}"
    stated["load-balancer"] = f"<environment>-{values.unique('lb-')}"


def _notifications(values: Values, stated: Data) -> None:
    values.one_of(stated, Notifications, "topic", "slack")
    if values.one_account and stated.pop("slack", None):
        stated["topic"] = f"<environment>-{values.unique('topic-')}"


def _function(values: Values, stated: Data) -> None:
    stated["name"] = f"<environment>-{values.unique('function-')}"


_COHERENT: dict[type[Section], Callable[[Values, Data], None]] = {
    Repository: _repository,
    Test: _test,
    Service: _service,
    Task: _task,
    Count: _count,
    HealthCheck: _health_check,
    Bucket: _bucket,
    FileSet: _file_set,
    FilesOverride: _file_set,
    Platform: _platform,
    Notifications: _notifications,
    Function: _function,
    BuildArgument: lambda values, stated: values.one_of(stated, BuildArgument, "value", "from"),
}
