"""Slugs: a name as lowercase words with hyphens."""

import re
import unicodedata

LONGEST_SLUG = 64

_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "å": "a", "ł": "l", "đ": "d"}
    | {"ð": "d", "þ": "th", "ı": "i", "'": "", "’": "", "ʼ": ""}
)


def slugify(name: str) -> str:
    """The name as a slug of at most 64 characters; empty where nothing of it can be spelt in a slug."""
    composed = unicodedata.normalize("NFC", name).lower().translate(_SPELT_OUT)
    plain = unicodedata.normalize("NFKD", composed).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = "-".join(words)
    if len(slug) <= LONGEST_SLUG:
        return slug
    return slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]
