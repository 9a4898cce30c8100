"""Our own rules, which no linter knows."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from . import house_publishing, house_steps, house_structure
from .document import Document, Rule
from .reading import workflow
from .verdict import Verdict

RULES: dict[str, Rule] = {
    rule.__name__.replace("_", "-"): rule
    for rule in (*house_structure.RULES, *house_steps.RULES, *house_publishing.RULES)
}


def house(paths: Sequence[Path]) -> Verdict:
    """Apply every rule to every file; `read` counts the files in which there was a step to look at."""
    findings: list[str] = []
    read = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        try:
            document = Document(text, workflow(text))
        except (TypeError, yaml.YAMLError) as error:
            findings.append(f"{path}: unreadable: {' '.join(str(error).split())}")
            continue
        read += any(True for _ in document.steps())
        findings += [f"{path}: {name}: {detail}" for name, rule in RULES.items() for detail in rule(document)]
    return Verdict(tuple(findings), read)
