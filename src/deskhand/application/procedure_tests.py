"""Tests beside a procedure: a script, what is expected of its simulation, and how that compares."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from deskhand.application.ids import fresh_id
from deskhand.application.painting import Branch, branches
from deskhand.application.rehearsing import prepared
from deskhand.application.services import Services
from deskhand.application.simulation import Report, Script, simulate
from deskhand.domain.checks.graph import drawn
from deskhand.domain.checks.tested import failing_test
from deskhand.domain.errors import RuleError
from deskhand.domain.model import Json, Record
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.procedure import Procedure
from deskhand.domain.values import text_of
from deskhand.ports.editor import ProcedureTestRow
from deskhand.ports.stores import ProcedureRow

MOST = 200
"""Tests of one procedure."""


class Expected(Record):
    """What a simulation has to come to; what is not given may be anything."""

    outcome: str | None = Field(default=None, description="How it ends: `completed`, `escalated`, …")
    steps: list[str] | None = Field(default=None, description="The steps, in the order in which they are entered.")
    said: list[str] = Field(default=[], description="Texts that the agent says, in this order; a part is enough.")
    not_said: list[str] = Field(default=[], description="Texts that the agent never says.")
    called: list[str] | None = Field(default=None, description="The steps that did something, in their order.")
    approvals: list[str] | None = Field(default=None, description="The steps that asked for an approval.")
    variables: dict[str, Json] = Field(default={}, description="Values at the end.")


class ProcedureTest(Record):
    """A test as it is written."""

    name: str = Field(min_length=1, max_length=100, description="What it is called; unique in the procedure.")
    script: Script = Field(default=Script(), description="What the simulation is told.")
    expected: Expected = Field(default=Expected(), description="What it has to come to.")


@dataclass(frozen=True, slots=True)
class Stored:
    """A test as it is stored."""

    id: str
    document: ProcedureTest
    created_at: int
    updated_at: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a test went."""

    id: str
    name: str
    passed: bool
    differences: list[str]
    """What came out differently, in sentences."""
    report: Report


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How all tests went."""

    items: list[Verdict]
    branches: int
    """How many branches the procedure has."""
    covered: int
    """How many of them at least one test took."""
    never: list[Branch]


async def tests_of(services: Services, workspace: str, slug: str) -> list[Stored]:
    """The tests of a procedure, in the order in which they were made. Raises NotFound."""
    row = await services.stores.procedures.get(workspace, slug)
    return [_stored(one) for one in await services.stores.editor.tests(workspace, row.id)]


async def add(services: Services, workspace: str, slug: str, document: ProcedureTest) -> Stored:
    """Store a new test. Raises NotFound, Taken, RuleError where there are too many."""
    row = await services.stores.procedures.get(workspace, slug)
    if len(await services.stores.editor.tests(workspace, row.id)) >= MOST:
        raise RuleError(phrase("A procedure can have {most} tests: remove one first.", most=MOST))
    now = services.clock.now()
    test = ProcedureTestRow(fresh_id("test", services.clock), document.name, _written(document), now, now)
    await services.stores.editor.add_test(workspace, row.id, test)
    return _stored(test)


async def change(services: Services, workspace: str, slug: str, id: str, document: ProcedureTest) -> Stored:
    """Replace a test. Raises NotFound, Taken."""
    row = await services.stores.procedures.get(workspace, slug)
    before = await services.stores.editor.test(workspace, row.id, id)
    test = ProcedureTestRow(id, document.name, _written(document), before.created_at, services.clock.now())
    await services.stores.editor.save_test(workspace, row.id, test)
    return _stored(test)


async def remove(services: Services, workspace: str, slug: str, id: str) -> None:
    """Remove a test. Raises NotFound."""
    row = await services.stores.procedures.get(workspace, slug)
    await services.stores.editor.remove_test(workspace, row.id, id)


async def run_all(
    services: Services,
    workspace: str,
    slug: str,
    document: Mapping[str, Any] | None = None,
    only: Sequence[str] | None = None,
) -> Verdicts:
    """Run the tests of a procedure on its draft, or on another document. Raises NotFound, Invalid."""
    row = await services.stores.procedures.get(workspace, slug)
    tests = [_stored(one) for one in await services.stores.editor.tests(workspace, row.id)]
    wanted = [one for one in tests if only is None or one.id in only]
    return await _run(services, workspace, document or json.loads(row.draft), wanted)


async def _run(services: Services, workspace: str, document: Mapping[str, Any], tests: list[Stored]) -> Verdicts:
    published, snapshot, actions = await prepared(services, workspace, document)
    items = []
    for one in tests:
        report = simulate(published, one.document.script, snapshot.connections, actions, snapshot.agents)
        found = list(differences(one.document.expected, report))
        try:
            snapshot.check_agent(one.document.script.agent)
        except RuleError as error:
            found.insert(0, error.sentence)
        items.append(Verdict(one.id, one.document.name, not found, found, report))
    return _verdicts(published.procedure, items)


def _verdicts(procedure: Procedure, items: list[Verdict]) -> Verdicts:
    every = branches(procedure)
    taken = {branch for one in items for branch in one.report.paint.taken}
    never = [one for one in every if one not in taken]
    return Verdicts(items, len(every), len(every) - len(never), never)


async def failing(services: Services, workspace: str, row: ProcedureRow) -> list[Problem]:
    """A warning for each test of a draft that fails; the draft itself has to be free of errors."""
    tests = [_stored(one) for one in await services.stores.editor.tests(workspace, row.id)]
    if not tests:
        return []
    found = await _run(services, workspace, json.loads(row.draft), tests)
    return [failing_test(one.name, one.differences[0]) for one in found.items if not one.passed]


def differences(expected: Expected, report: Report) -> Iterator[str]:
    """What came out differently from what is expected, in sentences."""
    if expected.outcome is not None and report.outcome != expected.outcome:
        asked = phrase(", waiting for `{missing}`", missing=report.missing) if report.missing else ""
        yield phrase(
            "It ended as {outcome}{asked}, not as {wanted}.",
            outcome=report.outcome,
            asked=asked,
            wanted=expected.outcome,
        )
    if expected.steps is not None and list(report.steps) != expected.steps:
        yield _other_way(expected.steps, report.steps)
    yield from _unsaid(expected, report)
    called = [one.step for one in report.acts]
    if expected.called is not None and called != expected.called:
        yield phrase("It did {called}, not {wanted}.", called=_named(called), wanted=_named(expected.called))
    if expected.approvals is not None and list(report.approvals) != expected.approvals:
        yield phrase(
            "Approvals were asked for by {came}, not by {wanted}.",
            came=_named(report.approvals),
            wanted=_named(expected.approvals),
        )
    for name, value in expected.variables.items():
        found = report.variables.get(name)
        if found != value:
            yield phrase(
                "`{name}` is {found} at the end, not {value}.", name=name, found=_shown(found), value=_shown(value)
            )


def _other_way(expected: list[str], steps: Sequence[str]) -> str:
    at = next((at for at, step in enumerate(expected) if list(steps[at : at + 1]) != [step]), len(expected))
    came = f"`{steps[at]}`" if at < len(steps) else phrase("nothing more")
    wanted = f"`{expected[at]}`" if at < len(expected) else phrase("the end")
    way = tuple(steps[: at + 1])
    return phrase(
        "Step {number} was {came}, not {wanted}: it went {way}.",
        number=at + 1,
        came=came,
        wanted=wanted,
        way=drawn(way) if way else phrase("nowhere"),
    )


def _unsaid(expected: Expected, report: Report) -> Iterator[str]:
    lines = [line["text"] for line in report.transcript if line["who"] == "agent"]
    at = 0
    for text in expected.said:
        found = next((place for place in range(at, len(lines)) if text in lines[place]), None)
        if found is None:
            earlier = any(text in line for line in lines)
            yield (
                phrase("“{text}” was said, but in another order.", text=text)
                if earlier
                else phrase("“{text}” was never said.", text=text)
            )
        else:
            at = found
    yield from (
        phrase("“{text}” was said.", text=text) for text in expected.not_said if any(text in line for line in lines)
    )


def _named(steps: Iterable[str]) -> str:
    return ", ".join(f"`{step}`" for step in steps) or phrase("nothing")


def _shown(value: Any) -> str:
    return phrase("nothing") if value is None else f"“{text_of(value)[:100]}”"


def _stored(row: ProcedureTestRow) -> Stored:
    return Stored(row.id, ProcedureTest.model_validate_json(row.document), row.created_at, row.updated_at)


def _written(document: ProcedureTest) -> str:
    return document.model_dump_json(exclude_defaults=True)
