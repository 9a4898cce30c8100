"""Really publishing and releasing: a compiled workflow is executed, and what it moved can be looked at.

The images go through skopeo, over TLS and under ECR's own host names, to registries on this machine (`registry`); files
and packages through the AWS CLI to a stand-in for AWS (`cloud`); tags and releases to a bare repository (`git_remote`).
`publish` runs the workflow with any of them, under act.

No network is used, and nothing of the machine is changed: the host names are known only to a proxy of the test run's
own, which refuses every other one. What needs a program that is missing skips its test.

Nothing here proves that a role trusts the job, that an environment waits for approval, or that ECR has the repository.
"""

from .cloud import Cloud, cloud
from .registries import Image, registry
from .remotes import Remote, git_remote
from .running import publish, repository
from .wheels import wheelhouse

__all__ = [
    "Cloud",
    "Image",
    "Remote",
    "cloud",
    "git_remote",
    "publish",
    "registry",
    "repository",
    "wheelhouse",
]
