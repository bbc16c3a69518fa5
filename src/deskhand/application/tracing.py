"""Painting a real run: the steps in its log with their times, what was said and done there, and the branches taken."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from deskhand.application.painting import Line, Paint, Visit, exit_taken, outcome_of, painted
from deskhand.application.reading import Act, act_of, log, run_state, version_of
from deskhand.application.services import Services
from deskhand.domain.masking import masked_values
from deskhand.domain.procedure import Published
from deskhand.domain.state import Run
from deskhand.domain.steps import END
from deskhand.domain.values import text_of
from deskhand.ports.stores import RunRow
from deskhand.ports.turns import Entry

_SPEAKERS = {"said": "customer", "say": "agent", "ask": "agent", "show_form": "agent", "show_button": "agent",
             "suggest": "agent", "show_component": "agent", "replied": "member"}  # fmt: skip
_WAITS = {"ask": "answer", "show_form": "form", "show_button": "click", "run_in_browser": "browser",
          "show_component": "component", "approval_requested": "approval"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trace:
    """A run and its way."""

    row: RunRow
    version: int
    paint: Paint
    variables: dict[str, Any]
    """All values at the end, or now; without those that nobody may read."""


@dataclass(slots=True)
class _Stay:
    step: str
    at: int
    said: list[Line] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    waited_for: list[str] = field(default_factory=list)


async def trace(services: Services, workspace: str, run: str) -> Trace:
    """The way of a run through the version that it began with. Raises NotFound."""
    row = await services.stores.conversations.run(workspace, run)
    state = await run_state(services, workspace, row)
    entries = await log(services, workspace, row.conversation)
    acts = [act_of(effect) for effect in await services.stores.conversations.effects(workspace, run)]
    published = await version_of(services, workspace, state)
    variables = readable(state, published)
    paint = paint_run(published, state, row.started_at, row.ended_at, entries, acts)
    return Trace(row, state.version, paint, variables)


def readable(run: Run, published: Published) -> dict[str, Any]:
    """A run's values without those that nobody may read, wherever they have got to."""
    hidden = [text_of(run.variables[name]) for name in published.sensitive if name in run.variables]
    return masked_values(dict(run.variables), hidden)


def paint_run(
    published: Published, run: Run, started: int, ended: int | None, entries: Iterable[Entry], acts: Sequence[Act]
) -> Paint:
    """The way of one run, as its conversation's log tells it."""
    stays = _stays(run.id, started, entries)
    for act in acts:
        stay = next((one for one in reversed(stays) if one.step == act.step and one.at <= act.at), None)
        if stay is not None:
            stay.acts.append(f"{_called(act)}: {act.status}")
    values = readable(run, published)
    visits = tuple(_visit(at, stays, run, published, values, ended) for at in range(len(stays)))
    return painted(published.procedure, visits)


def _called(act: Act) -> str:
    request = act.request or {}
    return f"{request['method']} {request['url']}" if "method" in request and "url" in request else act.kind


def _stays(run: str, started: int, entries: Iterable[Entry]) -> list[_Stay]:
    """The run's stays at its steps; what was said counts for the run whose turn it was."""
    stays: list[_Stay] = []
    speaking = False
    for entry in entries:
        body = json.loads(entry.body)
        if entry.kind == "steps":
            speaking = entry.run == run
            if speaking:
                stays += [_Stay(step, entry.at) for step in body["steps"]]
                if not stays:
                    stays.append(_Stay("", started))
        elif entry.kind == "run_ended" and entry.run == run:
            speaking = False
        elif speaking or entry.run == run:
            _heard(stays, entry, body)
    return [stay for stay in stays if stay.step or stay.said]


def _heard(stays: list[_Stay], entry: Entry, body: dict[str, Any]) -> None:
    if not stays or body.get("to") == "member":
        return
    who, text = _SPEAKERS.get(entry.kind), body.get("text")
    if who and isinstance(text, str) and text:
        stays[-1].said.append(Line(who=who, text=text))  # type: ignore[arg-type]
    waits = _WAITS.get(entry.kind)
    if waits and stays[-1].waited_for[-1:] != [waits]:
        stays[-1].waited_for.append("outcome" if body.get("about") == "outcome" else waits)


def _visit(
    at: int, stays: list[_Stay], run: Run, published: Published, values: dict[str, Any], ended: int | None
) -> Visit:
    stay, follower = stays[at], stays[at + 1] if at + 1 < len(stays) else None
    procedure = published.procedure
    to = follower.step if follower else END if run.status == "completed" else None
    again = any(other.step == stay.step for other in stays[at + 1 :])
    step = procedure.by_id.get(stay.step)
    writes = step.writes() if step and not again else {}
    after = {name: values[name] for name in writes if name in values}
    failed = {"error": values.get("error")} if "error" in values and run.sources.get("error") == stay.step else {}
    return Visit(
        procedure=procedure.slug,
        step=stay.step,
        after=after,
        exit=exit_taken(procedure, stay.step, to, values, {**after, **failed}, stay.waited_for),
        to=to,
        outcome=outcome_of(run, follower is None),
        said=tuple(stay.said),
        acts=tuple(stay.acts),
        at=stay.at,
        until=follower.at if follower else ended,
        waited_for=tuple(stay.waited_for),
    )
