"""Sources: what the agent knows, and trying what it finds there."""

import base64
import binascii
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.languages import Told
from deskhand.api.models import Asked, Items, Shown, Slug, Text, Time, matching_slug
from deskhand.application.knowledge import LONGEST_TEXT, Given, Known
from deskhand.domain.errors import DocumentError
from deskhand.domain.knowledge import KNOWN, LANGUAGE, MOST_QUESTIONS, Faq, Source, SourceKind, answer_of
from deskhand.domain.preconditions import SLUG

router = APIRouter(prefix="/v1/sources", tags=["Knowledge"], route_class=KeyedRoute)
searching = APIRouter(prefix="/v1/knowledge", tags=["Knowledge"], route_class=KeyedRoute)

TopicSlug = Annotated[str, Field(pattern=SLUG, max_length=64)]


class Question(Shown):
    """A question, and the answer that is given word for word."""

    question: str
    answer: str


class NewSource(Asked):
    """A source. What it is made of may be left out where it is stored already."""

    slug: str | None = Field(default=None, description="The same as in the address, or left out.")
    name: Annotated[str, Field(min_length=1, max_length=200, examples=["Returns"])]
    kind: SourceKind
    url: Annotated[str, Field(max_length=2_000)] | None = Field(
        default=None, description="Where a page is fetched from; of other kinds what answers link to."
    )
    language: Annotated[str, Field(pattern=LANGUAGE)] | None = None
    every: Annotated[int, Field(ge=1, le=8_760)] | None = Field(
        default=None, description="Hours after which a page is fetched again."
    )
    enabled: bool = True
    topics: Annotated[list[TopicSlug], Field(max_length=1_000)] | None = Field(
        default=None, description="The topics that it belongs to; left out, they stay as they are."
    )
    content: Annotated[str, Field(max_length=LONGEST_TEXT)] | None = Field(
        default=None, description="Of the kinds `text` and `markdown`."
    )
    questions: Annotated[list[Faq], Field(max_length=MOST_QUESTIONS)] | None = Field(
        default=None, description="Of the kind `faq`."
    )
    data: str | None = Field(default=None, description="Of the kind `pdf`: the file in base64, at most 10 MB.")


class ShownSource(Shown):
    """A source."""

    slug: str
    name: str
    kind: SourceKind
    url: str | None
    language: str | None
    every: int | None
    enabled: bool
    topics: list[str]
    state: Literal["ready", "fetching", "failed"]
    problem: Told | None = Field(description="Why it could not be fetched; what was read before is still known.")
    passages: int
    updated_at: Time
    crawled_at: Time | None
    crawl_at: Time | None = Field(description="When a page is fetched next.")


class WholeSource(ShownSource):
    """A source with what it is made of."""

    content: str | None
    questions: list[Question] | None


class SourceList(Items[ShownSource]):
    """All sources."""


class ShownPassage(Shown):
    """A part of a source."""

    source: str
    number: int
    title: str
    headings: list[str]
    text: str
    question: str | None
    url: str | None
    page: int | None
    language: str


class PassageList(Items[ShownPassage]):
    """Passages of a source, in their order."""


class Search(Asked):
    """A question, as a customer would ask it."""

    text: Text
    topic: TopicSlug | None = None
    language: Annotated[str, Field(pattern=LANGUAGE)] = "en"
    limit: Annotated[int, Field(ge=1, le=20)] = 5


class FoundPassage(Shown):
    """A passage, and how likely it answers the question."""

    passage: ShownPassage
    score: float
    excerpt: str


class Cited(Shown):
    """Where an answer comes from."""

    source: str
    title: str
    url: str | None
    page: int | None


class ShownAnswer(Shown):
    """What the agent would say by itself."""

    text: str
    cites: list[Cited]
    score: float


class SearchResult(Shown):
    """What is found, and the answer that would be given."""

    passages: list[FoundPassage]
    answer: ShownAnswer | None = Field(description="null where the agent would say that it does not know.")
    least: float = Field(description="The score from which a passage answers.")


@router.get("", summary="List sources")
async def list_sources(who: Member) -> SourceList:
    """All sources of the workspace, with how they are."""
    return SourceList(items=[_shown(one) for one in await who.services.sources.all(who.workspace)])


@router.get("/{slug}", summary="Look at a source")
async def get_source(who: Member, slug: Slug) -> WholeSource:
    """One source, with its text or its questions."""
    return _whole(await who.services.sources.get(who.workspace, slug))


@router.put("/{slug}", summary="Store a source")
async def put_source(who: Builder, slug: Slug, wanted: NewSource) -> WholeSource:
    """Make or replace a source. A page is fetched soon after; its `state` tells how that went."""
    matching_slug(slug, wanted.slug)
    given = Given(wanted.content, wanted.questions, _decoded(wanted.data))
    topics = None if wanted.topics is None else list(wanted.topics)
    return _whole(await who.services.sources.save(who.workspace, _source(slug, wanted), given, topics, who.by))


@router.delete("/{slug}", status_code=204, summary="Remove a source")
async def remove_source(who: Builder, slug: Slug) -> None:
    """Remove a source; the agent no longer knows what stood in it."""
    await who.services.sources.remove(who.workspace, slug, who.by)


@router.post("/{slug}/crawl", summary="Fetch a page now")
async def crawl_source(who: Builder, slug: Slug) -> WholeSource:
    """Fetch a page, and answer when that is done: `state` and `problem` tell how it went."""
    await who.services.crawler.crawl_now(who.workspace, slug, who.by)
    return _whole(await who.services.sources.get(who.workspace, slug))


@router.get("/{slug}/passages", summary="See what was read of a source")
async def list_passages(
    who: Member,
    slug: Slug,
    after: Annotated[int, Query(ge=0, le=2**31, description="Only passages with a higher `number`.")] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> PassageList:
    """The passages that a source was cut into."""
    await who.services.stores.knowledge.source(who.workspace, slug)
    found = await who.services.stores.knowledge.passages(who.workspace, slug, after, limit)
    return PassageList(items=[ShownPassage.model_validate(one) for one in found])


@searching.post("/search", summary="Try a question")
async def search_knowledge(who: Member, wanted: Search) -> SearchResult:
    """What is found for a question, and the answer that the agent would give by itself."""
    if wanted.topic is not None:
        await who.services.sources.topic(who.workspace, wanted.topic)
    found = await who.services.knowledge.search(
        who.workspace, wanted.text, topic=wanted.topic, language=wanted.language, limit=wanted.limit
    )
    answer = answer_of(found)
    return SearchResult(
        passages=[FoundPassage.model_validate(one) for one in found],
        answer=None if answer is None else ShownAnswer.model_validate(answer),
        least=KNOWN,
    )


def _source(slug: str, wanted: NewSource) -> Source:
    fields = wanted.model_dump(include={"name", "kind", "url", "language", "every", "enabled"})
    try:
        return Source(slug=slug, **fields)
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_url=False)]
        raise RequestValidationError(found) from None


def _decoded(data: str | None) -> bytes | None:
    if data is None:
        return None
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise DocumentError("`data` is no base64: encode the PDF file as it is.") from None


def _fields(known: Known) -> dict[str, object]:
    source, row = known.source, known.row
    return {
        **source.model_dump(), "topics": known.topics, "state": row.state, "problem": row.problem,
        "passages": row.passages, "updated_at": row.updated_at, "crawled_at": row.crawled_at, "crawl_at": row.crawl_at,
    }  # fmt: skip


def _shown(known: Known) -> ShownSource:
    return ShownSource.model_validate(_fields(known))


def _whole(known: Known) -> WholeSource:
    is_faq = known.source.kind == "faq"
    content = None if is_faq else known.row.content
    questions = [one.model_dump() for one in known.questions] if is_faq else None
    return WholeSource.model_validate({**_fields(known), "content": content, "questions": questions})
