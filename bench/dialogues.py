"""Values from dialogues: `python -m bench.dialogues --data FILE --schema FILE [--model NAME] [--limit N]`.

Each intent of the schema becomes a procedure: its required slots are asked for, the optional ones may be volunteered,
then the service is called once the customer has agreed. What the customers of the data say goes through a Deskhand in
this process; what the data's system says is left out. After each turn the run's variables are compared with the data.

Counted as given is what the customer says in their own words (the data's acts INFORM). Where they only accept what the
data's system had offered, the value is put into the run together with their turn and is not counted. So is the choice
of the procedure, and the yes to a call when the data calls. Where the data's system had asked for another variable than
Deskhand did, the understanding is told so, as the customer answers that. Values that Deskhand read go over into the
next procedure of the same dialogue. Dates, times and numbers are compared by what they mean.

`values`: each value that the customer gave, after each further turn of its procedure. `corrections`: given values that
change. `reasks`: turns after which a value is asked for that the customer has given. `calls_equal`: calls all of whose
arguments are the data's. Prints one line of JSON.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import uvloop

from bench.dialogue_procedures import ADDRESS, TODAY, Intent, Slot, intents_of
from deskhand.adapters.clock import SystemClock
from deskhand.adapters.llm.for_bench import UnknownModel, model_understanding
from deskhand.adapters.offline.understanding import OfflineUnderstanding
from deskhand.bootstrap import Running, build
from deskhand.domain import commands as c
from deskhand.domain.events import Clicked, Said
from deskhand.domain.model import Json
from deskhand.domain.state import Conversation, ForAnswer, ForConfirmation, Run
from deskhand.domain.stored import load
from deskhand.ports.http import Answer, OutwardRequest
from deskhand.ports.understanding import Context, Understanding
from deskhand.settings import Settings

PATIENCE = 60.0
KEYS = ("turns", "values", "values_right", "corrections", "corrections_caught", "reasks", "calls", "calls_equal")


class ThatDay(SystemClock):
    """Time that goes on from the day of the dialogues."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = TODAY.now - super().now()

    def now(self) -> int:
        return super().now() + self._ahead


class Services:
    """All services of the schema: they say yes to everything and remember the last call."""

    def __init__(self) -> None:
        self.called: dict[str, str] | None = None

    async def send(self, workspace: str, request: OutwardRequest, allowed: frozenset[str]) -> Answer:
        """Send one request; see the port `Http`."""
        self.called = dict(parse_qsl(urlsplit(request.url).query))
        return Answer(200, {"content-type": "application/json"}, b"{}", 0)

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class Told:
    """What the benchmark tells the understanding about a turn besides its words."""

    wanted: str = ""
    """The procedure that the turn is about."""
    known: dict[str, Json] = field(default_factory=dict)
    """What Deskhand read in an earlier procedure of the dialogue."""
    accepted: dict[str, Json] = field(default_factory=dict)
    """What the customer accepts with this turn."""
    asked: tuple[str, ...] = ()
    """What the data's system had asked the customer for."""
    only: bool = False
    """Whether there is nothing else in the message."""


class Guided:
    """An understanding that need not find out which procedure is wanted, nor what was offered elsewhere."""

    immediate = True

    def __init__(self, inner: Understanding) -> None:
        self._inner = inner
        self.told = Told()

    async def understand(self, context: Context) -> tuple[c.Command, ...]:
        """The commands of the inner one, with what it is told."""
        told = self.told
        if told.only:
            return (c.SetVariables(values=told.accepted),)
        wanted = [one for one in context.candidates if one.slug == told.wanted]
        if context.running is None:
            wanted = [replace(one, phrases=(*one.phrases, context.text)) for one in wanted]
        context = _as_asked(replace(context, candidates=tuple(wanted)), told.asked)
        found = [one for one in await self._inner.understand(context) if not _leaves(one)]
        started = next((one for one in found if isinstance(one, c.StartProcedure)), None)
        if context.running is None:
            values = started.values if started else {}
            return (c.StartProcedure(procedure=told.wanted, values={**told.known, **values, **told.accepted}),)
        return tuple(found)


def _as_asked(context: Context, asked: tuple[str, ...]) -> Context:
    """The context with the question that the customer was really asked, where it is another one than Deskhand's."""
    pending = context.pending
    really = next((one for one in context.later if one.name in asked), None)
    if pending is None or pending.name in asked or really is None:
        return context
    later = tuple(one for one in context.later if one is not really)
    return replace(context, pending=really, later=(pending, *later))


def _leaves(command: c.Command) -> bool:
    """Whether a command ends the conversation with the agent, which the data's customers never wish."""
    return isinstance(command, c.HandOver | c.Clarify)


@dataclass
class Said_:
    """A turn of the data's customer."""

    text: str
    intent: Intent
    given: dict[str, list[str]]
    accepted: dict[str, list[str]]
    corrected: set[str]
    call: dict[str, str] | None
    """The arguments of the call that follows."""
    begins: bool
    asked: tuple[str, ...]


def turns_of(dialogue: dict[str, Any], intents: dict[tuple[str, str], Intent]) -> list[Said_]:
    """What the customer says about procedures of the schema, with the call that each turn leads to."""
    found: list[Said_] = []
    turns = dialogue["turns"]
    for at, turn in enumerate(turns):
        intent = intents.get((dialogue["service"], turn.get("intent", "")))
        if turn["s"] != "U" or intent is None:
            continue
        informed = {act[1] for act in turn["acts"] if act[0] == "INFORM"}
        call = turns[at + 1].get("call") if at + 1 < len(turns) else None
        call = call["parameters"] if call and call["method"] == turn["intent"] else None
        given = {name: values for name, values in turn["set"].items() if name in informed}
        accepted = {name: values for name, values in turn["set"].items() if name not in informed}
        corrected = set(turn.get("corrected", ())) & set(given) & set(intent.slots)
        begins = not found or found[-1].intent is not intent
        before = turns[at - 1]["acts"] if at else []
        asked = tuple(act[1] for act in before if act[0] == "REQUEST")
        found.append(Said_(turn["t"], intent, given, accepted, corrected, call, begins, asked))
    return found


class Dialogue:
    """One dialogue through the engine."""

    def __init__(self, deskhand: "Deskhand", count: Counter[str], by_slot: dict[tuple[str, str], Counter[str]]) -> None:
        self._deskhand = deskhand
        self._count = count
        self._by_slot = by_slot
        self._conversation = ""
        self._known: dict[str, Json] = {}
        self._given: dict[str, list[str]] = {}
        self._accepted: dict[str, list[str]] = {}

    async def go(self, turns: list[Said_]) -> None:
        """Take every turn, and count what comes of it."""
        self._conversation = await self._deskhand.open()
        for turn in turns:
            await self._turn(turn)

    async def _turn(self, turn: Said_) -> None:
        self._count["turns"] += 1
        run = await self._run()
        if run is not None and run.procedure != turn.intent.slug:
            self._conversation, run = await self._deskhand.open(), None
        self._remember(turn)
        if run is not None or turn.begins or turn.given or turn.accepted or turn.call:
            told = Told(turn.intent.slug, self._carried(turn), self._to_accept(turn, run), turn.asked)
            if run is not None and told.accepted:  # before the customer's words, which may be the yes to the call
                await self._deskhand.accept(self._conversation, told)
                told = replace(told, accepted={})
            await self._deskhand.say(self._conversation, turn.text, told)
            run = await self._run()
        # else the customer asks about what came of it, thanks, or says goodbye
        self._compare(turn, run)
        if turn.call is not None:
            await self._call(turn, turn.call, run)

    async def _run(self) -> Run | None:
        """The run that is open, whose variables are remembered."""
        run = (await self._deskhand.state(self._conversation)).top
        if run is not None:
            self._known |= {name: value for name, value in run.variables.items() if run.sources[name] != "default"}
        return run

    def _remember(self, turn: Said_) -> None:
        for name, values in turn.given.items():
            self._given[name] = values
            self._accepted.pop(name, None)
        for name, values in turn.accepted.items():
            if name in self._given and turn.intent.every[name].is_one_of(self._given[name][0], values):
                self._given[name] = values  # said before, and now said back in other words
            else:
                self._accepted[name] = values
                self._given.pop(name, None)

    def _carried(self, turn: Said_) -> dict[str, Json]:
        return {name: value for name, value in self._known.items() if name in turn.intent.slots}

    def _to_accept(self, turn: Said_, run: Run | None) -> dict[str, Json]:
        held = run.variables if run else self._known
        return {
            name: self._typed(turn.intent.slots[name], values[0])
            for name, values in self._accepted.items()
            if name in turn.intent.slots and not turn.intent.slots[name].is_one_of(held.get(name), values)
        }

    def _typed(self, slot: Slot, value: str) -> Json:
        return slot.normal(value) if slot.type in ("date", "number", "integer") else value

    def _compare(self, turn: Said_, run: Run | None) -> None:
        held = run.variables if run else {**self._known, **(self._deskhand.services.called or {})}
        for name, accepted in self._given.items():
            slot = turn.intent.slots.get(name)
            if slot is None:
                continue
            right = slot.is_one_of(held.get(name), accepted)
            self._add("values", "values_right", right)
            if name in turn.corrected:
                self._add("corrections", "corrections_caught", right)
            if name in turn.given:
                self._by_slot.setdefault((turn.intent.service, name), Counter()).update(given=1, right=right)
                if not right:
                    self._deskhand.tell(
                        f"{turn.intent.service}.{name}: {held.get(name)!r}, not {accepted}: {turn.text}"
                    )
        waiting = run.waiting if run else None
        if isinstance(waiting, ForAnswer) and waiting.variable in self._given:
            self._count["reasks"] += 1

    def _add(self, every: str, good: str, right: bool) -> None:
        self._count[every] += 1
        self._count[good] += right

    async def _call(self, turn: Said_, expected: dict[str, str], run: Run | None) -> None:
        """The data calls its service: the customer says yes, and the arguments are compared."""
        if run is not None and isinstance(run.waiting, ForConfirmation) and run.question is not None:
            await self._deskhand.click(self._conversation, run.question, "yes")
        called, self._deskhand.services.called = self._deskhand.services.called, None
        equal = called is not None and all(
            self._is_argument(turn.intent, name, called.get(name), expected.get(name)) for name in turn.intent.slots
        )
        self._add("calls", "calls_equal", equal)
        if not equal:
            self._deskhand.tell(f"{turn.intent.slug} called with {called}, not {expected}")

    def _is_argument(self, intent: Intent, name: str, value: str | None, expected: str | None) -> bool:
        slot = intent.slots[name]
        if expected is None:
            return not value or value == intent.optional.get(name)
        return slot.is_one_of(value, [expected, *self._given.get(name, ()), *self._accepted.get(name, ())])


class Deskhand:
    """A Deskhand with the procedures of all services."""

    def __init__(self, running: Running, workspace: str, guided: Guided, services: Services, verbose: bool) -> None:
        self._running = running
        self._workspace = workspace
        self._verbose = verbose
        self._guided = guided
        self.services = services

    async def open(self) -> str:
        """A new conversation."""
        self.services.called = None
        return (await self._running.services.engine.open(self._workspace, region=TODAY.region)).conversation

    async def state(self, conversation: str) -> Conversation:
        """The conversation as it is stored."""
        row = await self._running.services.stores.conversations.get(self._workspace, conversation)
        return load(Conversation, row.state)

    async def say(self, conversation: str, text: str, told: Told) -> None:
        """Let the customer say something."""
        self._guided.told = told
        await self._handle(conversation, Said(text=text))

    async def accept(self, conversation: str, told: Told) -> None:
        """Put values into the run that stands, which the customer accepts."""
        self._guided.told = replace(told, only=True)
        await self._handle(
            conversation, Said(text="; ".join(f"{name}: {told.accepted[name]}" for name in told.accepted))
        )

    async def click(self, conversation: str, question: str, choice: str) -> None:
        """Let the customer answer with a button."""
        await self._handle(conversation, Clicked(question=question, choice=choice))

    async def _handle(self, conversation: str, event: Said | Clicked) -> None:
        engine = self._running.services.engine
        await engine.handle(self._workspace, conversation, event)
        assert await engine.settle(self._workspace, conversation, PATIENCE)

    def tell(self, what: str) -> None:
        """Say what differs, where that is wanted."""
        if self._verbose:
            print(what, file=sys.stderr)


async def measure(data: Path, schema: Path, model: str | None, limit: int | None, verbose: bool) -> dict[str, Any]:
    """Every dialogue, then the sums."""
    intents = intents_of(json.loads(schema.read_text()))
    dialogues = [json.loads(line) for line in data.read_text().splitlines()][:limit]
    used = {key: intents[key] for key in intents if key[0] in {one["service"] for one in dialogues}}
    inner = model_understanding(model) if model else None
    guided, services = Guided(inner or OfflineUnderstanding()), Services()
    count: Counter[str] = Counter()
    by_slot: dict[tuple[str, str], Counter[str]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        running = await build(Settings(data=Path(folder)), http=services, understanding=guided, clock=ThatDay())
        workspace = (await running.services.configuration.create_workspace("bench")).id
        await running.services.configuration.set_internal_hosts(workspace, [urlsplit(ADDRESS).netloc], "bench")
        for intent in used.values():
            row = await running.services.authoring.create(workspace, intent.document(), "bench")
            await running.services.authoring.publish(workspace, row.slug, "bench")
        deskhand = Deskhand(running, workspace, guided, services, verbose)
        for dialogue in dialogues:
            await Dialogue(deskhand, count, by_slot).go(turns_of(dialogue, used))
        await running.close()
    if inner is not None:
        await inner.close()
    if verbose:
        for (service, name), one in sorted(by_slot.items(), key=lambda item: item[1]["right"] / item[1]["given"]):
            print(f"{one['right']:4} of {one['given']:4}  {service}.{name}", file=sys.stderr)
    return {key: count[key] for key in KEYS}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="the dialogues, one a line")
    parser.add_argument("--schema", type=Path, required=True, help="the services with their slots and intents")
    parser.add_argument("--model", help="understand with a model: openai:NAME, http://HOST/v1#NAME, replay:FILE, …")
    parser.add_argument("--limit", type=int, help="only so many dialogues")
    parser.add_argument("--verbose", action="store_true", help="say on stderr what differs, and the slots' shares")
    asked = parser.parse_args()
    try:
        print(json.dumps(uvloop.run(measure(asked.data, asked.schema, asked.model, asked.limit, asked.verbose))))
    except (OSError, UnknownModel) as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
