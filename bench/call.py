"""What an action costs beside a bare call of the same HTTP client: `python -m bench.call`, one line of JSON.

Both sides send the same GET request to the same API through the guarded edge, in turns, in one process, 1 and 64 at
once: the bare side with a ready request, whose answer it parses; ours from the action's document (templates,
credential, guard, answer read, scrubbed and judged). `transformer_ms` is what a script over the answer adds. A
writing action is used in conversations: `write_commits` says how many commits each took, `write_ms` how long,
`commit_ms` what one durable commit takes on this machine, and `bare_ms` a bare call. Figures are medians of the
rounds.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bench.order_api import order_api
from deskhand.application.ids import fresh_id
from deskhand.bootstrap import Running, build
from deskhand.domain import effects as f
from deskhand.domain import events as e
from deskhand.domain.actions import HttpAction
from deskhand.domain.agent import Agent
from deskhand.domain.events import EffectSucceeded
from deskhand.domain.requests import Connection, HttpRequest
from deskhand.domain.templates import Scope
from deskhand.domain.variables import Variable
from deskhand.ports.http import OutwardRequest
from deskhand.settings import Settings

SCRIPT = "function transform(response) { return {total: response.total * 2, ok: response.refundable}; }"
ORDER = Variable(name="order_id")


class Sides:
    """The bare side and ours, in one workspace."""

    def __init__(self, running: Running, workspace: str, host: str) -> None:
        self.running, self.workspace, self.host = running, workspace, host
        self.allowed = frozenset([host])
        self.number = 0
        """Of the catalogue, which a turn reads with its conversation's row."""
        request = HttpRequest(connection="api", url="/orders/{{order_id}}")
        self.action = HttpAction(
            slug="find-order", name="Find an order", description="Reads an order.", variables=[ORDER], request=request
        )

    async def bare(self, number: int) -> None:
        headers = {"Authorization": "Bearer not-a-secret"}
        request = OutwardRequest("GET", f"http://{self.host}/orders/A{number}", headers, idempotent=True)
        answer = await self.running.http.send(self.workspace, request, self.allowed)
        assert answer.status == 200
        json.loads(answer.body)

    async def ours(self, number: int, transform: str | None = None) -> None:
        services = self.running.services
        snapshot = await services.catalogues.at(self.workspace, self.number)
        act = self.action.act(Scope({"order_id": f"A{number}"}, {"order_id": "text"}), snapshot.connections)
        if transform:
            handling = f.Handling(transform=transform, context={})
            act = act.model_copy(update={"handling": handling})
        run = fresh_id("run", services.clock)
        wanted = f.Perform(run=run, seq=1, step="use", key=run[4:], act=act)
        performed = await services.performer.perform(self.workspace, wanted, snapshot)
        assert isinstance(performed.result, EffectSucceeded), performed

    async def transformed(self, number: int) -> None:
        await self.ours(number, SCRIPT)

    async def writing(self, conversation: str) -> None:
        engine = self.running.services.engine
        event = e.ActionRequested(action="open-ticket", arguments={"order_id": "A1"})
        await engine.handle(self.workspace, conversation, event)
        await engine.settle(self.workspace, conversation)


async def seconds(work: Callable[[int], Awaitable[None]], calls: int, at_once: int) -> float:
    """Seconds of one call, with so many under way."""
    numbers = iter(range(calls))

    async def customer() -> None:
        for number in numbers:
            await work(number)

    began = time.perf_counter()
    await asyncio.gather(*(customer() for _ in range(at_once)))
    return (time.perf_counter() - began) / calls


async def ratio(sides: Sides, at_once: int, calls: int, rounds: int) -> float:
    """Ours through bare, the median of rounds in which both had their turn."""
    found = []
    for _ in range(rounds):
        bare = await seconds(sides.bare, calls, at_once)
        found.append(await seconds(sides.ours, calls, at_once) / bare)
    return statistics.median(found)


async def writes(sides: Sides, calls: int) -> dict[str, float]:
    """Writing actions, one after the other, each in a conversation of its own."""
    services = sides.running.services
    commits, took = [], []
    for _ in range(calls):
        made = (await services.engine.open(sides.workspace)).conversation
        before = (await services.stores.conversations.get(sides.workspace, made)).version
        began = time.perf_counter()
        await sides.writing(made)
        took.append(time.perf_counter() - began)
        commits.append((await services.stores.conversations.get(sides.workspace, made)).version - before)
    one = []
    for _ in range(calls):
        began = time.perf_counter()
        await services.engine.open(sides.workspace)
        one.append(time.perf_counter() - began)
    return {
        "write_commits": statistics.median(commits),
        "write_ms": round(statistics.median(took) * 1000, 2),
        "commit_ms": round(statistics.median(one) * 1000, 2),
    }


async def set_up(running: Running, host: str) -> Sides:
    """A workspace with a connection, a writing action, and an agent that may use it."""
    configuration = running.services.configuration
    workspace = (await configuration.create_workspace("Bench")).id
    await configuration.set_internal_hosts(workspace, [host], "bench")
    await configuration.put_secret(workspace, "API_TOKEN", "not-a-secret", "bench")
    auth: Any = {"kind": "bearer", "secret": "API_TOKEN"}
    await configuration.put_connection(workspace, Connection(slug="api", base_url=f"http://{host}", auth=auth), "bench")
    request = HttpRequest(connection="api", url="/tickets", method="POST", body='{"order_id": "{{order_id}}"}')
    ticket = HttpAction(
        slug="open-ticket", name="Open a ticket", description="Opens a ticket.", variables=[ORDER], request=request
    )
    await configuration.put_action(workspace, ticket, "bench")
    await configuration.put_agent(workspace, Agent(slug="default", name="Sam", actions=[ticket.slug]), "bench")
    sides = Sides(running, workspace, host)
    sides.number = await running.services.stores.conversations.catalogue(workspace)
    return sides


async def measure(calls: int, rounds: int) -> dict[str, float]:
    """Everything, in one process and one database."""
    with order_api() as host, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        running = await build(Settings(data=Path(folder)))
        sides = await set_up(running, host)
        for work in (sides.bare, sides.ours, sides.transformed):
            await seconds(work, 50, 8)
        bare = statistics.median([await seconds(sides.bare, calls, 1) for _ in range(rounds)])
        plain = statistics.median([await seconds(sides.ours, calls, 1) for _ in range(rounds)])
        scripted = statistics.median([await seconds(sides.transformed, calls, 1) for _ in range(rounds)])
        found = {
            "ratio_1": round(await ratio(sides, 1, calls, rounds), 2),
            "ratio_64": round(await ratio(sides, 64, calls * 4, rounds), 2),
            "transformer_ms": round((scripted - plain) * 1000, 2),
            **await writes(sides, 100),
            "bare_ms": round(bare * 1000, 2),
        }
        await running.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    print(json.dumps(asyncio.run(measure(asked.calls, asked.rounds))))


if __name__ == "__main__":
    main()
