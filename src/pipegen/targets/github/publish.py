"""The Publish workflow of a component: its tests, one build without credentials, and a job for each environment.

A job that publishes runs nothing of the repository. It moves what was built, after it has compared its digest.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.pipeline import Component, Environment, FileSet, Image, Pipeline, Publication, Trigger
from pipegen.targets.github import actions, bundle
from pipegen.targets.github.bundle import Bundle
from pipegen.targets.github.expressions import (
    CHOSEN_ENVIRONMENT,
    PUBLISH_GROUP,
    SESSION,
    chosen_or,
    may_not_publish,
    may_publish,
    publishes,
    publishes_after,
    secret,
)
from pipegen.targets.github.filesets import FilesBundle
from pipegen.targets.github.image import ImageBundle
from pipegen.targets.github.packages import PackagesBundle
from pipegen.targets.github.steps import checkout, set_up_node, set_up_python
from pipegen.targets.github.test import suites
from pipegen.targets.github.workflow import (
    Concurrency,
    Dispatch,
    Filter,
    Input,
    Job,
    Noted,
    RunStep,
    Step,
    Triggers,
    UsesStep,
    Workflow,
)
from pipegen.targets.github.workflow import Environment as JobEnvironment

_MINUTES = 30
_READ = {"contents": Noted("read", "check out the code")}

# For whoever reads the workflow, above its jobs: never a text of the manifest.
_WITHOUT_IT = "Without this job, a run by hand that may publish nothing would be empty and green."
_BUILDS = """\
It runs the repository's code, so it is given no credentials of AWS and restores no cache.
Only what has the digest that it takes is published."""
_SIGNS = "A job of its own: the build runs the repository's code, which must not be able to sign."
_MOVES = """\
It runs nothing of the repository. It compares the digest of what was built, then takes credentials, then moves it."""
_WAITS = """
On merge it waits until the environment before it is published. Started by hand it publishes this one alone, at once."""

_REFUSE = """\
message="$ENVIRONMENT is published from {allowed}, and this run is on $GITHUB_REF_NAME."
echo "$message" >> "$GITHUB_STEP_SUMMARY"
echo "::error title=Nothing was published::$message"
exit 1
"""
# The conditions of jobs ignore case, so the branch is compared once more, exactly.
_ON_MERGE = """\
if [[ "$GITHUB_REF" != "$REQUIRED" ]]; then
  echo "::error title=Nothing was published::This is published from $REQUIRED only, and this run is on $GITHUB_REF."
  exit 1
fi
"""
_BY_HAND = """\
if [[ "$GITHUB_REF" != refs/heads/* ]]; then
  echo "::error title=Nothing was published::This is published from a branch only, and this run is on $GITHUB_REF."
  exit 1
fi
"""


def workflows(pipeline: Pipeline) -> Iterator[tuple[str, Workflow]]:
    """The workflow of each component, with the name of its file."""
    for component in pipeline.components:
        name = f"publish-{component.id}" if component.id else "publish"
        yield f"{name}.yml", _Publish(pipeline, component).workflow()


class _Publish:
    """One component's workflow in the making."""

    def __init__(self, pipeline: Pipeline, component: Component) -> None:
        self.pipeline = pipeline
        self.component = component
        self.environments = [publication.environment for publication in component.publications]
        self.of = f" {component.id}" if component.id else ""
        self.group = f"publish-{component.id}-" if component.id else "publish-"

    def workflow(self) -> Workflow:
        component = self.component
        return Workflow(
            name=f"Publish{self.of}",
            run_name=f"Publish{self.of} {chosen_or(self.pipeline.branch)}",
            on=self.triggers(),
            concurrency=Concurrency(f"{self.group}{PUBLISH_GROUP}", cancel_in_progress=False),
            jobs={
                "refuse": self.refuse(),
                **self.tests(),
                **({"build": self.build()} if self.shared() else {}),
                **({"attest": self.attest(component.image)} if component.image and component.image.attest else {}),
                **self.publications(),
            },
        )

    def triggers(self) -> Triggers:
        inputs = {
            "environment": Input(
                description="Environment to publish to",
                options=tuple(environment.name for environment in self.environments),
            )
        }
        on: dict[str, Filter | Dispatch | None] = {}
        if any(environment.trigger is Trigger.ON_MERGE for environment in self.environments):
            on["push"] = Filter(branches=(self.pipeline.branch,), paths=self.component.paths or None)
        return on | {"workflow_dispatch": Dispatch(inputs)}

    def refuse(self) -> Job:
        """Explain a run that was started by hand and may not publish; without this job it would be empty and green."""
        branch = self.pipeline.branch
        by_hand = [environment.name for environment in self.environments if environment.trigger is not Trigger.ON_MERGE]
        allowed = f"the branch {branch} only"
        if len(by_hand) == len(self.environments):
            allowed = "any branch, and from no tag"
        elif by_hand:
            allowed += f" ({' and '.join(by_hand)} from any branch)"
        step = RunStep(
            name="Say why nothing is published",
            id="why",
            env={"ENVIRONMENT": CHOSEN_ENVIRONMENT},
            run=_REFUSE.format(allowed=allowed),
        )
        return Job(
            comment=_WITHOUT_IT,
            name="Refuse",
            if_=may_not_publish(self.environments, branch),
            runs_on=self.pipeline.runner,
            timeout_minutes=5,
            permissions={},
            steps=(step,),
        )

    def tests(self) -> dict[str, Job]:
        """The tests once more: whatever is published passed them in the same run."""
        condition = may_publish(self.environments, self.pipeline.branch)
        jobs = [job for job in self.pipeline.tests if job.id in self.component.tests]
        return {job.id: suites(job, self.pipeline.runner, condition, cached=False) for job in jobs}

    # Building

    def shared(self) -> list[Bundle]:
        """What is built once for all environments."""
        component = self.component
        found: list[Bundle] = []
        if component.image:
            found.append(ImageBundle(job="build", image=component.image, runner=self.pipeline.runner))
        if component.packages:
            found.append(PackagesBundle(job="build", packages=component.packages))
        return found + [_files_bundle(fileset, "build") for fileset in component.files if not fileset.build]

    def own(self, environment: Environment) -> list[Bundle]:
        """What is built for an environment on its own."""
        job = f"build-{environment.name}"
        return [_files_bundle(fileset, job, environment.name) for fileset in self.component.files if fileset.build]

    def build(self) -> Job:
        return self.build_job("Build", None, self.shared())

    def build_job(self, name: str, condition: str | None, bundles: list[Bundle]) -> Job:
        return Job(
            comment=_BUILDS,
            name=name,
            needs=self.component.tests,
            if_=condition,
            runs_on=self.pipeline.runner,
            timeout_minutes=_MINUTES,
            permissions=_READ,
            outputs={key: value for made in bundles for key, value in bundle.outputs(made).items()},
            steps=(checkout(), *self.languages(), *(step for made in bundles for step in made.build())),
        )

    def languages(self) -> Iterator[Step]:
        """The languages of the tests, where a command of the repository's own is part of the build."""
        component = self.component
        commands = [
            *(component.image.before if component.image else ()),
            *(package.build for package in component.packages),
            *(fileset.build for fileset in component.files),
        ]
        if not any(commands):
            return
        if component.python:
            yield set_up_python(component.python)
        if component.node:
            yield set_up_node(component.node)

    def attest(self, image: Image) -> Job:
        """Sign where the image came from. A job of its own, because the build runs the repository's code."""
        made = ImageBundle(job="build", image=image, runner=self.pipeline.runner)
        step = UsesStep(
            name="Attest the image",
            id="attest",
            uses=actions.ATTEST,
            with_={"subject-name": self.component.name, "subject-digest": bundle.digest(made)},
        )
        return Job(
            comment=_SIGNS,
            name="Attest the image",
            needs=("build",),
            runs_on=self.pipeline.runner,
            timeout_minutes=5,
            permissions={
                "attestations": Noted("write", "store the provenance of the image"),
                "id-token": Noted("write", "sign the provenance as this workflow"),
            },
            steps=(step,),
        )

    # Publishing

    def publications(self) -> dict[str, Job]:
        jobs: dict[str, Job] = {}
        for publication in self.component.publications:
            environment = publication.environment
            if own := self.own(environment):
                condition = publishes(environment, self.pipeline.branch)
                title = f"Build for {environment.name}"
                jobs[f"build-{environment.name}"] = self.build_job(title, condition, own)
            jobs[f"publish-{environment.name}"] = self.publish(publication)
        return jobs

    def publish(self, publication: Publication) -> Job:
        environment = publication.environment
        bundles = self.shared() + self.own(environment)
        builds = tuple(dict.fromkeys(made.job for made in bundles))
        needs = (*self.component.tests, *builds)
        condition = publishes(environment, self.pipeline.branch)
        comment = _MOVES
        if environment.after and environment.trigger is Trigger.ON_MERGE:
            comment += _WAITS
            first = f"publish-{environment.after}"
            needs = (*needs, first)
            condition = publishes_after(environment, self.pipeline.branch, first, builds)
        return Job(
            comment=comment,
            name=f"Publish{self.of} to {environment.name}",
            needs=needs,
            if_=condition,
            runs_on=self.pipeline.runner,
            timeout_minutes=_MINUTES,
            environment=JobEnvironment(environment.name),
            concurrency=Concurrency(f"{self.group}{environment.name}", cancel_in_progress=False),
            permissions=_permissions(environment),
            steps=(
                self.request(environment),
                *(step for made in bundles for step in made.fetch()),
                _credentials(environment),
                *(made.move(publication) for made in bundles),
                _consequence(publication),
            ),
        )

    def request(self, environment: Environment) -> Step:
        if environment.trigger is Trigger.ON_MERGE:
            env = {"REQUIRED": f"refs/heads/{self.pipeline.branch}"}
            return RunStep(name="Check the request", id="request", env=env, run=_ON_MERGE)
        return RunStep(name="Check the request", id="request", run=_BY_HAND)


def _files_bundle(fileset: FileSet, job: str, environment: str = "") -> FilesBundle:
    noun = fileset.id.replace("-", " ")
    return FilesBundle(id=fileset.id, noun=noun, job=job, environment=environment, fileset=fileset)


def _permissions(environment: Environment) -> dict[str, Noted]:
    if environment.credentials == "access-keys":
        return {}
    return {"id-token": Noted("write", f"assume the role of {environment.name}")}


def _credentials(environment: Environment) -> Step:
    """Become the environment's role for as long as the job may take, or its user where access keys are secrets."""
    with_: dict[str, str | int | bool] = {
        "role-to-assume": f"arn:aws:iam::{environment.account}:role/{environment.role}",
        "role-session-name": SESSION,
        "role-duration-seconds": _MINUTES * 60,
    }
    if environment.credentials == "access-keys":
        with_ = {
            "aws-access-key-id": secret("DEPLOY_AWS_ACCESS_KEY_ID"),
            "aws-secret-access-key": secret("DEPLOY_AWS_SECRET_ACCESS_KEY"),
        }
    with_ |= {"allowed-account-ids": environment.account, "aws-region": environment.region}
    title = "Assume the role" if environment.credentials == "oidc" else "Take the access keys"
    return UsesStep(name=f"{title} of {environment.name}", id="credentials", uses=actions.CREDENTIALS, with_=with_)


def _consequence(publication: Publication) -> Step:
    """What AWS does with it, for whoever reads the run: a deployment that does not happen is otherwise silent."""
    return RunStep(
        name="Say what happens now",
        id="consequence",
        env={"CONSEQUENCE": publication.consequence},
        run='echo "$CONSEQUENCE" >> "$GITHUB_STEP_SUMMARY"',
    )
