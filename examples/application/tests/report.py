"""Print JUnit reports as a page of markdown, for the summary of a run."""

import sys
from pathlib import Path
from xml.etree import ElementTree

print("### Unit tests\n\n| report | passed | failed | skipped | slowest |\n|---|--:|--:|--:|---|")
for name in sys.argv[1:]:
    if not Path(name).exists():
        print(f"| {name} was not written | | | | |")
        continue
    cases = list(ElementTree.parse(name).iter("testcase"))
    failed = sum(
        case.find("failure") is not None or case.find("error") is not None for case in cases
    )
    skipped = sum(case.find("skipped") is not None for case in cases)
    seconds, slowest = max((float(case.get("time", 0)), case.get("name", "")) for case in cases)
    label = slowest.replace("|", r"\|").replace("\n", " ")
    passed = len(cases) - failed - skipped
    print(f"| {Path(name).stem} | {passed} | {failed} | {skipped} | {label} ({seconds:.2f} s) |")
