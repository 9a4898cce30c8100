"""Messages as bytes: JSON behind a header that says how long it is.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import RawIOBase
from typing import Any, BinaryIO

Message = dict[str, Any]

MAX_BYTES = 16 * 1024 * 1024
"""The longest message that is read: many times what an editor sends of the longest manifest."""
_MAX_LINE = 4096
_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*([0-9]{1,18})[ \t]*", re.IGNORECASE)


class UnreadableError(Exception):
    """What came is no message. Those after it can be read."""


def receive(stream: RawIOBase) -> Message | None:
    """The next message; None at the end of the stream, also where that is in the middle of a message.

    The stream is a raw one: a lock of a buffered one would be held by whoever waits for bytes when the program ends.

    Raises UnreadableError for a header without a length, a message that is too long, and what is not a JSON object.
    """
    length = _length(stream)
    if length is None:
        return None
    if length > MAX_BYTES:
        _skip(stream, length)
        raise UnreadableError(f"a message of {length:,} bytes is longer than {MAX_BYTES:,}")
    data = b"".join(_parts(stream, length))
    if len(data) < length:
        return None
    try:
        message = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"this is not JSON in UTF-8: {error}") from error
    if not isinstance(message, dict):
        raise UnreadableError("a message is one JSON object")
    return message


def send(stream: BinaryIO, message: Message) -> None:
    """Write a message. What cannot be encoded, half of a surrogate pair, is escaped as JSON does."""
    data = json.dumps({"jsonrpc": "2.0", **message}).encode("ascii")
    stream.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
    stream.flush()


def _length(stream: RawIOBase) -> int | None:
    """The length that the next header states; None at the end of the stream."""
    length: int | None = None
    lines = 0
    while line := stream.readline(_MAX_LINE):
        if line.strip():
            lines += 1
            if stated := _LENGTH.fullmatch(line.strip()):
                length = int(stated[1])
        elif length is not None:
            return length
        elif lines:
            raise UnreadableError("the header of a message states no Content-Length")
    return None


def _skip(stream: RawIOBase, length: int) -> None:
    for _ in _parts(stream, length):
        pass


def _parts(stream: RawIOBase, length: int) -> Iterator[bytes]:
    """So many bytes, in parts as they arrive; fewer at the end of the stream."""
    left = length
    while left and (data := stream.read(min(left, 1 << 20))):
        yield data
        left -= len(data)
