"""Steps that describe a form, a button, a script or a tool's call in themselves."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from pydantic import Field

from deskhand.domain.actions import AnyAction
from deskhand.domain.errors import TemplateError
from deskhand.domain.frame import Frame
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.sentences import Text
from deskhand.domain.steps.acting import ActionStep
from deskhand.domain.steps.base import Read, Surroundings, as_reads
from deskhand.domain.values import TypeName
from deskhand.domain.variables import NAME, RESERVED


class InlineStep(ActionStep):
    """A step that holds its whole action."""

    response_variable: str | None = Field(default=None, pattern=NAME, description="Where the result is stored.")
    messages: dict[str, Text] = Field(
        default={}, description="What is said of an outcome: `success`, `error`, `timeout`, `404`, `4xx`."
    )

    @abstractmethod
    def build(self) -> AnyAction:
        """The action that the step describes."""

    @cached_property
    def own(self) -> AnyAction:
        return self.build()

    @property
    def slug(self) -> str:
        return self.id.replace("_", "-")

    def of(self, frame: Frame) -> AnyAction:
        return self.own

    def is_inline(self) -> bool:
        return True

    def take(self, frame: Frame, output: Any) -> None:
        if self.response_variable:
            frame.assign(self.response_variable, output, self.id)

    def writes(self) -> Mapping[str, TypeName | None]:
        return {self.response_variable: None} if self.response_variable else {}

    def reads(self, around: Surroundings) -> Iterator[Read]:
        yield from super().reads(around)
        for placeholder in self.own.placeholders():
            yield from as_reads("request", placeholder)

    def check(self, around: Surroundings) -> Iterator[Problem]:
        yield from super().check(around)
        try:
            found = list(self.own.placeholders())
        except TemplateError as error:
            yield self.problem("template", error.sentence)
            return
        if any(one.is_secret for one in found) and self.own.kind != "button":
            yield self.problem("secret-exposed", "a secret may not be shown to a customer or sent to their browser.")
        hidden = {one.path[0] for one in found} & around.procedure.sensitive if self.own.kind == "javascript" else set()
        for name in sorted(hidden):
            yield self.problem(
                "secret-exposed",
                phrase("`{name}` is sensitive: a script's inputs stand in the log.", name=name),
                "inputs",
            )
        for name in self.writes():
            if name in RESERVED:
                yield self.problem("reserved", phrase("`{name}` is a built-in name: choose another.", name=name))
