"""`providers.tf` of a root: what Terraform itself must know, which says nothing of what an environment is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipegen.pipeline import Environment, Pipeline, Slack
from pipegen.targets.aws.hcl import Block, Value

_AWS: Mapping[str, Value] = {"source": "hashicorp/aws", "version": ">= 5.81, < 6.0"}
_GITHUB: Mapping[str, Value] = {"source": "integrations/github", "version": ">= 6.12, < 7.0"}
# The public registry can be managed from this region only.
_PUBLIC_REGION = "us-east-1"
# Where Amazon Q Developer in chat applications can be set up, by the beginning of a region's name.
_CHAT_REGIONS = {"eu": "eu-west-1", "us": "us-east-2", "ap": "ap-southeast-1"}


def of_environment(pipeline: Pipeline, environment: Environment, *, public: bool) -> tuple[Block, ...]:
    """The settings of an environment's root; `public` where something goes to the public registry."""
    return (
        _terraform(pipeline, environment.name, {"aws": _AWS, "github": _GITHUB}),
        *_aws_providers(pipeline, environment, public=public),
        _github_provider(pipeline),
    )


def of_release(pipeline: Pipeline) -> tuple[Block, ...]:
    """The settings of a library's root: nothing of it is in AWS but its state."""
    return (_terraform(pipeline, "release", {"github": _GITHUB}), _github_provider(pipeline))


def _terraform(pipeline: Pipeline, environment: str, providers: Mapping[str, Value]) -> Block:
    """The state has a key of its own; its bucket is the user's: ``terraform init -backend-config=backend.hcl``.

    A bucket that locks the state by itself, ``use_lockfile``, needs Terraform 1.10:
    https://developer.hashicorp.com/terraform/language/backend/s3#state-locking.
    """
    key = f"{pipeline.repository.name}/{environment}.tfstate"
    blocks = (Block("required_providers", (), providers), Block("backend", ("s3",), {"key": key}))
    return Block("terraform", (), {"required_version": ">= 1.10"}, blocks)


def _aws_providers(pipeline: Pipeline, environment: Environment, *, public: bool) -> Iterator[Block]:
    tags: Mapping[str, Value] = {"repository": pipeline.repository.name, "environment": environment.name}
    common: Mapping[str, Value] = {"allowed_account_ids": (environment.account,)}
    default = (Block("default_tags", (), {"tags": tags}),)
    yield Block("provider", ("aws",), {"region": environment.region, **common}, default)
    if public:
        yield Block("provider", ("aws",), {"alias": "public", "region": _PUBLIC_REGION, **common}, default)
    if isinstance(environment.told, Slack):
        chat = _CHAT_REGIONS.get(environment.region.partition("-")[0], _CHAT_REGIONS["eu"])
        yield Block("provider", ("aws",), {"alias": "chat", "region": chat, **common}, default)


def _github_provider(pipeline: Pipeline) -> Block:
    return Block("provider", ("github",), {"owner": pipeline.repository.name.partition("/")[0]})
