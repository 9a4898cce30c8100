"""Every expression that a compiled workflow can hold, and no other.

GitHub evaluates ``${{ … }}`` wherever it stands, so each one is written here, takes nothing from the manifest but
identifiers and the name of the branch, and reaches a script only through an environment variable.
https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

from __future__ import annotations

from collections.abc import Sequence

from pipegen.pipeline import Environment, Trigger

ALWAYS = "${{ always() }}"

# A push and its pull request must not share a group: the cancelled run would leave a cancelled check on the commit.
TEST_GROUP = "test-${{ github.event_name }}-${{ github.event.pull_request.number || github.ref }}"
# Only the same commit waits for itself: a run that waits for approval delays no other.
PUBLISH_GROUP = "${{ github.sha }}-${{ inputs.environment || github.event_name }}"

# Dependencies are cached where the repository holds what states them; the set-up actions fail where it does not.
PIP_FILES = ("**/requirements*.txt", "**/pyproject.toml")
NODE_FILES = ("**/package-lock.json", "**/yarn.lock")
PIP_CACHE = "${{ hashFiles('**/requirements*.txt', '**/pyproject.toml') != '' && 'pip' || '' }}"
NODE_CACHE = (
    "${{ hashFiles('**/package-lock.json') != '' && 'npm' || hashFiles('**/yarn.lock') != '' && 'yarn' || '' }}"
)

RESULTS_OF_NEEDS = "${{ join(needs.*.result, ' ') }}"
TEMPORARY = "${{ runner.temp }}"
COMMIT = "${{ github.sha }}"
TOKEN = "${{ github.token }}"
CHOSEN_ENVIRONMENT = "${{ inputs.environment }}"
CHOSEN_BUMP = "${{ inputs.bump }}"
SESSION = "github-${{ github.run_id }}-${{ github.run_attempt }}"


def tested_when_pushed(untested: str | None) -> str:
    """Whether this is a pull request from a branch of the same repository, whose push was tested.

    `untested` is the branch whose pushes the workflow does not hear, if there is one.
    """
    return f"${{{{ {_tested_when_pushed(untested)} }}}}"


def not_tested_when_pushed(untested: str | None) -> str:
    """The contrary: this run tests."""
    return f"${{{{ !({_tested_when_pushed(untested)}) }}}}"


def name_of_check(untested: str | None) -> str:
    """The name of the last job. It is another where the suites are skipped, because a skipped check would pass."""
    return f"${{{{ {_tested_when_pushed(untested)} && 'Tested when pushed' || 'Test' }}}}"


def _tested_when_pushed(untested: str | None) -> str:
    same = "github.event.pull_request.head.repo.full_name == github.repository"
    return f"{same} && github.head_ref != '{untested}'" if untested else same


def outcome(step: str) -> str:
    """How a step ended: success, failure, cancelled or skipped."""
    return f"${{{{ steps.{step}.outcome }}}}"


def ready(step: str) -> str:
    """Whether the set-up came to its end, whatever the suites did since."""
    return f"${{{{ !cancelled() && steps.{step}.outcome == 'success' }}}}"


def shown(step: str) -> str:
    """Whether a step succeeded, whatever has failed or was cancelled since."""
    return f"${{{{ always() && steps.{step}.outcome == 'success' }}}}"


def started(step: str) -> str:
    """Whether a step has run, so that what it started must be cleaned up."""
    return f"${{{{ always() && steps.{step}.outcome != 'skipped' }}}}"


def matrix(axis: str) -> str:
    """The value of this cell of the matrix: a version of Python or of Node."""
    return f"${{{{ matrix.{axis} }}}}"


def output(step: str, name: str) -> str:
    """What an earlier step of the job has put out."""
    return f"${{{{ steps.{step}.outputs.{name} }}}}"


def output_of(job: str, name: str) -> str:
    """What a needed job has put out."""
    return f"${{{{ needs.{job}.outputs.{name} }}}}"


def secret(name: str) -> str:
    """A secret of the job's GitHub environment."""
    return f"${{{{ secrets.{name} }}}}"


def chosen_or(branch: str) -> str:
    """The environment that was chosen by hand, or the branch that was pushed."""
    return f"${{{{ inputs.environment || '{branch}' }}}}"


def may_publish(environments: Sequence[Environment], branch: str) -> str:
    """Whether this run may publish to one of the environments at all."""
    allowed = ["github.event_name == 'push'", f"github.ref == '{_ref(branch)}'"]
    if by_hand := _chosen(environments, Trigger.MANUAL):
        allowed.append(f"({by_hand} && github.ref_type == 'branch')")
    return f"${{{{ {' || '.join(allowed)} }}}}"


def may_not_publish(environments: Sequence[Environment], branch: str) -> str:
    """Whether this run was started by hand for an environment that it may not publish to."""
    refused = f"github.event_name == 'workflow_dispatch' && github.ref != '{_ref(branch)}'"
    if by_hand := _chosen(environments, Trigger.MANUAL):
        refused += f" && !({by_hand} && github.ref_type == 'branch')"
    return f"${{{{ {refused} }}}}"


def publishes(environment: Environment, branch: str) -> str:
    """Whether this run publishes to the environment."""
    return f"${{{{ {_publishes(environment, branch)} }}}}"


def publishes_after(environment: Environment, branch: str, first: str, builds: Sequence[str]) -> str:
    """Whether this run publishes to the environment, where the job `first` must have succeeded, or is not part of it.

    Without a function of status a skipped job would skip this one, and `always()` would publish what failed.
    """
    built = " && ".join(f"needs.{build}.result == 'success'" for build in builds)
    order = f"(needs.{first}.result == 'success' || github.event_name == 'workflow_dispatch')"
    return f"${{{{ !cancelled() && {built} && {order} && {_publishes(environment, branch)} }}}}"


def releases(branch: str) -> str:
    """Whether this run may release."""
    return f"${{{{ github.ref == '{_ref(branch)}' && github.event_name == 'workflow_dispatch' }}}}"


def _publishes(environment: Environment, branch: str) -> str:
    by_hand = f"github.event_name == 'workflow_dispatch' && inputs.environment == '{environment.name}'"
    if environment.trigger is Trigger.ON_MERGE:
        return f"github.ref == '{_ref(branch)}' && (github.event_name == 'push' || ({by_hand}))"
    return f"github.ref_type == 'branch' && {by_hand}"


def _chosen(environments: Sequence[Environment], trigger: Trigger) -> str:
    names = [environment.name for environment in environments if environment.trigger is trigger]
    either = " || ".join(f"inputs.environment == '{name}'" for name in names)
    return f"({either})" if len(names) > 1 else either


def _ref(branch: str) -> str:
    return f"refs/heads/{branch}"
