"""What an editor can write at one stroke: whole manifests, sections and entries.

A body is data whose texts are written as they stand. What stands between `${` and `}` in it is gone through with the
tabulator: https://code.visualstudio.com/docs/editing/userdefinedsnippets#_snippet-syntax.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Any, get_args

from pipegen.manifest.environment import Environment, Notifications, Platform, Settings
from pipegen.manifest.filesets import FileSet
from pipegen.manifest.functions import Package
from pipegen.manifest.image import Image
from pipegen.manifest.root import Application, Component, Components, DataTask, Library, Manifest, Repository
from pipegen.manifest.section import Section
from pipegen.manifest.service import Deployment, Service
from pipegen.manifest.strings import EnvironmentName, SuiteName, Text
from pipegen.manifest.task import Task
from pipegen.manifest.test import Compose, Reports, Suite, Test, TestService, Waivers

Body = dict[str, Any]
Snippet = dict[str, Any]

_SUITES: Body = {
    "lint": "${make lint}",
    "unit": "${make test-unit}",
    "integration": "${make test-integration}",
    "acceptance": "${make test-acceptance}",
}
_TEST: Body = {"python": '"${3.12}"', "setup": "${make init}", "suites": _SUITES}
_DEVELOPMENT: Body = {"account": '"${012345678901}"'}
_STAGING: Body = {"account": '"${111122223333}"'}
_PRODUCTION: Body = {
    "account": '"${444455556666}"',
    "after": "${staging}",
    "approval": {"reviewers": "${team/deployers}"},
}
_ENVIRONMENTS: Body = {"development": _DEVELOPMENT, "staging": _STAGING, "production": _PRODUCTION}
_SERVICE: Body = {
    "port": "${8080}",
    "cpu": "${256}",
    "memory": "${512}",
    "count": {"min": "${2}", "max": "${4}"},
    "domain": "${check.example.gov.uk}",
}
_IMAGE: Body = {"dockerfile": "${Dockerfile}", "context": "${.}"}
_TASK: Body = {"cpu": "${1024}", "memory": "${4096}"}
_FILES: Body = {"source": "${dags}", "bucket": "${<environment>-airflow-dags}", "prefix": "${dags}"}
_PACKAGE: Body = {"source": "${notifier}", "runtime": "${python3.12}", "functions": "${<environment>-<name>}"}
_COMPONENT: Body = {
    "kind": "application",
    "name": "${data-val-fe}",
    "paths": "[${api/**}]",
    "image": {"dockerfile": "${api/Dockerfile}"},
}
_SLACK: Body = {"slack": {"workspace": "${T0123456}", "channel": "${C0123456}"}}


def snippet(label: str, body: Body) -> Snippet:
    """A body as yaml-language-server takes it, its stops in the order in which they are written."""
    return {"label": label, "description": f"Write {label}.", "body": _numbered(body, count(1))}


def _numbered(body: Any, numbers: count[int]) -> Any:
    if isinstance(body, dict):
        return {_numbered(key, numbers): _numbered(value, numbers) for key, value in body.items()}
    return re.sub(r"\$\{", lambda _: f"${{{next(numbers)}:", body)


def _manifest(kind: str, **sections: Body) -> Body:
    top = {"version": "1", "kind": kind, "name": "${data-val-fe}", "repository": "${acme/data-val-fe}"}
    return top | {"test": _TEST} | sections


MANIFESTS = (
    snippet("a whole application", _manifest("application", environments=_ENVIRONMENTS)),
    snippet("a whole data task", _manifest("data-task", image=_IMAGE, environments=_ENVIRONMENTS)),
    snippet("a whole library", _manifest("library")),
)
"""Manifests of each kind."""

_OF_SECTIONS = (
    ((Application, DataTask, Library, Components, Component), "test", "a whole section of tests", _TEST),
    ((Test,), "suites", "the four expected suites", _SUITES),
    ((Application, DataTask, Components), "environments", "development, staging and production", _ENVIRONMENTS),
    ((Application, Component), "service", "a whole service", _SERVICE),
    ((Application, DataTask, Component), "image", "an image", _IMAGE),
    ((DataTask, Component), "task", "a task", _TASK),
    ((DataTask, Component), "files", "files for a bucket", _FILES),
    ((DataTask, Component), "lambda", "a package of functions", {"packages": {"${notifier}": _PACKAGE}}),
    ((Components,), "components", "a component", {"${api}": _COMPONENT}),
    ((Settings,), "notifications", "a channel of Slack", _SLACK),
)
_OF_NAMES: dict[Any, Body] = {SuiteName: _SUITES, EnvironmentName: _ENVIRONMENTS}


def section(model: type[Section], key: str) -> Snippet | None:
    """The snippet that writes a whole section."""
    found = (
        snippet(label, body) for owners, name, label, body in _OF_SECTIONS if name == key and issubclass(model, owners)
    )
    return next(found, None)


def usual(names: Text) -> dict[str, Snippet]:
    """The usual keys of a mapping whose keys are of that class, each with what an editor writes there."""
    bodies = next((bodies for annotated, bodies in _OF_NAMES.items() if names in get_args(annotated)), {})
    return {name: _offered(name, body) for name, body in bodies.items()}


def _offered(name: str, body: Body | str) -> Snippet:
    if isinstance(body, str):  # a snippet would be offered among the keys of a mapping as well
        return {"examples": [body[2:-1]]}
    return {"defaultSnippets": [snippet(f"the environment {name}", body)]}


_EXAMPLES: dict[tuple[type[Section], str], str | int] = {
    (Repository, "id"): 123456789,
    (Repository, "owner-id"): 12345678,
    (TestService, "port"): 5432,
    (Service, "port"): 8080,
    (Deployment, "patience"): 15,
    (Manifest, "description"): "Check planning data before it is published",
    (Library, "name"): "planning-points",
    (Component, "paths"): "api/**",
    (Compose, "file"): "docker-compose.yml",
    (Test, "compose"): "docker-compose.yml",
    (Test, "python-version-file"): ".python-version",
    (Test, "system-packages"): "gdal-bin",
    (Test, "setup"): "make init",
    (Suite, "working-directory"): "api",
    (Reports, "summary"): "unit-report.md",
    (Waivers, "lint"): "written before there was one, see issue 41",
    (Waivers, "unit"): "a folder of configuration, without code",
    (Waivers, "integration"): "nothing to integrate with",
    (Image, "before"): "npm ci",
    (Environment, "after"): "staging",
    (Platform, "subnets"): "<environment>-private-a",
    (Platform, "security-groups"): "<environment>-services",
    (Platform, "boundary"): "platform-boundary",
    (Notifications, "topic"): "<environment>-deployments",
    (Task, "families"): "<environment>-nightly",
    (FileSet, "source"): "dags",
    (FileSet, "build"): "make dags/config.json",
    (Package, "source"): "notifier",
    (Package, "build"): "make dist/notifier.zip",
    (Package, "output"): "dist/notifier.zip",
}


def example(model: type[Section], key: str) -> str | int | None:
    """A better example for a key than the one of its class, if it has one."""
    return next((text for (owner, name), text in _EXAMPLES.items() if name == key and issubclass(model, owner)), None)
