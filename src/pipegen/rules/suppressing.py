"""PG4xx: comments that silence a rule, `# pipegen: ignore[moving-tag] reason`. Reported by `pipegen.suppressions`.

None of them can be silenced, and none stops `compile`: a comment that is wrong silences nothing more than it should.
"""

from pipegen.diagnostics import Rule, Severity


class IncompleteSuppression(Rule):
    """A comment that silences a rule does not say which, or does not say why.

    Whoever reads the manifest next must be able to tell whether the reason still holds.

    Bad:

    ```yaml
    image: {tag: latest}  # pipegen: ignore[moving-tag]
    ```

    Good:

    ```yaml
    image: {tag: latest}  # pipegen: ignore[moving-tag] the search index starts from it
    ```

    Fix: write `# pipegen: ignore[NAME] REASON`, with the name or code of one rule, or of several with commas.
    """

    code = "PG401"
    name = "incomplete-suppression"
    severity = Severity.WARNING


class UnknownSuppression(Rule):
    """A comment silences a rule that does not exist.

    Bad:

    ```yaml
    image: {dockerfile: Dockerfile}  # pipegen: ignore[mooving-tag] the search index starts from it
    ```

    Good:

    ```yaml
    image: {tag: latest}  # pipegen: ignore[moving-tag] the search index starts from it
    ```

    Fix: write the name or the code of a rule, as messages show them.
    """

    code = "PG402"
    name = "unknown-suppression"
    severity = Severity.WARNING


class Unsuppressible(Rule):
    """A comment silences a rule that cannot be silenced.

    Only advice can be. An error is about a manifest that cannot be compiled as it stands, and files that are not as
    compiled would run something else than was reviewed.

    Bad:

    ```yaml
    environments:
      production: {account: "012345678901"}  # pipegen: ignore[stale-output] compiled tomorrow
    ```

    Good:

    ```yaml
    environments:
      production: {account: "012345678901"}
    ```

    Fix: mend what the rule finds; `pipegen explain NAME` says how.
    """

    code = "PG403"
    name = "unsuppressible"
    severity = Severity.WARNING


class UnusedSuppression(Rule):
    """A comment silences a rule that finds nothing there.

    It would hide the next finding, which nobody has judged. Comments are looked at once the manifest has no errors.

    Bad:

    ```yaml
    image: {dockerfile: Dockerfile}  # pipegen: ignore[moving-tag] the search index starts from it
    ```

    Good:

    ```yaml
    image: {dockerfile: Dockerfile}
    ```

    Fix: delete the comment, or move it: it counts for its own line, or, alone on a line, for the one below.
    """

    code = "PG404"
    name = "unused-suppression"
    severity = Severity.WARNING


RULES: tuple[type[Rule], ...] = (IncompleteSuppression, UnknownSuppression, Unsuppressible, UnusedSuppression)
