"""The zip of the notifier."""

import os
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from package import package

NOTIFIER = Path(__file__).parents[2] / "notifier"


@pytest.fixture
def source(tmp_path):
    copied = tmp_path / "first/notifier"
    shutil.copytree(NOTIFIER, copied, ignore=shutil.ignore_patterns("__pycache__"))
    return copied


def test_it_holds_the_package_alone(source, tmp_path):
    (source / "__pycache__").mkdir()
    (source / "__pycache__/handler.cpython-312.pyc").write_bytes(b"")
    package(source, tmp_path / "dist/notifier.zip")
    with ZipFile(tmp_path / "dist/notifier.zip") as archive:
        names = ["notifier/__init__.py", "notifier/handler.py", "notifier/message.py"]
        assert archive.namelist() == names
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}


def test_the_same_files_make_the_same_zip(source, tmp_path):
    elsewhere = shutil.copytree(source, tmp_path / "second/notifier")
    for age, path in enumerate(elsewhere.iterdir(), 1):
        os.utime(path, (age * 10**8, age * 10**8))
        path.chmod(0o600)
    zips = [tmp_path / "1.zip", tmp_path / "2.zip"]
    package(source, zips[0])
    package(elsewhere, zips[1])
    assert zips[0].read_bytes() == zips[1].read_bytes()
    (elsewhere / "message.py").write_text("", encoding="utf-8")
    package(elsewhere, zips[1])
    assert zips[0].read_bytes() != zips[1].read_bytes()
