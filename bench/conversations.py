"""Lists of conversations and reports over many of them, through the API in process.

    python -m bench.conversations --url DATABASE [--count N] [--times N]

Makes that many conversations through the stores, each with its digest and the figures of a run, then asks for lists and
reports. Prints one line of JSON: milliseconds of each request, the median and the slowest.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2

from bench.measure import fresh_database
from deskhand.api.app import create_app
from deskhand.bootstrap import Running, build
from deskhand.domain.contact import Contact
from deskhand.domain.digest import CallFigures, Digest, Figures, Moment, RunFigures, StepFigures
from deskhand.domain.ids import derived_id
from deskhand.domain.state import Conversation
from deskhand.domain.stored import dump
from deskhand.ports.digests import Digested, Place, Standing
from deskhand.ports.turns import Entry, TurnCommit
from deskhand.settings import Settings

AT_ONCE = 500
DAYS = 90
STEPS = ("ask_order", "find_order", "check", "refund", "done")
LISTS = (
    "", "status=open", "status=resolved", "mode=member", "channel=slack", "agent=sales", "reaction=negative",
    "escalated=true", "waiting=approval", "tag=common", "tag=rare", "procedure=procedure-3",
    "procedure=procedure-3&tag=common", "tag=rare&status=resolved&reaction=negative",
    "channel=phone&reaction=positive&waiting=approval", "text=refund", "text=word77", "text=word77 word123",
    "text=refund&status=resolved&channel=phone", "text=word7", "text=nothinglikeit", "contact=customer77@example.com",
    "since=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z", "text=refund&tag=rare",
)  # fmt: skip
REPORTS = ("overview", "runs", "steps/procedure-3", "reactions", "escalations", "unanswered", "calls", "approvals",
           "procedures")  # fmt: skip

PROCEDURE = {
    "name": "Procedure 3",
    "trigger": {"description": "The customer asks for something that takes a few steps."},
    "steps": [{"id": "done", "kind": "message", "text": "Done."}],
}


class Making:
    """Makes conversations that are alike, and not too much so."""

    def __init__(self, workspace: str, until: int, count: int) -> None:
        self._workspace = workspace
        self._random = random.Random(7)
        self._until = until
        self._between = DAYS * 86_400_000 // count

    def one(self, number: int, count: int) -> tuple[TurnCommit, Digested]:
        pick = self._random
        at = self._until - (count - number) * self._between
        id, run = derived_id("conv", at, number), derived_id("run", at, number)
        contact = Contact(id=str(number), first_name="Customer", email=f"customer{number % 5000}@example.com")
        tags = tuple(tag for tag, share in (("common", 0.3), ("rare", 0.001)) if pick.random() < share)
        state = Conversation(
            id=id, channel=pick.choice(("widget", "widget", "api", "slack", "phone")), tags=tags, contact=contact,
            status="open" if pick.random() < 0.2 else "resolved", mode="member" if pick.random() < 0.05 else "agent",
            agent=pick.choice(("default", "default", "sales")),
        )  # fmt: skip
        entry = Entry(1, "said", at, json.dumps({"text": "I want a refund"}), "all", None, None)
        turn = TurnCommit(
            self._workspace, id, 0, 1, dump(state), state.status, state.mode, state.channel, at, entries=(entry,)
        )
        return turn, self._digested(state, run, at)

    def _digested(self, state: Conversation, run: str, at: int) -> Digested:
        pick = self._random
        slug = f"procedure-{min(int(pick.expovariate(0.3)), 19)}"
        words = {"refund"} if pick.random() < 0.5 else set()
        words |= {f"word{min(int(pick.paretovariate(0.4)), 20_000)}" for _ in range(40)}
        escalated = pick.random() < 0.06
        digest = Digest(
            seq=1, messages=8, first_text="I want a refund", last_text="Thank you", last_by="customer",
            last_at=at, reaction=pick.choice((None, None, None, "positive", "negative")), escalated=escalated,
            procedures=(slug,), words=" ".join(sorted(words)),
        )  # fmt: skip
        contact = state.contact or Contact()
        standing = Standing(
            1, state.status, state.mode, state.channel, state.agent, pick.choice((None, None, "customer", "approval")),
            False, "Customer", contact.email, state.tags, at, at,
        )  # fmt: skip
        figures = self._figures(slug, run, at, escalated, digest.reaction)
        return Digested(Place(self._workspace, state.id), standing, digest, figures, False)

    def _figures(self, slug: str, run: str, at: int, escalated: bool, reaction: str | None) -> Figures:
        pick = self._random
        reached = STEPS[: pick.randint(2, 5)]
        outcome = "escalated" if escalated else "completed" if len(reached) == 5 else "cancelled"
        moments = [Moment(1, "escalation", "handed_over", "", slug, at)] if escalated else []
        if reaction:
            moments.append(Moment(2, "reaction", reaction, "", slug, at))
        if pick.random() < 0.1:
            asked = f"where is my parcel {pick.randint(1, 400)}"
            moments.append(Moment(3, "unanswered", asked, asked, None, at))
        return Figures(
            [RunFigures(run, slug, 1, outcome, reached[-1], at, at + pick.randint(1_000, 600_000))],
            [StepFigures(run, step, slug, 1, at, 1, "left") for step in reached],
            [CallFigures(run, 1, "find-order", "call_http", slug, "succeeded", 200, pick.randint(20, 900), at)],
            [],
            moments,
        )


async def fill(running: Running, workspace: str, count: int) -> float:
    """Make the conversations; gives the seconds that it took."""
    begin = time.perf_counter()
    making = Making(workspace, running.services.clock.now(), count)
    stores = running.services.stores
    for first in range(0, count, AT_ONCE):
        made = [making.one(number, count) for number in range(first, min(first + AT_ONCE, count))]
        await asyncio.gather(*(stores.conversations.commit(turn) for turn, _ in made))
        await stores.digests.keep([replace(digested) for _, digested in made])
    return time.perf_counter() - begin


async def timed(client: httpx2.AsyncClient, path: str, times: int) -> dict[str, Any]:
    """Milliseconds of a request, and how many items it gave."""
    taken, answer = [], None
    for _ in range(times):
        begin = time.perf_counter()
        answer = await client.get(path)
        taken.append((time.perf_counter() - begin) * 1000)
        assert answer.status_code == 200, answer.text
    assert answer is not None
    found = {"median_ms": round(statistics.median(taken), 1), "slowest_ms": round(max(taken), 1)}
    items = answer.json().get("items")
    return found if items is None else {**found, "items": len(items)}


async def run(url: str, count: int, times: int) -> dict[str, Any]:
    """Everything for one database."""
    with tempfile.TemporaryDirectory() as data:
        async with fresh_database(url):
            running = await build(Settings(data=Path(data), database_url=url))
            try:
                setup = running.services.configuration
                workspace = (await setup.create_workspace("bench")).id
                key = (await setup.create_key(workspace, "bench", "owner", "bench"))[1]
                await running.services.authoring.create(workspace, PROCEDURE, "bench")
                took = await fill(running, workspace, count)
                await running.services.digesting.walk()
                transport = httpx2.ASGITransport(app=create_app(running.services))
                headers = {"authorization": f"Bearer {key}"}
                async with httpx2.AsyncClient(
                    transport=transport, base_url="http://127.0.0.1:8000", headers=headers, timeout=60
                ) as client:
                    lists = {
                        query or "all": await timed(client, f"/v1/conversations?{query}", times) for query in LISTS
                    }
                    counts = {
                        query or "all": await timed(client, f"/v1/conversations/count?{query}", times)
                        for query in LISTS
                    }
                    reports = {
                        name: await timed(client, f"/v1/reports/{name}?zone=Europe/Berlin", times) for name in REPORTS
                    }
            finally:
                await running.close()
    return {
        "backend": url.partition(":")[0], "conversations": count, "filled_s": round(took, 1),
        "slowest_median_ms": max(one["median_ms"] for one in lists.values()),
        "lists": lists, "counts": counts, "reports": reports,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--url", required=True, help="sqlite:///path or postgresql://...; its content is thrown away")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=7)
    wanted = parser.parse_args()
    print(json.dumps(asyncio.run(run(wanted.url, wanted.count, wanted.times))))


if __name__ == "__main__":
    main()
