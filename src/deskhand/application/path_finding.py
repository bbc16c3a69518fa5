"""Answers for every path of a procedure, each tried out: what a tester would otherwise have to think of."""

import asyncio
from collections.abc import Mapping
from typing import Any

from deskhand.application.answering import Answering
from deskhand.application.painting import Branch, branches, painted
from deskhand.application.rehearsing import prepared
from deskhand.application.services import Services
from deskhand.application.simulation import Script, simulate
from deskhand.domain.actions import AnyAction
from deskhand.domain.checks.graph import Graph
from deskhand.domain.model import Record
from deskhand.domain.paths import Path, ways_through
from deskhand.domain.phrases import Kept, phrase
from deskhand.domain.procedure import Published
from deskhand.domain.requests import Connection
from deskhand.domain.steps import END

MOST = 100
"""Paths that are given at most."""


class FoundPath(Record):
    """One path, and what leads along it."""

    steps: tuple[str, ...]
    branches: tuple[Branch, ...]
    script: Script
    reached: bool
    """Whether a simulation with this script really takes the path."""
    outcome: str
    why_not: Kept | None = None
    """Where it leaves the path, in a sentence."""


class Paths(Record):
    """The paths of a procedure."""

    items: tuple[FoundPath, ...]
    branches: int
    """How many branches the procedure has."""
    covered: int
    """How many of them the paths that were reached take."""
    cut: Kept | None = None
    """What was left out, in a sentence; None where these are all paths."""


async def find_paths(services: Services, workspace: str, document: Mapping[str, Any], most: int = MOST) -> Paths:
    """The paths of a document, those first that take branches which no earlier one takes. Raises Invalid."""
    published, snapshot, actions = await prepared(services, workspace, document)
    return await paths_of(published, snapshot.connections, actions, most)


async def paths_of(
    published: Published, connections: dict[str, Connection], actions: Mapping[str, AnyAction], most: int = MOST
) -> Paths:
    """The paths of a procedure with what it is pinned to."""
    procedure = published.procedure
    ways = ways_through(Graph(procedure), min(most, MOST))
    items = []
    for path in ways.paths:
        items.append(_tried(published, path, connections, actions))
        await asyncio.sleep(0)  # long procedures take a while, and others want to be served meanwhile
    every = branches(procedure)
    taken = {branch for one in items if one.reached for branch in one.branches} & set(every)
    cut = None
    if not ways.complete:
        cut = phrase(
            "These are {count} of more paths: every branch that can be taken is among them as far as they go.",
            count=len(items),
        )
    return Paths(items=tuple(items), branches=len(every), covered=len(taken), cut=cut)


def _tried(
    published: Published, path: Path, connections: dict[str, Connection], actions: Mapping[str, AnyAction]
) -> FoundPath:
    script = Answering(published).script(path)
    report = simulate(published, script, connections, actions)
    wanted = [Branch(step=edge.source, exit=edge.label, to=edge.target) for edge in path]
    visits = painted(published.procedure, report.paint.visits).visits
    taken = [
        Branch(step=one.step, exit=one.exit, to=one.to)
        for one in visits
        if one.procedure == published.slug and one.step and one.exit is not None and one.to is not None
    ]
    reached = taken[: len(wanted)] == wanted
    return FoundPath(
        steps=_steps(wanted, published),
        branches=tuple(wanted),
        script=script,
        reached=reached,
        outcome=report.outcome,
        why_not=None if reached else _left(wanted, taken, report.missing),
    )


def _steps(branches: list[Branch], published: Published) -> tuple[str, ...]:
    if not branches:
        return (published.procedure.steps[0].id,)
    last = branches[-1].to
    return (*(one.step for one in branches), *(() if last == END else (last,)))


def _left(wanted: list[Branch], taken: list[Branch], missing: str | None) -> str:
    """Where a simulation left the path that it should have taken."""
    at = next((at for at, one in enumerate(wanted) if taken[at : at + 1] != [one]), 0)
    step = wanted[at].step
    if missing is not None and at >= len(taken):
        return phrase("No answer for `{missing}` was found that leads on from `{step}`.", missing=missing, step=step)
    return phrase(
        "No answers were found that lead from `{step}` to `{to}` by `{exit}`.",
        step=step,
        to=wanted[at].to,
        exit=wanted[at].exit,
    )
