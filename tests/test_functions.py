"""Functions are given what is published: the compiled state machine, executed on moto.

Nothing here proves that AWS does as moto, which takes the place of S3, ECR, Lambda, SSM, SNS and Step Functions.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from moto.awslambda.exceptions import InvalidParameterValueException
from moto.awslambda.responses import LambdaResponse
from moto.ecr.models import ecr_backends
from moto.events.models import EventPattern
from moto.s3.models import S3Backend, s3_backends
from moto.sns.models import sns_backends

from terraform import iam, machines
from terraform.account import ID
from terraform.cli import REGION, Terraform, needs_terraform, root
from terraform.machines import Call, StepFunctions

BUCKET = "production-artifacts"
REPOSITORY = "production-tiler"
URL = f"{ID}.dkr.ecr.{REGION}.amazonaws.com/{REPOSITORY}"
REPOSITORY_ARN = f"arn:aws:ecr:{REGION}:{ID}:repository/{REPOSITORY}"
TOPIC = f"arn:aws:sns:{REGION}:{ID}:production-notifications"
MODULES: dict[str, dict[str, Any]] = {
    "loader": {
        "source": "functions",
        "name": "production-loader",
        "bucket": BUCKET,
        "prefix": "loader",
        "packages": {
            "notifier": {"functions": [{"name": "notifier"}, {"name": "canary", "optional": True}]},
            "archiver": {"functions": [{"name": "archiver"}]},
        },
        "platform": {"boundary": None},
        "notifications": {"topic_arn": TOPIC},
    },
    "tiler": {
        "source": "functions",
        "name": "production-tiler",
        "image": {
            "repository": {"arn": REPOSITORY_ARN, "url": URL, "name": REPOSITORY},
            "functions": [{"name": "tiler"}],
        },
        "platform": {"boundary": None},
    },
}
SIX, SEVEN, EIGHT = "2026-11-20T06:00:00Z", "2026-11-20T07:00:00Z", "2026-11-20T08:00:00Z"
RECONCILE = {"reconcile": True}


class Compiled(NamedTuple):
    """What is made in AWS: a state machine, what its role may do, which events start it, and what it remembers."""

    definition: dict[str, Any]
    policy: dict[str, Any]
    pattern: str
    parameters: list[dict[str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The resources of a component with packages and of one with an image, by address."""
    needs_terraform()
    with machines.imitation() as aws:
        aws.client("ecr").create_repository(repositoryName=REPOSITORY)
        terraform = Terraform(root(tmp_path_factory.mktemp("functions"), MODULES), aws.endpoint or "")
        terraform.init()
        # Without the queue, for which the provider would wait half a minute.
        kinds = ["aws_sfn_state_machine.this", "aws_cloudwatch_event_rule.this"]
        targets = [f"-target=module.{name}.module.machine.{kind}" for name in MODULES for kind in kinds]
        terraform.run("apply", "-auto-approve", *targets, "-target=module.tiler.aws_ecr_repository_policy.functions")
        return terraform.resources()


def _compiled(made: dict[str, dict[str, Any]], name: str) -> Compiled:
    machine = f"module.{name}.module.machine."
    return Compiled(
        machines.definition(made, name),
        json.loads(made[f"{machine}aws_iam_role_policy.this"]["policy"]),
        made[f"{machine}aws_cloudwatch_event_rule.this"]["event_pattern"],
        [
            {"Name": values["name"], "Value": values["value"], "Type": values["type"]}
            for address, values in made.items()
            if address.startswith(f"module.{name}.aws_ssm_parameter.wanted")
        ],
    )


class Execution(NamedTuple):
    """How an execution ended: an error and its cause, or for each function what came of it."""

    error: str | None
    cause: str | None
    functions: dict[str, str]


class Account:
    """An account with the compiled state machine."""

    def __init__(self, compiled: Compiled, aws: StepFunctions) -> None:
        self._aws = aws
        self._definition = machines.hastened(compiled.definition)
        self._pattern = compiled.pattern
        self.functions = aws.client("lambda")
        for parameter in compiled.parameters:
            aws.client("ssm").put_parameter(**parameter)
        trust = {"Version": "2012-10-17", "Statement": []}
        self._role = aws.client("iam").create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(trust))

    def deliver(self, event: dict[str, Any]) -> Execution:
        """Start it as EventBridge does."""
        assert self.starts(event)
        return self.start(event)

    def starts(self, event: dict[str, Any]) -> bool:
        """Whether the event is one that starts the machine."""
        happened: Any = event
        return bool(EventPattern.load(self._pattern).matches_event(happened))

    def start(self, given: dict[str, Any]) -> Execution:
        """Start it, and wait for its end."""
        output, error, cause = self._aws.run(self._definition, given)
        sources = output["sources"] if output else []
        functions = {function["name"]: function["result"] for source in sources for function in source["functions"]}
        return Execution(error, cause, functions)

    def make(self, name: str, **code: Any) -> None:
        """A function of the organisation's."""
        given = code or {"Runtime": "python3.13", "Handler": "it.run", "Code": {"ZipFile": _zip("at first")}}
        self.functions.create_function(FunctionName=name, Role=self._role["Role"]["Arn"], **given)

    def live(self, name: str) -> tuple[str, str]:
        """The tag that the alias says, and the checksum of the code that it calls."""
        alias = self.functions.get_alias(FunctionName=name, Name="live")
        called = self.functions.get_function_configuration(FunctionName=name, Qualifier=alias["FunctionVersion"])
        return alias["Description"], called["CodeSha256"]

    def versions(self, name: str) -> int:
        return len(self.functions.list_versions_by_function(FunctionName=name)["Versions"]) - 1


class Loader(Account):
    """With a bucket that packages are uploaded to."""

    def __init__(self, compiled: Compiled, aws: StepFunctions) -> None:
        super().__init__(compiled, aws)
        aws.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})

    def upload(self, tag: str, at: str, package: str = "notifier") -> dict[str, Any]:
        """Upload a package at a time, and return the event of it."""
        key = f"loader/{package}/{tag}.zip"
        self._aws.client("s3").put_object(Bucket=BUCKET, Key=key, Body=_zip(f"{package} {tag}"))
        stored: Any = s3_backends[ID]["aws"].get_object(BUCKET, key)
        stored.last_modified = datetime.fromisoformat(at).replace(tzinfo=None)
        return _uploaded(key, at)


class Tiler(Account):
    """With a repository that images are pushed to, and a function that has an image."""

    def __init__(self, compiled: Compiled, aws: StepFunctions) -> None:
        super().__init__(compiled, aws)
        aws.client("ecr").create_repository(repositoryName=REPOSITORY)
        digest = self.push("unpublished", SIX)["detail"]["image-digest"]
        self.make("tiler", PackageType="Image", Code={"ImageUri": f"{URL}@{digest}"})

    def push(self, tag: str, at: str, content: str = "") -> dict[str, Any]:
        """Push an image at a time, and return the event of it."""
        config = {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 2, "digest": _digest(content or tag)}
        kind = "application/vnd.oci.image.manifest.v1+json"
        manifest = {"schemaVersion": 2, "mediaType": kind, "config": config, "layers": []}
        put = self._aws.client("ecr").put_image(
            repositoryName=REPOSITORY, imageManifest=json.dumps(manifest), imageTag=tag
        )
        digest = put["image"]["imageId"]["imageDigest"]
        for image in ecr_backends[ID][REGION].repositories[REPOSITORY].images:
            if image.get_image_digest() == digest:
                image.image_pushed_at = int(datetime.fromisoformat(at).timestamp())
        return _pushed(tag, digest, at)


@pytest.fixture
def loader(made: dict[str, dict[str, Any]], aws: StepFunctions) -> Iterator[Loader]:
    compiled = _compiled(made, "loader")
    aws.client("sns").create_topic(Name=TOPIC.rpartition(":")[2])
    yield Loader(compiled, aws)
    _check_calls(compiled, aws.calls)


@pytest.fixture
def tiler(made: dict[str, dict[str, Any]], aws: StepFunctions) -> Iterator[Tiler]:
    compiled = _compiled(made, "tiler")
    yield Tiler(compiled, aws)
    _check_calls(compiled, aws.calls)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[StepFunctions]:
    monkeypatch.setattr(LambdaResponse, "publish_version", _publish_version)
    with machines.step_functions() as functions:
        yield functions


_PUBLISH_VERSION: Callable[[LambdaResponse], Any] = LambdaResponse.publish_version


def _publish_version(self: LambdaResponse) -> Any:
    """What moto leaves out: only the code that is asked for becomes a version."""
    name = self.path.split("/")[-2]
    asked = json.loads(self.body).get("CodeSha256")
    if asked != self.backend.get_function(name).code_sha_256:
        raise InvalidParameterValueException(f"CodeSHA256 ({asked}) is different from current CodeSHA256 in $LATEST")
    return _PUBLISH_VERSION(self)


_TRUNCATE: Callable[[S3Backend, Any, int], Any] = S3Backend._truncate_result


def _in_pages_of_two(self: S3Backend, keys: Any, _: int) -> Any:
    return _TRUNCATE(self, keys, 2)


# CD-D2: packages


def test_CD_D2_an_uploaded_package_is_given_to_each_of_its_functions(loader: Loader) -> None:
    for name in ("notifier", "canary", "archiver"):
        loader.make(name)
    done = loader.deliver(loader.upload("git-1", SIX))
    assert done == (None, None, {"notifier": "live", "canary": "live"})
    assert loader.live("notifier") == loader.live("canary") == ("git-1", _sum("notifier git-1"))
    assert loader.versions("archiver") == 0


def test_the_alias_moves_to_the_next_version(loader: Loader) -> None:
    loader.make("notifier")
    for tag, at in (("git-1", SIX), ("git-2", SEVEN)):
        loader.deliver(loader.upload(tag, at))
        assert loader.live("notifier") == (tag, _sum(f"notifier {tag}"))
    assert loader.versions("notifier") == 2


def test_an_absent_function_is_left_out_only_where_it_is_optional(loader: Loader) -> None:
    loader.make("notifier")
    assert loader.deliver(loader.upload("git-1", SIX)).functions == {"notifier": "live", "canary": "absent"}
    done = loader.deliver(loader.upload("git-1", SIX, "archiver"))
    assert (done.error, done.cause) == ("CodeNotGiven", "archiver: there is no such function")


def test_a_function_that_fails_keeps_no_other_from_its_code(loader: Loader) -> None:
    loader.make("canary")
    done = loader.deliver(loader.upload("git-1", SIX))
    assert (done.error, done.cause) == ("CodeNotGiven", "notifier: there is no such function")
    assert loader.live("canary") == ("git-1", _sum("notifier git-1"))


def test_a_function_made_later_is_given_the_code_within_the_hour(loader: Loader) -> None:
    loader.deliver(loader.upload("git-1", SIX))
    loader.make("notifier")
    assert loader.start(RECONCILE).functions == {"notifier": "live", "canary": "absent"}
    assert loader.live("notifier") == ("git-1", _sum("notifier git-1"))


def test_an_event_that_comes_late_does_not_bring_older_code_back(loader: Loader) -> None:
    loader.make("notifier")
    late = loader.upload("git-1", SIX)
    loader.deliver(loader.upload("git-2", SEVEN))
    assert loader.deliver(late).functions["notifier"] == "current"
    assert loader.live("notifier")[0] == "git-2"


def test_an_event_that_comes_twice_makes_one_version(loader: Loader) -> None:
    loader.make("notifier")
    event = loader.upload("git-1", SIX)
    loader.deliver(event)
    assert loader.deliver(event).functions["notifier"] == "current"
    assert loader.versions("notifier") == 1


def test_a_lost_event_is_made_up_for_within_the_hour(loader: Loader) -> None:
    for name in ("notifier", "archiver"):
        loader.make(name)
    loader.deliver(loader.upload("git-1", SIX))
    loader.upload("git-9", SEVEN)
    loader.upload("git-3", EIGHT)
    loader.upload("git-3", EIGHT, "archiver")
    loader.start(RECONCILE)
    assert loader.live("notifier") == ("git-3", _sum("notifier git-3"))
    assert loader.live("archiver") == ("git-3", _sum("archiver git-3"))
    assert loader.start(RECONCILE).functions == {"notifier": "current", "canary": "absent", "archiver": "current"}


def test_the_newest_is_found_on_any_page(loader: Loader, aws: StepFunctions, monkeypatch: pytest.MonkeyPatch) -> None:
    loader.make("notifier")
    for tag, at in (("git-1", SIX), ("git-2", SEVEN), ("git-3", EIGHT), ("git-4", SIX), ("git-5", SEVEN)):
        loader.upload(tag, at)
    monkeypatch.setattr(S3Backend, "_truncate_result", _in_pages_of_two)
    loader.start(RECONCILE)
    assert loader.live("notifier")[0] == "git-3"
    prefixes = [arguments["Prefix"] for arguments in aws.called("s3:listObjectsV2")]
    assert prefixes.count("loader/notifier/git-") == 3


def test_earlier_code_asked_for_by_hand_stays_until_something_newer_is_published(loader: Loader) -> None:
    loader.make("notifier")
    for tag, at in (("git-1", SIX), ("git-2", SEVEN)):
        loader.deliver(loader.upload(tag, at))
    assert loader.start({"tag": "git-1", "package": "notifier"}).functions["notifier"] == "live"
    assert loader.live("notifier") == ("git-1", _sum("notifier git-1"))
    loader.start(RECONCILE)
    assert loader.live("notifier")[0] == "git-1"
    loader.deliver(loader.upload("git-3", _soon()))
    assert loader.live("notifier") == ("git-3", _sum("notifier git-3"))


def test_a_publication_is_asked_for_by_hand_in_all_packages(loader: Loader) -> None:
    for name in ("notifier", "archiver"):
        loader.make(name)
    for tag, at in (("git-1", SIX), ("git-2", SEVEN)):
        for package in ("notifier", "archiver"):
            loader.deliver(loader.upload(tag, at, package))
    loader.start({"tag": "git-1"})
    assert [loader.live(name)[0] for name in ("notifier", "archiver")] == ["git-1", "git-1"]


def test_what_is_not_there_cannot_be_asked_for(loader: Loader) -> None:
    loader.make("notifier")
    loader.deliver(loader.upload("git-1", SIX))
    done = loader.start({"tag": "git-7", "package": "notifier"})
    assert (done.error, done.cause) == ("CodeNotGiven", "loader/notifier/: nothing of that tag was published there")
    assert loader.start({"package": "notify"})[:2] == ("UnknownPackage", "There is no package notify.")
    assert loader.live("notifier")[0] == "git-1"


def test_code_can_be_given_again(loader: Loader) -> None:
    """Such as after the function's own settings changed, which only a new version has."""
    loader.make("notifier")
    loader.deliver(loader.upload("git-1", SIX))
    assert loader.start({"force": True}).functions["notifier"] == "live"
    assert loader.versions("notifier") == 2


def test_nothing_is_done_before_anything_is_published(loader: Loader) -> None:
    loader.make("notifier")
    assert loader.start(RECONCILE) == (None, None, {})
    assert loader.versions("notifier") == 0


def test_only_packages_of_the_component_start_the_machine(loader: Loader) -> None:
    event = _uploaded("loader/notifier/git-1.zip", SIX)
    assert loader.starts(event)
    assert not loader.starts(_uploaded("loader-of-others/notifier/git-1.zip", SIX))
    assert not loader.starts({**event, "detail": {**event["detail"], "bucket": {"name": "production-dags"}}})
    assert not loader.starts({**event, "detail-type": "Object Deleted"})


@pytest.mark.parametrize("key", ["loader/notifier/notes.txt", "loader/others/git-7.zip", "loader/x/notifier/git-7.zip"])
def test_any_other_object_changes_nothing(loader: Loader, key: str) -> None:
    loader.make("notifier")
    loader.deliver(loader.upload("git-1", SIX))
    assert loader.deliver(_uploaded(key, EIGHT)).error is None
    assert loader.live("notifier")[0] == "git-1"


# Executions that meet


def test_newer_code_wins_though_the_older_is_given_last(loader: Loader, aws: StepFunctions) -> None:
    """While the older one is about to move the alias, the newer one runs from beginning to end."""
    loader.make("notifier")
    older = loader.upload("git-1", SIX)
    newer = loader.upload("git-2", SEVEN)
    _meanwhile(aws, "lambda:updateAlias", lambda: loader.deliver(newer))
    loader.deliver(older)
    assert loader.live("notifier") == ("git-2", _sum("notifier git-2"))


def test_code_that_was_replaced_becomes_no_version(loader: Loader, aws: StepFunctions) -> None:
    """While the older one is about to publish its version, the newer one runs from beginning to end."""
    loader.make("notifier")
    older = loader.upload("git-1", SIX)
    newer = loader.upload("git-2", SEVEN)
    _meanwhile(aws, "lambda:publishVersion", lambda: loader.deliver(newer))
    loader.deliver(older)
    assert loader.live("notifier") == ("git-2", _sum("notifier git-2"))


def test_code_that_a_person_put_there_meanwhile_does_not_go_live(loader: Loader, aws: StepFunctions) -> None:
    loader.make("notifier")
    by_hand = {"FunctionName": "notifier", "ZipFile": _zip("a person's")}
    _meanwhile(aws, "lambda:publishVersion", lambda: loader.functions.update_function_code(**by_hand))
    assert loader.deliver(loader.upload("git-1", SIX)).functions["notifier"] == "live"
    assert loader.live("notifier") == ("git-1", _sum("notifier git-1"))


# What is told


def test_the_channel_is_told_what_is_ready_and_what_failed(loader: Loader) -> None:
    loader.make("notifier")
    loader.deliver(loader.upload("git-1", SIX))
    loader.deliver(loader.upload("git-1", SIX, "archiver"))
    loader.deliver(loader.upload("git-1", SIX))
    ready, failed = _told()
    assert ready == ("production-loader: the code is ready", "notifier git-1: notifier live, canary absent")
    assert failed == (
        "production-loader: not every function has its code",
        "archiver git-1: archiver failed (there is no such function)",
    )


def test_a_topic_that_is_gone_changes_nothing(loader: Loader, aws: StepFunctions) -> None:
    loader.make("notifier")
    aws.client("sns").delete_topic(TopicArn=TOPIC)
    assert loader.deliver(loader.upload("git-1", SIX)).functions["notifier"] == "live"


@pytest.mark.slow
def test_an_upload_is_all_it_takes_and_terraform_has_nothing_to_mend(tmp_path: Path) -> None:
    """All of the module is made, and the rule starts the machine."""
    needs_terraform()
    with machines.imitation() as aws:
        aws.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        notified: dict[str, Any] = {"EventBridgeConfiguration": {}}
        aws.client("s3").put_bucket_notification_configuration(Bucket=BUCKET, NotificationConfiguration=notified)
        terraform = Terraform(root(tmp_path / "root", {"loader": MODULES["loader"]}), aws.endpoint or "")
        terraform.init()
        terraform.apply()
        before = terraform.changes()
        trust = aws.client("iam").create_role(RoleName="function", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        aws.client("lambda").create_function(
            FunctionName="notifier", Role=trust, Runtime="python3.13", Handler="it.run", Code={"ZipFile": _zip("first")}
        )
        aws.client("s3").put_object(Bucket=BUCKET, Key="loader/notifier/git-1.zip", Body=_zip("second"))
        machine = aws.client("stepfunctions").list_state_machines()["stateMachines"][0]["stateMachineArn"]
        (execution,) = aws.client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]
        assert aws.ended(execution["executionArn"]).error is None
        assert aws.client("lambda").get_alias(FunctionName="notifier", Name="live")["Description"] == "git-1"
        assert terraform.changes() == before == []


# CD-D2: an image


def test_a_pushed_image_is_given_by_digest(tiler: Tiler) -> None:
    event = tiler.push("git-1", SEVEN)
    assert tiler.deliver(event).functions == {"tiler": "live"}
    code = tiler.functions.get_function(FunctionName="tiler", Qualifier="live")["Code"]
    assert code["ImageUri"] == f"{URL}@{event['detail']['image-digest']}"
    assert tiler.live("tiler")[0] == "git-1"


def test_only_published_tags_of_the_repository_start_the_machine(tiler: Tiler) -> None:
    event = _pushed("git-1", "sha256:1", SIX)
    assert tiler.starts(event)
    for name, value in (("image-tag", "latest"), ("repository-name", "other"), ("action-type", "DELETE")):
        assert not tiler.starts({**event, "detail": {**event["detail"], name: value}})


def test_the_newest_image_with_a_published_tag_is_found(tiler: Tiler) -> None:
    tiler.push("git-1", SIX)
    tiler.push("git-2", SEVEN)
    tiler.push("cache", EIGHT)
    tiler.start(RECONCILE)
    assert tiler.live("tiler")[0] == "git-2"


def test_an_earlier_image_can_be_asked_for_by_hand(tiler: Tiler) -> None:
    tiler.push("git-1", SIX)
    tiler.deliver(tiler.push("git-2", SEVEN))
    tiler.start({"tag": "git-1"})
    tiler.start(RECONCILE)
    assert tiler.live("tiler")[0] == "git-1"


def test_an_image_that_is_pushed_again_under_a_new_tag_makes_no_version(tiler: Tiler) -> None:
    tiler.deliver(tiler.push("git-1", SIX, "alike"))
    tiler.deliver(tiler.push("git-2", SEVEN, "alike"))
    assert tiler.live("tiler")[0] == "git-1"
    assert tiler.versions("tiler") == 1


def test_lambda_may_fetch_the_image_for_these_functions_only(made: dict[str, dict[str, Any]]) -> None:
    policy = json.loads(made["module.tiler.aws_ecr_repository_policy.functions[0]"]["policy"])
    function = f"arn:aws:lambda:{REGION}:{ID}:function:"
    for name, allowed in (("tiler", True), ("tiler:3", True), ("tiler2", False)):
        context = {"aws:SourceAccount": ID, "aws:SourceArn": function + name}
        asked = iam.allows(policy, "ecr:BatchGetImage", principal="lambda.amazonaws.com", context=context)
        assert asked is allowed


# CD-D1: nothing is run


def test_CD_D1_nobody_is_allowed_to_call_a_function_or_to_run_a_task(made: dict[str, dict[str, Any]]) -> None:
    policies = [json.loads(values["policy"]) for values in made.values() if {"policy", "role"} <= values.keys()]
    actions = {action for policy in policies for action in iam.granted(policy)}
    assert len(policies) == len(MODULES)
    assert not [action for action in actions if "*" in action]
    assert not actions & {"lambda:InvokeFunction", "lambda:InvokeAsync", "ecs:RunTask", "ecs:StartTask", "iam:PassRole"}
    assert not [action for action in actions if action.startswith("states:")]


def _check_calls(compiled: Compiled, calls: list[Call]) -> None:
    """Whatever the machine called, its role may call, of just that resource."""
    for call in calls:
        for action, resource, context in _asked(*call):
            assert iam.allows(compiled.policy, action, resource, context=context), (action, resource)
            others = re.sub(
                rf"(:function:|:::|:repository/|:parameter/pipegen/|{ID}:(?=[^:/]+$))", r"\1of-others-", resource
            )
            assert others != resource
            assert not iam.allows(compiled.policy, action, others, context=context), (action, others)


def _asked(call: str, given: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The rights that a call needs: the action, the resource, and what AWS knows of the request."""
    service, _, operation = call.partition(":")
    action = f"{service}:{operation[0].upper()}{operation[1:]}"
    if service == "lambda":
        version = f":{given['Qualifier']}" if "Qualifier" in given else ""
        yield action, f"arn:aws:lambda:{REGION}:{ID}:function:{given['FunctionName']}{version}", {}
    if "S3Key" in given:
        yield "s3:GetObject", f"arn:aws:s3:::{given['S3Bucket']}/{given['S3Key']}", {}
    if "ImageUri" in given:
        yield "ecr:BatchGetImage", REPOSITORY_ARN, {}
        yield "ecr:GetDownloadUrlForLayer", REPOSITORY_ARN, {}
    if service == "ecr":
        yield action, REPOSITORY_ARN, {}
    if service == "ssm":
        yield action, f"arn:aws:ssm:{REGION}:{ID}:parameter{given['Name']}", {}
    if service == "sns":
        yield action, given["TopicArn"], {}
    if service == "s3":
        yield "s3:ListBucket", f"arn:aws:s3:::{given['Bucket']}", {"s3:prefix": given["Prefix"]}


# Helpers


def _zip(content: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr(zipfile.ZipInfo("it.py"), content)
    return archive.getvalue()


def _sum(content: str) -> str:
    """The checksum by which Lambda knows a package."""
    return b64encode(sha256(_zip(content)).digest()).decode()


def _digest(content: str) -> str:
    return f"sha256:{sha256(content.encode()).hexdigest()}"


def _uploaded(key: str, at: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html"""
    detail = {
        "version": "0",
        "bucket": {"name": BUCKET},
        "object": {
            "key": key,
            "size": 200,
            "etag": "b1946ac92492d2347c6235b4d2611184",
            "sequencer": "00617F08299329D189",
        },
        "request-id": "N4N7GDK58NMKJ12R",
        "requester": ID,
        "source-ip-address": "192.0.2.1",
        "reason": "PutObject",
    }
    return _event("aws.s3", "Object Created", at, f"arn:aws:s3:::{BUCKET}", detail)


def _pushed(tag: str, digest: str, at: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html"""
    detail = {
        "action-type": "PUSH",
        "result": "SUCCESS",
        "repository-name": REPOSITORY,
        "image-digest": digest,
        "image-tag": tag,
        "manifest-media-type": "application/vnd.oci.image.manifest.v1+json",
    }
    return _event("aws.ecr", "ECR Image Action", at, REPOSITORY_ARN, detail)


def _event(source: str, kind: str, at: str, resource: str, detail: dict[str, Any]) -> dict[str, Any]:
    id = "17793124-05d4-b198-2fde-7ededc63b103"
    about = {"version": "0", "id": id, "account": ID, "region": REGION, "resources": [resource], "time": at}
    return {"source": source, "detail-type": kind, **about, "detail": detail}


def _soon() -> str:
    """When something is published after what was done by hand now."""
    return (datetime.now(UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _told() -> list[tuple[str, str]]:
    """The messages of the topic: title and text."""
    topic: Any = sns_backends[ID][REGION].topics[TOPIC]
    contents = [json.loads(message)["content"] for _, message, *_ in topic.sent_notifications]
    return [(content["title"], content["description"]) for content in contents]


def _meanwhile(aws: StepFunctions, action: str, act: Callable[[], object]) -> None:
    """Act once, just before the first call of this action."""

    def once() -> None:
        del aws.before[action]
        act()

    aws.before[action] = once
