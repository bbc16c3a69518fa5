"""A workspace with a refund procedure, the outside world, the server under test, and a look into its database."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, TCPConnector

from deskhand.adapters.sql import open_stores
from deskhand.bootstrap import build
from deskhand.domain.documents import parse_yaml
from deskhand.domain.requests import Connection
from deskhand.ports.stores import Stores
from deskhand.settings import Settings
from tests.crash.backend import Backend, Request, outside
from tests.crash.client import Client
from tests.crash.customer import Customer
from tests.crash.kills import Kill
from tests.crash.process import DEADLINE, Forked, Server
from tests.crash.truth import Facts, assert_finished, assert_nothing_false, facts

PROCEDURE = Path(__file__).parent / "refund.yaml"
KILLED = -signal.SIGKILL


@dataclass
class World:
    """Everything that a crash test needs."""

    settings: Settings
    workspace: str
    backend: Backend
    server: Server
    client: Client
    customers: list[Customer] = field(default_factory=list)

    def customer(self, *, hurry: bool = False, wait: int = 10) -> Customer:
        """Somebody with an order of their own.

        hurry: writes while others decide. wait: seconds that a request waits for what it set going.
        """
        order, mailbox = f"A{1001 + len(self.customers)}", self.settings.smtp_url is None
        customer = Customer(self.client, self.backend, order, hurry=hurry, mailbox=mailbox, wait=wait)
        self.customers.append(customer)
        return customer

    # lives and deaths of the server

    async def survive(self, kills: Sequence[Kill]) -> None:
        """Serve, be killed like this, serve again, and so on; then serve unharmed."""
        for kill in kills:
            await self.die(kill)
        await self.server.start()

    async def die(self, kill: Kill) -> None:
        """One life of the server: it ends where the kill says, and leaves nothing false behind."""
        if kill.when in ("before", "after"):
            await self.server.start(kill)
            code = await self.server.end()
            assert code == KILLED, f"it ended with {code} instead of being killed; it said:\n{self.server.said()}"
        else:
            hold = self.backend.hold(kill.act, happens=kill.when == "during", nth=kill.nth)
            await self.server.start()
            async with asyncio.timeout(DEADLINE):
                await hold.reached.wait()
            await self.kill()
            hold.released.set()
        await self.check()

    async def kill(self) -> None:
        """End the server from outside."""
        self.server.signal(signal.SIGKILL)
        assert await self.server.end() == KILLED

    # what is true

    async def check(self) -> list[Facts]:
        """Look into the database while nobody serves: whatever it says is true."""
        async with self.stores() as stores:
            found = await facts(stores, self.workspace)
            if self.settings.smtp_url is None:
                mails = (await stores.mailbox.page(self.workspace, limit=200)).items
                self.backend.requests = [one for one in self.backend.requests if one.kind != "MAIL"]
                self.backend.requests += [Request("MAIL", mail.subject.split()[-1], mail.id, True) for mail in mails]
        assert_nothing_false(found, self.backend)
        return found

    async def check_finished(self) -> dict[str, Facts]:
        """Every customer got everything once, and nothing is left to do; gives what is stored, by order."""
        found = {one.row.id: one for one in await self.check()}
        async with self.stores() as stores:
            tickets = await _all_tickets(stores, self.workspace)
            assert await stores.conversations.unfinished() == []
            assert await stores.conversations.next_due() is None
        assert len({ticket.number for ticket in tickets}) == len(tickets) == len(self.customers) == len(found)
        for customer in self.customers:
            one = found[customer.conversation]
            assert {entry.event_id for entry in one.entries if entry.kind == "said"} == customer.said
            assert_finished(one, customer.order, self.backend, tickets)
            for kind, step in (("POST", "refund"), ("MAIL", "mail")):
                retries = customer.decisions.count(f"{step}: retry")
                assert len(self.backend.seen(kind, customer.order)) <= 1 + retries, f"the machine repeated a {kind}"
        return {customer.order: found[customer.conversation] for customer in self.customers}

    @asynccontextmanager
    async def stores(self) -> AsyncIterator[Stores]:
        """The database, opened from here; only while no server has it."""
        stores = await open_stores(self.settings.database)
        try:
            yield stores
        finally:
            await stores.close()


async def _all_tickets(stores: Stores, workspace: str) -> list[Any]:
    page = await stores.conversations.tickets(workspace, limit=200)
    found = list(page.items)
    while page.cursor:
        page = await stores.conversations.tickets(workspace, page.cursor, limit=200)
        found += page.items
    return found


@asynccontextmanager
async def world(
    database_url: str,
    folder: Path,
    *,
    serving: Callable[[Settings], Server] = Forked,
    smtp: bool = True,
    expires_hours: float | None = None,
) -> AsyncIterator[World]:
    """A world in which the server is not started yet.

    smtp: e-mail goes to a mail server, else into the local mailbox. expires_hours: so long the refund's approval waits.
    """
    async with outside() as backend:
        settings = Settings(data=folder, database_url=database_url, mail_from="shop@example.com")
        workspace, key = await _set_up(settings, backend, expires_hours)
        settings = replace(settings, smtp_url=backend.smtp if smtp else None)
        server = serving(settings)
        try:
            async with ClientSession(connector=TCPConnector(limit=0)) as session:
                yield World(settings, workspace, backend, server, Client(session, server.address, key))
        finally:
            await server.close()


async def _set_up(settings: Settings, backend: Backend, expires_hours: float | None) -> tuple[str, str]:
    running = await build(settings)
    services = running.services
    try:
        workspace = (await services.configuration.create_workspace("Shop")).id
        await services.configuration.set_internal_hosts(workspace, [backend.host], "test")
        shop = Connection(slug="shop", base_url=f"http://{backend.host}")
        await services.configuration.put_connection(workspace, shop, "test")
        row = await services.authoring.create(workspace, _procedure(expires_hours), "test")
        await services.authoring.publish(workspace, row.slug, "test")
        _, key = await services.configuration.create_key(workspace, "member", "owner", "test")
    finally:
        await running.close()
    return workspace, key


def _procedure(expires_hours: float | None) -> dict[str, Any]:
    document: dict[str, Any] = parse_yaml(PROCEDURE.read_text())
    if expires_hours is not None:
        step = next(step for step in document["steps"] if step["id"] == "refund")
        step["expires_hours"] = expires_hours
    return document
