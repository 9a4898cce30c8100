"""The reference pages, written from the models and the rules."""

from __future__ import annotations

import inspect
from pathlib import Path

from pipegen.manifest.documentation import INHERITED, default, documentation, ordered, place_at_top, sections
from pipegen.manifest.root import MODELS, Components
from pipegen.manifest.section import Section
from pipegen.manifest.shapes import Boolean, Choice, Integer, ListOf, MapOf, Record, Shape, keys
from pipegen.manifest.strings import Text
from pipegen.rules.registry import RULES, page
from pipegen.schema import schema_text


def write(root: Path) -> None:
    """Write every generated file below the root of the project."""
    for path, text in generated().items():
        (root / path).write_text(text, encoding="utf-8")


def generated() -> dict[str, str]:
    """Every generated file, by path from the root of the project."""
    return {
        "schema/deploy.schema.json": schema_text(),
        "docs/language.md": language_text(),
        "docs/rules.md": rules_text(),
    }


def language_text() -> str:
    """`docs/language.md`."""
    lines = [_LANGUAGE_HEAD, *_top_table()]
    for model in sorted(sections(), key=lambda m: m.__name__):
        short = f" A lone value stands for `{model.shorthand}`." if model.shorthand else ""
        lines += [f"## {model.__name__}", "", inspect.cleandoc(model.__doc__ or "") + short, "", *_table(model)]
    return "\n".join(lines).rstrip() + "\n"


def rules_text() -> str:
    """`docs/rules.md`."""
    pages = "\n".join(page(rule).replace("# ", "## ", 1) for rule in RULES)
    return f"# Rules\n\n<!-- Written by `make generate` from the docstrings of the rules. -->\n\n{_RULES_HEAD}\n{pages}"


_LANGUAGE_HEAD = """\
# The deploy.yaml language, version 1

<!-- Written by `make generate` from the models in src/pipegen/manifest. -->

A repository has one manifest, `deploy.yaml`, at its root. One that is a single thing states its `kind`; one that
holds several states `components`. A key that is not listed is an error. Every path is relative to the root of
the repository. The order of keys never changes what is compiled, but for `suites`, which run in the order in which
they stand.

pipegen types each value by its key. Where a text is wanted and the unquoted value would be a number, a date or a
truth value to some YAML reader, it asks for quotes: `account: "012345678901"`, `python: "3.10"`.
Anchors, aliases, merge keys, tags and further documents are refused, and so is `${{` in any text.

An environment may state otherwise what the repository states for all of them: `region`, `credentials`, `platform`,
`notifications`, and how a component is run. Mappings merge by key, everything else replaces; nothing is appended,
nothing is unset.
"""

_RULES_HEAD = f"""\
Each has a code, which never changes, and a name; `pipegen explain` takes both. An error stops `pipegen compile`, a
warning does not. `pipegen lint` exits with 1 for either.

A comment in the manifest silences a rule whose advice does not fit, and says why. It counts for its own line, or, alone
on a line, for the next one that is no comment:

```yaml
image:
  tag: latest  # pipegen: ignore[moving-tag] the nightly index starts from it
```

Several rules stand with commas between them, by name or code. A comment without a reason, or that silences nothing,
is reported. These can be silenced, and never an error or a file that is not as compiled:
{", ".join(f"`{rule.name}`" for rule in RULES if rule.suppressible)}.
"""


def _top_table() -> list[str]:
    """The top of the manifest: every key once, with the repositories that have it."""
    headed = {f"`{kind}`": model for kind, model in MODELS.items()} | {"`components`": Components}
    lines = ["## The top of the manifest", ""]
    lines += [f"* {title}: {_uncapitalised(inspect.cleandoc(model.__doc__ or ''))}" for title, model in headed.items()]
    lines += ["", "| key | for | what it takes | default | what it says |", "| --- | --- | --- | --- | --- |"]
    described = {key: (model, value) for model in reversed(headed.values()) for key, value in ordered(model)}
    for key in sorted(described, key=place_at_top):
        model, value = described[key]
        having = [title for title, model in headed.items() if key in keys(model)]
        where = "all" if len(having) == len(headed) else ", ".join(having)
        takes = " or ".join(f"`{kind}`" for kind in MODELS) if key == "kind" else _prose(value.shape)
        lines.append(f"| `{key}` | {where} | {takes} | {_default(model, key)} | {documentation(model)[key]} |")
    lines.append("")
    return lines


def _uncapitalised(text: str) -> str:
    return text[0].lower() + text[1:]


def _table(model: type[Section]) -> list[str]:
    rows = ["| key | what it takes | default | what it says |", "| --- | --- | --- | --- |"]
    for key, described in ordered(model):
        rows.append(f"| `{key}` | {_prose(described.shape)} | {_default(model, key)} | {documentation(model)[key]} |")
    return [*rows, ""]


def _default(model: type[Section], key: str) -> str:
    match default(model, key):
        case _ if keys(model)[key].required:
            return "required"
        case str(found) if found == INHERITED:
            return found
        case bool() as truth:
            return f"`{str(truth).lower()}`"
        case str() | int() as value:
            return f"`{value}`"
        case list(several):
            return ", ".join(f"`{one}`" for one in several)
        case _:
            return ""


def _prose(shape: Shape) -> str:
    match shape:
        case Record(model):
            short = f"{_prose(keys(model)[model.shorthand].shape)}, or " if model.shorthand else ""
            return f"{short}[{model.__name__}](#{model.__name__.lower()})"
        case MapOf(key, value):
            return f"names such as `{key.example}`, each with {_prose(value)}"
        case ListOf(item, lone):
            return f"{_prose(item)}, or a list" if lone else f"list of {_prose(item)}"
        case Choice(words):
            return " or ".join(f"`{word}`" for word in words)
        case Integer(limits):
            if limits.minimum == limits.maximum:
                return f"`{limits.minimum}`"
            return f"number, {limits.minimum} to {limits.maximum}" if limits.maximum < 2**53 - 1 else "number"
        case Boolean():
            return "`true` or `false`"
        case Text():
            return f"{shape.expected}".replace("|", "\\|")


if __name__ == "__main__":
    write(Path())
