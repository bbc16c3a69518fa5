"""Fetching pages: through the guarded edge, only what has changed, and what became of it in a sentence."""

import asyncio
import json
from collections.abc import Mapping

from deskhand.application.audit import audit_row
from deskhand.application.catalogue import Catalogues
from deskhand.application.knowledge import check_room, passages_of
from deskhand.domain.errors import DeskhandError, RuleError
from deskhand.domain.knowledge import Passage, Source
from deskhand.domain.phrases import phrase
from deskhand.ports.clock import Clock
from deskhand.ports.http import Answer, Http, OutwardError, OutwardRequest
from deskhand.ports.knowledge import Crawled, Form, Reader, SourceRow, Unreadable
from deskhand.ports.stores import Stores

SECONDS = 30.0
LARGEST = 10 * 1024 * 1024
"""Bytes of a page."""
HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/markdown, text/plain;q=0.9, */*;q=0.1",
    "User-Agent": "Deskhand-Knowledge/1",
}
FORMS: dict[str, Form] = {
    "": "html", "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf",
    "text/plain": "text", "text/markdown": "markdown", "text/x-markdown": "markdown",
}  # fmt: skip
CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


class Crawler:
    """Fetches pages; the same one is never fetched twice at once."""

    def __init__(self, stores: Stores, http: Http, reader: Reader, catalogues: Catalogues, clock: Clock) -> None:
        self._store = stores.knowledge
        self._http = http
        self._reader = reader
        self._catalogues = catalogues
        self._clock = clock
        self._under_way: dict[tuple[str, str], asyncio.Task[None]] = {}
        self.wanted = asyncio.Event()
        """Set where a page is to be fetched as soon as possible."""

    async def crawl_now(self, workspace: str, slug: str, by: str) -> None:
        """Fetch a page because a member wants it. Raises NotFound and RuleError."""
        source = Source.model_validate_json((await self._store.source(workspace, slug)).document)
        if source.kind != "page":
            raise RuleError(phrase("`{slug}` is no page: it is read when it is stored.", slug=slug))
        audit = audit_row(self._clock, by, "source.crawled", slug)
        await self._store.begin_crawl(workspace, slug, self._clock.now(), audit)
        await self.crawl(workspace, slug)

    async def crawl(self, workspace: str, slug: str) -> None:
        """Fetch a page and store what it says now; what goes wrong is told by the source. Raises NotFound."""
        key = workspace, slug
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(self._crawl(workspace, slug), name="crawl")
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        # whoever waits may go away: the crawl goes on for the others
        await asyncio.shield(task)

    async def close(self) -> None:
        """Give up what is under way; it is begun again at the next start."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _crawl(self, workspace: str, slug: str) -> None:
        row = await self._store.source(workspace, slug)
        source = Source.model_validate_json(row.document)
        passages: list[Passage] | None = None
        validators, problem = row.validators, None
        try:
            answer = await self._fetch(workspace, source, row)
            if answer.status != 304:
                passages = await self._read(source, answer)
                await check_room(self._store.passage_count(workspace), len(passages), row.passages)
                validators = _validators(answer.headers)
        except (OutwardError, Unreadable, RuleError) as error:
            passages, problem = None, _sentence(error)
        now = self._clock.now()
        following = None if source.every is None else now + source.every * 3_600_000
        state = "failed" if problem else "ready"
        how = Crawled(state, problem, now, following, validators, passages)
        await self._store.crawled(workspace, slug, row.revision, how)

    async def _fetch(self, workspace: str, source: Source, row: SourceRow) -> Answer:
        assert source.url is not None
        asks = {}
        if row.validators and row.passages:
            known = json.loads(row.validators)
            asks = {header: known[name] for name, header in CONDITIONS.items() if name in known}
        url = source.url.partition("#")[0]
        request = OutwardRequest(
            "GET", url, {**HEADERS, **asks}, idempotent=True, timeout=SECONDS, largest=LARGEST
        )  # fmt: skip
        allowed = (await self._catalogues.at(workspace)).internal_hosts
        answer = await self._http.send(workspace, request, allowed)
        if not (200 <= answer.status < 300 or (answer.status == 304 and asks)):
            raise Unreadable(
                phrase("The page answered {status}: look whether its address is right.", status=answer.status)
            )
        if answer.problem:
            raise Unreadable(phrase("The page cannot be read: {why}.", why=answer.problem.rstrip(".")))
        return answer

    async def _read(self, source: Source, answer: Answer) -> list[Passage]:
        kind, _, rest = answer.headers.get("content-type", "").partition(";")
        form = FORMS.get(kind.strip().lower())
        if form is None:
            raise Unreadable(
                phrase(
                    "It is of the type `{kind}`: only web pages, PDF, Markdown and text are read.",
                    kind=kind.strip()[:80],
                )
            )
        passages = await passages_of(self._reader, source, form, answer.body, _charset(rest))
        if not passages:
            raise Unreadable("There is no text on it.")
        return passages


def _charset(parameters: str) -> str | None:
    for part in parameters.split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'")[:40] or None
    return None


def _validators(headers: Mapping[str, str]) -> str | None:
    found = {name: headers[name] for name in CONDITIONS if len(headers.get(name, "")) in range(1, 500)}
    return json.dumps(found) if found else None


def _sentence(error: DeskhandError) -> str:
    text = error.sentence.strip()
    return text[:1].upper() + text[1:1000]
