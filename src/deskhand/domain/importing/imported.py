"""What an import comes to, and how foreign words become names and descriptions of ours."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html import unescape

from pydantic import ValidationError

from deskhand.domain.actions import AnyAction
from deskhand.domain.authentication import secrets_of
from deskhand.domain.faults import fault_of
from deskhand.domain.phrases import joined, phrase
from deskhand.domain.requests import Connection
from deskhand.domain.variables import RESERVED

TO_FILL_IN = "fill-in"
"""Stands for a user name or a client's id that a description cannot know."""
LONGEST_SLUG = 64
LONGEST_NAME = 100
LONGEST_DESCRIPTION = 200

_TAG = re.compile(r"<[^<>]{0,500}>")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\([^()]{0,1000}\)")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that could not be imported."""

    what: str
    reason: str


@dataclass(slots=True)
class Imported:
    """Actions and connections that were read; nothing is stored, nothing was called."""

    actions: list[AnyAction] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What people have to fill in or look at."""
    secrets: dict[str, str] = field(default_factory=dict, repr=False)
    """Credentials that stood in clear in what was imported, by the names that the actions use."""

    @property
    def to_fill_in(self) -> list[str]:
        """What its connections still lack."""
        return [sentence for one in self.connections if (sentence := _lacking(one))]


def _lacking(connection: Connection) -> str | None:
    if connection.auth is None:
        return None
    wanted = [phrase("store the secret `{name}`", name=name) for name in sorted(secrets_of(connection.auth))]
    if TO_FILL_IN in (getattr(connection.auth, "username", None), getattr(connection.auth, "client_id", None)):
        wanted.insert(0, phrase("write the user name or the client's id into it"))
    return phrase(
        "The connection `{slug}` has to be filled in: {wanted}.",
        slug=connection.slug,
        wanted=joined(wanted, phrase(" and ")),
    )


def first_problem(error: ValidationError) -> str:
    """The first thing that is wrong with an action, as a sentence without what was given: it may be a credential."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return phrase("{where}: {fault:open}.", where=where, fault=fault_of(first))


def slug_of(text: str, taken: Collection[str] = (), fallback: str = "action") -> str:
    """A slug that nothing else has: `getUserByID` becomes `get-user-by-id`."""
    base = "-".join(word.lower() for word in _WORDS.findall(text))[:LONGEST_SLUG].strip("-") or fallback
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base[: LONGEST_SLUG - len(str(number)) - 1].rstrip('-')}-{number}"
    return found


def variable_name(text: str, taken: Collection[str] = (), suffix: str = "value") -> str:
    """A variable's name that nothing else has: `filter[created]` becomes `filter_created`."""
    base = re.sub(r"[^A-Za-z0-9_]+", "_", text).strip("_") or suffix
    base = (f"_{base}" if base[0].isdigit() else base)[:56]
    if base in RESERVED:
        base = f"{base}_{suffix}"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}_{number}"
    return found


def title_of(text: str, fallback: str) -> str:
    """A name for people, from words or from an identifier."""
    words = plain(text)
    if not words:
        words = " ".join(_WORDS.findall(fallback))
        words = words[:1].upper() + words[1:].lower() if words else "Action"
    return words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1].rstrip() + "…"


def description_of(texts: Collection[str], fallback: str) -> str:
    """A description of 10 to 200 characters: the first text that is long enough, at the end of a sentence."""
    for text in texts:
        found = shortened(plain(text))
        if len(found) >= 10:
            return found
    joined = shortened(" – ".join([*(plain(text) for text in texts if text), fallback]))
    return joined if len(joined) >= 10 else f"Imported: {joined}"


def shortened(text: str, most: int = LONGEST_DESCRIPTION) -> str:
    """The text's beginning, up to the end of a sentence or else of a word."""
    if len(text) <= most:
        return text
    start = text[:most]
    end = max(start.rfind(sign) for sign in (". ", "! ", "? "))
    if end >= 40:
        return start[: end + 1]
    return start[: most - 1].rsplit(" ", 1)[0].rstrip(",;:–-") + "…"


def plain(text: str) -> str:
    """Markdown and HTML as one line of words."""
    text = _LINK.sub(r"\1", _TAG.sub(" ", text[:4000]))
    text = re.sub(r"[*`#|>]+", " ", unescape(text))
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
