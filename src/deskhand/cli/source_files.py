"""Files that become sources, told apart by their endings."""

import base64
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deskhand.cli.commands import BadFile
from deskhand.cli.documents import read_text
from deskhand.domain.documents.parsing import LARGEST
from deskhand.domain.documents.slugs import slugify
from deskhand.domain.errors import DocumentError

LARGEST_PDF = 10 * 1024 * 1024
LARGEST_TEXT = 8_000_000
"""Bytes of a text; the server counts its characters."""
TEXTS = {".md": "markdown", ".markdown": "markdown", ".txt": "text", "": "text"}
QUESTIONS = (".yaml", ".yml", ".json")


def source_from(place: str, name: str | None) -> dict[str, Any]:
    """The source that a file or an address makes. Raises BadFile."""
    if place.startswith(("http://", "https://")):
        parts = urlsplit(place)
        last = parts.path.rstrip("/").rpartition("/")[2].partition(".")[0]
        called = name or " ".join(filter(None, (parts.hostname, last)))
        return {"slug": _slug(called), "name": called, "kind": "page", "url": place}
    file = Path(place)
    called = name or ("Input" if place == "-" else file.stem)
    document = {"slug": _slug(called), "name": called}
    ending = "" if place == "-" else file.suffix.lower()
    if ending == ".pdf":
        return {**document, "kind": "pdf", "data": base64.b64encode(_bytes(file)).decode()}
    if ending in QUESTIONS:
        return {**document, "kind": "faq", "questions": _questions(file)}
    if ending in TEXTS:
        return {**document, "kind": TEXTS[ending], "content": _read(file, LARGEST_TEXT)}
    raise BadFile(f"{file}: no source is made of `{ending}`: give .md, .txt, .pdf, .yaml, .json, or a page's address.")


def _slug(name: str) -> str:
    return slugify(name)[:64].strip("-") or "source"


def _read(file: Path, most: int) -> str:
    try:
        return read_text(file, most)
    except DocumentError as error:
        raise BadFile(f"{file}: {error.sentence}") from None


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_PDF + 1)
    except OSError as error:
        raise BadFile(f"{file}: this cannot be read: {error.strerror}.") from None
    if len(content) > LARGEST_PDF:
        raise BadFile(f"{file}: this is larger than {LARGEST_PDF >> 20} MB: split it into several sources.")
    return content


def _questions(file: Path) -> list[dict[str, str]]:
    """A list of questions, or a document with one under `questions`; JSON is YAML."""
    from deskhand.domain.documents import parse_yaml

    text = _read(file, LARGEST)
    begins = text.lstrip()[:1]
    lines = f'{{"questions": {text}}}' if begins == "[" else f"questions:\n{text}" if begins == "-" else text
    try:
        found = parse_yaml(lines, str(file)).get("questions")
    except DocumentError as error:
        raise BadFile(error.sentence if str(file) in error.sentence else f"{file}: {error.sentence}") from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadFile(f"{file}: give a list of questions, each with its `question` and `answer`.")
    return found
