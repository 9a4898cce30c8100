"""What a repository publishes: images, functions, files; and so what kind of thing it is."""

from __future__ import annotations

import posixpath
import re

from pipegen.frozen import Frozen
from pipegen.survey.repository import Repository, said

_STAGE = re.compile(r"^FROM\s+\S+\s+AS\s+(\S+)", re.MULTILINE | re.IGNORECASE)
_PORT = re.compile(r"^EXPOSE\s+(\d{1,5})\b", re.MULTILINE)
_ARGUMENT = re.compile(r"^ARG\s+([A-Za-z_]\w*)\s*$", re.MULTILINE)
_COPIED = re.compile(r"^COPY\s+([\w./-]+)\s", re.MULTILINE)
_ARGUMENTS = {"GIT_COMMIT": "commit", "COMMIT": "commit", "DEPLOY_TIME": "time", "BUILD_TIME": "time"}
_SCRIPT = re.compile(r"^(?:ENTRYPOINT|CMD)\b.*?([\w-]+\.sh)\b", re.MULTILINE)
_SERVERS = re.compile(r"\b(gunicorn|uvicorn|waitress-serve|flask run|npm start|nginx|http\.server)\b")
_HANDLER = re.compile(
    r"^(?:async )?def (?:lambda_)?handler\(\w+|^export (?:const|async function|function) handler\b", re.M
)


class Image(Frozen):
    """A Dockerfile, and what it says of what it builds."""

    dockerfile: str
    target: str
    """The stage for production, where it is not the last."""
    arguments: dict[str, str]
    port: int | None
    serves: str
    """Why it seems to run for ever, or empty."""
    copies: tuple[str, ...]
    """The first folders of what is copied into it."""


class Package(Frozen):
    """A folder with a function in it."""

    source: str
    language: str
    """`python` or `node`."""


def images(repository: Repository) -> dict[str, Image]:
    """The images by their folder: the one of the root alone, or those of its folders."""
    if found := _image(repository, "."):
        return {".": found}
    return {folder: image for folder in repository.folders() if (image := _image(repository, folder))}


def packages(repository: Repository) -> tuple[Package, ...]:
    """Folders with a module that has a handler, as AWS Lambda calls one."""
    found = []
    for folder in repository.folders():
        for name in repository.files(folder):
            language = {"py": "python", "mjs": "node", "js": "node"}.get(name.rpartition(".")[2])
            if language and _HANDLER.search(repository.text(posixpath.join(folder, name))):
                found.append(Package(folder, language))
                break
    return tuple(found)


def has_dags(repository: Repository) -> bool:
    """Whether there are DAGs of Airflow."""
    return any(name.endswith(".py") for name in repository.files("dags"))


def has_web_process(repository: Repository) -> bool:
    """Whether it says how it is started as a website: https://devcenter.heroku.com/articles/procfile."""
    return re.search(r"^web:", repository.text("Procfile"), re.MULTILINE) is not None


def is_package(repository: Repository) -> bool:
    """Whether others can depend on it: a package of Python or npm that is described to be one, and is not started."""
    node = repository.table("package.json")
    named = said(node, "private") is not True and bool({"main", "exports"} & node.keys())
    if named and not said(node, "scripts", "start"):
        return True
    return bool(said(repository.table("pyproject.toml"), "build-system")) or "setup.py" in repository.files()


def _image(repository: Repository, folder: str) -> Image | None:
    name = next((name for name in repository.files(folder) if name.lower() == "dockerfile"), "")
    path = posixpath.normpath(posixpath.join(folder, name))
    text = repository.text(path) if name else ""
    if "FROM" not in text:
        return None
    stages = _STAGE.findall(text)
    target = next((stage for stage in stages[:-1] if stage in ("production", "prod", "release")), "")
    arguments = {name: _ARGUMENTS[name] for name in _ARGUMENT.findall(text) if name in _ARGUMENTS}
    exposed = _PORT.search(text)
    port = int(exposed[1]) if exposed and 0 < int(exposed[1]) < 65_536 else None
    copies = {source.removeprefix("../").partition("/")[0] for source in _COPIED.findall(text)}
    return Image(path, target, arguments, port, _serves(repository, folder, text, port), tuple(sorted(copies)))


def _serves(repository: Repository, folder: str, dockerfile: str, port: int | None) -> str:
    """Why what a Dockerfile builds seems to run for ever; the script that it starts is read as well."""
    if port:
        return "its Dockerfile exposes a port"
    if re.search(r"^HEALTHCHECK\b", dockerfile, re.MULTILINE):
        return "its Dockerfile has a health check"
    scripts = [repository.text(posixpath.join(folder, name)) for name in _SCRIPT.findall(dockerfile)]
    return "its Dockerfile starts a server" if _SERVERS.search("\n".join([dockerfile, *scripts])) else ""
