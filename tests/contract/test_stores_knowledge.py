"""Sources and their passages."""

from dataclasses import replace

import pytest

from deskhand.domain.knowledge import Passage
from deskhand.ports.knowledge import Crawled, SourceRow
from deskhand.ports.stores import NotFound, Stores
from tests.contract.samples import NOW, OTHER, WORKSPACE, audit_row

ROW = SourceRow("returns", '{"slug":"returns"}', "ready", None, 0, 0, NOW, content="Grüße 👋")


def passages(count: int, source: str = "returns") -> list[Passage]:
    return [Passage(source=source, number=at, title="Returns", text=f"Text {at} 👋") for at in range(1, count + 1)]


async def put(stores: Stores, slug: str = "returns", count: int = 3, workspace: str = WORKSPACE, **fields) -> None:
    row = replace(ROW, slug=slug, **fields)
    await stores.knowledge.put(workspace, row, passages(count, slug), audit_row())


async def test_a_source_comes_back_with_its_passages_in_order(stores: Stores) -> None:
    await put(stores, count=250)

    found = await stores.knowledge.source(WORKSPACE, "returns")
    assert found == replace(ROW, revision=1, passages=250)
    assert await stores.knowledge.passages(WORKSPACE, "returns") == passages(250)
    assert await stores.knowledge.passages(WORKSPACE, "returns", after=248) == passages(250)[248:]
    assert await stores.knowledge.passages(WORKSPACE, "returns", after=1, limit=2) == passages(3)[1:]
    assert await stores.knowledge.passage_count(WORKSPACE) == 250


async def test_lists_are_in_order_and_leave_contents_out(stores: Stores) -> None:
    for slug in ("b", "a-b", "a"):
        await put(stores, slug)

    listed = await stores.knowledge.sources(WORKSPACE)
    assert [row.slug for row in listed] == ["a", "a-b", "b"]
    assert {row.content for row in listed} == {None}


async def test_every_change_has_a_number_and_gives_a_revision_of_its_own(stores: Stores) -> None:
    assert await stores.knowledge.number(WORKSPACE) == 0
    await put(stores)
    first = await stores.knowledge.source(WORKSPACE, "returns")
    await stores.knowledge.remove(WORKSPACE, "returns", audit_row())
    await put(stores)
    again = await stores.knowledge.source(WORKSPACE, "returns")
    assert first.revision < again.revision == await stores.knowledge.number(WORKSPACE)
    assert await stores.knowledge.number(OTHER) == 0


async def test_passages_stay_where_none_are_given_and_go_where_others_are(stores: Stores) -> None:
    await put(stores, count=5)
    await stores.knowledge.put(WORKSPACE, replace(ROW, state="failed"), None, audit_row())
    assert (await stores.knowledge.source(WORKSPACE, "returns")).passages == 5
    assert len(await stores.knowledge.passages(WORKSPACE, "returns")) == 5
    await put(stores, count=2)
    assert await stores.knowledge.passages(WORKSPACE, "returns") == passages(2)


async def test_what_became_of_a_crawl_is_stored_unless_the_source_has_changed(stores: Stores) -> None:
    await put(stores, crawl_at=NOW)
    row = await stores.knowledge.source(WORKSPACE, "returns")
    how = Crawled("ready", None, NOW + 5, NOW + 99, '{"etag":"x"}', passages(4))

    assert await stores.knowledge.crawled(WORKSPACE, "returns", row.revision, how)
    after = await stores.knowledge.source(WORKSPACE, "returns")
    assert (after.state, after.crawled_at, after.crawl_at, after.validators) == (
        "ready",
        NOW + 5,
        NOW + 99,
        how.validators,
    )
    assert (after.passages, after.revision > row.revision) == (4, True)
    late = Crawled("failed", "Too late.", NOW + 6, None, None, [])
    assert not await stores.knowledge.crawled(WORKSPACE, "returns", row.revision, late)
    assert await stores.knowledge.source(WORKSPACE, "returns") == after
    kept = Crawled("failed", "It is down.", NOW + 7, None, None, None)
    assert await stores.knowledge.crawled(WORKSPACE, "returns", after.revision, kept)
    down = await stores.knowledge.source(WORKSPACE, "returns")
    assert (down.problem, down.passages, down.revision) == ("It is down.", 4, after.revision)


async def test_pages_are_due_in_the_order_of_their_time(stores: Stores) -> None:
    assert await stores.knowledge.next_due() is None
    await put(stores, "later", crawl_at=NOW + 10)
    await put(stores, "never")
    await put(stores, "soon", workspace=OTHER, crawl_at=NOW)

    assert await stores.knowledge.next_due() == NOW
    assert await stores.knowledge.due(NOW + 9) == [(OTHER, "soon")]
    assert await stores.knowledge.due(NOW + 10) == [(OTHER, "soon"), (WORKSPACE, "later")]
    assert await stores.knowledge.due(NOW + 10, limit=1) == [(OTHER, "soon")]
    await stores.knowledge.begin_crawl(WORKSPACE, "never", NOW - 1, audit_row())
    assert await stores.knowledge.due(NOW - 1) == [(WORKSPACE, "never")]
    assert (await stores.knowledge.source(WORKSPACE, "never")).state == "fetching"


async def test_workspaces_keep_their_sources_apart(stores: Stores) -> None:
    await put(stores)
    await put(stores, workspace=OTHER, count=1)

    await stores.knowledge.remove(OTHER, "returns", audit_row())
    assert await stores.knowledge.sources(OTHER) == []
    assert await stores.knowledge.passages(OTHER, "returns") == []
    assert len(await stores.knowledge.passages(WORKSPACE, "returns")) == 3


async def test_what_is_not_there_is_not_found(stores: Stores) -> None:
    with pytest.raises(NotFound):
        await stores.knowledge.source(WORKSPACE, "nothing")
    with pytest.raises(NotFound):
        await stores.knowledge.remove(WORKSPACE, "nothing", audit_row())
    with pytest.raises(NotFound):
        await stores.knowledge.begin_crawl(WORKSPACE, "nothing", NOW, audit_row())
    how = Crawled("ready", None, NOW, None, None, [])
    assert not await stores.knowledge.crawled(WORKSPACE, "nothing", 1, how)
    assert (await stores.conversations.audit(WORKSPACE)).items == []
