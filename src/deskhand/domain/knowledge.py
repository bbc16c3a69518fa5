"""What the agent knows: sources, the passages that they are cut into, topics, and answers that cite them."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from deskhand.domain.model import Record, sparse
from deskhand.domain.preconditions import SLUG

SourceKind = Literal["text", "markdown", "page", "pdf", "faq"]

LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$"
LONGEST_QUESTION, LONGEST_ANSWER = 500, 5_000
MOST_QUESTIONS = 2_000
"""Of one source."""

KNOWN = 0.5
"""The score from which a passage answers a question; below it the agent says that it does not know."""


class Faq(Record):
    """A question as customers ask it, and the answer that they get word for word."""

    question: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    answer: str = Field(min_length=1, max_length=LONGEST_ANSWER)


class Source(Record):
    """A piece of knowledge."""

    slug: str = Field(pattern=SLUG, max_length=64)
    name: str = Field(min_length=1, max_length=200)
    kind: SourceKind
    url: str | None = Field(default=None, max_length=2_000)
    """Where a page is fetched from; of the other kinds what their answers link to, if anything."""
    language: str | None = Field(default=None, pattern=LANGUAGE)
    """None for the language that a page says it is in, else English."""
    every: int | None = Field(default=None, ge=1, le=8_760)
    """Hours after which a page is fetched again; None for never."""
    enabled: bool = True

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Source":
        if self.kind == "page" and self.url is None:
            raise ValueError("a page needs the `url` that it is fetched from")
        if self.kind != "page" and self.every is not None:
            raise ValueError("only a page is fetched `every` so many hours")
        return self


class Topic(Record):
    """A named slice of sources."""

    slug: str = Field(pattern=SLUG, max_length=64)
    name: str = Field(min_length=1, max_length=100)
    sources: list[str] = Field(default=[], max_length=1_000)
    """By slug; one that was removed is passed over."""


class Passage(Record):
    """A part of a source that is short enough to be read at once, and where it stands."""

    source: str
    number: int
    """Its position in the source, from 1."""
    title: str
    """The document's, or the source's name."""
    text: str
    question: str | None = sparse(None)
    """The question that the text answers word for word."""
    headings: tuple[str, ...] = sparse(())
    """From the outermost to the one right above it."""
    url: str | None = sparse(None)
    """With the nearest heading's fragment, where it has one."""
    page: int | None = sparse(None)
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found."""

    passage: Passage
    score: float
    """From 0 to 1: how likely it answers the question."""
    excerpt: str
    """What of it answers: the whole answer to a question, or one to three sentences."""


@dataclass(frozen=True, slots=True)
class Cite:
    """Where an answer comes from."""

    source: str
    title: str
    url: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """An answer in the source's own words."""

    text: str
    cites: tuple[Cite, ...]
    score: float


def answer_of(found: list[Found], least: float = KNOWN) -> KnownAnswer | None:
    """The answer that the best passage gives; None where none is good enough, that is, where it is not known."""
    if not found or found[0].score < least or not found[0].excerpt:
        return None
    best = found[0]
    return KnownAnswer(best.excerpt, (cite_of(best.passage),), best.score)


def cite_of(passage: Passage) -> Cite:
    """How a passage is cited."""
    return Cite(passage.source, passage.title, passage.url, passage.page)
