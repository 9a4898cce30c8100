from pathlib import Path

import pytest

from collector.collect import write


def test_a_file_is_written_with_its_directories(tmp_path):
    write(tmp_path / "log" / "day" / "a.json", b"{}")
    assert (tmp_path / "log" / "day" / "a.json").read_bytes() == b"{}"


def test_a_file_that_was_half_written_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    write(path, b"old")

    def write_half(target, content):
        with target.open("wb") as output:
            output.write(content[: len(content) // 2])
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    with pytest.raises(OSError, match="no space left"):
        write(path, b"new content")
    assert path.read_bytes() == b"old"
