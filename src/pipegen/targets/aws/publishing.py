"""`publishing.tf` of a root: who may publish to an environment, and what.

It is what a security reviewer reads, so nothing is left out because it is as usual.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from pipegen.pipeline import Environment, FileTarget, Pipeline, Publication, Secret, Trigger
from pipegen.targets.aws.calls import bounded, call
from pipegen.targets.aws.hcl import Block, Expression, Value

_ANY_BRANCH = "**/*"
_MOVING = "Not `immutable`, because the manifest asks for a tag that moves: `image.tag`."


def to_environment(
    pipeline: Pipeline, environment: Environment, publications: Sequence[Publication]
) -> Iterator[Block]:
    """The repositories and the role of an environment, and the environment on GitHub."""
    yield from _bucket_variables(publications)
    if public := public_repositories(publications):
        arguments: Mapping[str, Value] = {"providers": {"aws": Expression("aws.public")}, "names": public}
        yield call("public-repositories", "public-repositories", arguments)
    moving = any(p.image and p.image.moving_tag is not None for p in publications)
    comment = _MOVING if moving else ""
    yield call("publishing", "publishing", _role(pipeline, environment, publications), comment)
    branches = (pipeline.branch,) if environment.trigger is Trigger.ON_MERGE else (_ANY_BRANCH,)
    yield _protection(pipeline, environment.name, environment.reviewers, branches, _secrets(environment, publications))


def of_release(pipeline: Pipeline) -> Iterator[Block]:
    """The environment on GitHub that a library is released from."""
    yield _protection(pipeline, "release", (), (pipeline.branch,), {})


def public_repositories(publications: Sequence[Publication]) -> tuple[str, ...]:
    """The names of repositories of the public registry."""
    return tuple(sorted({p.image.name for p in publications if p.image and p.image.public}))


def _role(pipeline: Pipeline, environment: Environment, publications: Sequence[Publication]) -> Mapping[str, Value]:
    images: dict[str, Value] = {
        p.image.name: {"immutable": p.image.moving_tag is None, **({"public": True} if p.image.public else {})}
        for p in publications
        if p.image
    }
    files: list[Value] = [
        {"bucket": _bucket(target), "prefix": target.prefix, "delete": target.delete}
        for target in chain.from_iterable(p.files for p in publications)
    ]
    packages: list[Value] = [
        {"bucket": p.packages.bucket, "prefix": p.packages.prefix} for p in publications if p.packages
    ]
    arguments: dict[str, Value] = {"name": environment.role, "github": _trusted(pipeline, environment)}
    arguments |= {"credentials": environment.credentials}
    arguments |= {"images": images} if images else {}
    arguments |= {"files": tuple(files)} if files else {}
    arguments |= {"packages": tuple(packages)} if packages else {}
    return {**arguments, **bounded(environment)}


def _trusted(pipeline: Pipeline, environment: Environment) -> Mapping[str, Value]:
    repository = pipeline.repository
    github: dict[str, Value] = {"repository": repository.name}
    github |= {"repository_id": repository.id} if repository.id else {}
    github |= {"owner_id": repository.owner_id} if repository.owner_id else {}
    github |= {"environment": environment.name}
    if environment.trigger is Trigger.ON_MERGE:
        github |= {"ref": f"refs/heads/{pipeline.branch}"}
    return github


def _protection(
    pipeline: Pipeline,
    environment: str,
    reviewers: tuple[str, ...],
    branches: tuple[str, ...],
    secrets: Mapping[str, Value],
) -> Block:
    """The environment on GitHub. A workflow cannot protect it, and GitHub makes one without protection."""
    named = tuple(reviewer if "/" in reviewer else f"user/{reviewer}" for reviewer in reviewers)
    repository = pipeline.repository.name.partition("/")[2]
    arguments: dict[str, Value] = {"repository": repository, "environment": environment}
    arguments |= {"reviewers": named} if named else {}
    arguments |= {"branches": branches}
    arguments |= {"secrets": secrets} if secrets else {}
    return call("github", "github-environment", arguments)


def _bucket_variables(publications: Sequence[Publication]) -> Iterator[Block]:
    """What the manifest does not say, because it is kept as a secret of the environment."""
    for name in _bucket_secrets(publications):
        attributes: Mapping[str, Value] = {
            "description": f"The bucket that the secret {name} names.",
            "type": Expression("string"),
        }
        yield Block("variable", (name.lower(),), attributes)


def _bucket_secrets(publications: Sequence[Publication]) -> list[str]:
    targets = chain.from_iterable(publication.files for publication in publications)
    return sorted({target.bucket.name for target in targets if isinstance(target.bucket, Secret)})


def _bucket(target: FileTarget) -> Value:
    return Expression(f"var.{target.bucket.name.lower()}") if isinstance(target.bucket, Secret) else target.bucket


def _secrets(environment: Environment, publications: Sequence[Publication]) -> Mapping[str, Value]:
    secrets: dict[str, Value] = {name: Expression(f"var.{name.lower()}") for name in _bucket_secrets(publications)}
    if environment.credentials == "access-keys":
        secrets |= {
            "DEPLOY_AWS_ACCESS_KEY_ID": Expression("module.publishing.access_key.id"),
            "DEPLOY_AWS_SECRET_ACCESS_KEY": Expression("module.publishing.access_key.secret"),
        }
    return secrets
