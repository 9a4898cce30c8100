"""House rules on publishing: when a workflow may publish, which of its jobs are armed, and what those may do."""

import re
from collections.abc import Iterator
from itertools import pairwise

from .document import Block, Document, Rule, action, expressions

_CREDENTIALS = "aws-actions/configure-aws-credentials"
_PUBLISHERS = (_CREDENTIALS, "pypa/gh-action-pypi-publish")
_ATTEST = "actions/attest-build-provenance"
_ONE_BRANCH = re.compile(r"[A-Za-z0-9._/-]+")
# Programs that would run what the repository or an artefact holds, at the start of a command.
_RUNS_CODE = re.compile(
    r"(?:(?:^|[;&|({!])\s*|\b(?:then|do|else)\s+)(?:"
    r"(?:git|make|npm (?!publish)|npx|yarn|pip3?|python3?|node|pytest|docker|eval|exec|source|bash|sh|sudo)\b(?![-:])"
    r"|\.\s|\./|\"?\$(?:RUNNER_TEMP|GITHUB_WORKSPACE))",
    re.MULTILINE,
)


def _armed(document: Document) -> Iterator[tuple[str, Block]]:
    """The jobs that can change something outside their run."""
    for name, job in document.jobs():
        if "environment" in job or "write" in _permissions(job).values():
            yield name, job


def _permissions(job: Block) -> Block:
    """What the job may; nothing where they are not listed, of which there is another rule."""
    permissions = job.get("permissions")
    return permissions if isinstance(permissions, dict) else {}


def _environment(job: Block) -> str:
    environment = job["environment"]
    return str(environment["name"] if isinstance(environment, dict) else environment)


def _scripts(job: Block) -> Iterator[tuple[str, str]]:
    """The commands of each step, continued lines joined."""
    for step in job["steps"]:
        if "run" in step:
            yield str(step.get("id")), step["run"].replace("\\\n", " ")


def _lines(job: Block, command: str) -> Iterator[tuple[str, str]]:
    for step, script in _scripts(job):
        yield from ((step, line) for line in script.splitlines() if command in line)


def publishing_events(document: Document) -> Iterator[str]:
    """A pull request publishes nothing, nor does a tag; a push does to one branch that is named."""
    if not document.publishes():
        return
    on = document.data.get("on", {})
    for event in on:
        filters = on[event] or {} if isinstance(on, dict) else {}
        if event == "push":
            branches = filters.get("branches", ["**"])
            if filters.keys() - {"branches", "paths"} or not all(map(_ONE_BRANCH.fullmatch, branches)):
                yield "a push to something else than one branch"
        elif event != "workflow_dispatch":
            yield f"the event {event}"


def publishing_concurrency(document: Document) -> Iterator[str]:
    """One job at a time publishes to an environment, and none is cancelled on its way."""
    shared: Block = document.data.get("concurrency", {})
    if document.publishes() and shared.get("cancel-in-progress") is not False:
        yield "a newer run may cancel one that publishes"
    for name, job in document.jobs():
        if "environment" in job:
            own: Block = job.get("concurrency", shared)
            group = str(own.get("group"))
            if _environment(job) not in group or "${{" in group or own.get("cancel-in-progress") is not False:
                yield f"{name} may run beside another job that publishes to {_environment(job)}"


def publishing_condition(document: Document) -> Iterator[str]:
    """What starts the job, and from where, is compared with literals; what failed before is not passed over."""
    for name, job in document.jobs():
        if "environment" in job:
            condition = str(job.get("if"))
            if "github.event_name == '" not in condition:
                yield f"{name} does not ask for the event"
            if not re.search(r"github\.ref == 'refs/heads/|github\.ref_type == 'branch'", condition):
                yield f"{name} does not ask for the branch"
            chosen = set(re.findall(r"inputs\.environment == '([^']*)'", condition))
            if "inputs.environment" in document.text and chosen != {_environment(job)}:
                yield f"{name} publishes when another environment is chosen"
            if re.search(r"\b(?:always|failure)\(\)", condition):
                yield f"{name} runs although something failed"
            if "cancelled()" in condition and ".result == 'success'" not in condition:
                yield f"{name} runs whatever came of the jobs before"


def exact_branch(document: Document) -> Iterator[str]:
    """A condition ignores case, so a job with a role begins with a comparison that does not."""
    for name, job in document.jobs():
        if any(action(step) == _CREDENTIALS for step in job["steps"]):
            first = job["steps"][0].get("run", "")
            if not re.search(r'\[\[ "\$GITHUB_REF" != .*\bexit 1\b', first, re.DOTALL):
                yield f"{name} does not begin with an exact check of the branch"


def write_permissions(document: Document) -> Iterator[str]:
    """An identity token has rules of its own; apart from it only the signing and the release may write."""
    for name, job in document.jobs():
        allowed = {"id-token": True, "attestations": _signs(job), "contents": _releases(document, job)}
        for permission, right in _permissions(job).items():
            if right == "write" and not allowed.get(permission):
                yield f"{name} may write {permission}"


def _signs(job: Block) -> bool:
    """Whether the job does nothing but to sign what another has built."""
    return all(action(step) == _ATTEST for step in job["steps"])


def _releases(document: Document, job: Block) -> bool:
    return document.data.get("name") == "Release" and "environment" in job


def oidc_environment(document: Document) -> Iterator[str]:
    """The signing has none: it signs as the workflow, and no role of AWS trusts a job without an environment."""
    for name, job in document.jobs():
        signs = "attestations" in _permissions(job) and _signs(job)
        if _permissions(job).get("id-token") == "write" and "environment" not in job and not signs:
            yield f"{name} may ask for an identity token but has no environment"


def credentials_environment(document: Document) -> Iterator[str]:
    for name, job in document.jobs():
        if "environment" not in job and any(action(step) in _PUBLISHERS for step in job["steps"]):
            yield f"{name} takes credentials but has no environment"


def secrets_environment(document: Document) -> Iterator[str]:
    """Neither a secret nor the token that GitHub gives to every run."""
    outside = {key: value for key, value in document.data.items() if key != "jobs"}
    bare = [(name, job) for name, job in document.jobs() if "environment" not in job]
    for name, block in (("the workflow", outside), *bare):
        for expression in expressions(block):
            if re.search(r"\bsecrets\.|\bgithub\.token\b", expression, re.IGNORECASE):
                yield f"{name} has no environment, but {expression.strip()}"


def armed_code(document: Document) -> Iterator[str]:
    """A job that can change something runs nothing that the repository holds, and nothing that was built."""
    for name, job in _armed(document):
        for step in job["steps"]:
            if action(step) == "actions/checkout":
                yield f"{name} checks out the code"
        yield from (f"{name} has {key}" for key in ("container", "services") if key in job)
        for step_id, script in _scripts(job):
            if found := _RUNS_CODE.search(script):
                yield f"{name}, step {step_id}, runs `{found[0].strip()}`"


def credentials_last(document: Document) -> Iterator[str]:
    """Whatever may still stop the job, or comes from outside, has its turn before the job has credentials."""
    for name, job in document.jobs():
        has_credentials = False
        for step in job["steps"]:
            if has_credentials and (action(step) or re.match("(?:request|fetch|check)(?:-|$)", str(step.get("id")))):
                yield f"{name} takes its credentials before {step.get('id')}"
            has_credentials = has_credentials or action(step) == _CREDENTIALS


def checked_artifact(document: Document) -> Iterator[str]:
    """What an armed job fetches, by number, is compared at once with the digest that the same build put out."""
    for name, job in _armed(document):
        for step, following in pairwise([*job["steps"], {}]):
            if action(step) == "actions/download-artifact":
                fetched = str(step.get("with", {}).get("artifact-ids"))
                digest = fetched.replace(".outputs.artifact-", ".outputs.digest-")
                is_checked = following.get("env", {}).get("DIGEST") == digest and re.search(
                    r'\[\[ "\$found" != "\$DIGEST" \]\].*\bexit 1\b', following.get("run", ""), re.DOTALL
                )
                if digest == fetched or not is_checked:
                    yield f"{name} uses {step.get('id')} unchecked"


def aws_credentials(document: Document) -> Iterator[str]:
    """One account and one region, as literals, and a role of that account for half an hour."""
    for place, step in document.steps():
        if action(step) == _CREDENTIALS:
            given = {key: str(value) for key, value in step.get("with", {}).items()}
            account = given.get("allowed-account-ids", "")
            if not re.fullmatch("[0-9]{12}", account):
                yield f"{place} may end up in any account"
            if not re.fullmatch("[a-z]{2}(?:-[a-z]+)+-[0-9]", given.get("aws-region", "")):
                yield f"{place} has no region"
            if "role-to-assume" in given:
                if not re.fullmatch(rf"arn:aws:iam::{account}:role/[\w+=,.@-]+", given["role-to-assume"], re.ASCII):
                    yield f"{place} assumes a role that is not of its account"
                if given.get("role-duration-seconds") != "1800" or "role-session-name" not in given:
                    yield f"{place} has a long or nameless session"


def builder_digest(document: Document) -> Iterator[str]:
    for place, step in document.steps():
        if "--driver docker-container" in step.get("run", ""):
            images = step.get("env", {}).values()
            if '--driver-opt "image=$' not in step["run"] or not all("@sha256:" in str(image) for image in images):
                yield f"{place} starts a builder that no digest pins"


def image_build(document: Document) -> Iterator[str]:
    """An OCI archive without what would make an index of one platform."""
    if document.publishes():
        for name, job in document.jobs():
            for step, line in _lines(job, "docker buildx build"):
                for option in ("--provenance=false", "--sbom=false", "type=oci,"):
                    if step == "build" and option not in line:
                        yield f"{name} builds an image without {option}"


def image_copy(document: Document) -> Iterator[str]:
    """Every platform, unchanged; the digest that was pushed is compared."""
    for name, job in _armed(document):
        for step, line in _lines(job, "skopeo copy"):
            script = dict(_scripts(job))[step]
            for option in ("--all", "--preserve-digests", "--digestfile"):
                if option not in line:
                    yield f"{name} copies an image without {option}"
            if '"$(cat "$RUNNER_TEMP/digest")" == "$DIGEST"' not in script:
                yield f"{name} does not compare the digest that it pushed"


def bucket_links(document: Document) -> Iterator[str]:
    """A symbolic link would be followed out of the files."""
    for name, job in _armed(document):
        for _, line in _lines(job, "aws s3 sync"):
            if "--no-follow-symlinks" not in line:
                yield f"{name} follows symbolic links into a bucket"


def release_target(document: Document) -> Iterator[str]:
    """`--target` makes the tag where the branch stands when the command runs, not at the commit that was tested."""
    for name, job in document.jobs():
        for _, line in _lines(job, "gh release create"):
            if re.search(r"\s--target\b", line):
                yield f"{name} creates a release with --target"


RULES: tuple[Rule, ...] = (
    publishing_events,
    publishing_concurrency,
    publishing_condition,
    exact_branch,
    write_permissions,
    oidc_environment,
    credentials_environment,
    secrets_environment,
    armed_code,
    credentials_last,
    checked_artifact,
    aws_credentials,
    builder_digest,
    image_build,
    image_copy,
    bucket_links,
    release_target,
)
