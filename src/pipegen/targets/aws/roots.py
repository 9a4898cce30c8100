"""The Terraform root of an environment: calls of the modules beside it, with what the manifest says as arguments.

A reviewer reads here what is in an environment; how that is made stands in the modules, which are alike for everyone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from pipegen.pipeline import (
    Component,
    Container,
    Environment,
    FileTarget,
    Function,
    ImageRepository,
    Pipeline,
    Publication,
    Secret,
    Service,
    Slack,
    Task,
    Trigger,
    Web,
)
from pipegen.targets.aws.hcl import Block, Expression, Value, literal

_AWS: Mapping[str, Value] = {"source": "hashicorp/aws", "version": ">= 5.81, < 6.0"}
_GITHUB: Mapping[str, Value] = {"source": "integrations/github", "version": ">= 6.12, < 7.0"}
_ANY_BRANCH = "**/*"
# The public registry can be managed from this region only.
_PUBLIC_REGION = "us-east-1"
# Where Amazon Q Developer in chat applications can be set up, by the beginning of a region's name.
_CHAT_REGIONS = {"eu": "eu-west-1", "us": "us-east-2", "ap": "ap-southeast-1"}
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html
_TRAFFIC = {
    "all-at-once": "CodeDeployDefault.ECSAllAtOnce",
    "canary-10-percent-5-minutes": "CodeDeployDefault.ECSCanary10Percent5Minutes",
    "canary-10-percent-15-minutes": "CodeDeployDefault.ECSCanary10Percent15Minutes",
    "linear-10-percent-every-1-minutes": "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
    "linear-10-percent-every-3-minutes": "CodeDeployDefault.ECSLinear10PercentEvery3Minutes",
}


@dataclass(frozen=True, slots=True)
class Root:
    """A root, and the names of the modules that it calls."""

    blocks: tuple[Block, ...]
    modules: frozenset[str]


def roots(pipeline: Pipeline) -> Iterator[tuple[str, Root]]:
    """The root of each environment by its name, or of the one that a library is released from."""
    for environment in pipeline.environments:
        yield environment.name, _root(_environment(pipeline, environment))
    if pipeline.release:
        yield "release", _root(_release(pipeline))


def _root(blocks: Iterator[Block]) -> Root:
    found = tuple(blocks)
    sources = [block.attributes["source"] for block in found if block.type == "module"]
    return Root(found, frozenset(str(source).rpartition("/")[2] for source in sources))


def _release(pipeline: Pipeline) -> Iterator[Block]:
    """GitHub's side of a library: nothing of it is in AWS but the state of this root."""
    yield _settings(pipeline, "release", {"github": _GITHUB})
    yield _github_provider(pipeline)
    yield _protection(pipeline, "release", (), (pipeline.branch,), {})


def _environment(pipeline: Pipeline, environment: Environment) -> Iterator[Block]:
    found = [
        (component, publication)
        for component in pipeline.components
        for publication in component.publications
        if publication.environment == environment
    ]
    publications = [publication for _, publication in found]
    public = sorted({p.image.name for p in publications if p.image and p.image.public})
    yield _settings(pipeline, environment.name, {"aws": _AWS, "github": _GITHUB})
    yield from _aws_providers(pipeline, environment, public=bool(public))
    yield _github_provider(pipeline)
    yield from _bucket_variables(publications)
    yield _platform(environment, publications)
    if public:
        providers: Value = {"aws": Expression("aws.public")}
        yield _module("public-repositories", "public-repositories", {"providers": providers, "names": tuple(public)})
    yield _publishing(pipeline, environment, publications)
    branches = (pipeline.branch,) if environment.trigger is Trigger.ON_MERGE else (_ANY_BRANCH,)
    yield _protection(pipeline, environment.name, environment.reviewers, branches, _secrets(environment, publications))
    if isinstance(environment.told, Slack):
        yield _notifications(environment.told)
    for component, publication in found:
        yield from _running(component, publication)


# What every root has

_BOUNDARY = Expression("module.platform.boundary")


def _module(label: str, source: str, arguments: Mapping[str, Value], comment: str = "") -> Block:
    return Block("module", (label,), {"source": f"../modules/{source}", **arguments}, comment=comment)


def _repository(pipeline: Pipeline) -> str:
    return pipeline.repository.name.partition("/")[2]


def _settings(pipeline: Pipeline, environment: str, providers: Mapping[str, Value]) -> Block:
    """The state has a key of its own; its bucket is the user's: ``terraform init -backend-config=backend.hcl``."""
    key = f"{pipeline.repository.name}/{environment}.tfstate"
    blocks = (Block("required_providers", (), providers), Block("backend", ("s3",), {"key": key}))
    return Block("terraform", (), {"required_version": ">= 1.9"}, blocks)


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


def _protection(
    pipeline: Pipeline,
    environment: str,
    reviewers: tuple[str, ...],
    branches: tuple[str, ...],
    secrets: Mapping[str, Value],
) -> Block:
    """The environment on GitHub. A workflow cannot protect it, and GitHub makes one without protection."""
    named = tuple(reviewer if "/" in reviewer else f"user/{reviewer}" for reviewer in reviewers)
    arguments: dict[str, Value] = {"repository": _repository(pipeline), "environment": environment}
    arguments |= {"reviewers": named} if named else {}
    arguments |= {"branches": branches}
    arguments |= {"secrets": secrets} if secrets else {}
    return _module("github", "github-environment", arguments)


def _notifications(slack: Slack) -> Block:
    arguments: dict[str, Value] = {
        "providers": Expression("{ aws = aws, aws.chat = aws.chat }"),
        "name": slack.name,
        "slack": {"workspace": slack.workspace, "channel": slack.channel},
        "boundary": _BOUNDARY,
    }
    return _module("notifications", "notifications", arguments)


# Publishing


def _platform(environment: Environment, publications: list[Publication]) -> Block:
    """What the organisation owns, as far as something here needs it."""
    stated = environment.platform
    arguments: dict[str, Value] = {}
    if any(publication.service for publication in publications):
        arguments |= {
            "vpc": stated.vpc,
            "subnets": stated.subnets,
            "security_groups": stated.security_groups,
            "cluster": stated.cluster,
        }
    if any(publication.service and publication.service.web for publication in publications):
        arguments |= {"load_balancer": stated.load_balancer}
    arguments |= {"boundary": stated.boundary} if stated.boundary else {}
    arguments |= {"topic": environment.told} if isinstance(environment.told, str) else {}
    for publication in publications:
        arguments |= {"artifacts_bucket": publication.packages.bucket} if publication.packages else {}
    return _module("platform", "platform", arguments)


def _publishing(pipeline: Pipeline, environment: Environment, publications: list[Publication]) -> Block:
    repository = pipeline.repository
    github: dict[str, Value] = {"repository": repository.name}
    github |= {"repository_id": repository.id} if repository.id else {}
    github |= {"owner_id": repository.owner_id} if repository.owner_id else {}
    github |= {"environment": environment.name}
    if environment.trigger is Trigger.ON_MERGE:
        github |= {"ref": f"refs/heads/{pipeline.branch}"}
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
    arguments: dict[str, Value] = {"name": environment.role, "github": github}
    arguments |= {"credentials": environment.credentials}
    arguments |= {"images": images} if images else {}
    arguments |= {"files": tuple(files)} if files else {}
    arguments |= {"packages": tuple(packages)} if packages else {}
    return _module("publishing", "publishing", arguments | {"boundary": _BOUNDARY})


def _bucket_variables(publications: list[Publication]) -> Iterator[Block]:
    """What the manifest does not say, because it is kept as a secret of the environment."""
    for name in _bucket_secrets(publications):
        attributes: Mapping[str, Value] = {
            "description": f"The bucket that the secret {name} names.",
            "type": Expression("string"),
        }
        yield Block("variable", (name.lower(),), attributes)


def _bucket_secrets(publications: list[Publication]) -> list[str]:
    targets = chain.from_iterable(publication.files for publication in publications)
    return sorted({target.bucket.name for target in targets if isinstance(target.bucket, Secret)})


def _bucket(target: FileTarget) -> Value:
    return Expression(f"var.{target.bucket.name.lower()}") if isinstance(target.bucket, Secret) else target.bucket


def _secrets(environment: Environment, publications: list[Publication]) -> Mapping[str, Value]:
    secrets: dict[str, Value] = {name: Expression(f"var.{name.lower()}") for name in _bucket_secrets(publications)}
    if environment.credentials == "access-keys":
        secrets |= {
            "DEPLOY_AWS_ACCESS_KEY_ID": Expression("module.publishing.access_key.id"),
            "DEPLOY_AWS_SECRET_ACCESS_KEY": Expression("module.publishing.access_key.secret"),
        }
    return secrets


# Running


def _running(component: Component, publication: Publication) -> Iterator[Block]:
    """What AWS does with what is published."""
    of = f"-{component.id}" if component.id else ""
    if publication.service:
        module = "service" if publication.service.web else "worker"
        yield _module(f"{module}{of}", module, _service(publication, publication.service))
    if publication.task:
        yield _module(f"task{of}", "task", _task(publication, publication.task))
    if publication.packages or publication.functions:
        yield _module(f"functions{of}", "functions", _functions(publication))


def _service(publication: Publication, service: Service) -> Mapping[str, Value]:
    patience: Mapping[str, Value] = {"patience": service.patience} if service.patience else {}
    return {
        **_container(publication, service.container),
        "tasks": {
            "min": service.count.minimum,
            "max": service.count.maximum,
            "cpu_target": service.count.cpu_target,
        },
        **(_web(service.web, patience) if service.web else {"deployment": patience} if patience else {}),
        **_shared(publication),
    }


def _web(web: Web, patience: Mapping[str, Value]) -> dict[str, Value]:
    check = web.health_check
    deployment: dict[str, Value] = {"traffic": _TRAFFIC[web.traffic], "keep_old": web.keep_old, **patience}
    found: dict[str, Value] = {"port": web.port}
    found |= {
        "health_check": {
            "path": check.path,
            "interval": check.interval,
            "timeout": check.timeout,
            "healthy": check.healthy,
            "unhealthy": check.unhealthy,
            "grace": check.grace,
            "codes": check.codes,
        }
    }
    if web.domain.host:
        found |= {"domain": {"host": web.domain.host, "paths": web.domain.paths}}
    return found | {"deployment": deployment | {"alarms": web.alarms}}


def _task(publication: Publication, task: Task) -> Mapping[str, Value]:
    families: Mapping[str, Value] = {"families": task.families} if task.families else {}
    return {**_container(publication, task.container), **families, **_shared(publication)}


def _container(publication: Publication, container: Container) -> dict[str, Value]:
    found: dict[str, Value] = {"name": publication.name, "family": container.family, "container": container.name}
    found |= {"repository": _repository_of(publication.image)} if publication.image else {}
    found |= {"cpu": container.cpu, "memory": container.memory}
    found |= {"architecture": "ARM64"} if container.arm else {}
    found |= {"command": container.command} if container.command else {}
    found |= {"variables": container.variables} if container.variables else {}
    found |= {"secrets": container.secrets} if container.secrets else {}
    return found


def _functions(publication: Publication) -> Mapping[str, Value]:
    found: dict[str, Value] = {"name": publication.name}
    if publication.packages:
        packages = publication.packages
        found |= {
            "bucket": packages.bucket,
            "prefix": packages.prefix,
            "packages": {id: {"functions": _named(functions)} for id, functions in packages.functions.items()},
        }
    elif publication.image:
        image: Value = {"repository": _repository_of(publication.image), "functions": _named(publication.functions)}
        found |= {"image": image}
    return found | _shared(publication)


def _named(functions: tuple[Function, ...]) -> Value:
    return tuple({"name": f.name, **({"optional": True} if f.optional else {})} for f in functions)


def _repository_of(image: ImageRepository) -> Value:
    return Expression(f"module.publishing.repositories[{literal(image.name)}]")


def _shared(publication: Publication) -> dict[str, Value]:
    """What every module that runs something is given of the others."""
    found: dict[str, Value] = {"platform": Expression("module.platform")}
    match publication.environment.told:
        case Slack():
            found |= {"notifications": Expression("module.notifications")}
        case str():
            found |= {"notifications": Expression("module.platform.notifications")}
    return found
