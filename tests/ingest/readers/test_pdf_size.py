"""A PDF whose streams unpack to far more than the file is refused before they are."""

from __future__ import annotations

import zlib

from ingest.readers.pdf_size import unpacks_to_more_than


def one_stream(size: int) -> bytes:
    packed = zlib.compress(b" " * size, 9)
    return b"1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n"


def test_what_streams_unpack_to_is_added_up() -> None:
    data = one_stream(2**20) * 8
    assert unpacks_to_more_than(data, 7 * 2**20)
    assert not unpacks_to_more_than(data, 8 * 2**20)


def test_streams_of_other_filters_count_nothing() -> None:
    picture = one_stream(2**22).replace(b"FlateDecode", b"DCTDecode")
    assert not unpacks_to_more_than(picture * 4, 2**20)


def test_a_damaged_stream_ends_the_count_of_it() -> None:
    whole = one_stream(2**16)
    damaged = whole.replace(b"stream\n", b"stream\nno Deflate at all", 1)
    assert not unpacks_to_more_than(damaged * 20, 2**20)
