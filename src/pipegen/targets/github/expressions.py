"""Every expression that a compiled workflow can hold, and no other.

GitHub evaluates ``${{ … }}`` wherever it stands, so each one is written here, takes nothing from the manifest but
identifiers, and reaches a script only through an environment variable.
https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

ALWAYS = "${{ always() }}"

# A pull request from a branch of the same repository was tested when the branch was pushed.
OTHER_REPOSITORY = "${{ github.event.pull_request.head.repo.full_name != github.repository }}"
SAME_REPOSITORY = "${{ github.event.pull_request.head.repo.full_name == github.repository }}"
NAME_OF_CHECK = (
    "${{ github.event.pull_request.head.repo.full_name == github.repository && 'Tested when pushed' || 'Test' }}"
)
# A push and its pull request must not share a group: the cancelled run would leave a cancelled check on the commit.
TEST_GROUP = "test-${{ github.event_name }}-${{ github.event.pull_request.number || github.ref }}"

RESULTS_OF_NEEDS = "${{ join(needs.*.result, ' ') }}"
TEMPORARY = "${{ runner.temp }}"


def outcome(step: str) -> str:
    """How a step ended: success, failure, cancelled or skipped."""
    return f"${{{{ steps.{step}.outcome }}}}"


def ready(step: str) -> str:
    """Whether the set-up came to its end, whatever the suites did since."""
    return f"${{{{ !cancelled() && steps.{step}.outcome == 'success' }}}}"


def started(step: str) -> str:
    """Whether a step has run, so that what it started must be cleaned up."""
    return f"${{{{ always() && steps.{step}.outcome != 'skipped' }}}}"


def matrix(axis: str) -> str:
    """The value of this cell of the matrix: a version of Python or of Node."""
    return f"${{{{ matrix.{axis} }}}}"
