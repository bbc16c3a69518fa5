import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.adapters.edge.body import Body, Unreadable

CAP = 1000


def read(encoding: str, data: bytes, piece: int = 7) -> bytes:
    body = Body(encoding, CAP)
    for start in range(0, len(data), piece):
        body.feed(data[start : start + piece])
    body.finish()
    return body.content


def bare_deflate(data: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(data) + deflater.flush()


@given(st.binary(max_size=CAP), st.integers(min_value=1, max_value=200))
def test_every_encoding_gives_the_body_back_however_it_arrives(data: bytes, piece: int) -> None:
    assert read("", data, piece) == data
    assert read("identity", data, piece) == data
    assert read("gzip", gzip.compress(data), piece) == data
    assert read("X-GZip ", gzip.compress(data), piece) == data
    assert read("deflate", zlib.compress(data), piece) == data
    assert read("deflate", bare_deflate(data), piece) == data


def test_a_body_in_several_gzip_members_is_read_to_its_end() -> None:
    assert read("gzip", gzip.compress(b"one ") + gzip.compress(b"two")) == b"one two"


def test_padding_after_a_compressed_body_is_ignored() -> None:
    assert read("gzip", gzip.compress(b"one") + b"\0" * 20) == b"one"
    assert read("deflate", zlib.compress(b"one") + b"\0" * 20) == b"one"


def test_an_empty_body_is_fine_whatever_encoding_is_claimed() -> None:
    assert read("gzip", b"") == b""
    assert read("br", b"") == b""


@pytest.mark.parametrize("encoding", ["", "gzip", "deflate"])
def test_a_body_over_the_cap_ends_at_the_cap(encoding: str) -> None:
    data = b"x" * (CAP + 1)
    wire = {"": data, "gzip": gzip.compress(data), "deflate": zlib.compress(data)}[encoding]
    body = Body(encoding, CAP)
    with pytest.raises(Unreadable, match="larger than 1,000 bytes"):
        body.feed(wire)
    assert body.content == b"x" * CAP


def test_a_bomb_is_not_inflated_beyond_the_cap() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    body = Body("gzip", CAP)
    with pytest.raises(Unreadable, match="larger than"):
        body.feed(bomb)
    assert len(body.content) == CAP


def test_compressed_nothing_without_end_is_too_large_as_well() -> None:
    body = Body("gzip", CAP)
    empty_members = gzip.compress(b"") * 1000
    with pytest.raises(Unreadable, match="larger than"):  # noqa: PT012
        for _ in range(100):
            body.feed(empty_members)


@pytest.mark.parametrize(
    ("encoding", "data", "reason"),
    [
        ("gzip", b"<html>", "not valid gzip"),
        ("deflate", b"\x78\x9cnonsense", "not valid deflate"),
        ("gzip", gzip.compress(b"hello", mtime=0)[:-4], "ends too early"),
        ("deflate", zlib.compress(b"hello")[:-4], "ends too early"),
        ("br", b"x", "encoded as 'br', which was not asked for"),
        ("gzip, gzip", b"x", "which was not asked for"),
    ],
)
def test_a_body_that_cannot_be_decompressed_says_why(encoding: str, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(encoding, data)
