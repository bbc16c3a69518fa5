"""What is kept of webhooks, and for how long."""

import pytest
from aiohttp import web

from deskhand.worker.pruning import Pruning
from tests.integration.webhooks.receiving import Told


@pytest.mark.parametrize("log_days", [0, 1, 30])
async def test_what_was_delivered_is_kept_for_a_week_and_what_was_not_for_good(told: Told, log_days: int) -> None:
    await told.hook("fine", "/fine")
    await told.hook("gone", "/gone")
    told.receivers.answers["/gone"] = web.Response(status=410)
    dead, delivered = await told.ring("gone"), await told.ring("fine")
    await told.worker().send_due()
    waiting = await told.ring("fine")
    pruning = Pruning(told.running.services, log_days)

    told.clock.advance(days=7)
    assert await pruning.prune() == 0
    told.clock.advance(seconds=0.001)
    assert await pruning.prune() == 1
    assert {one.id for one in await told.deliveries()} == {dead, waiting}
    assert delivered not in {one.id for one in await told.deliveries()}
    told.clock.advance(days=1000)
    assert await pruning.prune() == 0


async def test_a_dead_delivery_can_be_sent_again_after_a_long_time(told: Told) -> None:
    await told.hook()
    told.receivers.answers["/hook"] = web.Response(status=500)
    rung = await told.ring()
    for _ in range(20):
        await told.worker().send_due()
        told.clock.advance(hours=6)
    dead = await told.delivery(rung)
    assert dead.status == "dead"

    told.clock.advance(days=100)
    await Pruning(told.running.services, 30).prune()
    told.receivers.answers.clear()
    await told.running.services.webhooks.resend(told.workspace, rung)
    assert await told.worker().send_due() == 1
    assert (await told.delivery(rung)).status == "delivered"
    assert {one.id for one in told.receivers.seen} == {rung}
