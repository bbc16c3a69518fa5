"""A procedure: trigger, variables and steps, in numbered versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pydantic import Field

from deskhand.domain.actions import AnyAction
from deskhand.domain.comparisons import Comparison
from deskhand.domain.deciding import Person
from deskhand.domain.model import Record
from deskhand.domain.preconditions import SLUG
from deskhand.domain.steps import END, Step, StepBase
from deskhand.domain.steps.collect import CollectStep
from deskhand.domain.values import TypeName
from deskhand.domain.variables import Variable

DOCUMENT_SCHEMA = 1
MOST_STEPS = 500
ONE_SHOT = frozenset(
    {
        "call", "tool", "form", "button", "javascript",
        "suggest", "redirect", "component", "switch_topic", "live_chat",
    }
)  # fmt: skip
"""The kinds of steps that can be a whole procedure, which the customer then picks."""


class Trigger(Record):
    """When the procedure shows up."""

    description: str = Field(
        default="", max_length=5000, description="When the agent shall run it, written as a clear instruction."
    )
    phrases: list[str] = Field(default=[], max_length=500, description="What customers typically write.")
    sources: list[str] = Field(
        default=[], max_length=200, description="Sources by slug: it is offered with an answer taken from one."
    )
    on_negative_feedback: bool = Field(default=False, description="Comes after a thumbs-down.")
    on_unanswered: bool = Field(default=False, description="Comes after a question that nothing could answer.")
    always: bool = Field(default=False, description="Stands in the customer's menu all the time.")
    audience: str | None = Field(
        default=None, pattern=SLUG, max_length=64, description="Only for customers in this audience, by its slug."
    )
    start: Literal["agent", "offer"] | None = Field(
        default=None, description="`agent`: it starts by itself; `offer`: the customer decides. By default a request "
        "starts it and every other trigger offers it; what is one single step is offered."
    )  # fmt: skip
    when_not_to_use: str = Field(default="", max_length=2000, description="When to leave it alone; a model judges it.")
    skip_when: list[Comparison] = Field(
        default=[], max_length=50, description="Conditions under which it is never started; the engine checks them."
    )

    @property
    def matches_requests(self) -> bool:
        """Whether customers get it by asking."""
        return bool(self.description.strip() or self.phrases)

    @property
    def comes_otherwise(self) -> bool:
        """Whether something other than a request brings it."""
        return bool(self.sources or self.on_negative_feedback or self.on_unanswered or self.always)


class Procedure(Record):
    """One procedure as it is written, reviewed and published."""

    schema_number: Literal[1] = Field(default=1, alias="schema", description="The form of this document.")
    name: str = Field(min_length=1, max_length=100, description="What people call it.")
    slug: str = Field(pattern=SLUG, max_length=64, description="Lowercase and hyphens; unique in the workspace.")
    trigger: Trigger
    description: str = Field(default="", description="For the team; customers never see it.")
    irreversible: bool = Field(default=False, description="Every outward step then needs a member's approval.")
    escalation: bool = Field(default=False, description="Every run of it counts as an escalation in reports.")
    variables: list[Variable] = Field(default=[], description="What it needs to know before the first step.")
    steps: list[Step] = Field(min_length=1, max_length=MOST_STEPS)

    @property
    def is_one_shot(self) -> bool:
        """Whether it does one thing, and no more: one step that calls, shows or runs something."""
        return len(self.steps) == 1 and self.steps[0].kind in ONE_SHOT

    def offered(self, asked_for: bool) -> bool:
        """Whether the customer decides if it runs; asked_for: whether it is what they asked for."""
        start = self.trigger.start
        return start == "offer" if start else not asked_for or self.is_one_shot

    @cached_property
    def by_id(self) -> dict[str, StepBase]:
        return {step.id: step for step in self.steps}

    @cached_property
    def _following(self) -> dict[str, str]:
        ids = [step.id for step in self.steps]
        return dict(zip(ids, [*ids[1:], END], strict=True))

    @cached_property
    def declared(self) -> dict[str, Variable]:
        """The variables that it declares, by name."""
        return {variable.name: variable for variable in self.variables}

    @cached_property
    def asked(self) -> dict[str, tuple[TypeName, list[str]]]:
        """Type and choices of every variable that the customer is asked for."""
        asked = {variable.name: (variable.type, variable.choices) for variable in self.variables}
        for step in self.steps:
            if isinstance(step, CollectStep):
                asked.setdefault(step.variable, (step.validation, step.choices))
        return asked

    @cached_property
    def answers(self) -> dict[str, Variable]:
        """Everything that the customer is asked for, in questions and forms, by its name."""
        found: dict[str, Variable] = {}
        for step in self.steps:
            found |= {field.name: field for field in step.form_fields()}
            if isinstance(step, CollectStep):
                found[step.variable] = Variable.model_construct(
                    name=step.variable, type=step.validation, choices=step.choices, example=step.example
                )
        return found | self.declared

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The variables whose values nobody may read."""
        fields = [field for step in self.steps for field in step.form_fields()]
        return frozenset(variable.name for variable in (*self.variables, *fields) if variable.sensitive)

    @cached_property
    def asking(self) -> dict[str, tuple[str, ...]]:
        """The steps that ask for a variable, by its name."""
        asking: dict[str, tuple[str, ...]] = {}
        for step in self.steps:
            if isinstance(step, CollectStep):
                asking[step.variable] = (*asking.get(step.variable, ()), step.id)
        return asking

    @cached_property
    def types(self) -> dict[str, TypeName]:
        """The variables whose type is the same wherever they are set."""
        types: dict[str, TypeName | None] = {variable.name: variable.type for variable in self.variables}
        for step in self.steps:
            for name, kind in step.writes().items():
                types[name] = kind if types.get(name, kind) == kind else None
        return {name: kind for name, kind in types.items() if kind is not None}

    def following(self, step: str) -> str:
        """The step that comes next in the list, or `end`."""
        return self._following[step]

    def target(self, step: str, to: str | None) -> str:
        """Where an exit of a step leads."""
        return self._following[step] if to is None else to


@dataclass(frozen=True, slots=True)
class Published:
    """One version of a procedure with everything that publishing pinned."""

    procedure: Procedure
    version: int
    actions: Mapping[str, AnyAction] = field(default_factory=dict)
    procedures: Mapping[str, "Published"] = field(default_factory=dict)
    publisher: Person | None = None
    """Who published it; nobody for an action that is used directly."""

    @property
    def slug(self) -> str:
        return self.procedure.slug

    @property
    def name(self) -> str:
        return self.procedure.name

    @property
    def types(self) -> Mapping[str, TypeName]:
        return self.procedure.types

    @property
    def sensitive(self) -> frozenset[str]:
        """The variables whose values nobody may read, be it that an action of it says so."""
        declared = (one for action in self.actions.values() for one in action.declared())
        return self.procedure.sensitive | {variable.name for variable in declared if variable.sensitive}
