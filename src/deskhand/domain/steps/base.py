"""What every step kind has: an id, where it leads, what it reads and writes, and how it behaves."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from deskhand.domain.errors import TemplateError
from deskhand.domain.frame import Frame, Move
from deskhand.domain.model import Record
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.sentences import Text, versions
from deskhand.domain.templates import Placeholder, placeholders
from deskhand.domain.values import TypeName

if TYPE_CHECKING:
    from deskhand.domain.actions import Action
    from deskhand.domain.agent import Agent
    from deskhand.domain.events import RunEvent
    from deskhand.domain.procedure import Procedure
    from deskhand.domain.requests import Connection
    from deskhand.domain.shown import FormField

END = "end"
"""The target that ends the run; no step may be called so."""

STEP_ID = r"^[a-z][a-z0-9_-]{0,63}$"
PATH = r"^[A-Za-z_]\w*(\.([A-Za-z_][\w-]*|\d+))*$"


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out of a step: its label, the target (None is the following step) and what is set on it."""

    label: str
    to: str | None
    sets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A value that a step needs, and the field that needs it; a default makes it optional."""

    field: str
    path: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a check knows beside the step: its procedure and what the workspace has."""

    procedure: "Procedure"
    actions: Mapping[str, "Action"] = field(default_factory=dict)
    procedures: Mapping[str, "Procedure"] = field(default_factory=dict)
    connections: Mapping[str, "Connection"] = field(default_factory=dict)
    internal_hosts: frozenset[str] = frozenset()
    """The workspace's allow-list: hosts that may be called by plain http."""
    members: Mapping[str, str] = field(default_factory=dict)
    """The workspace's members: their roles by their email addresses."""
    audiences: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    agents: Mapping[str, "Agent"] = field(default_factory=dict)
    workspace_known: bool = True
    """False for a file on its own: what other documents hold is then not checked."""


class StepBase(Record):
    """One node of a procedure."""

    id: str = Field(pattern=STEP_ID, description="Readable and unique in the procedure.")
    note: str | None = Field(default=None, description="For the team; customers never see it.")

    pauses: ClassVar[bool] = False
    """Whether a person has to answer before the run goes on."""
    sample: ClassVar[dict[str, Any]]
    """A complete step of this kind, for documentation and tests."""

    @abstractmethod
    def exits(self) -> tuple[Exit, ...]:
        """Every way out."""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Field and template of everything that is filled in."""
        return iter(())

    def reads(self, around: Surroundings) -> Iterator[Read]:
        """Every value it needs. Raises TemplateError where a text is no template."""
        for name, template in self.texts():
            yield from (read for placeholder in placeholders(template) for read in as_reads(name, placeholder))

    def writes(self) -> Mapping[str, TypeName | None]:
        """The variables that it sets, with their types where they are known."""
        return {}

    def form_fields(self) -> "Sequence[FormField]":
        """The fields that it puts before the customer to fill in: their values become variables."""
        return ()

    def check(self, around: Surroundings) -> Iterator[Problem]:
        """What is wrong with this step by itself."""
        for name, template in self.texts():
            yield from self.template_problems(name, template)

    @abstractmethod
    def enter(self, frame: Frame) -> Move:
        """Begin the step."""

    def resume(self, frame: Frame, event: "RunEvent") -> Move:
        """Go on after what the step was waiting for."""
        raise NotImplementedError

    def problem(self, code: str, sentence: str, field: str | None = None, severity: str = "error") -> Problem:
        return Problem(code=code, step=self.id, field=field, sentence=sentence, severity=severity)  # type: ignore[arg-type]

    def template_problems(self, name: str, template: str) -> Iterator[Problem]:
        """What is wrong with a text for the customer or a stored value: its syntax, and secrets in it."""
        try:
            found = list(placeholders(template))
        except TemplateError as error:
            yield self.problem("template", phrase("`{name}`: {why}", name=name, why=error.sentence), name)
            return
        for placeholder in found:
            if placeholder.is_secret:
                yield self.problem(
                    "secret-exposed",
                    phrase(
                        "`{name}` shows `{{{{{placeholder}}}}}`: secrets go only into headers and bodies of calls.",
                        name=name,
                        placeholder=placeholder.name,
                    ),
                    name,
                )


class Linear(StepBase):
    """A step that goes on to one other step."""

    next: str | None = Field(
        default=None, description="The step that follows, or `end`; by default the next in the list."
    )

    def exits(self) -> tuple[Exit, ...]:
        return (Exit("next", self.next, tuple(self.writes())),)


def as_reads(name: str, placeholder: Placeholder) -> Iterator[Read]:
    """What a placeholder needs; a secret is no variable."""
    if not placeholder.is_secret:
        yield Read(name, placeholder.path, placeholder.default is not None)


def empty_texts(step: StepBase, name: str, text: Text | None, what: str) -> Iterator[Problem]:
    """The problem of a text that is not there, or empty in one of its languages."""
    if not text or any(not version.strip() for version in versions(text)):
        yield step.problem("required", phrase("`{name}` is empty: write {what}.", name=name, what=what), name)


def text_fields(name: str, text: Text | None) -> Iterator[tuple[str, str]]:
    """A customer's text as field and template, once per language."""
    return ((name, version) for version in versions(text))
