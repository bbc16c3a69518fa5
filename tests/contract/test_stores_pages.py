"""Lists come in pages, newest first; a cursor leads on, and nothing else passes for one."""

import pytest

from deskhand.ports.stores import BadCursor, Stores
from tests.contract.samples import WORKSPACE, fresh, turn


async def test_pages_lead_through_all_of_it_once(stores: Stores) -> None:
    made = [fresh("conv") for _ in range(7)]
    for conversation in made:
        await stores.conversations.commit(turn(conversation))
    seen: list[str] = []
    cursor: str | None = None
    for size in (3, 3, 1):
        page = await stores.conversations.page(WORKSPACE, cursor, limit=3)
        assert len(page.items) == size
        seen += [row.id for row in page.items]
        cursor = page.cursor
    assert cursor is None
    assert seen == made[::-1]


async def test_a_page_that_ends_with_the_list_leads_nowhere(stores: Stores) -> None:
    for _ in range(2):
        await stores.conversations.commit(turn(fresh("conv")))
    assert (await stores.conversations.page(WORKSPACE, limit=2)).cursor is None
    assert (await stores.conversations.page(WORKSPACE, limit=1)).cursor is not None


async def test_what_is_written_meanwhile_does_not_shift_the_pages(stores: Stores) -> None:
    first, second = fresh("conv"), fresh("conv")
    for conversation in (first, second):
        await stores.conversations.commit(turn(conversation))
    page = await stores.conversations.page(WORKSPACE, limit=1)
    await stores.conversations.commit(turn(fresh("conv")))
    assert [row.id for row in (await stores.conversations.page(WORKSPACE, page.cursor)).items] == [first]


@pytest.mark.parametrize("limit", [0, -5])
async def test_a_page_has_room_for_one_item_at_least(stores: Stores, limit: int) -> None:
    for _ in range(2):
        await stores.conversations.commit(turn(fresh("conv")))
    assert len((await stores.conversations.page(WORKSPACE, limit=limit)).items) == 1


@pytest.mark.parametrize("cursor", ["", "nonsense!", "AAAA", "\0", "é", "' OR 1=1", "A" * 5000])
async def test_what_is_no_cursor_is_refused(stores: Stores, cursor: str) -> None:
    lists = (
        stores.conversations.page, stores.conversations.runs, stores.conversations.approvals,
        stores.conversations.tickets, stores.conversations.leads, stores.conversations.audit, stores.mailbox.page,
    )  # fmt: skip
    for page in lists:
        with pytest.raises(BadCursor):
            await page(WORKSPACE, cursor=cursor)
