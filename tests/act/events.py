"""The events that start a workflow, with as much of GitHub's payload as our conditions can read."""

from collections.abc import Mapping
from typing import Any, NamedTuple

REPOSITORY = "acme/widget"
DEFAULT_BRANCH = "main"

Payload = Mapping[str, Any]


class Event(NamedTuple):
    name: str
    payload: Payload

    @property
    def ref(self) -> str:
        """What `github.ref` is for it; act works it out wrongly for a merge group."""
        if self.name == "pull_request":
            return f"refs/pull/{self.payload['number']}/merge"
        if self.name == "merge_group":
            return str(self.payload["merge_group"]["head_ref"])
        return str(self.payload["ref"])


def _event(name: str, **payload: Any) -> Event:
    return Event(name, {"repository": {"full_name": REPOSITORY, "default_branch": DEFAULT_BRANCH}, **payload})


def push(branch: str = DEFAULT_BRANCH) -> Event:
    return _event("push", ref=f"refs/heads/{branch}", deleted=False)


def push_tag(tag: str) -> Event:
    return _event("push", ref=f"refs/tags/{tag}", deleted=False)


def pull_request(
    head: str = "topic", base: str = DEFAULT_BRANCH, *, fork: bool = False, action: str = "opened"
) -> Event:
    repository = {"full_name": "someone/widget" if fork else REPOSITORY, "fork": fork}
    request = {"number": 7, "head": {"ref": head, "repo": repository}, "base": {"ref": base}}
    return _event("pull_request", action=action, number=7, pull_request=request)


def merge_group(base: str = DEFAULT_BRANCH) -> Event:
    refs = {"head_ref": f"refs/heads/gh-readonly-queue/{base}/pr-7", "base_ref": f"refs/heads/{base}"}
    return _event("merge_group", action="checks_requested", merge_group=refs)


def dispatch(ref: str = f"refs/heads/{DEFAULT_BRANCH}", **inputs: str) -> Event:
    """A run started by hand. `ref` is whole, because a tag can be chosen too."""
    return _event("workflow_dispatch", ref=ref, inputs=inputs)


def default(name: str) -> Event:
    """The plainest event of that name."""
    plain = (push(), pull_request(), merge_group(), dispatch())
    return next(event for event in plain if event.name == name)
