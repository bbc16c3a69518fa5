"""Somebody steps in while a call is under way, and then the server dies over it."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from tests.crash.customer import Customer
from tests.crash.process import DEADLINE
from tests.crash.truth import Facts
from tests.crash.world import World, world


@pytest.mark.parametrize(("kind", "asked"), [("POST", ["refund: happened"]), ("PUT", [])])
async def test_a_call_during_a_take_over_survives_and_goes_on_when_handed_back(
    kind: str, asked: list[str], sqlite_url: str, tmp_path: Path
) -> None:
    async with asyncio.timeout(DEADLINE), world(sqlite_url, tmp_path) as here:
        customer = await _until_a_call_is_under_way(here, kind)
        await _post(here, customer, "take-over")
        await here.kill()
        await here.server.start()
        await _nothing_is_sent(here, customer)
        assert (await customer.look())["runs"][-1]["waiting"] == "effect"
        assert here.backend.seen("MAIL", customer.order) == []
        await _post(here, customer, "hand-back")
        await customer.finish()
        await here.kill()
        await here.check_finished()
        assert customer.decisions == asked


async def test_an_irreversible_call_of_a_cancelled_run_is_not_sent_again(sqlite_url: str, tmp_path: Path) -> None:
    async with asyncio.timeout(DEADLINE), world(sqlite_url, tmp_path) as here:
        stored, customer = await _cancelled_during(here, "POST")
        assert {effect.step: effect.status for effect in stored.effects}["refund"] == "unknown"
        assert len(here.backend.seen("POST", customer.order)) == 1
        assert [body["step"] for body in stored.bodies("notified")] == ["refund"]


async def test_a_repeatable_call_of_a_cancelled_run_is_repeated_with_its_key(sqlite_url: str, tmp_path: Path) -> None:
    async with asyncio.timeout(DEADLINE), world(sqlite_url, tmp_path) as here:
        stored, customer = await _cancelled_during(here, "PUT")
        statuses = {effect.step: effect.status for effect in stored.effects}
        assert statuses == {"look_up": "succeeded", "refund": "succeeded", "mark": "succeeded"}
        first, again = here.backend.seen("PUT", customer.order)
        assert first.key == again.key


async def _cancelled_during(here: World, kind: str) -> tuple[Facts, Customer]:
    customer = await _until_a_call_is_under_way(here, kind)
    await customer.say("cancel", "cancel", wait=0)
    await here.kill()
    await here.server.start()
    await _nothing_is_sent(here, customer)
    await here.kill()
    [stored] = await here.check()
    assert [run.status for run in stored.runs] == ["cancelled"]
    assert {entry.event_id for entry in stored.entries if entry.kind == "said"} == customer.said
    return stored, customer


async def _until_a_call_is_under_way(here: World, kind: str) -> Customer:
    hold = here.backend.hold(kind)
    customer = here.customer(wait=0)
    await here.server.start()
    running = asyncio.create_task(customer.run())
    await hold.reached.wait()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    return customer


async def _post(here: World, customer: Customer, what: str) -> None:
    await here.client.post(f"/v1/conversations/{customer.conversation}/{what}?wait=0", {"event_id": what})


async def _nothing_is_sent(here: World, customer: Customer) -> None:
    """Wait until the journal knows what became of everything that was sent."""
    [run] = (await here.client.get(f"/v1/runs?conversation={customer.conversation}"))["items"]
    await here.client.until(
        f"/v1/runs/{run['id']}", lambda shown: "sent" not in [act["status"] for act in shown["acts"]]
    )
