"""Sources and their passages."""

from collections.abc import Iterator, Sequence

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.conversations import NEXT_NUMBER
from deskhand.adapters.sql.database import Do, Row, Script
from deskhand.adapters.sql.reading import Store, audited, workspace_id
from deskhand.adapters.sql.statements import delete, insert, select, update
from deskhand.domain.knowledge import Passage
from deskhand.ports.knowledge import Crawled, SourceRow
from deskhand.ports.stores import NotFound
from deskhand.ports.turns import AuditRow

COUNTER = "knowledge"
LISTED = "slug, document, state, problem, revision, passages, updated_at, crawled_at, crawl_at, validators"
SOURCE = LISTED + ", content"
_COLUMNS = SOURCE.split(", ")

NUMBER = select("value", f"counters WHERE workspace = ? AND kind = '{COUNTER}'")
SOURCES = select(LISTED, "sources WHERE workspace = ? ORDER BY slug")
GET = select(SOURCE, "sources WHERE workspace = ? AND slug = ?")
HELD = "SELECT passages FROM sources WHERE workspace = ? AND slug = ?"
PUT = insert(
    "sources",
    "workspace, " + SOURCE,
    "ON CONFLICT (workspace, slug) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "slug"),
)
BEGIN = update("sources", "state = 'fetching', crawl_at = ?", "workspace = ? AND slug = ? RETURNING 1")
CRAWLED = update(
    "sources",
    "state = ?, problem = ?, crawled_at = ?, crawl_at = ?, validators = ?",
    "workspace = ? AND slug = ? AND revision = ? RETURNING 1",
)
RENEWED = update("sources", "revision = ?, passages = ?, updated_at = ?", "workspace = ? AND slug = ?")
REMOVE = delete("sources", "workspace = ? AND slug = ? RETURNING 1")
CLEAR = delete("passages", "workspace = ? AND source = ?")
PASSAGES = select("body", "passages WHERE workspace = ? AND source = ? AND number > ? ORDER BY number LIMIT ?")
COUNT = "SELECT CAST(COALESCE(SUM(passages), 0) AS BIGINT) FROM sources WHERE workspace = ?"
DUE = select("workspace, slug", "sources WHERE crawl_at IS NOT NULL AND crawl_at <= ? ORDER BY crawl_at LIMIT ?")
NEXT = "SELECT MIN(crawl_at) FROM sources WHERE crawl_at IS NOT NULL"
PORTION = 100
"""Passages of one statement."""


class SqlKnowledge(Store):
    """Knowledge on SQLite or PostgreSQL."""

    async def number(self, workspace: str) -> int:
        found = await self._database.rows(NUMBER, (workspace_id(workspace),))
        return int(found[0][0]) if found else 0

    async def sources(self, workspace: str) -> list[SourceRow]:
        found = await self._database.rows(SOURCES, (workspace_id(workspace),))
        return sorted((SourceRow(*row) for row in found), key=lambda row: row.slug)

    async def source(self, workspace: str, slug: str) -> SourceRow:
        return SourceRow(*await self._one(GET, (workspace_id(workspace), slug)))

    async def put(self, workspace: str, row: SourceRow, passages: Sequence[Passage] | None, audit: AuditRow) -> None:
        await self._database.write(_put(workspace_id(workspace), row, passages, audit))

    async def crawled(self, workspace: str, slug: str, revision: int, how: Crawled) -> bool:
        return await self._database.write(_crawled(workspace_id(workspace), slug, revision, how))

    async def begin_crawl(self, workspace: str, slug: str, at: int, audit: AuditRow) -> None:
        own = workspace_id(workspace)
        await self._database.write(_there(Do(BEGIN, (at, own, slug)), audited(own, audit)))

    async def remove(self, workspace: str, slug: str, audit: AuditRow) -> None:
        own = workspace_id(workspace)
        steps = Do(CLEAR, (own, slug)), Do(NEXT_NUMBER, (own, COUNTER)), audited(own, audit)
        await self._database.write(_there(Do(REMOVE, (own, slug)), *steps))

    async def passages(self, workspace: str, source: str, after: int = 0, limit: int = 1_000) -> list[Passage]:
        asked = (workspace_id(workspace), source, after, max(limit, 1))
        return [Passage.model_validate_json(body) for (body,) in await self._database.rows(PASSAGES, asked)]

    async def passage_count(self, workspace: str) -> int:
        return int((await self._database.rows(COUNT, (workspace_id(workspace),)))[0][0])

    async def due(self, now: int, limit: int = 20) -> list[tuple[str, str]]:
        found = await self._database.rows(DUE, (now, max(limit, 1)))
        return [(ids.shown(ids.WORKSPACE, own), slug) for own, slug in found]

    async def next_due(self) -> int | None:
        at: int | None = (await self._database.rows(NEXT))[0][0]
        return at


def _put(workspace: bytes, row: SourceRow, passages: Sequence[Passage] | None, audit: AuditRow) -> Script[None]:
    revision = (yield Do(NEXT_NUMBER, (workspace, COUNTER)))[0][0]
    held = yield Do(HELD, (workspace, row.slug))
    count = len(passages) if passages is not None else int(held[0][0]) if held else 0
    stored = (
        row.slug, row.document, row.state, row.problem, revision, count, row.updated_at, row.crawled_at, row.crawl_at,
        row.validators, row.content,
    )  # fmt: skip
    yield Do(PUT, (workspace, *stored))
    if passages is not None:
        yield from _replaced(workspace, row.slug, passages)
    yield audited(workspace, audit)


def _crawled(workspace: bytes, slug: str, revision: int, how: Crawled) -> Script[bool]:
    outcome = (how.state, how.problem, how.at, how.next_at, how.validators)
    if not (yield Do(CRAWLED, (*outcome, workspace, slug, revision))):
        return False
    if how.passages is not None:
        renewed = (yield Do(NEXT_NUMBER, (workspace, COUNTER)))[0][0]
        yield Do(RENEWED, (renewed, len(how.passages), how.at, workspace, slug))
        yield from _replaced(workspace, slug, how.passages)
    return True


def _replaced(workspace: bytes, slug: str, passages: Sequence[Passage]) -> Iterator[Do]:
    yield Do(CLEAR, (workspace, slug))
    for start in range(0, len(passages), PORTION):
        portion = passages[start : start + PORTION]
        marks = ", ".join(["(?, ?, ?, ?)"] * len(portion))
        values = [value for one in portion for value in (workspace, slug, one.number, one.model_dump_json())]
        yield Do(f"INSERT INTO passages (workspace, source, number, body) VALUES {marks}", values)  # noqa: S608


def _there(change: Do, *then: Do) -> Script[None]:
    found: list[Row] = yield change
    if not found:
        raise NotFound
    for step in then:  # noqa: UP028 (a tuple's iterator cannot be sent the rows)
        yield step
