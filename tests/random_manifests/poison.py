"""Random texts that mean something to a program somewhere on the way: YAML, HCL, a shell, GitHub, AWS."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from pipegen.manifest import strings
from pipegen.manifest.shapes import ListOf, MapOf, Record, Shape, keys
from pipegen.manifest.strings import Text

from .sites import model_of, sites
from .texts import class_of, is_of

FREE = tuple(class_of(getattr(strings, name)) for name in ("Value", "Line", "Command", "HealthCommand", "Exclusion"))
_PIECES = (
    *"\"'`\\$%#&*!|>@,[]{}()<>?:;=~^+-_/. \t\n",
    *("${", "%{", "{{", "}}", "$(", "$${", "%%{", "$$", "%%", "${x}", "$'", '\\"', "\\n", "\\u0000", "\\x", "\\\n"),
    *(
        ": ",
        " #",
        "- ",
        "? ",
        "---",
        "...",
        "<<",
        "<<: ",
        "&a ",
        "*a",
        "!!str ",
        "|-",
        ">+",
        "%YAML",
        "\n\n",
        "\n  ",
        " \n",
    ),
    *(
        "no",
        "yes",
        "on",
        "y",
        "null",
        "~",
        "true",
        "012",
        "0o7",
        "0x1F",
        "1e3",
        "1_000",
        "1:30",
        ".5",
        ".inf",
        "2026-11-23",
    ),
    *("EOF", "<<EOF", "\nEOF\n", "::error::", "\n::add-mask::", "##[group]", "%0A", "jsonencode(", "{% $x %}", "$.x"),
    *(
        "<environment>",
        "permissions: write-all",
        "zizmor: ignore[x]",
        "--privileged",
        "; id",
        "&& id",
        "|| true",
        "../",
    ),
    *(
        "é",
        "e\u0301",
        "\u00a0",
        "\u2009",
        "\u3000",
        "\u6570",
        "\U0001f680",
        "\u0663",
        "\uff04\uff5b",
        "ı",
        "word",
        "x" * 90,
    ),
)


def random_poison(random: Random, shape: Text) -> str:
    """A text of the class that is made of such pieces."""
    value = ""
    for _ in range(random.choice((1, 1, 2, 3, 5, 8, 40))):
        at = random.randrange(len(value) + 1)
        longer = value[:at] + random.choice(_PIECES) + value[at:]
        value = longer if is_of(shape, longer) else value
    return value if is_of(shape, value) else shape.example


def widened(data: dict[str, Any]) -> None:
    """Give every mapping of variables, but for those of overrides, as many entries as it may have."""
    for site in list(sites(data, model_of(data))):
        match site.shape:
            case MapOf(key=key, items=items) if key == class_of(strings.VariableName):
                found = site.holder[site.key]
                for number in range(items.maximum - len(found)):
                    found[f"V_ADDED_{number}"] = "x"


@dataclass(frozen=True)
class FreeText:
    """Where a manifest says something in free text of a class. What else it says is names, and refused if poison."""

    holder: Any
    key: Any
    shape: Text


def free_texts(data: dict[str, Any]) -> list[FreeText]:
    """Every place of a manifest's data that takes free text, in full or as a lone value."""
    found = []
    for site in sites(data, model_of(data)):
        if isinstance(site.holder[site.key], str) and (shape := _of_text(site.shape)) in FREE:
            assert shape
            found.append(FreeText(site.holder, site.key, shape))
    return found


def _of_text(shape: Shape) -> Text | None:
    """The class of a text that stands where this shape is wanted."""
    match shape:
        case Text():
            return shape
        case ListOf(item):
            return _of_text(item)
        case Record(model) if model.shorthand:
            return _of_text(keys(model)[model.shorthand].shape)
        case _:
            return None
