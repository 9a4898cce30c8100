"""An imitation of an AWS account, moto, which terraform and boto3 reach over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3  # type: ignore[import-untyped]
from moto.moto_api._internal.models import moto_api_backend
from moto.server import ThreadedMotoServer

from .cli import REGION

ID = "123456789012"
GITHUB = "token.actions.githubusercontent.com"


@contextmanager
def imitation() -> Iterator[str]:
    """An empty account, and the address where it answers. One at a time in a process."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    moto_api_backend.reset()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def client(service: str, endpoint: str) -> Any:
    """boto3's client of a service in the imitation."""
    return boto3.client(
        service, endpoint_url=endpoint, region_name=REGION, aws_access_key_id="none", aws_secret_access_key="none"
    )


def trust_github(endpoint: str) -> str:
    """Let the account know GitHub's identity provider, as an organisation does once."""
    made = client("iam", endpoint).create_open_id_connect_provider(
        Url=f"https://{GITHUB}", ClientIDList=["sts.amazonaws.com"], ThumbprintList=["f" * 40]
    )
    return str(made["OpenIDConnectProviderArn"])
