"""Files that visitors and members send: what they are goes by their content, and their names are made harmless."""

import re
import unicodedata

from deskhand.domain.errors import DeskhandError
from deskhand.domain.model import Record

LARGEST = 10 * 1024 * 1024
"""Bytes of one file."""
MOST = 10
"""Files of one message."""
LONGEST_NAME = 120
_ENDINGS = {
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg", "jpe"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "application/pdf": ("pdf",),
    "text/csv": ("csv",),
    "text/plain": ("txt", "text", "log", "md"),
}
"""Every type that is taken, with the endings that its files may have; the first is put on where there is another."""
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\/]')


class UnfitFile(DeskhandError):
    """Files of this kind cannot be sent: take a picture (PNG, JPEG, GIF, WebP), a PDF, or plain text in UTF-8."""


class Attachment(Record):
    """A file that a message carries."""

    id: str
    name: str
    type: str
    size: int


def type_of(content: bytes, name: str) -> str:
    """What the content is; the name only tells text from tables. Raises UnfitFile for what is not taken."""
    if not content:
        raise UnfitFile("The file is empty.")
    found = next((kind for beginning, kind in _BEGINNINGS if content.startswith(beginning)), None)
    if found is None and content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        found = "image/webp"
    if found is not None:
        return found
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitFile from None
    if _NOT_TEXT.search(text):
        raise UnfitFile
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"


def clean_name(name: str, kind: str) -> str:
    """A name that leads nowhere, hides nothing, and ends as files of its kind do."""
    plain = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    shown = "".join(" " if one.isspace() else one for one in plain if one.isspace() or _is_shown(one))
    shown = " ".join(_NOT_IN_NAMES.sub("_", shown).split()).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    if not dot or ending.lower() not in _ENDINGS[kind]:
        stem, ending = shown, _ENDINGS[kind][0]
    return f"{stem[: LONGEST_NAME - len(ending) - 1].strip(' .') or 'file'}.{ending.lower()}"


def _is_shown(sign: str) -> bool:
    """Whether it is no control or formatting character, such as those that turn what follows around."""
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")
