"""Writing what reports count: a row for each run, step, call, approval and moment, replaced when it changes."""

from collections.abc import Iterable
from typing import Any

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Do, Script
from deskhand.adapters.sql.statements import insert
from deskhand.ports.digests import Digested


def replacing(key: str, columns: str) -> str:
    """What an INSERT does where the row is there: all its other columns become what was given."""
    others = [name for name in columns.split(", ") if name not in key.split(", ")]
    return f"ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in others)}"


def _into(table: str, key: str, others: str) -> str:
    columns = f"workspace, {key}, {others}"
    return insert(table, columns, replacing(f"workspace, {key}", columns))


RUN = _into("report_runs", "run", "conversation, procedure, version, agent, outcome, step, began_at, ended_at")
STEP = _into("report_steps", "run, step", "procedure, version, agent, began_at, visits, standing")
CALL = _into(
    "report_calls", "run, seq", "conversation, name, kind, procedure, agent, outcome, status, milliseconds, at"
)
APPROVAL = _into(
    "report_approvals",
    "approval",
    "conversation, about, procedure, agent, status, decided_by, requested_at, closed_at",
)
MOMENT = _into("report_moments", "conversation, seq", "kind, value, text, procedure, agent, at")


def written(own: tuple[bytes, bytes], one: Digested) -> Script[None]:
    """Part of a script: everything that a conversation's figures change."""
    for sql, values in _rows(own, one):
        yield Do(sql, values)


def _rows(own: tuple[bytes, bytes], one: Digested) -> Iterable[tuple[str, tuple[Any, ...]]]:
    workspace, conversation = own
    agent, found = one.standing.agent, one.figures
    for run in found.runs:
        ended = (agent, run.outcome, run.step, run.began_at, run.ended_at)
        yield RUN, (workspace, _run(run.run), conversation, run.procedure, run.version, *ended)
    for step in found.steps:
        about = (step.procedure, step.version, agent, step.began_at, step.visits, step.standing)
        yield STEP, (workspace, _run(step.run), step.step, *about)
    for call in found.calls:
        came_to = (agent, call.outcome, call.status, call.milliseconds, call.at)
        yield CALL, (
            workspace, _run(call.run), call.seq, conversation, call.name, call.kind, call.procedure, *came_to,
        )  # fmt: skip
    for asked in found.approvals:
        decided = (agent, asked.status, asked.decided_by, asked.requested_at, asked.closed_at)
        approval = ids.raw(ids.APPROVAL, asked.approval)
        yield APPROVAL, (workspace, approval, conversation, asked.about, asked.procedure, *decided)
    for moment in found.moments:
        told = (moment.kind, moment.value, moment.text, moment.procedure, agent, moment.at)
        yield MOMENT, (workspace, conversation, moment.seq, *told)


def _run(shown: str) -> bytes:
    return ids.raw(ids.RUN, shown)
