"""What an editor asks while a document is written: what is wrong, what can be used, what a step does, which paths."""

from typing import Any

from fastapi import APIRouter
from pydantic import Field, JsonValue

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.languages import Told, told
from deskhand.api.models import Shown
from deskhand.api.procedures import Document, Written
from deskhand.application import checking, path_finding, scoping, trying_steps
from deskhand.application.path_finding import MOST, Paths
from deskhand.application.trying_steps import StepSample
from deskhand.domain.problems import Problem
from deskhand.domain.values import TypeName

router = APIRouter(prefix="/v1", tags=["Editor"], route_class=KeyedRoute)


class FoundProblem(Shown):
    """A problem, and where it is."""

    severity: str
    code: str
    step: str | None
    field: str | None
    sentence: Told
    path: list[str] = Field(description="The steps that lead to it, where that matters.")
    place: list[str | int] = Field(description="Where in the document: names of fields and numbers of list entries.")


class CheckedDocument(Shown):
    """What a document comes to."""

    problems: list[FoundProblem]
    document: Document | None = Field(description="The fields; null where the YAML cannot be read.")
    yaml: str | None = Field(description="The same as YAML, comments left out; null where it cannot be written.")
    lines: dict[str, int] = Field(description="The line of each step in the YAML.")


class AtStep(Written):
    """A document, and one of its steps."""

    step: str = Field(max_length=64, examples=["ask_order"])


class FieldInScope(Shown):
    """A field of a variable's value."""

    path: str
    example: str


class VariableInScope(Shown):
    """A variable that a step can use."""

    name: str
    type: TypeName | None
    always: bool = Field(description="Whether every way to the step sets it; otherwise some do.")
    set_by: list[str] = Field(description="The steps that set it; an empty text stands for the declaration.")
    example: str | None
    description: str
    sensitive: bool
    fields: list[FieldInScope]


class BuiltIn(Shown):
    """A name that is there everywhere."""

    name: str
    description: Told


class ScopeOfStep(Shown):
    """What `{{` can complete."""

    step: str
    variables: list[VariableInScope]
    context: list[BuiltIn]
    filters: list[BuiltIn]
    secrets: list[str] = Field(description="Names alone, and for builders alone.")


class TryStep(AtStep):
    """A step, and what it is tried with."""

    sample: StepSample = StepSample()


class StepResult(Shown):
    """How a step went."""

    step: str
    kind: str
    ok: bool
    said: list[str]
    shown: dict[str, JsonValue] | None = Field(description="The form or the button that the customer would see.")
    question: str | None
    confirmation: str | None
    approval: Told | None = Field(description="The rule by which a member would have to agree; here they do.")
    request: dict[str, JsonValue] | None = Field(description="What was, or would be, sent; without credentials.")
    curl: str | None
    sent: bool
    status: int | None
    response: JsonValue
    milliseconds: int | None
    outcome: str | None
    guarded: Told | None = Field(description="Why the engine would not let it happen.")
    problem: Told | None
    hints: list[Told]
    before: dict[str, JsonValue]
    after: dict[str, JsonValue] = Field(description="The values that the step set or changed.")
    waits_for: str | None
    exit: str | None
    next: str | None
    ends: str | None
    handed_over: str | None


class WantedPaths(Written):
    """A document whose paths are wanted."""

    most: int = Field(default=50, ge=1, le=MOST, description="How many paths are given at most.")


@router.post("/check", summary="Check a document")
async def check_document(who: Member, written: Written) -> CheckedDocument:
    """What publishing would say of a document that is not stored and may be incomplete, and its other form."""
    given: Any = written.yaml if written.yaml is not None else written.document
    found = await checking.check_document(who.services, who.workspace, given)
    return CheckedDocument(
        problems=[_problem(one.problem, one.place) for one in found.problems],
        document=found.document,
        yaml=found.yaml,
        lines=found.lines,
    )


@router.post("/scope", summary="See what a step can use")
async def get_scope(who: Member, at: AtStep) -> ScopeOfStep:
    """The variables that have a value where a step begins, with the fields of answers, and what is built in."""
    found = await scoping.scope_at(who.services, who.workspace, at.read(), at.step, who.role != "agent")
    variables = [
        VariableInScope(
            name=one.known.name,
            type=one.known.type,
            always=one.known.always,
            set_by=list(one.known.set_by),
            example=one.known.example,
            description=one.known.description,
            sensitive=one.known.sensitive,
            fields=[FieldInScope.model_validate(field) for field in one.fields],
        )
        for one in found.variables
    ]
    built_in = [BuiltIn(name=name, description=told) for name, told in scoping.BUILT_IN.items()]
    filters = [BuiltIn(name=name, description=told) for name, told in scoping.FILTERS.items()]
    return ScopeOfStep(step=found.step, variables=variables, context=built_in, filters=filters, secrets=found.secrets)


@router.post("/try-step", summary="Try a step")
async def try_step(who: Builder, wanted: TryStep) -> StepResult:
    """Run one step with sample values. Only with the mode `send` a call is really sent, logged as a test."""
    trial = await trying_steps.try_step(who.services, who.workspace, wanted.read(), wanted.step, wanted.sample)
    return StepResult.model_validate(trial)


@router.post("/paths", summary="Find the paths of a document")
async def find_paths(who: Builder, wanted: WantedPaths) -> Paths:
    """Answers of customers and APIs for every path, each tried in a simulation."""
    found = await path_finding.find_paths(who.services, who.workspace, wanted.read(), wanted.most)
    items = tuple(one.model_copy(update={"why_not": told(one.why_not)}) for one in found.items)
    return found.model_copy(update={"items": items, "cut": told(found.cut)})


def _problem(problem: Problem, place: tuple[str | int, ...]) -> FoundProblem:
    return FoundProblem(**problem.model_dump(), place=list(place))
