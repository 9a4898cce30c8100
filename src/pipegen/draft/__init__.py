"""A manifest for a person to complete, from what a repository shows.

What is not known is written as `???`, which no class of strings takes, so that `lint` names each. What is taken from
the repository is written only where the language takes it: a file that lies about itself cannot make the draft worse
than incomplete.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import Any, get_args

from pipegen.draft.printing import lines, scalar
from pipegen.forbidden import is_forbidden
from pipegen.manifest import strings
from pipegen.manifest.strings import Text
from pipegen.manifest.test import EXPECTED_SUITES
from pipegen.survey import Image, Package, Part, Survey, hyphenated

UNKNOWN = "???"

Data = dict[str, Any]

_RUNTIMES = {"python": "python3.12", "node": "nodejs22.x"}
_HEAD = """\
# Drafted by `pipegen init` from what the repository shows. Complete what is `"???"`: `pipegen lint` names it.
version: 1
"""


def draft(found: Survey, schema: str = "") -> str:
    """The text of a manifest. `schema` is the address of its schema, for editors."""
    modeline = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    published = any(part.kind != "library" for part in found.parts)
    top: Data = {
        "name": _known(found.name, strings.Name),
        "description": _known(found.description, strings.Line, ""),
        "repository": _known(found.repository, strings.RepositoryName),
        **(_numbers(_known(found.repository, strings.RepositoryName, "OWNER/NAME")) if published else {}),
        "branch": "" if found.branch == "main" else _known(found.branch, strings.Branch, ""),
    }
    if len(found.parts) == 1:
        (part,) = found.parts
        sections = {"test": _test(part), **_published(part)}
        kind = [_with_reason("kind", part.kind or UNKNOWN, part.why)]
    else:
        del top["name"]
        kind = []
        keys = _keys([part.folder for part in found.parts], strings.ComponentName)
        sections = {
            "components": {keys[part.folder]: _component(found, part, keys[part.folder]) for part in found.parts}
        }
    if published:
        sections["environments"] = _environments()
    written = [*kind, *lines(top), "", *lines(sections, apart=True)]
    return modeline + _HEAD + "\n".join(written).rstrip() + "\n"


def count_of_unknown(text: str) -> int:
    """How many values of a draft a person has to write."""
    return sum(line.count(f'"{UNKNOWN}') for line in text.splitlines() if not line.lstrip().startswith("#"))


def _numbers(repository: str) -> Data:
    """Lines on what no file of a repository shows, where AWS is told whom to trust."""
    mapping = f"{{name: {repository}, id: …, owner-id: …}}"
    return {
        "# numbers": "# With its numbers, for AWS to trust it if it was made, renamed or moved after 15 July 2026:",
        "# mapping": f"# repository: {mapping}  # gh api repos/{repository} --jq '.id, .owner.id'",
    }


def _component(found: Survey, part: Part, key: str) -> Data:
    return {
        "# kind": _with_reason("kind", part.kind or UNKNOWN, part.why),
        "name": _known(f"{found.name}-{key}".strip("-"), strings.Name),
        "paths": [pattern for folder in part.folders if (pattern := _known(f"{folder}/**", strings.Glob, ""))],
        **_published(part),
        "test": {"working-directory": _known(part.folder, strings.Folder), **_test(part)},
    }


def _test(part: Part) -> Data:
    used, commands = part.languages, part.commands
    found: Data = {}
    if used.python_version_file:
        found["python-version-file"] = _known(used.python_version_file, strings.Path)
    elif used.python is not None:
        versions = [_known(version, strings.PythonVersion) for version in used.python] or [UNKNOWN]
        found["python"] = versions if len(versions) > 1 else versions[0]
    if used.node is not None:
        found["node"] = _known(used.node, strings.NodeVersion)
    found["setup"] = [_known(command, strings.Command) for command in commands.setup]
    found["suites"] = _suites(commands.suites)
    junit = [pattern for pattern in commands.junit if _known(pattern, strings.Glob, "")]
    return found | ({"reports": {"junit": junit}} if junit else {})


def _suites(commands: Mapping[str, str]) -> Data:
    """The suites that were found, and those that are expected, in the order in which they are best run."""
    found: Data = {}
    if not set(EXPECTED_SUITES) <= commands.keys():
        found["# missing"] = (
            '# What is "???" was not found. Write its command, or take it out and say in `waivers` why.'
        )
    for name, key in _keys(list(dict.fromkeys((*EXPECTED_SUITES, *commands))), strings.SuiteName).items():
        found[key] = _known(commands.get(name, UNKNOWN), strings.Command)
    return found


def _published(part: Part) -> Data:
    if part.kind == "library":
        return {}
    if part.image:
        port = part.image.port
        told = {"# service": f"# service: {{port: {port}}}  # for AWS to run it as well"} if port else {}
        return {**_image(part.image), **told}
    if part.dags:
        return {"files": {"source": "dags", "bucket": UNKNOWN, "prefix": UNKNOWN}}
    keys = _keys([one.source for one in part.packages], strings.PackageId)
    return {"lambda": {"packages": {keys[one.source]: _package(one) for one in part.packages}}}


def _image(image: Image) -> Data:
    found: Data = {"dockerfile": _known(image.dockerfile, strings.Path)}
    found["target"] = _known(image.target, strings.BuildTarget, "")
    found["build-args"] = {name: {"from": source} for name, source in image.arguments.items()}
    return {"image": {key: value for key, value in found.items() if value}}


def _package(package: Package) -> Data:
    return {
        "source": _known(package.source, strings.Folder),
        "runtime": _RUNTIMES[package.language],
        "functions": [UNKNOWN],
    }


def _environments() -> Data:
    approval = {"reviewers": [UNKNOWN]}
    return {
        "development": {"account": UNKNOWN},
        "staging": {"account": UNKNOWN},
        "production": {"account": UNKNOWN, "after": "staging", "approval": approval},
    }


def _keys(names: Sequence[str], annotated: Any) -> dict[str, str]:
    """A key for each name: itself if the language takes it, or in lower case with hyphens. No two are alike."""
    keys = {name: name for name in names if _known(name, annotated) == name}
    for name in names:
        key = _known(hyphenated(name), annotated)
        numbered = (f"{key}-{number}" for number in count(2))
        if name not in keys:
            keys[name] = next(one for one in chain([key], numbered) if one not in keys.values())
    return keys


def _known(value: str, annotated: Any, otherwise: str = UNKNOWN) -> str:
    """The value if the language takes it there."""
    shape = get_args(annotated)[1]
    assert isinstance(shape, Text)
    return otherwise if is_forbidden(value) or shape.is_reserved(value) or shape.problem(value) else value


def _with_reason(key: str, value: str, why: str) -> str:
    return f"{key}: {scalar(value)}" + (f"  # a guess: {why}" if why else "")
