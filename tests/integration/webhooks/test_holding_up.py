"""A receiver that is slow, gone or confused holds nobody else up, and loses nothing."""

import asyncio
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import web

from deskhand.bootstrap import build
from deskhand.domain import events as e
from deskhand.domain.webhook import signature
from deskhand.ports.stores import StorageFailed, Taken
from deskhand.settings import Settings
from deskhand.worker.deliveries import AT_ONCE, AT_ONCE_EACH, Deliveries
from tests.integration.webhooks.receiving import Told

PATIENCE = 20.0
SAY = {"id": "say", "kind": "message", "text": "Hello!"}


async def until_seen(told: Told, path: str, count: int) -> None:
    """Wait until so many requests have come."""
    async with asyncio.timeout(PATIENCE):
        while len(told.receivers.at(path)) < count:  # noqa: ASYNC110 - the worker tells nobody
            await asyncio.sleep(0.005)


async def test_a_receiver_that_never_answers_holds_no_other_up(told: Told) -> None:
    told.receivers.held["/slow"] = asyncio.Event()
    await told.hook("slow", "/slow")
    await told.hook("quick", "/quick")
    for _ in range(AT_ONCE + 5):
        await told.ring("slow")
    working = asyncio.create_task(told.worker().run())
    try:
        await until_seen(told, "/slow", AT_ONCE_EACH)
        for number in range(1, 4):  # also what comes while the slow one still thinks
            await told.ring("quick")
            await until_seen(told, "/quick", number)
        assert len(told.receivers.at("/slow")) == AT_ONCE_EACH
        told.receivers.held["/slow"].set()
        await until_seen(told, "/slow", AT_ONCE + 5)
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
    assert len({one.id for one in told.receivers.at("/slow")}) == AT_ONCE + 5


async def test_more_than_fits_at_once_is_all_sent_and_each_once(told: Told) -> None:
    await told.hook()
    rung = [await told.ring() for _ in range(2 * AT_ONCE + 1)]

    assert await told.worker().send_due() == len(rung)
    assert sorted(one.id for one in told.receivers.seen) == sorted(rung)


async def test_an_error_is_tried_again_when_its_time_has_come_and_not_before(told: Told) -> None:
    secret = await told.hook()
    told.receivers.answers["/hook"] = web.Response(status=500)
    rung = await told.ring()
    assert await told.worker().send_due() == 1
    first = await told.delivery(rung)
    assert (first.status, first.attempts, first.last_status) == ("pending", 1, 500)
    assert first.due_at == told.clock.now() + 5000

    told.receivers.answers.clear()
    told.clock.advance(4.999)
    assert await told.worker().send_due() == 0
    told.clock.advance(0.001)
    assert await told.worker().send_due() == 1
    done = await told.delivery(rung)
    assert (done.status, done.attempts, done.last_status, done.last_problem) == ("delivered", 2, 200, None)

    one, two = told.receivers.seen
    assert one.id == two.id == rung
    assert one.body == two.body
    for seen in (one, two):  # each try is signed with its own time
        at = int(seen.headers["webhook-timestamp"])
        assert seen.headers["webhook-signature"] == signature(secret, rung, at, seen.body)
    assert one.headers["webhook-timestamp"] != two.headers["webhook-timestamp"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", ["/elsewhere", "http://127.0.0.1:1/other"])
async def test_no_redirect_counts_as_delivered(told: Told, status: int, target: str) -> None:
    await told.hook()
    told.receivers.answers["/hook"] = web.Response(status=status, headers={"Location": target})
    rung = await told.ring()
    await told.worker().send_due()

    row = await told.delivery(rung)
    assert (row.status, row.last_status) == ("pending", status)
    assert row.last_problem is not None
    assert "Redirects are not followed" in row.last_problem
    assert [one.path for one in told.receivers.seen] == ["/hook"]


@pytest.mark.parametrize("status", [200, 201, 204, 299])
async def test_any_success_counts_as_delivered(told: Told, status: int) -> None:
    await told.hook()
    told.receivers.answers["/hook"] = web.Response(status=status)
    rung = await told.ring()
    await told.worker().send_due()

    assert (await told.delivery(rung)).status == "delivered"


async def test_nobody_there_is_told_and_tried_again(told: Told) -> None:
    configuration = told.running.services.configuration
    await configuration.set_internal_hosts(told.workspace, ["127.0.0.1:1"], "test")
    await told.running.services.webhooks.put(told.workspace, "crm", "http://127.0.0.1:1/x", ["webhook.test"], "test")
    rung = await told.ring()
    await told.worker().send_due()

    row = await told.delivery(rung)
    assert (row.status, row.last_status) == ("pending", None)
    assert row.last_problem


async def test_what_was_sent_but_not_recorded_is_recorded_and_not_sent_again_meanwhile(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    await told.hook()
    rung = await told.ring()
    store, failures = told.running.services.stores.deliveries, [1, 2, 3]
    attempted = store.attempted

    async def full(*given: object, **named: object) -> None:
        if failures:
            failures.pop()
            raise StorageFailed("The disk is full.")
        await attempted(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "attempted", full)
    await told.worker().send_due()

    assert (await told.delivery(rung)).status == "delivered"
    assert len(told.receivers.seen) == 1
    assert len(told.clock.sleeps) == 3


async def test_a_secret_that_cannot_sign_concerns_its_webhook_alone(told: Told) -> None:
    await told.hook("broken", "/broken")
    await told.hook("fine", "/fine")
    await told.running.services.configuration.put_own_secret(told.workspace, "WEBHOOK_BROKEN", "é not base64", "test")
    broken, fine = await told.ring("broken"), await told.ring("fine")
    await told.worker().send_due()

    assert (await told.delivery(fine)).status == "delivered"
    row = await told.delivery(broken)
    assert row.status == "pending"
    assert row.last_problem
    assert "not base64" not in row.last_problem
    assert told.receivers.at("/broken") == []


# in the same commit


async def refuse_inserts(told: Told, table: str) -> sqlite3.Connection:
    """Let every commit that adds a row to a table fail, as a database does that breaks in the middle of it."""
    (_, _, file) = (await rows(told, "PRAGMA database_list"))[0]
    database = sqlite3.connect(file)
    database.execute(f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'broken'); END")
    database.commit()
    return database


async def rows(told: Told, sql: str) -> list[tuple[object, ...]]:
    store = told.running.services.stores.deliveries
    found: list[tuple[object, ...]] = await store._database.rows(sql)  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("table", ["deliveries", "entries"])
async def test_events_are_stored_with_what_they_tell_or_not_at_all(told: Told, table: str) -> None:
    await told.hook(events=["run.completed"])
    await told.publish("hello", SAY)
    made = await told.running.services.engine.open(told.workspace)
    database = await refuse_inserts(told, table)
    start = e.StartRequested(procedure="hello")
    with pytest.raises(Taken, match="broken"):
        await told.running.services.engine.handle(told.workspace, made.conversation, start)

    assert await rows(told, "SELECT count(*) FROM deliveries") == [(0,)]
    assert await rows(told, "SELECT count(*) FROM entries") == [(0,)]
    database.execute("DROP TRIGGER broken")
    database.commit()
    database.close()
    await told.running.services.engine.handle(told.workspace, made.conversation, start)
    assert [kind for kind, _ in await told.told()] == ["run.completed"]


def left_by_a_killed_process(folder: Path) -> Path:
    """The folder's files as they lie on disk at this moment."""
    copy = folder / "as-it-was"
    copy.mkdir()
    for file in [one for one in folder.iterdir() if one.is_file()]:
        shutil.copy(file, copy)
    return copy


async def test_what_was_committed_before_a_stop_is_sent_by_the_next_process(told: Told, tmp_path: Path) -> None:
    await told.hook(events=["run.completed"])
    await told.publish("hello", SAY)
    conversation = await told.start("hello")
    killed = left_by_a_killed_process(tmp_path)
    settings = Settings(data=killed, database_url=f"sqlite:///{killed / 'deskhand.db'}")
    again = await build(settings, clock=told.clock)
    assert await Deliveries(again.services, again.http).send_due() == 1
    await again.close()
    (seen,) = told.receivers.seen
    assert seen.told["data"]["conversation"] == conversation


# secrets


async def test_a_webhooks_secret_replaces_nobody_elses(told: Told) -> None:
    configuration, catalogues = told.running.services.configuration, told.running.services.catalogues
    await configuration.put_secret(told.workspace, "WEBHOOK_CRM", "used-by-an-action", "test")
    secret = await told.hook("crm")
    long = "a" * 60
    secrets = {slug: await told.hook(slug, f"/{slug[-1]}") for slug in (f"{long}-b", f"{long}-c")}

    assert await catalogues.stored_secret(told.workspace, "WEBHOOK_CRM") == "used-by-an-action"
    for slug, own in {"crm": secret, **secrets}.items():
        webhook = await told.running.services.webhooks.get(told.workspace, slug)
        assert await catalogues.stored_secret(told.workspace, webhook.secret) == own


async def test_removing_a_webhook_removes_its_secret_and_no_other(told: Told) -> None:
    configuration, stores = told.running.services.configuration, told.running.services.stores
    await told.hook("crm")
    await told.hook("erp")
    shared = {"base_url": "https://api.example", "auth": {"kind": "bearer", "secret": "WEBHOOK_ERP"}}
    await configuration.save_connection(told.workspace, "erp", shared, "test")
    for slug in ("crm", "erp"):
        await told.running.services.webhooks.remove(told.workspace, slug, "test")

    assert [name for name, _ in await stores.settings.secrets(told.workspace)] == ["WEBHOOK_ERP"]
