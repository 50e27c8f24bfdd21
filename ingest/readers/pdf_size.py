"""What the streams of a PDF unpack to, counted before any library unpacks them."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_MOST_DEFLATED = 1032  # bytes that one byte of Deflate can unpack to (RFC 1951)
_DICTIONARY = 600  # bytes before a stream in which its filter is named
_STEP = 2**20


def unpacks_to_more_than(data: bytes, most: int) -> bool:
    """Whether the Deflate streams of a file hold more than ``most`` bytes together.

    Nothing that was unpacked is kept; a file too small to hold as much is not looked at.
    """
    if len(data) * _MOST_DEFLATED <= most:
        return False
    total = 0
    for match in _STREAM.finditer(data):
        before = data[max(0, match.start() - _DICTIONARY) : match.start()]
        if b"Flate" not in before[before.rfind(b"obj") + 1 :]:
            continue
        total += _unpacked(data, match.end(), most - total)
        if total > most:
            return True
    return False


def _unpacked(data: bytes, start: int, most: int) -> int:
    """Bytes in one stream, counted up to just over ``most`` or to a fault in it."""
    unpacker = zlib.decompressobj()
    total, position = 0, start
    pending = b""
    while not unpacker.eof and total <= most:
        if not pending:
            pending = data[position : position + _STEP]
            position += len(pending)
            if not pending:
                break
        try:
            total += len(unpacker.decompress(pending, _STEP))
        except zlib.error:
            break
        pending = unpacker.unconsumed_tail
    return total
