"""A shop's policy enforced by the engine: `python -m bench.retail --server FILE --golden FILE… [--gates FILE]`.

Starts the server, imports its OpenAPI description, fills the token in, declares the policy, and replays every recorded
task through the actions, as an agent would use them. A task is equal if the shop's data end up with the recorded hash.
A gate case is one call that the policy forbids, made after its task's earlier writes; or a control, which it allows.
Prints one line of JSON.
"""

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2

from deskhand.bootstrap import Running, build
from deskhand.domain import events as e
from deskhand.domain.actions import AnyAction, read_action
from deskhand.domain.agent import Agent
from deskhand.domain.authentication import secrets_of
from deskhand.domain.errors import RuleError
from deskhand.domain.state import Conversation, ForConfirmation
from deskhand.domain.stored import load
from deskhand.settings import Settings

TOKEN = "demo-token"
VERIFYING = ("find-user-id-by-email", "find-user-id-by-name-zip")
WRITING = re.compile(r"(cancel|modify|return|exchange)-")
PATIENCE = 60.0


def with_policy(action: AnyAction) -> AnyAction:
    """The action as the shop's policy wants it: who may use it, on what, and with whose yes."""
    document: dict[str, Any] = action.model_dump()
    names = {variable.name for variable in action.variables}
    verified = {"kind": "succeeded", "actions": list(VERIFYING)}
    rules: list[dict[str, Any]] = []
    if action.slug in VERIFYING:
        document["identity"] = "user_id"
    elif "order_id" in names:
        whose = {"variable": "fetched.user_id", "operator": "equals", "value": "{{identity}}"}
        rules = [verified, {"kind": "holds", "fetch": "get-order-details", "conditions": [whose]}]
    elif "user_id" in names:
        whose = {"variable": "user_id", "operator": "equals", "value": "{{identity}}"}
        rules = [verified, {"kind": "holds", "conditions": [whose]}]
    if WRITING.match(action.slug):
        told = ", ".join(f"{name}: {{{{{name}}}}}" for name in sorted(names))
        document["confirm"] = f"{action.name} – {told}."
    for variable in document["variables"]:
        variable["allow_empty"] = variable["name"] == "address2"  # a second line of an address need not be there
    document["preconditions"] = rules
    document["messages"] = {"error": 'That did not work: {{response | default("no reason was given")}}'}
    return read_action(document)


@dataclass
class Shop:
    """A Deskhand with the shop's actions, and the shop."""

    running: Running
    workspace: str
    http: httpx2.AsyncClient
    slugs: dict[str, str] = field(default_factory=dict)
    calls: int = 0
    seconds: float = 0.0

    async def hash(self) -> str:
        return str((await self.http.get("/_test/hash")).json()["sha256"])

    async def done(self, tool: str) -> int:
        """How often the shop has carried a write out."""
        return int((await self.http.get("/_test/calls")).json()["effects"].get(tool, 0))

    async def reset(self) -> None:
        (await self.http.post("/_test/reset")).raise_for_status()

    async def open(self) -> str:
        return (await self.running.services.engine.open(self.workspace)).conversation

    async def state(self, conversation: str) -> Conversation:
        row = await self.running.services.stores.conversations.get(self.workspace, conversation)
        return load(Conversation, row.state)

    async def event(self, conversation: str, event: e.Event) -> bool:
        """Whether the event was taken; afterwards nothing is under way."""
        began = time.perf_counter()
        engine = self.running.services.engine
        try:
            await engine.handle(self.workspace, conversation, event)
            assert await engine.settle(self.workspace, conversation, PATIENCE)
        except RuleError:
            return False
        finally:
            self.seconds += time.perf_counter() - began
        return True

    async def ask(self, conversation: str, tool: str, arguments: dict[str, Any]) -> str | None:
        """Ask for an action; gives the question where the customer is asked for a yes."""
        if tool not in self.slugs:
            return None  # a tool that reaches nothing, such as one to think with: the shop does not describe it
        self.calls += 1
        await self.event(conversation, e.ActionRequested(action=self.slugs[tool], arguments=arguments))
        top = (await self.state(conversation)).top
        return top.question if top is not None and isinstance(top.waiting, ForConfirmation) else None

    async def answer(self, conversation: str, question: str, choice: str) -> bool:
        return await self.event(conversation, e.Clicked(question=question, choice=choice))

    async def use(self, conversation: str, tool: str, arguments: dict[str, Any]) -> None:
        """Use an action, and say yes where that is asked for."""
        question = await self.ask(conversation, tool, arguments)
        if question is not None:
            await self.answer(conversation, question, "yes")

    async def identify(self, conversation: str, known: str | dict[str, Any] | None) -> None:
        """By e-mail address, or by name and zip code."""
        if isinstance(known, dict):
            by_email = "email" in known
            await self.use(conversation, f"find_user_id_by_{'email' if by_email else 'name_zip'}", known)
        elif known is not None:
            await self.use(conversation, "find_user_id_by_email", {"email": known})


def look_ups(task: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The identifying look-ups that a recording lacks, from what the task says of its customer, until one succeeds."""
    text = task.get("instruction") or json.dumps(task["user_scenario"])
    emails = re.findall(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", text)
    if emails:
        return [("find_user_id_by_email", {"email": email}) for email in emails]
    name = re.search(r"(?:[Nn]ame is|[Yy]ou are|[Yy]ou're) ([A-Z][\w'-]+) ([A-Z][\w'-]+)", text)
    if name is None:  # the customer is told by an id, which is made of the name
        name = re.search(r"\b([a-z]+)_([a-z]+)_\d{4}\b", text)
    assert name, text
    first, last = (part.capitalize() for part in name.groups())
    return [
        ("find_user_id_by_name_zip", {"first_name": first, "last_name": last, "zip": code})
        for code in re.findall(r"\b\d{5}\b", text)
    ]


async def replay(shop: Shop, task: dict[str, Any], before: int | None = None, writes_only: bool = False) -> None:
    """All recorded calls of a task, or those before a step, in one conversation."""
    conversation = await shop.open()
    steps = task["steps"][:before]
    if writes_only:
        steps = [step for step in steps if step["type"] == "write"]
    if not any(step["tool"].startswith("find_user") and step["ok"] for step in steps):
        for tool, arguments in look_ups(task):
            await shop.use(conversation, tool, arguments)
            if (await shop.state(conversation)).identity is not None:
                break
    for step in steps:
        await shop.use(conversation, step["tool"], step["args"])


async def gate(shop: Shop, case: dict[str, Any]) -> None:
    """The call of a gate case, with whatever the customer says in it."""
    conversation = await shop.open()
    await shop.identify(conversation, case["auth"])
    if "confirmed_args" in case:
        # the customer agrees to one thing, and something else is asked for in its place
        agreed = await shop.ask(conversation, case["tool"], case["confirmed_args"])
        await shop.ask(conversation, case["tool"], case["args"])
        if agreed is not None:
            await shop.answer(conversation, agreed, case["confirm"])
        return
    question = await shop.ask(conversation, case["tool"], case["args"])
    if question is not None and case["confirm"] is not None:
        await shop.answer(conversation, question, case["confirm"])


@asynccontextmanager
async def shop_of(server: Path, folder: Path) -> AsyncIterator[Shop]:
    """The server, and a Deskhand that has imported it."""
    process = subprocess.Popen([sys.executable, str(server), "--token", TOKEN], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        running = await build(Settings(data=folder))
        async with httpx2.AsyncClient(base_url=url, timeout=30) as http:
            workspace = (await running.services.configuration.create_workspace("Shop")).id
            shop = Shop(running, workspace, http)
            await set_up(shop, url)
            yield shop
        await running.close()
    finally:
        process.terminate()
        process.wait(10)


async def set_up(shop: Shop, url: str) -> None:
    """Import the server, fill the token in, declare the policy, and let the agent use everything."""
    services, workspace = shop.running.services, shop.workspace
    await services.configuration.set_internal_hosts(workspace, [urlsplit(url).netloc], "bench")
    text, source = await services.importing.description(workspace, f"{url}/openapi.json")
    imported = await services.importing.openapi(text, source=source, connection="shop")
    assert not imported.refused, imported.refused
    stored = await services.importing.store(workspace, imported, "bench")
    for connection in stored.connections:
        for name in secrets_of(connection.auth) if connection.auth else ():
            await services.configuration.put_secret(workspace, name, TOKEN, "bench")
    for action in stored.actions:
        await services.configuration.put_action(workspace, with_policy(action), "bench")
        shop.slugs[action.slug.replace("-", "_")] = action.slug
    agent = Agent(slug="default", name="Sam", actions=[one.slug for one in stored.actions])
    await services.configuration.put_agent(workspace, agent, "bench")


async def measure(server: Path, golden: list[Path], gates: Path | None, limit: int | None) -> dict[str, Any]:
    """Every task, then every gate case."""
    lines = [json.loads(line) for path in golden for line in path.read_text().splitlines()][:limit]
    cases = [json.loads(line) for line in gates.read_text().splitlines()][:limit] if gates else []
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with shop_of(server, Path(folder)) as shop:
            for task in lines:
                await shop.reset()
                await replay(shop, task)
                count["tasks"] += 1
                if await shop.hash() == task["final_db_sha256"]:
                    count["tasks_equal"] += 1
                else:
                    print(f"differs: {task['task_id']}", file=sys.stderr)
            by_id = {task["task_id"]: task for task in lines}
            for case in cases:
                await shop.reset()
                task = by_id.get(case["task_id"])
                if task is not None and any(step["type"] == "write" for step in task["steps"][: case["step"]]):
                    await replay(shop, task, case["step"], writes_only=True)
                before = await shop.hash(), await shop.done(case["tool"])
                await gate(shop, case)
                # a write that changes nothing in the data is a write all the same
                unchanged = (await shop.hash(), await shop.done(case["tool"])) == before
                total, good = ("refusals", "refused") if case["expect"] == "refuse" else ("controls", "allowed")
                count[total] += 1
                if unchanged == (case["expect"] == "refuse"):
                    count[good] += 1
                else:
                    print(f"{case['kind']}: {case['task_id']}/{case['step']} {case['tool']}", file=sys.stderr)
            speed = shop.calls / shop.seconds if shop.seconds else 0.0
    keys = ("tasks", "tasks_equal", "refusals", "refused", "controls", "allowed")
    return {**{key: count[key] for key in keys}, "calls_per_s": round(speed, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", type=Path, required=True)
    parser.add_argument("--golden", type=Path, nargs="+", required=True)
    parser.add_argument("--gates", type=Path)
    parser.add_argument("--limit", type=int, help="only so many tasks and cases")
    asked = parser.parse_args()
    print(json.dumps(asyncio.run(measure(asked.server, asked.golden, asked.gates, asked.limit))))


if __name__ == "__main__":
    main()
