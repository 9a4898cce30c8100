# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen c2384d149a57892974aebb868444e6430108d90c3060d15be9629826f9fab602
"""Show the results of a job's test suites on its GitHub Actions run.

The step that runs this needs no permission, no token and no network. What it
does is all in this file, with nothing but Python's own library:

* it reads JUnit reports and markdown pages, only from inside the repository;
* it appends tables and the failures to the job's summary;
* it prints annotations (::error, ::warning, ::notice), which GitHub shows.

It decides nothing: it ends with success whatever the reports say, because the
steps of the suites have passed or failed already. It trusts no report either:
a report holds whatever the tests printed, and anybody's pull request can write
one. So what comes from a report is cleaned, cut to a size and escaped before
it is shown, and no report can give GitHub a command.

It runs at the root of the repository, with these variables:

PIPEGEN_SUITES   lines name=outcome, with the outcome of the suite's step
PIPEGEN_WAIVERS  lines name=reason, for the suites that do not exist
PIPEGEN_JUNIT    a pattern a line for the reports, such as reports/**/*.xml
PIPEGEN_OPTIONAL_JUNIT  the same, for reports that another job may write
PIPEGEN_PAGES    a pattern a line for markdown that is added to the summary
PIPEGEN_TITLE    the heading in the summary
GITHUB_STEP_SUMMARY     the file to append to, which GitHub provides
"""

import html
import io
import math
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

ANNOTATIONS = 10  # GitHub shows ten of each level for a step.
FAILURES = 50  # shown with their details
ROWS = 100  # reports in the table
DETAIL = 4000  # characters of one failure
REPORT_BYTES = 20 * 2**20
PAGE_BYTES = 200 * 2**10
SUMMARY_BYTES = 900 * 2**10  # GitHub drops a summary of more than 1 MiB.

# What lies in such a folder is not the repository's own.
FOREIGN = {".git", "node_modules", "site-packages"}

NOT_RUN = ":heavy_minus_sign: not run"
OUTCOMES = {
    "success": ":white_check_mark: passed",
    "failure": ":x: failed",
    "cancelled": ":stop_sign: cancelled",
    "skipped": NOT_RUN,
    "": NOT_RUN,
}

# What the versions of Python raise where a pattern is none, or is absolute.
NO_PATTERN = (
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
    re.error,
)

# A control character, or any reference such as &#27;.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x([\da-fA-F]{1,8})|(\d{1,8}));",
)
# The colours and links of a terminal. The escape character is itself, or the
# sign that picture() puts in its place, or what pytest writes for it.
ESCAPES = re.compile(
    r"(?:\x1b|\u241b|#x1B)(?:\[[\d;:?]*[A-Za-z]|[()][A-Z0-9]"
    r"|\][^\n\x07\x1b\u2407\u241b]{0,2000}(?:\x07|\u2407|[\x1b\u241b]\\))"
)
# Control characters, and those that hide or reorder the text around them.
HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-"
    r"\u206f\u241b\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
# What could be markdown or HTML in a line of text.
MARKUP = re.compile(r"[&<>\"'\\`*_\[\]|~#$]")
# A place in a trace: File "a/b.py", line 3 or a/b.js:3
PLACE = re.compile(
    r'File "([^"\n]+)", line (\d+)|(?<![\w@.+/-])([\w@.+/-]+\.\w+):(\d+)',
)
# What swallows the text after it when a page leaves it open: code and HTML.
OPENING = re.compile(r"```|~~~|<")


class Failure(NamedTuple):
    """A test that failed, in the words of its report."""

    name: str
    detail: str
    report: str
    package: str
    file: str
    line: str


class Report(NamedTuple):
    """What a report says, or why it cannot be read."""

    path: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()
    problem: str = ""


def main() -> None:
    """Read the reports, print the annotations and write the summary."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    root = Path.cwd().resolve()
    suites, waivers = pairs("SUITES"), pairs("WAIVERS")
    matches = {pattern: find(root, pattern) for pattern in lines("JUNIT")}
    optional = [find(root, glob) for glob in lines("OPTIONAL_JUNIT")]
    found = [*matches.values(), *optional]
    paths = sorted({path for files in found for path in files})
    reports = [read_report(root, path) for path in paths]

    problems = [report.problem for report in reports if report.problem]
    outcomes = {outcome for _, outcome in suites}
    if outcomes & {"success", "failure"} and "cancelled" not in outcomes:
        missing = [pattern for pattern, files in matches.items() if not files]
        problems += [f"No report matches {pattern}." for pattern in missing]

    # A test may be in two reports, or twice in one: show its failure once.
    every = [failure for report in reports for failure in report.failures]
    once = {(item.name, item.detail): item for item in reversed(every)}
    failures = list(reversed(once.values()))[:FAILURES]
    repeated = len(every) - len(once)
    more = sum(report.failed for report in reports) - repeated - len(failures)
    located = [(failure, locate(root, failure)) for failure in failures]

    for name, reason in waivers:
        annotate("notice", reason, title=f"Waived suite: {name}")
    for problem in problems[:ANNOTATIONS]:
        annotate("warning", problem, title="Test report")
    for failure, (file, line) in located[:ANNOTATIONS]:
        message = clip(failure.detail, 1000)
        annotate("error", message, title=failure.name, file=file, line=line)

    pages = [page for glob in lines("PAGES") for page in find(root, glob)]
    pages = list(dict.fromkeys(pages))
    page_blocks = [page_block(root, page, pages[-1]) for page in pages]
    write_summary(
        [
            f"## {text(given('TITLE') or 'Tests')}",
            suite_table(suites, waivers),
            report_table([report for report in reports if not report.problem]),
            "\n".join(f"- :warning: {text(line)}" for line in problems[:ROWS]),
            *(failure_block(failure, place) for failure, place in located),
            f"{more} more failed: see the reports." if more > 0 else "",
            *page_blocks,
        ]
    )


# What the workflow and the repository give


def given(name: str) -> str:
    """Give what the workflow has set, under a name no test would use."""
    return os.environ.get(f"PIPEGEN_{name}", "")


def lines(name: str) -> list[str]:
    """Give the lines of a variable, each once."""
    stripped = map(str.strip, given(name).split("\n"))
    return list(dict.fromkeys(filter(None, stripped)))


def pairs(name: str) -> list[tuple[str, str]]:
    """Split the lines key=value of a variable."""
    split = [line.partition("=") for line in lines(name)]
    return [(key.strip(), value.strip()) for key, _, value in split]


def find(root: Path, pattern: str) -> list[str]:
    """Find the repository's files that match a pattern."""
    if pattern.endswith("**"):
        pattern += "/*"  # By itself it would match folders only.
    try:
        paths = {own_file(root, path) for path in root.glob(pattern)}
    except NO_PATTERN:
        return []
    return sorted(filter(None, paths))


def own_file(root: Path, path: Path) -> str:
    """Give the path of a file of the repository, or nothing.

    Links are followed first. One that leads out of the repository would show
    a file of the runner to all who can read the run.
    """
    try:
        real = path.resolve(strict=True)
        inside = real.relative_to(root)
        is_own = real.is_file() and FOREIGN.isdisjoint(inside.parts)
    except (OSError, RuntimeError, ValueError):
        return ""  # It is missing, a loop of links, or outside.
    return inside.as_posix() if is_own else ""


def read(root: Path, path: str, limit: int) -> str:
    """Read a text file, in the encoding that it states."""
    with (root / path).open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ValueError(f"it is larger than {limit // 2**10} KiB")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    stated = re.match(rb"\s*<\?xml[^>]*encoding=[\"']([\w.-]+)", data)
    encoding = stated[1].decode() if stated else "utf-8"
    if encoding.lower().startswith("utf"):
        encoding = "utf-8-sig"  # In UTF-16 the line above finds nothing.
    return data.decode(encoding, "replace")


# Reading a report


def read_report(root: Path, path: str) -> Report:
    """Read a report. One that is damaged or hostile is only named."""
    try:
        return count(path, parse(read(root, path, REPORT_BYTES)))
    except (LookupError, OSError, ValueError, expat.ExpatError) as error:
        return Report(path, problem=f"{path} cannot be read: {error}.")


def parse(content: str) -> Element:
    """Build the tree of an XML document, without the names of namespaces."""
    builder = TreeBuilder()

    def start(tag: str, attributes: dict[str, str]) -> None:
        builder.start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        builder.end(tag.rpartition(":")[2])

    def refuse(*_: object) -> NoReturn:
        # It could declare entities that grow without end or read files.
        raise ValueError("it has a DOCTYPE, which no test report needs")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.Parse(CONTROL.sub(picture, content).strip(), True)
    return builder.close()


def picture(match: re.Match[str]) -> str:
    """Show a control character, which XML forbids but many tools write."""
    code = int(match[1], 16) if match[1] else int(match[2] or ord(match[0]))
    is_control = code < 32 and code not in (9, 10, 13)
    return chr(0x2400 + code) if is_control else match[0]


def count(path: str, tree: Element) -> Report:
    """Count the tests of a report and describe those that failed."""
    suites = [node for node in tree.iter() if node.tag.startswith("testsuite")]
    if not suites:
        raise ValueError("it is not a JUnit report")
    results: Counter[str] = Counter()
    failures: list[Failure] = []
    seconds = 0.0
    for suite in suites:
        for case in [suite, *suite.findall("testcase")]:
            result = result_of(case)
            results[result] += 1
            if result == "failed" and len(failures) < FAILURES:
                failures.append(describe(path, suite, case))
            if case is not suite:
                seconds += number(case.get("time", ""))
    return Report(
        path,
        results["passed"],
        results["failed"],
        results["skipped"],
        seconds or max(number(suite.get("time", "")) for suite in suites),
        tuple(failures),
    )


def result_of(case: Element) -> str:
    """Say how a test ended, or whether a suite failed outside its tests."""
    children = {child.tag for child in case}
    if children & {"failure", "error"}:
        return "failed"
    if case.tag == "testcase":
        # Some tools have no element for a test that was not run.
        status = case.get("status", "").lower()
        is_skipped = "skipped" in children or status in ("notrun", "skipped")
        return "skipped" if is_skipped else "passed"
    counted = case.get("failures", ""), case.get("errors", "")
    is_empty = not children & {"testsuite", "testcase"}
    return "failed" if is_empty and any(map(number, counted)) else ""


def number(value: str) -> float:
    """Read a number such as 0.5, 0,5 or 1,234.5; what is none counts as 0."""
    if "." in value or value.count(",") > 1:
        value = value.replace(",", "")
    try:
        result = float(value.replace(",", "."))
    except ValueError:
        return 0.0
    return result if 0 < result < math.inf else 0.0


def describe(path: str, suite: Element, case: Element) -> Failure:
    """Describe a failure: its message comes first, then its trace."""
    group, name = case.get("classname", ""), case.get("name", "")
    if not name.startswith(group):
        name = f"{group} > {name}" if name else group
    details = []
    for problem in case.findall("failure") + case.findall("error"):
        message = problem.get("message", "").strip()
        trace = "".join(problem.itertext()).strip()
        if not trace.startswith(message):
            trace = f"{message}\n\n{trace}"
        details.append(trace.strip() or problem.get("type", ""))
    detail = clean(clip("\n\n".join(details), DETAIL)).strip()
    return Failure(
        name=line_of(name) or line_of(suite.get("name", "")) or "unnamed",
        detail=detail or "The report gives no message.",
        report=path,
        package=clip(group, 200),
        file=case.get("file", suite.get("file", "")),
        line=case.get("line", ""),
    )


def locate(root: Path, failure: Failure) -> tuple[str, str]:
    """Find the file and the line of a failure, if they are in the repository.

    Of a trace the place nearest to the error is the best, but one in the
    test's own file is better.
    """
    found = PLACE.finditer(failure.detail)
    places = [(match[1] or match[3], match[2] or match[4]) for match in found]
    if places and places[-1][0].endswith(".py"):
        places.reverse()  # Python alone begins at the far end.
    if failure.file:
        own = [place for place in places if place[0].endswith(failure.file)]
        stated = [(failure.file, failure.line)] if failure.line else []
        places = own + stated + places[:20] + [(failure.file, "1")]

    # They are relative to a folder above the report or, in Go, the package's.
    above = (root / failure.report).parents
    folders = [folder for folder in above if folder.is_relative_to(root)]
    names = failure.package.split("/")
    ends = ["/".join(names[start:]) for start in range(1, len(names))]
    folders = [root / end for end in ends] + folders
    for name, line in places[:30]:
        for folder in folders[:30]:
            path = own_file(root, folder / name)
            if path:
                is_line = re.fullmatch("[1-9][0-9]{0,6}", line)
                return path, line if is_line else "1"
    return "", ""


# Making text safe


def clean(value: str) -> str:
    """Remove colours and whatever is not visible."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return HIDDEN.sub("", ESCAPES.sub("", value))


def clip(value: str, limit: int) -> str:
    """Keep the beginning and the end, where the error and its place are."""
    half = limit // 2
    if len(value) <= limit:
        return value
    return f"{value[:half]}\n[...]\n{value[-half:]}"


def line_of(value: str) -> str:
    """Make one short line of a text."""
    line = " ".join(clean(value[:1000]).split())
    return line if len(line) <= 200 else f"{line[:199]}\u2026"


def text(value: str) -> str:
    """Make a line for the summary in which nothing is markdown or HTML."""
    return MARKUP.sub(lambda match: f"&#{ord(match[0])};", line_of(value))


def annotate(level: str, message: str, **properties: str) -> None:
    """Print a workflow command: one line, however many the message has.

    Escaped as GitHub's own toolkit does it, a value can neither end the
    command nor begin another.
    """
    stated = []
    for key, value in properties.items():
        if value:
            stated.append(f"{key}={escape(value, '%:,')}")
    print(f"::{level} {','.join(stated)}::{escape(message, '%')}")


def escape(value: str, special: str) -> str:
    """Write line ends and special characters as % and two digits."""
    special += "\r\n"
    value = clean(value)
    return "".join(f"%{ord(c):02X}" if c in special else c for c in value)


# Writing the summary


def table(heading: list[str], align: str, rows: list[list[str]]) -> str:
    """Write a table, or nothing where it has no rows."""
    every = [heading, [align] * len(heading), *rows] if rows else []
    return "\n".join(f"| {' | '.join(row)} |" for row in every)


def suite_table(
    suites: list[tuple[str, str]],
    waivers: list[tuple[str, str]],
) -> str:
    """List the suites with their outcomes, then those that are waived."""
    results = [(name, OUTCOMES.get(end, text(end))) for name, end in suites]
    for name, why in waivers:
        results.append((name, f":warning: waived: {text(why)}"))
    rows = [[text(name), result] for name, result in results]
    return table(["Suite", "Result"], "---", rows)


def report_table(reports: list[Report]) -> str:
    """List the reports, those with failures first."""
    rows = []
    for report in sorted(reports, key=lambda report: not report.failed)[:ROWS]:
        sign = ":x:" if report.failed else ":white_check_mark:"
        if not report.passed + report.failed + report.skipped:
            sign = ":warning:"  # A suite that tests nothing passes, too.
        name = f"{sign} <code>{text(report.path)}</code>"
        rows.append([name, *sums(report)])
    if len(reports) > 1:
        rows.append([f"All {len(reports)} reports", *sums(*reports)])
    heading = ["Report", "Passed", "Failed", "Skipped", "Time"]
    return table(heading, "---:", rows).replace("---:", "---", 1)


def sums(*reports: Report) -> list[str]:
    """Write what reports count together."""
    return [
        str(sum(report.passed for report in reports)),
        str(sum(report.failed for report in reports)),
        str(sum(report.skipped for report in reports)),
        duration(sum(report.seconds for report in reports)),
    ]


def duration(seconds: float) -> str:
    """Write a time as a person would."""
    if seconds < 59.95:
        return f"{seconds:.2f} s" if seconds < 1 else f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def failure_block(failure: Failure, place: tuple[str, str]) -> str:
    """Fold the details of a failure under its name."""
    where = f"<code>{text(':'.join(place))}</code>\n\n" if place[0] else ""
    return (
        f"<details><summary>:x: <code>{text(failure.name)}</code></summary>"
        f"\n\n{where}<pre>{html.escape(failure.detail)}</pre>\n\n</details>"
    )


def page_block(root: Path, path: str, last: str) -> str:
    """Give a page of markdown, below a line.

    It is the repository's own and stays as it is. But a page that could leave
    something open is quoted if another follows: whatever is open in it ends
    with the quotation. GitHub itself keeps the summaries of steps apart.
    """
    try:
        page = clean(read(root, path, PAGE_BYTES)).strip()
    except (LookupError, OSError, ValueError) as error:
        return f"- :warning: {text(f'{path} is not shown: {error}.')}"
    if path != last and OPENING.search(page):
        page = "\n".join(f"> {line}" for line in page.split("\n"))
    return f"---\n\n{page}" if page else ""


def write_summary(blocks: list[str]) -> None:
    """Append to the summary what fits into it, and say if that is not all."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    content, note = b"", b""
    for block in filter(None, blocks):
        part = f"{block}\n\n".encode("utf-8", "replace")
        if len(content) + len(part) <= SUMMARY_BYTES:
            content += part
        else:
            note = b"- :warning: The summary is too long: parts are left out."
    try:
        if path:
            with Path(path).open("ab") as file:
                file.write(content + note)
    except OSError as error:
        annotate("warning", f"It cannot be written: {error}", title="Summary")


if __name__ == "__main__":
    main()
