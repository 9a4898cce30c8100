"""A stand-in for AWS: moto, whose accounts cannot reach each other's buckets, and the public registry's login."""

import base64
import json
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from moto.iam.models import iam_backends
from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
from moto.sts.models import sts_backends
from werkzeug.serving import WSGIRequestHandler, make_server

from .registries import ALIAS, PUBLIC, REGION, password

# The public registry, which moto does not have.
_PUBLIC = "SpencerFrontendService."


class Cloud:
    """All accounts at one address."""

    def __init__(self, endpoint: str, requests: Sequence[tuple[str, str]]) -> None:
        self.endpoint = endpoint
        self.program = _aws()
        self.requests = requests
        """The method and the path of everything that was asked, in order."""

    def create_bucket(self, name: str, account: str) -> None:
        s3_backends[account]["aws"].create_bucket(name, REGION)

    def put(self, bucket: str, key: str, body: bytes) -> None:
        """An object that was there before."""
        _owner(bucket).put_object(bucket, key, body)

    def objects(self, bucket: str) -> dict[str, bytes]:
        """By key, all that the bucket holds."""
        keys: Iterable[Any] = _owner(bucket).buckets[bucket].keys.values()
        return {key.name: key.value for key in keys}

    def access_keys(self, account: str) -> dict[str, str]:
        """Those of a new user, as the secrets of an environment."""
        users = iam_backends[account]["aws"]
        name = f"deploy-{len(users.users)}"
        users.create_user(REGION, name)
        key = users.create_access_key(name)
        return {"DEPLOY_AWS_ACCESS_KEY_ID": key.access_key_id, "DEPLOY_AWS_SECRET_ACCESS_KEY": key.secret_access_key}

    def assumed(self, account: str) -> list[tuple[str, str]]:
        """The role and the session of everyone who assumed one, in order."""
        roles = sts_backends[account]["aws"].assumed_roles
        return [(role.role_arn, role.session_name) for role in roles]


def _owner(bucket: str) -> Any:
    return s3_backends[s3_backends.bucket_accounts[bucket][1]]["aws"]


def _aws() -> str:
    """The AWS CLI of the project's own environment: Debian's knows neither endpoints nor conditional writes."""
    program = Path(sys.executable).with_name("aws")
    if not program.exists():
        pytest.skip("the AWS CLI is not installed: `pip install awscli`")
    return str(program)


@contextmanager
def cloud() -> Iterator[Cloud]:
    """Accounts with nothing in them. There is one cloud at a time, because moto keeps all of it in this process."""
    moto_api_backend.reset()
    front = _Front()
    server = make_server("127.0.0.1", 0, front, threaded=True, request_handler=_Silent)
    server.daemon_threads = True  # type: ignore[attr-defined]  # threaded
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        with pytest.MonkeyPatch.context() as settings:
            settings.setenv("MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS", "false")
            yield Cloud(f"http://127.0.0.1:{server.server_port}", front.requests)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 (the overridden one's name)
        pass


class _Front:
    """moto, and before it what it lacks: the public registry's login and the name that it gives to the account."""

    def __init__(self) -> None:
        self._moto = DomainDispatcherApplication(create_backend_app)
        self.requests: list[tuple[str, str]] = []

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if target.startswith(_PUBLIC):
            start("200 OK", [("Content-Type", "application/x-amz-json-1.1")])
            return [json.dumps(_public(target.removeprefix(_PUBLIC))).encode()]
        answer: Iterable[bytes] = self._moto(environ, start)
        return answer


def _public(action: str) -> Any:
    token = base64.b64encode(f"AWS:{password('public')}".encode()).decode()
    answers: dict[str, Any] = {
        "GetAuthorizationToken": {"authorizationData": {"authorizationToken": token}},
        "DescribeRegistries": {"registries": [{"registryUri": f"{PUBLIC}/{ALIAS}"}]},
    }
    return answers[action]
