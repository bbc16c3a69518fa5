"""A conversation's log joined with what stands elsewhere: acts and approvals, and how long what took."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from deskhand.application import reading
from deskhand.application.services import Services
from deskhand.ports.stores import ApprovalRow, EffectRow, RunRow
from deskhand.ports.turns import Entry

Group = Literal["messages", "engine", "calls", "approvals", "people"]
PartKind = Literal["understanding", "model", "call", "approval", "customer", "member"]

MOST_RUNS = 1000
GROUPS: dict[str, Group] = {
    **dict.fromkeys(
        ("said", "clicked", "form_submitted", "say", "ask", "show_form", "show_button", "suggest", "show_component",
         "component_returned", "component_done", "offer", "offer_closed", "replied", "feedback", "visited"),
        "messages",
    ),
    **dict.fromkeys(
        ("call_http", "call_tool", "run_script", "run_in_browser", "browser_returned", "send_email", "ticket", "lead",
         "tag"),
        "calls",
    ),
    **dict.fromkeys(("approval_requested", "approval_edited", "approval_closed", "notified"), "approvals"),
    **dict.fromkeys(
        ("handed_over", "taken_over", "handed_back", "resolved", "note", "assigned", "tagged", "assisted"), "people"
    ),
}  # fmt: skip
"""Everything else is the engine's."""
_BEGINS = frozenset(
    {"said", "clicked", "form_submitted", "component_returned", "start_requested", "action_requested"}
)  # fmt: skip
_SPOKEN = frozenset({"say", "ask", "show_form", "show_button", "suggest", "show_component", "offer", "replied"})
_ACTS = {"ticket": "create_ticket", "lead": "create_lead"}
"""The acts behind entries that are called otherwise."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the log with what belongs to it."""

    id: str
    """What links name: `e` and its number."""
    entry: Entry
    group: Group
    act: reading.Act | None
    approval: ApprovalRow | None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of time, and what it was spent with."""

    kind: PartKind
    label: str
    entry: str
    """The item that it belongs to."""
    began_at: int
    ended_at: int | None
    """None where it goes on."""


@dataclass(frozen=True, slots=True)
class Span:
    """From what the customer did to what they did next."""

    entry: str
    began_at: int
    ended_at: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run of the conversation, with its procedure's name as it was."""

    row: RunRow
    name: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A stretch of a conversation, joined."""

    items: tuple[Item, ...]
    spans: tuple[Span, ...]
    runs: tuple[RunLine, ...]
    under_way: tuple[reading.Act, ...]
    """Acts that were sent and have no answer yet."""
    last: int
    """The number of the last item; ask on from here."""
    more: bool


async def timeline(services: Services, workspace: str, id: str, after: int, limit: int) -> Timeline:
    """The entries after a number, so many at most. Raises NotFound."""
    store = services.stores.conversations
    row = await store.get(workspace, id)
    log = await reading.log(services, workspace, id)
    runs = (await store.runs(workspace, conversation=id, limit=MOST_RUNS)).items
    effects = [effect for run in runs for effect in await store.effects(workspace, run.id)]
    approvals = (await store.approvals(workspace, status=None, conversation=id, limit=MOST_RUNS)).items
    acts = dict(_acts(log, effects))
    by_id = {approval.id: approval for approval in approvals}
    shown = [entry for entry in log if entry.seq > after][:limit]
    items = tuple(_item(entry, acts.get(entry.seq), by_id) for entry in shown)
    last = shown[-1].seq if shown else after
    under_way = tuple(reading.act_of(one) for one in effects if one.status == "sent")
    return Timeline(
        items, tuple(_spans(items)), await _named(services, workspace, runs), under_way, last, last < row.seq
    )


async def _named(services: Services, workspace: str, runs: Sequence[RunRow]) -> tuple[RunLine, ...]:
    names: dict[tuple[str, int], str] = {}
    for row in runs:
        if (row.procedure, row.version) not in names:
            names[row.procedure, row.version] = await reading.name_of(services, workspace, row)
    return tuple(RunLine(row, names[row.procedure, row.version]) for row in reversed(runs))


def _item(entry: Entry, effect: EffectRow | None, approvals: dict[str, ApprovalRow]) -> Item:
    asked = json.loads(entry.body).get("approval") if entry.kind.startswith("approval_") else None
    act = None if effect is None else reading.act_of(effect)
    return Item(f"e{entry.seq}", entry, GROUPS.get(entry.kind, "engine"), act, approvals.get(asked or ""))


def _acts(log: Iterable[Entry], effects: Iterable[EffectRow]) -> Iterator[tuple[int, EffectRow]]:
    """The numbers of entries with the rows of the journal that they tell of."""
    rows = {(one.run, one.seq): one for one in effects}
    told = set[tuple[str, int]]()
    for entry in log:
        if entry.run is None:
            continue
        body = json.loads(entry.body)
        kind = _ACTS.get(entry.kind, entry.kind)
        keys = [(entry.run, body["seq"])] if isinstance(body.get("seq"), int) else _untold(rows, entry.run, kind, told)
        found = next((key for key in keys if key in rows and rows[key].kind == kind), None)
        if found is not None:
            told.add(found)
            yield entry.seq, rows[found]


def _untold(
    rows: dict[tuple[str, int], EffectRow], run: str, kind: str, told: set[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Acts that are told without their number come in their order."""
    return sorted(key for key, one in rows.items() if key[0] == run and one.kind == kind and key not in told)


# how long what took


def _spans(items: Sequence[Item]) -> Iterator[Span]:
    begins = [at for at, item in enumerate(items) if item.entry.kind in _BEGINS]
    for number, at in enumerate(begins):
        end = begins[number + 1] if number + 1 < len(begins) else len(items)
        until = items[end].entry.at if end < len(items) else None
        stretch = items[at:end]
        parts = tuple(_parts(stretch, until))
        ended = [part.ended_at for part in parts if part.ended_at is not None]
        yield Span(stretch[0].id, stretch[0].entry.at, max([stretch[-1].entry.at, *ended]), parts)


def _parts(stretch: Sequence[Item], until: int | None) -> Iterator[Part]:
    begin = stretch[0].entry.at
    asked: Item | None = None
    waiting: Item | None = None
    for item in stretch:
        entry, body = item.entry, json.loads(item.entry.body)
        match entry.kind:
            case "understood":
                yield Part("understanding", "", item.id, begin, entry.at)
            case "model":
                yield Part("model", str(body.get("name") or body.get("model") or ""), item.id, *_took(entry.at, body))
            case "approval_requested" if item.approval is not None:
                row = item.approval
                yield Part("approval", str(body.get("description", "")), item.id, row.requested_at, row.decided_at)
            case "handed_over" | "taken_over":
                waiting = waiting or item
            case "replied" if waiting is not None:
                yield Part("member", str(body["by"]), waiting.id, waiting.entry.at, entry.at)
                waiting = None
            case "call_http" | "call_tool" | "run_script" | "send_email":
                began = entry.at - int(body.get("ms") or 0)
                yield Part("call", str(body["step"]), item.id, began, entry.at)
        asked = item if entry.kind in _SPOKEN and entry.visible_to == "all" else asked
    if waiting is not None:
        yield Part("member", "", waiting.id, waiting.entry.at, until)
    elif asked is not None:
        yield Part("customer", "", asked.id, asked.entry.at, until)


def _took(at: int, body: dict[str, Any]) -> tuple[int, int]:
    return at - int(body.get("milliseconds") or 0), at
