"""A JUnit report, which most CI systems show: a failed test case for each diagnostic.

There is no standard; this is what Jenkins and GitLab read.
https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pipegen.diagnostics import Diagnostic, visible, visible_diff
from pipegen.formats.texts import more, sentences


def render(
    diagnostics: tuple[Diagnostic, ...],
    sources: Mapping[str, str],  # noqa: ARG001
    omitted: tuple[Diagnostic, ...] = (),
) -> str:
    """One suite. Where nothing was found one case has passed, because an empty suite is taken for a broken one."""
    number = {"tests": str(max(1, len(diagnostics))), "failures": str(len(diagnostics)), "errors": "0"}
    root = Element("testsuites", {"name": "pipegen", **number})
    suite = SubElement(root, "testsuite", {"name": "pipegen", **number})
    if not diagnostics:
        SubElement(suite, "testcase", name="lint", classname="pipegen")
    for diagnostic in diagnostics:
        _case(suite, diagnostic)
    if omitted:
        SubElement(suite, "system-out").text = more(omitted)
    indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{tostring(root, encoding='unicode')}\n"


def _case(suite: Element, diagnostic: Diagnostic) -> None:
    rule, span, file = diagnostic.rule, diagnostic.span, visible(diagnostic.file)
    place = f"{file}:{span.line}:{span.column}" if span else file
    case = SubElement(suite, "testcase", name=f"{rule.name} {place}", classname="pipegen", file=file)
    if span:
        case.set("line", str(span.line))
    failure = SubElement(case, "failure", message=sentences(diagnostic), type=f"{rule.code} {rule.severity}")
    head = f"{place}: {rule.severity}[{rule.name}] {rule.code}: {sentences(diagnostic)}"
    failure.text = "\n".join([head, *visible_diff(diagnostic.detail)])
