"""Setting up what the agent knows: sources and topics."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from deskhand.application.audit import audit_row
from deskhand.domain.addresses import address_of, with_scheme
from deskhand.domain.errors import DocumentError, RuleError
from deskhand.domain.knowledge import MOST_QUESTIONS, Faq, Passage, Source, Topic
from deskhand.domain.passages import cut, of_questions
from deskhand.domain.phrases import phrase
from deskhand.domain.untrusted import fit_text
from deskhand.ports.clock import Clock
from deskhand.ports.knowledge import Form, Reader, SourceRow, Unreadable
from deskhand.ports.stores import DocumentRow, NotFound, Stores

MOST_SOURCES = 1_000
MOST_PASSAGES = 100_000
"""Of one workspace."""
LONGEST_TEXT = 2_000_000
"""Characters of a text or of Markdown."""
LARGEST_PDF = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Given:
    """What a source is made of, according to its kind; nothing keeps what is stored."""

    text: str | None = None
    questions: list[Faq] | None = None
    pdf: bytes | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A source, the topics that it belongs to, and how it is stored."""

    source: Source
    topics: list[str]
    row: SourceRow

    @property
    def questions(self) -> list[Faq]:
        """Of a source of questions."""
        return [Faq.model_validate(one) for one in json.loads(self.row.content or "[]")]


class Sources:
    """Use cases of people who set up what the agent knows."""

    def __init__(self, stores: Stores, reader: Reader, clock: Clock, fetch_soon: Callable[[], None]) -> None:
        self._store = stores.knowledge
        self._settings = stores.settings
        self._reader = reader
        self._clock = clock
        self._fetch_soon = fetch_soon

    async def all(self, workspace: str) -> list[Known]:
        """All sources, without what they are made of."""
        topics = await self.topics(workspace)
        return [_known(row, topics) for row in await self._store.sources(workspace)]

    async def get(self, workspace: str, slug: str) -> Known:
        """One source. Raises NotFound."""
        return _known(await self._store.source(workspace, slug), await self.topics(workspace))

    async def save(self, workspace: str, source: Source, given: Given, topics: list[str] | None, by: str) -> Known:
        """Make or replace a source; a page is fetched soon after. Raises RuleError and DocumentError."""
        source = _checked(source)
        before = await self._before(workspace, source)
        if topics is not None:
            await self._check_topics(workspace, topics)
        row, passages = await self._made(source, given, before)
        if passages is not None:
            await check_room(self._store.passage_count(workspace), len(passages), before.passages if before else 0)
        await self._store.put(
            workspace, row, passages, audit_row(self._clock, by, "source.stored", source.slug, {"kind": source.kind})
        )
        if topics is not None:
            await self._put_into(workspace, source.slug, topics, by)
        if row.crawl_at is not None:
            self._fetch_soon()
        return await self.get(workspace, source.slug)

    async def remove(self, workspace: str, slug: str, by: str) -> None:
        """Remove a source with its passages. Raises NotFound."""
        await self._store.remove(workspace, slug, audit_row(self._clock, by, "source.removed", slug))
        await self._put_into(workspace, slug, [], by)

    async def topics(self, workspace: str) -> list[Topic]:
        """All topics."""
        rows = await self._settings.documents(workspace, "topic")
        return [Topic.model_validate_json(row.document) for row in rows]

    async def topic(self, workspace: str, slug: str) -> Topic:
        """One topic. Raises NotFound."""
        return Topic.model_validate_json((await self._settings.document(workspace, "topic", slug)).document)

    async def save_topic(self, workspace: str, topic: Topic, by: str) -> None:
        """Make or replace a topic. Raises RuleError where it names a source that is not there."""
        known = {row.slug for row in await self._store.sources(workspace)}
        unknown = [slug for slug in topic.sources if slug not in known]
        if unknown:
            raise RuleError(phrase("There is no source `{name}`: store it first, or leave it out.", name=unknown[0]))
        await self._put_topic(workspace, topic, by)

    async def remove_topic(self, workspace: str, slug: str, by: str) -> None:
        """Remove a topic; its sources stay. Raises NotFound."""
        await self._settings.remove(workspace, "topic", slug, audit_row(self._clock, by, "topic.removed", slug))

    async def _before(self, workspace: str, source: Source) -> SourceRow | None:
        try:
            return await self._store.source(workspace, source.slug)
        except NotFound:
            if len(await self._store.sources(workspace)) >= MOST_SOURCES:
                raise RuleError(
                    phrase("A workspace has at most {most:,} sources: remove one first.", most=MOST_SOURCES)
                ) from None
            return None

    async def _made(
        self, source: Source, given: Given, before: SourceRow | None
    ) -> tuple[SourceRow, list[Passage] | None]:
        """The row that is stored, and its passages; without any those that are stored stay."""
        now = self._clock.now()
        old = Source.model_validate_json(before.document) if before else None
        kept = before if before and old and old.kind == source.kind else None
        row = SourceRow(source.slug, source.model_dump_json(), "ready", None, 0, 0, now)
        if source.kind == "page":
            return _page_row(row, source, kept, old, now)
        if source.kind == "faq":
            questions = _questions(given, kept)
            content = json.dumps([one.model_dump() for one in questions], ensure_ascii=False)
            return replace(row, content=content), of_questions(source, questions)
        if source.kind == "pdf":
            if given.pdf is None and kept is not None:
                return row, None
            return row, await self._cut(source, "pdf", _pdf(given))
        text = _text(given, kept)
        return replace(row, content=text), await self._cut(source, source.kind, text.encode())

    async def _cut(self, source: Source, form: Form, content: bytes) -> list[Passage]:
        try:
            passages = await passages_of(self._reader, source, form, content)
        except Unreadable as error:
            raise DocumentError(phrase("The source `{slug}`: {why}", slug=source.slug, why=error.sentence)) from None
        if not passages:
            raise DocumentError(phrase("The source `{slug}`: there is no text in it.", slug=source.slug))
        return passages

    async def _check_topics(self, workspace: str, topics: list[str]) -> None:
        known = {one.slug for one in await self.topics(workspace)}
        unknown = [slug for slug in topics if slug not in known]
        if unknown:
            raise RuleError(phrase("There is no topic `{name}`: store it first, or leave it out.", name=unknown[0]))

    async def _put_into(self, workspace: str, source: str, topics: list[str], by: str) -> None:
        """Let a source belong to these topics and to no others."""
        for topic in await self.topics(workspace):
            if (topic.slug in topics) != (source in topic.sources):
                left = [slug for slug in topic.sources if slug != source]
                sources = [*left, source] if topic.slug in topics else left
                await self._put_topic(workspace, topic.model_copy(update={"sources": sources}), by)

    async def _put_topic(self, workspace: str, topic: Topic, by: str) -> None:
        row = DocumentRow(topic.slug, topic.model_dump_json(), self._clock.now())
        await self._settings.put(workspace, "topic", row, audit_row(self._clock, by, "topic.stored", topic.slug))


async def passages_of(
    reader: Reader, source: Source, form: Form, content: bytes, charset: str | None = None
) -> list[Passage]:
    """What a document holds, cut into passages. Raises Unreadable."""
    document = await reader.read(form, content, charset)
    # a long document takes a second, in which conversations go on
    return await asyncio.to_thread(cut, source, document)


async def check_room(held: Awaitable[int], new: int, replaced: int) -> None:
    """Raises RuleError where a workspace would hold more passages than it may."""
    if await held - replaced + new > MOST_PASSAGES:
        raise RuleError(
            phrase("A workspace holds at most {most:,} passages: remove a source first.", most=MOST_PASSAGES)
        )


def _known(row: SourceRow, topics: list[Topic]) -> Known:
    source = Source.model_validate_json(row.document)
    return Known(source, [topic.slug for topic in topics if row.slug in topic.sources], row)


def _checked(source: Source) -> Source:
    """The source with a whole address. Raises DocumentError."""
    if source.url is None:
        return source
    url = with_scheme(source.url.strip())
    parts = address_of(url)
    if parts is None or parts.username or parts.password:
        raise DocumentError("`url` must be an address such as https://example.com/help, without a password.")
    return source.model_copy(update={"url": url})


def _page_row(
    row: SourceRow, source: Source, kept: SourceRow | None, old: Source | None, now: int
) -> tuple[SourceRow, list[Passage] | None]:
    """A page whose address and language are the same keeps what was read of it."""
    if kept is None or old is None or (old.url, old.language) != (source.url, source.language):
        return replace(row, state="fetching", crawl_at=now), []
    following = None if source.every is None else (kept.crawled_at or now) + source.every * 3_600_000
    if kept.state == "fetching":
        following = now
    return replace(
        row, state=kept.state, problem=kept.problem, crawled_at=kept.crawled_at, crawl_at=following,
        validators=kept.validators,
    ), None  # fmt: skip


def _questions(given: Given, kept: SourceRow | None) -> list[Faq]:
    if given.questions is None:
        if kept is None:
            raise DocumentError("A source of questions needs `questions`, each with its `question` and `answer`.")
        return [Faq.model_validate(one) for one in json.loads(kept.content or "[]")]
    if not 1 <= len(given.questions) <= MOST_QUESTIONS:
        raise DocumentError(phrase("`questions` must be from 1 to {most:,}.", most=MOST_QUESTIONS))
    return given.questions


def _text(given: Given, kept: SourceRow | None) -> str:
    text = given.text if given.text is not None else kept.content if kept else None
    if text is None or not text.strip():
        raise DocumentError("`content` is missing: give the text itself.")
    if len(text) > LONGEST_TEXT:
        raise DocumentError(
            phrase("`content` has more than {most:,} characters: split it into several sources.", most=LONGEST_TEXT)
        )
    return fit_text(text)


def _pdf(given: Given) -> bytes:
    if not given.pdf:
        raise DocumentError("`data` is missing: give the PDF file in base64.")
    if len(given.pdf) > LARGEST_PDF:
        raise DocumentError(
            phrase("The PDF is larger than {most} MB: split it into several sources.", most=LARGEST_PDF >> 20)
        )
    return given.pdf
