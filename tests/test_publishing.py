"""Compiled Publish workflows, really executed: what reaches a registry or a bucket is what was built, or nothing."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from act import Run
from act.events import dispatch, push
from cases import PROJECT
from judges.reading import workflow as parsed
from publishing import Cloud, Image, cloud, publish, registry, repository

STAGING, PRODUCTION, DEVELOPMENT = "111111111111", "222222222222", "333333333333"
TESTS = """\
test:
  python: "3.12"
  suites: {unit: env}
  waivers: {lint: none, integration: none, acceptance: none}
"""
ENVIRONMENTS = f"""\
environments:
  development: {{account: "{DEVELOPMENT}"}}
  staging: {{account: "{STAGING}"}}
  production: {{account: "{PRODUCTION}", after: staging}}
"""


@pytest.fixture(scope="module")
def aws() -> Iterator[Cloud]:
    """One for the module, because all its accounts are in this process: each test has buckets of its own."""
    with cloud() as whole:
        yield whole


def _results(run: Run, job: str) -> dict[str, str]:
    return {step.step: step.result for step in run.steps if step.job == job}


# Images

APPLICATION = f"""\
version: 1
kind: application
name: web
repository: acme/widget
{TESTS}
image:
  before: env
  build-args: {{GIT_COMMIT: {{from: commit}}, FLAVOUR: plain}}
  tag: latest
service: {{port: 8080}}
{ENVIRONMENTS}
"""
TASK = f"""\
version: 1
kind: data-task
name: collector
repository: acme/widget
{TESTS}
image: {{platforms: [linux/amd64, linux/arm64]}}
{ENVIRONMENTS}
"""
DOCKERFILE = """\
FROM scratch
ARG FLAVOUR
ARG GIT_COMMIT
ENV FLAVOUR=$FLAVOUR GIT_COMMIT=$GIT_COMMIT
COPY page.html /
"""
SOURCES = {"Dockerfile": DOCKERFILE, "page.html": "hello"}

Images = Mapping[str, Mapping[str, Image]]


class Pushed(NamedTuple):
    """A run, and after it all images of the three accounts, by account, repository and tag."""

    run: Run
    images: Mapping[str, Images]


@pytest.fixture(scope="module")
def attempts(aws: Cloud, tmp_path_factory: pytest.TempPathFactory) -> list[Pushed]:
    """Two attempts at a run of the application's workflow."""
    repo = repository(tmp_path_factory.mktemp("web"), APPLICATION, SOURCES)
    accounts = (STAGING, PRODUCTION, DEVELOPMENT)
    with registry(*accounts) as registries:
        return [
            Pushed(
                publish(repo, "publish", push(), registry=registries, cloud=aws, attempt=attempt),
                {account: registries.images(account) for account in accounts},
            )
            for attempt in (1, 2)
        ]


def _tag(run: Run, attempt: int = 1) -> str:
    return f"{_version(run)}-{attempt}"


def _digest(run: Run) -> str:
    """The digest of what the build kept, from the archive itself."""
    with tarfile.open(fileobj=io.BytesIO(run.artifacts["published_image"]["image.tar"])) as archive:
        index = archive.extractfile("index.json")
        assert index
        (top,) = json.load(index)["manifests"]
    digest: str = top["digest"]
    return digest


def test_CI_10_every_environment_gets_the_image_that_was_built_and_nothing_else(attempts: list[Pushed]) -> None:
    run, images = attempts[0]
    jobs = ("test-suites", "build", "publish-staging", "publish-production")
    assert run.jobs == dict.fromkeys(jobs, "success"), run.log
    assert {account: {name: set(tags) for name, tags in held.items()} for account, held in images.items()} == {
        STAGING: {"staging-web": {_tag(run), "latest"}},
        PRODUCTION: {"production-web": {_tag(run), "latest"}},
        DEVELOPMENT: {},
    }
    found = [image for held in images.values() for tags in held.values() for image in tags.values()]
    assert {image.digest for image in found} == {_digest(run)}
    assert all(image.platforms == {"linux/amd64": image.digest} for image in found)
    commit = _tag(run).split("-")[1]
    assert {"FLAVOUR=plain", f"GIT_COMMIT={commit}"} <= {*found[0].config["Env"]}
    assert found[0].config["Labels"]["org.opencontainers.image.revision"] == commit


def test_the_summary_says_what_went_where_and_what_happens_now(attempts: list[Pushed]) -> None:
    run, _ = attempts[0]
    assert run.summaries["publish-production"] == (
        "## Published to production\n\n| | |\n| --- | --- |\n"
        f"| Repository | `{PRODUCTION}.dkr.ecr.eu-west-2.amazonaws.com/production-web` |\n"
        f"| Digest | `{_digest(run)}` |\n"
        f"| Tags | `{_tag(run)}`, `latest` |\n"
        f"| Commit | https://github.com/acme/widget/commit/{_tag(run).split('-')[1]} |\n\n"
        "AWS now deploys `production-web` by itself, blue/green, and rolls back if a health check fails.\n"
    )


def test_the_repositorys_code_runs_without_credentials_and_credentials_without_its_code(
    attempts: list[Pushed],
) -> None:
    run, _ = attempts[0]
    checked_out = {step.job for step in run.steps if step.step == "Check out the code"}
    assert checked_out == {"test-suites", "build"}
    environments = [line for line in run.log.splitlines() if re.match("(test-suites|build): ", line)]
    assert "build: GITHUB_JOB=build" in environments, "the commands of the repository print what they are given"
    assert not [line for line in environments if re.search("AWS_(ACCESS|SECRET|SESSION)|ID_TOKEN", line)]


def test_a_second_attempt_pushes_another_unique_tag(attempts: list[Pushed]) -> None:
    first, second = attempts
    for account, name in ((STAGING, "staging-web"), (PRODUCTION, "production-web")):
        before, after = first.images[account][name], second.images[account][name]
        assert after.keys() - before.keys() == {_tag(second.run, 2)}
        assert after[_tag(first.run)] == before[_tag(first.run)]
        assert after["latest"] == after[_tag(second.run, 2)]


def test_a_public_image_goes_to_the_public_registry_and_is_attested(aws: Cloud, tmp_path: Path) -> None:
    manifest = TASK.replace("{platforms: [linux/amd64, linux/arm64]}", "{registry: public, attest: true}")
    repo = repository(tmp_path, manifest, SOURCES)
    with registry(STAGING, "public") as registries:
        run = publish(repo, "publish", dispatch(environment="staging"), registry=registries, cloud=aws)
        assert run.jobs == dict.fromkeys(("test-suites", "build", "attest", "publish-staging"), "success"), run.log
        images = registries.images("public")["acme/staging-pub-collector"]
        assert {tag: image.digest for tag, image in images.items()} == {_tag(run): _digest(run)}
        assert registries.images(STAGING) == {}
    (attested,) = (given.inputs for given in run.inputs if given.step == "Attest the image")
    assert attested["subject-digest"] == _digest(run)
    assert "AWS does nothing by itself" in run.summaries["publish-staging"]


def test_CI_11_an_image_of_two_platforms_is_moved_whole(aws: Cloud, tmp_path: Path) -> None:
    repo = repository(tmp_path, TASK, SOURCES)
    topic = dispatch("refs/heads/topic", environment="development")
    with registry(DEVELOPMENT, STAGING) as registries:
        run = publish(repo, "publish", topic, registry=registries, cloud=aws)
        assert run.jobs == dict.fromkeys(("test-suites", "build", "publish-development"), "success"), run.log
        (image,) = registries.images(DEVELOPMENT)["development-collector"].values()
        assert set(registries.images(DEVELOPMENT)["development-collector"]) == {_tag(run)}
        assert registries.images(STAGING) == {}
    assert image.digest == _digest(run)
    assert set(image.platforms) == {"linux/amd64", "linux/arm64"}
    assert len({image.digest, *image.platforms.values()}) == 3


_REPACKED = """
mkdir unpacked
tar --extract --file image.tar --directory unpacked
cd unpacked
{change}
tar --create --file ../image.tar -- *
rm --recursive ../unpacked
"""
OTHER_MANIFEST = """
old=$(sed 's/.*"sha256:\\([0-9a-f]*\\)".*/\\1/' index.json)
sed --in-place 's/"config":/"annotations":{"evil":"yes"},"config":/' "blobs/sha256/$old"
new=$(sha256sum "blobs/sha256/$old" | cut --delimiter=' ' --fields=1)
mv "blobs/sha256/$old" "blobs/sha256/$new"
sed --in-place "s/$old/$new/" index.json
"""
OTHER_LAYER = """
for blob in blobs/sha256/*; do
  [[ "$(head --bytes=1 "$blob")" == '{' ]] || printf x >> "$blob"
done
"""


@pytest.mark.parametrize(
    ("tampering", "refusing", "message"),
    [
        pytest.param(
            _REPACKED.replace("{change}", OTHER_MANIFEST),
            "Check the image against what was built",
            "::error title=Nothing was published::The build made sha256:",
            id="another image",
        ),
        pytest.param(
            "truncate --size=1000 image.tar",
            "Check the image against what was built",
            "::error title=Nothing was published::The build made sha256:",
            id="a broken archive",
        ),
        pytest.param(_REPACKED.replace("{change}", OTHER_LAYER), "Publish the image", "", id="another layer"),
    ],
)
def test_an_image_that_was_changed_on_its_way_is_refused(
    aws: Cloud, tmp_path: Path, tampering: str, refusing: str, message: str
) -> None:
    repo = repository(tmp_path, TASK.replace(", linux/arm64", ""), SOURCES)
    assumed = len(aws.assumed(STAGING))
    with registry(STAGING) as registries:
        run = publish(
            repo,
            "publish",
            push(),
            registry=registries,
            cloud=aws,
            left_out={"test-suites": {}},
            tampering={"published_image": tampering},
        )
        assert all(not tags for tags in registries.images(STAGING).values())
    assert run.jobs == {"test-suites": "success", "build": "success", "publish-staging": "failure"}
    assert _results(run, "publish-staging")[refusing] == "failure"
    assert message in run.log
    if message:
        assert _results(run, "publish-staging")["Assume the role of staging"] == "skipped"
        assert len(aws.assumed(STAGING)) == assumed


def test_a_branch_that_only_looks_alike_publishes_nothing(tmp_path: Path) -> None:
    repo = repository(tmp_path, APPLICATION, SOURCES)
    run = publish(repo, "publish", push("Main"), left_out={"test-suites": {}, "build": {}})
    assert {job for job, result in run.jobs.items() if result == "failure"} == {"publish-staging"}
    assert {*_results(run, "publish-staging").values()} == {"failure", "skipped"}
    assert "published from refs/heads/main only, and this run is on refs/heads/Main." in run.log


# Files

DAGS = PROJECT / "examples/airflow-dags"


def test_CI_11_files_are_synchronised_as_each_environment_is_built(aws: Cloud) -> None:
    before = {
        "dags/gone.py": b"old",
        "dags/KEPT.md": b"excluded",
        "dags-of-others/one.py": b"theirs",
        "two.py": b"theirs",
    }
    buckets = {"staging": ("example-staging", "111122223333"), "production": ("example-production", "444455556666")}
    for bucket, account in buckets.values():
        aws.create_bucket(bucket, account)
        for key, body in before.items():
            aws.put(bucket, key, body)
    secrets = {environment: {"DAGS_S3_BUCKET": bucket} for environment, (bucket, _) in buckets.items()}
    run = publish(DAGS, "publish", push(), cloud=aws, secrets=secrets, left_out={"test-suites": {}})
    jobs = ("test-suites", "build-staging", "publish-staging", "build-production", "publish-production")
    assert run.jobs == dict.fromkeys(jobs, "success"), run.log
    sources = {str(path.relative_to(DAGS)): path.read_bytes() for path in (DAGS / "dags").rglob("*.py")}
    sources = {path: body for path, body in sources.items() if "/tests/" not in path}
    for environment, (bucket, _) in buckets.items():
        held = aws.objects(bucket)
        assert json.loads(held.pop("dags/config.json"))["environment"] == environment
        assert held == {**sources, **{key: body for key, body in before.items() if key != "dags/gone.py"}}
        changes = [(method, key) for method, key in aws.requests if key.startswith(f"/{bucket}/") and method != "GET"]
        first_deletion = changes.index(("DELETE", f"/{bucket}/dags/gone.py"))
        assert len({*changes[:first_deletion]}) == len(sources) + 1, "all is there before anything goes"
        assert f"{len(sources) + 1} files (`sha256:" in run.summaries[f"publish-{environment}"]


SITE = f"""\
version: 1
kind: data-task
name: site
repository: acme/widget
credentials: access-keys
{TESTS}
files: {{source: pages, bucket: <environment>-site}}
environments:
  staging: {{account: "{STAGING}"}}
  production: {{account: "{PRODUCTION}"}}
"""


def test_CI_1_access_keys_are_those_of_the_environment_and_of_its_account(aws: Cloud, tmp_path: Path) -> None:
    repo = repository(tmp_path, SITE, {"pages/index.html": "new", "pages/sub/one.html": "one"})
    (repo / "pages/link.html").symlink_to("/etc/hostname")
    aws.create_bucket("staging-site", STAGING)
    aws.create_bucket("production-site", PRODUCTION)
    aws.put("staging-site", "index.html", b"old")
    aws.put("staging-site", "stale.html", b"stale")
    keys = aws.access_keys(STAGING)
    run = publish(repo, "publish", push(), cloud=aws, secrets={"staging": keys, "production": keys})
    assert run.jobs["publish-staging"] == "success", run.log
    assert aws.objects("staging-site") == {"index.html": b"new", "sub/one.html": b"one", "stale.html": b"stale"}
    assert _results(run, "publish-production")["Take the access keys of production"] == "failure"
    assert f"({STAGING}) does not match any of the expected account IDs: {PRODUCTION}" in run.log
    assert aws.objects("production-site") == {}
    id_ = keys["DEPLOY_AWS_ACCESS_KEY_ID"]
    assert not [line for line in run.log.splitlines() if id_ in line and not line.startswith("publish-")]


def test_CI_1_access_keys_of_another_environment_are_not_there(aws: Cloud, tmp_path: Path) -> None:
    repo = repository(tmp_path, SITE, {"pages/index.html": "new"})
    keys = aws.access_keys(PRODUCTION)
    run = publish(
        repo,
        "publish",
        dispatch(environment="production"),
        cloud=aws,
        secrets={"staging": keys},
        left_out={"test-suites": {}},
    )
    assert _results(run, "publish-production")["Take the access keys of production"] == "failure"
    assert "Credentials could not be loaded" in run.log


@pytest.mark.parametrize(
    ("bucket", "build"),
    [
        pytest.param("nothing-made", "rm pages/*", id="nothing was made"),
        pytest.param("nothing-but-excluded", "mv pages/index.html pages/index.md", id="everything is excluded"),
    ],
)
def test_without_a_file_to_publish_nothing_is_deleted(aws: Cloud, tmp_path: Path, bucket: str, build: str) -> None:
    stated = f"{{source: pages, bucket: {bucket}, prefix: site, delete: true, exclude: '*.md', build: {build}}}"
    manifest = SITE.replace("{source: pages, bucket: <environment>-site}", stated)
    repo = repository(tmp_path, manifest, {"pages/index.html": "new"})
    aws.create_bucket(bucket, STAGING)
    aws.put(bucket, "site/index.html", b"old")
    keys = aws.access_keys(STAGING)
    run = publish(repo, "publish", push(), cloud=aws, secrets={"staging": keys}, left_out={"test-suites": {}})
    assert _results(run, "publish-staging")["Publish the files"] == "failure"
    assert "::error title=Nothing was published::There is no file to publish." in run.log
    assert aws.objects(bucket) == {"site/index.html": b"old"}


# Packages

# Other times and modes in every attempt, and what Python compiles, which holds those times.
BUILD = (
    "touch --date=@$((GITHUB_RUN_ATTEMPT * 100000000)) notifier/* && chmod 6$((GITHUB_RUN_ATTEMPT * 2))4 notifier/*.py "
    "&& python -m compileall -q notifier"
)
FUNCTIONS = f"""\
version: 1
kind: data-task
name: functions
repository: acme/widget
{TESTS}
lambda:
  packages:
    notifier: {{source: notifier, runtime: python3.12, build: "{BUILD}", functions: <environment>-notifier}}
    ready: {{source: ready, runtime: python3.12, build: cp stored.zip made.zip, output: made.zip, functions: ready}}
environments:
  staging: {{account: "{STAGING}"}}
"""
STORED = {"stored.zip": "the build's own affair", "ready/unused.py": ""}


def _functions(folder: Path) -> Path:
    return repository(folder, FUNCTIONS, {"notifier/handler.py": "x = 1\n", "notifier/sub/two.py": "y = 2\n", **STORED})


def test_CI_11_packages_are_uploaded_once_and_never_replaced(aws: Cloud, tmp_path: Path) -> None:
    repo = _functions(tmp_path)
    aws.create_bucket("staging-artifacts", STAGING)
    first, second = (publish(repo, "publish", push(), cloud=aws, attempt=attempt) for attempt in (1, 2))
    assert first.jobs == second.jobs == dict.fromkeys(("test-suites", "build", "publish-staging"), "success"), first.log
    held = aws.objects("staging-artifacts")
    version = _version(first)
    keys = {name: [f"functions/{name}/{version}-{attempt}.zip" for attempt in (1, 2)] for name in ("notifier", "ready")}
    assert held.keys() == {*keys["notifier"], *keys["ready"]}
    assert held[keys["notifier"][0]] == held[keys["notifier"][1]], "the same sources make the same zip"
    assert held[keys["ready"][0]] == STORED["stored.zip"].encode()
    with zipfile.ZipFile(io.BytesIO(held[keys["notifier"][0]])) as package:
        assert package.namelist() == ["handler.py", "sub/two.py"]
    sum_ = hashlib.sha256(held[keys["notifier"][0]]).hexdigest()
    said = first.summaries["publish-staging"]
    assert f"| notifier | `s3://staging-artifacts/{keys['notifier'][0]}` | `{sum_}` |" in said
    assert "AWS now gives the code to `ready`, `staging-notifier`, publishes a version" in said

    again = publish(repo, "publish", push(), cloud=aws, left_out={"test-suites": {}})
    assert again.jobs["publish-staging"] == "failure"
    assert "PreconditionFailed" in again.log
    assert aws.objects("staging-artifacts") == held


def _version(run: Run) -> str:
    found = re.search(r"from `([0-9a-f]{40})`", run.summaries["build"])
    assert found, run.log
    return f"git-{found[1]}-1"


def test_packages_that_were_changed_on_their_way_are_refused(aws: Cloud, tmp_path: Path) -> None:
    repo = _functions(tmp_path)
    run = publish(
        repo,
        "publish",
        push(),
        cloud=aws,
        left_out={"test-suites": {}},
        tampering={"published_packages": "printf x >> packages.tar"},
    )
    results = _results(run, "publish-staging")
    assert results["Check the packages against what was built"] == "failure"
    assert results["Assume the role of staging"] == "skipped"
    assert "::error title=Nothing was published::The build made sha256:" in run.log


@pytest.mark.parametrize(("link", "refused"), [(True, True), (False, False)])
def test_an_archive_of_packages_with_a_link_is_refused(tmp_path: Path, link: bool, refused: bool) -> None:
    """Whatever the digest says: the upload would follow the link, to a file of the runner."""
    (step,) = [
        step
        for step in parsed((PROJECT / "examples/lambda-packages/.github/workflows/publish.yml").read_text())["jobs"][
            "publish-staging"
        ]["steps"]
        if step["id"] == "check-packages"
    ]
    archive = tmp_path / "fetched/packages/packages.tar"
    archive.parent.mkdir(parents=True)
    with tarfile.open(archive, "w") as tar:
        tar.addfile(tarfile.TarInfo("exporter.zip"))
        if link:
            entry = tarfile.TarInfo("notifier.zip")
            entry.type, entry.linkname = tarfile.SYMTYPE, "/proc/self/environ"
            tar.addfile(entry)
    digest = f"sha256:{hashlib.sha256(archive.read_bytes()).hexdigest()}"
    run = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        env={"PATH": os.environ["PATH"], "RUNNER_TEMP": str(tmp_path), "DIGEST": digest},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode != 0) == refused
    assert ("The archive holds what is not a file." in run.stdout) == refused
