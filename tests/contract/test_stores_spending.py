"""What was spent on models adds up by day, on each backend."""

import asyncio

from deskhand.domain.language_model import Spent
from deskhand.ports.stores import SpendingRow, Stores
from tests.contract.samples import OTHER, WORKSPACE


async def test_calls_of_a_day_add_up(stores: Stores) -> None:
    await stores.spending.add(WORKSPACE, "2026-03-02", "default", 500, 1200, 100)
    await stores.spending.add(WORKSPACE, "2026-03-02", "default", 250, 600, 50)
    await stores.spending.add(WORKSPACE, "2026-03-03", "default", 1, 2, 3)
    await stores.spending.add(WORKSPACE, "2026-03-02", "large", 7, 8, 9)

    assert await stores.spending.spent(WORKSPACE, "2026-03-02", "default") == Spent(cost=750, tokens=1950)
    assert await stores.spending.days(WORKSPACE) == [
        SpendingRow("2026-03-03", "default", 1, 2, 3, 1),
        SpendingRow("2026-03-02", "default", 750, 1800, 150, 2),
        SpendingRow("2026-03-02", "large", 7, 8, 9, 1),
    ]
    assert await stores.spending.days(WORKSPACE, "2026-03-03", "default") == [
        SpendingRow("2026-03-03", "default", 1, 2, 3, 1)
    ]


async def test_a_model_that_was_never_asked_has_cost_nothing(stores: Stores) -> None:
    assert await stores.spending.spent(WORKSPACE, "2026-03-02", "default") == Spent()
    assert await stores.spending.days(WORKSPACE) == []


async def test_calls_at_the_same_time_all_count(stores: Stores) -> None:
    add = stores.spending.add
    await asyncio.gather(*(add(WORKSPACE, "2026-03-02", "default", 1, 10, 1) for _ in range(25)))

    assert await stores.spending.spent(WORKSPACE, "2026-03-02", "default") == Spent(cost=25, tokens=275)


async def test_another_workspace_has_its_own_account(stores: Stores) -> None:
    await stores.spending.add(WORKSPACE, "2026-03-02", "default", 500, 1200, 100)

    assert await stores.spending.spent(OTHER, "2026-03-02", "default") == Spent()
    assert await stores.spending.days(OTHER) == []
