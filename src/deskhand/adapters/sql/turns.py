"""From a turn's commit to the rows that it writes. Several changes of one thing become one, new if the first was."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import Literal, TypeVar

from deskhand.adapters.sql import ids, writes
from deskhand.adapters.sql.database import Row, refuse_unstorable
from deskhand.adapters.sql.writes import Form, Write
from deskhand.ports.turns import ApprovalChange, Delivery, DueChange, EffectChange, Reservation, RunChange, TurnCommit

VISIBLE_TO: tuple[Literal["all", "members"], ...] = ("all", "members")
"""Stored as the place in this tuple."""

OWN_ACTS = frozenset({"create_ticket", "create_lead", "tag", "resolve"})
"""The kinds of acts that the execution log leaves out: they reach nobody outside."""

C = TypeVar("C")


def writes_of(turn: TurnCommit) -> list[Write]:
    """All rows of a turn, the conversation's own first.

    Raises NotFound for ill-formed identifiers and Unstorable for texts that no database takes.
    """
    own = ids.raw(ids.WORKSPACE, turn.workspace), ids.raw(ids.CONVERSATION, turn.conversation)
    found: list[Write] = [_conversation(turn, own)]
    _add(found, writes.NEW_ENTRIES, _entries(turn, own))
    if turn.runs:
        _add_runs(found, own, _merged(turn.runs, lambda change: change.id))
    if turn.effects:
        _add_effects(found, own, _merged(turn.effects, lambda change: (change.run, change.seq)))
    if turn.approvals:
        _add_approvals(found, own, _merged(turn.approvals, lambda change: change.id))
    if turn.due:
        _add_due(found, own, turn.due)
    if turn.release or turn.reserve:
        _add_places(found, own, turn)
    if turn.deliveries:
        _add(found, writes.NEW_DELIVERIES, [delivery_row(own[0], one) for one in turn.deliveries])
    _add(found, writes.NEW_TICKETS, _tickets(turn, own))
    _add(found, writes.NEW_LEADS, _leads(turn, own))
    _add(found, writes.NEW_AUDIT, [
        (own[0], ids.raw(ids.AUDIT, row.id), row.at, row.actor, row.action, row.subject, row.body)
        for row in turn.audit
    ])  # fmt: skip
    for write in found:
        for row in write.rows:
            refuse_unstorable(row)
    return found


def events_of(turn: TurnCommit) -> list[Row]:
    """What `writes.SEEN` asks for each event of the turn."""
    own = ids.raw(ids.WORKSPACE, turn.workspace), ids.raw(ids.CONVERSATION, turn.conversation)
    return [(*own, entry.event_id) for entry in turn.entries if entry.event_id is not None]


def _conversation(turn: TurnCommit, own: tuple[bytes, bytes]) -> Write:
    row = (turn.seq, turn.state, turn.status, turn.mode, turn.channel, turn.at, *own)
    if turn.expected:
        return Write(writes.CONVERSATION, [(*row, turn.expected)])
    return Write(writes.NEW_CONVERSATION, [(*row, 1, turn.at)])


def _add(found: list[Write], form: Form, rows: list[Row]) -> None:
    if rows:
        found.append(Write(form, rows))


def _merged(changes: Iterable[C], key: Callable[[C], Hashable]) -> list[C]:
    """One change for each thing. What a later change leaves out, the earlier one still says."""
    last: dict[Hashable, C] = {}
    for change in changes:
        before = last.get(key(change))
        last[key(change)] = change if before is None else _after(before, change)
    return list(last.values())


def _after(before: C, change: C) -> C:
    match before, change:
        case EffectChange(), EffectChange():
            return replace(
                change, new=before.new, kind=change.kind or before.kind, step=change.step or before.step,
                key=change.key or before.key, request=change.request if change.request is not None else before.request,
                response=change.response if change.response is not None else before.response,
                action=change.action or before.action,
            )  # fmt: skip
        case RunChange(), RunChange():
            state = change.state if change.state is not None else before.state
            return replace(change, new=before.new, state=state)
        case ApprovalChange(), ApprovalChange() if before.new or before.revised:
            return replace(before, status=change.status, by=change.by, reason=change.reason)
    return change


def delivery_row(workspace: bytes, one: Delivery) -> Row:
    """A new delivery, due at once."""
    own = workspace, ids.raw(ids.DELIVERY, one.id)
    place = ids.raw(ids.CONVERSATION, one.conversation) if one.conversation else None, one.seq
    return (*own, one.webhook, one.event, one.body, "pending", 0, one.at, one.at, one.at, *place)


def _run(shown: str) -> bytes:
    return ids.raw(ids.RUN, shown)


def _entries(turn: TurnCommit, own: tuple[bytes, bytes]) -> list[Row]:
    return [
        (
            *own, entry.seq, entry.kind, VISIBLE_TO.index(entry.visible_to),
            _run(entry.run) if entry.run else None, entry.at, entry.event_id, entry.body,
        )
        for entry in turn.entries
    ]  # fmt: skip


def _add_runs(found: list[Write], own: tuple[bytes, bytes], changes: list[RunChange]) -> None:
    new: list[Row] = []
    old: list[Row] = []
    for run in changes:
        ended = run.at if run.state is not None else None
        if run.new:
            kept = (run.procedure, run.version, run.status, run.waiting, run.step, run.at, ended, run.state)
            new.append((*own, _run(run.id), *kept))
        else:
            old.append((run.status, run.waiting, run.step, ended, run.state, *own, _run(run.id)))
    _add(found, writes.NEW_RUNS, new)
    _add(found, writes.RUNS, old)


def _add_effects(found: list[Write], own: tuple[bytes, bytes], changes: list[EffectChange]) -> None:
    new: list[Row] = []
    old: list[Row] = []
    for effect in changes:
        run = _run(effect.run)
        if effect.new:
            kept = (effect.step, effect.kind, effect.status, effect.key, effect.request or "", effect.response)
            logged = None if effect.kind in OWN_ACTS else effect.at
            new.append((*own, run, effect.seq, *kept, effect.at, effect.action, logged))
        else:
            changed = (effect.status, effect.key or None, effect.request, effect.response, effect.at)
            old.append((*changed, *own, run, effect.seq))
    _add(found, writes.NEW_EFFECTS, new)
    _add(found, writes.EFFECTS, old)


def _add_approvals(found: list[Write], own: tuple[bytes, bytes], changes: list[ApprovalChange]) -> None:
    new: list[Row] = []
    old: list[Row] = []
    revised: list[Row] = []
    for approval in changes:
        raw = ids.raw(ids.APPROVAL, approval.id)
        if approval.revised:
            revised.append((approval.seq, approval.card, approval.rights, *own, raw))
            if approval.status == "pending":
                continue
        if approval.new:
            decided = None if approval.status == "pending" else approval.at
            asked = (_run(approval.run), approval.seq, approval.about, approval.procedure, approval.status)
            shown = (approval.card, approval.at, approval.expires_at)
            rights = approval.rights or "{}"
            new.append((*own, raw, *asked, *shown, decided, approval.by, approval.reason, rights))
        else:
            old.append((approval.status, approval.at, approval.by, approval.reason, *own, raw))
    _add(found, writes.NEW_APPROVALS, new)
    _add(found, writes.REVISED_APPROVALS, revised)
    _add(found, writes.APPROVALS, old)


def _add_due(found: list[Write], own: tuple[bytes, bytes], changes: tuple[DueChange, ...]) -> None:
    last = _merged(changes, lambda change: (change.kind, change.ref))
    _add(found, writes.NEW_DUE, [(*own, due.kind, due.ref, due.at) for due in last if due.at is not None])
    _add(found, writes.DUE, [(*own, due.kind, due.ref) for due in last if due.at is None])


def _add_places(found: list[Write], own: tuple[bytes, bytes], turn: TurnCommit) -> None:
    """What is given back comes first: a call that failed may be tried again in the same turn."""
    _add(found, writes.RESERVATIONS, [(*own, *_place(one), _run(one.run)) for one in turn.release])
    # in one order everywhere, or two turns on PostgreSQL could wait for each other
    wanted = sorted(turn.reserve, key=_place)
    _add(found, writes.NEW_RESERVATIONS, [(*own, *_place(one), _run(one.run), turn.at) for one in wanted])


def _place(one: Reservation) -> tuple[str, str, int]:
    return one.action, one.value, one.slot


def _tickets(turn: TurnCommit, own: tuple[bytes, bytes]) -> list[Row]:
    return [
        (
            *own, ticket.number, _run(ticket.run), ticket.subject, ticket.description, ticket.email, ticket.name,
            ticket.priority, ticket.at,
        )
        for ticket in turn.tickets
    ]  # fmt: skip


def _leads(turn: TurnCommit, own: tuple[bytes, bytes]) -> list[Row]:
    return [
        (
            *own, ids.raw(ids.LEAD, lead.id), _run(lead.run) if lead.run else bytes(16), lead.email, lead.name,
            lead.phone, lead.company, lead.message, lead.at,
        )
        for lead in turn.leads
    ]  # fmt: skip
