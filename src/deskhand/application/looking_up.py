"""Looking up what the agent knows: an index for each workspace, kept for as long as its sources stay the same."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from deskhand.domain.knowledge import Found, Passage, Source, Topic
from deskhand.ports.knowledge import PassageIndex, SourceRow
from deskhand.ports.stores import NotFound, Stores

MOST_KEPT = 200
"""Workspaces whose index is kept."""
PORTION = 1_000


@dataclass(slots=True)
class _Shelf:
    """The index of one workspace."""

    index: PassageIndex
    number: int = -1
    """Of its knowledge, when the index was brought up to date."""
    changes: int | None = None
    """Of the database, when the number was looked at."""
    revisions: dict[str, int] = field(default_factory=dict)
    renewing: asyncio.Lock = field(default_factory=asyncio.Lock)


class LookUp:
    """Searches what a workspace knows; fulfils `ports.knowledge.Knowledge`."""

    def __init__(self, stores: Stores, make_index: Callable[[], PassageIndex]) -> None:
        self._stores = stores
        self._make_index = make_index
        self._kept: OrderedDict[str, _Shelf] = OrderedDict()

    async def search(
        self, workspace: str, text: str, *, topic: str | None = None, language: str = "en", limit: int = 5
    ) -> list[Found]:
        """The passages that answer the text best, the best first."""
        shelf = self._shelf(workspace)
        await self._renew(workspace, shelf)
        if not shelf.revisions:
            return []
        return shelf.index.search(text, await self._sources(workspace, topic), language, limit)

    async def _sources(self, workspace: str, topic: str | None) -> frozenset[str] | None:
        """The sources of a topic; None for all of them."""
        if topic is None:
            return None
        try:
            row = await self._stores.settings.document(workspace, "topic", topic)
        except NotFound:
            return None
        return frozenset(Topic.model_validate_json(row.document).sources)

    def _shelf(self, workspace: str) -> _Shelf:
        shelf = self._kept.get(workspace)
        if shelf is None:
            shelf = self._kept[workspace] = _Shelf(self._make_index())
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(workspace)
        return shelf

    async def _renew(self, workspace: str, shelf: _Shelf) -> None:
        """Bring the index up to date: only sources that have changed are read anew."""
        if self._is_fresh(shelf):
            return
        async with shelf.renewing:
            if self._is_fresh(shelf):
                return
            changes = self._stores.conversations.changes
            number = await self._stores.knowledge.number(workspace)
            if number != shelf.number:
                await self._read(workspace, shelf)
            shelf.number, shelf.changes = number, changes

    def _is_fresh(self, shelf: _Shelf) -> bool:
        changes = self._stores.conversations.changes
        return changes is not None and shelf.changes == changes

    async def _read(self, workspace: str, shelf: _Shelf) -> None:
        rows = [row for row in await self._stores.knowledge.sources(workspace) if _is_on(row)]
        for slug in shelf.revisions.keys() - {row.slug for row in rows}:
            shelf.index.drop(slug)
            del shelf.revisions[slug]
        for row in rows:
            if shelf.revisions.get(row.slug) != row.revision:
                passages = await self._passages(workspace, row.slug)
                # thousands of passages take seconds, in which conversations go on
                analysed = await asyncio.to_thread(shelf.index.analyse, passages)
                shelf.index.put(row.slug, analysed)
                shelf.revisions[row.slug] = row.revision

    async def _passages(self, workspace: str, source: str) -> list[Passage]:
        found: list[Passage] = []
        while portion := await self._stores.knowledge.passages(
            workspace, source, found[-1].number if found else 0, PORTION
        ):
            found += portion
        return found


def _is_on(row: SourceRow) -> bool:
    return row.passages > 0 and Source.model_validate_json(row.document).enabled
