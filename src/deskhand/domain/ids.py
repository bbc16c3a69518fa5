"""Identifiers: UUIDv7, shown with a prefix that says what they name (`run_…`, `conv_…`)."""

import hashlib

from deskhand.domain.phrases import phrase


def uuid7(milliseconds: int, entropy: bytes) -> bytes:
    """Sixteen bytes laid out as RFC 9562 says, from a time and ten bytes of entropy."""
    raw = bytearray(milliseconds.to_bytes(6, "big") + entropy[:10])
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return bytes(raw)


def make_id(prefix: str, milliseconds: int, entropy: bytes) -> str:
    """An identifier such as `run_0193…`."""
    return f"{prefix}_{uuid7(milliseconds, entropy).hex()}"


def derived_id(prefix: str, milliseconds: int, *parts: str | int) -> str:
    """The identifier that the same parts at the same time always give, so that a pure function can name things."""
    seed = "\0".join(map(str, parts)).encode()
    return make_id(prefix, milliseconds, hashlib.blake2b(seed, digest_size=10).digest())


def raw_id(shown: str) -> bytes:
    """The sixteen bytes behind a shown identifier. Raises ValueError for anything else."""
    raw = bytes.fromhex(shown.rpartition("_")[2])
    if len(raw) != 16:
        raise ValueError(phrase("`{shown}` is no identifier", shown=shown[:60]))
    return raw


def is_id(prefix: str, shown: str) -> bool:
    """Whether the text is an identifier with this prefix."""
    try:
        return shown.startswith(prefix + "_") and len(raw_id(shown)) == 16
    except ValueError:
        return False
