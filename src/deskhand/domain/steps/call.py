"""Step `call`: calls an external API and stores the answer."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.actions import AnyAction, HttpAction
from deskhand.domain.authentication import Auth
from deskhand.domain.comparisons import Comparison
from deskhand.domain.errors import TemplateError
from deskhand.domain.frame import Frame
from deskhand.domain.model import Json
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG
from deskhand.domain.problems import Problem
from deskhand.domain.requests import LONGEST_TIMEOUT, HttpRequest, Method
from deskhand.domain.sentences import Text
from deskhand.domain.steps.acting import ActionStep
from deskhand.domain.steps.base import Read, Surroundings, as_reads
from deskhand.domain.steps.call_checks import action_problems, request_problems
from deskhand.domain.values import TypeName
from deskhand.domain.variables import NAME, RESERVED


class CallStep(ActionStep):
    """Sends an HTTP request: described here, or by an action of the workspace."""

    kind: Literal["call"]
    action: str | None = Field(default=None, pattern=SLUG, description="An action of the workspace, instead of `url`.")
    arguments: dict[str, str] = Field(
        default={}, description="The action's variables, filled in; by default those of the same name."
    )
    url: str | None = Field(default=None, description="The address, or a path on the connection.")
    method: Method = "GET"
    connection: str | None = Field(default=None, pattern=SLUG, description="Base URL and authentication, by slug.")
    headers: dict[str, str] = {}
    query: dict[str, str] = {}
    body: str | None = Field(default=None, description="A JSON body with `{{placeholders}}`.")
    response_variable: str | None = Field(default=None, pattern=NAME, description="Where the answer is stored.")
    read_only: bool | None = Field(default=None, description="Changes nothing, so it may be repeated; GET by default.")
    idempotent: bool | None = Field(
        default=None, description="Sending it twice is harmless; GET, PUT and DELETE by default."
    )
    idempotency_header: str = "Idempotency-Key"
    form: dict[str, str] = Field(default={}, description="A form-encoded body, field by field.")
    text: str | None = Field(default=None, description="A body of plain text.")
    auth: Auth | None = Field(default=None, description="Authentication of its own, in place of the connection's.")
    timeout: float = Field(default=30.0, gt=0, le=LONGEST_TIMEOUT, description="Seconds.")
    definite_statuses: list[int] = Field(default=[], description="Statuses that say that nothing was done.")
    success: list[Comparison] = Field(
        default=[], description="What counts as success, over `status` and `response`; by default any 2xx."
    )
    messages: dict[str, Text] = Field(
        default={}, description="What is said of an outcome: `success`, `error`, `timeout`, `404`, `4xx`."
    )
    transform: str | None = Field(
        default=None, max_length=65_536, description="JavaScript that turns the answer into the value to use."
    )
    sample_response: Json = Field(default=None, description="What simulation answers where no mock is given.")

    sample: ClassVar[dict[str, Any]] = {
        "id": "look_up",
        "kind": "call",
        "method": "GET",
        "url": "https://api.example.com/orders/{{order_id}}",
        "response_variable": "order",
    }

    @cached_property
    def request(self) -> HttpRequest:
        """The request that is described here."""
        names = set(HttpRequest.model_fields) & set(CallStep.model_fields)
        return HttpRequest.model_construct(**{name: getattr(self, name) for name in names} | {"url": self.url or ""})

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        for name, template in self.arguments.items():
            yield f"arguments.{name}", template

    def reads(self, around: Surroundings) -> Iterator[Read]:
        yield from super().reads(around)
        if self.url is not None:
            for placeholder in self.request.placeholders():
                yield from as_reads("request", placeholder)
        elif self.action is not None and self.action in around.actions:
            for variable in around.actions[self.action].variables:
                if variable.required and variable.default is None and variable.name not in self.arguments:
                    yield Read(f"arguments.{variable.name}", (variable.name,))

    def writes(self) -> Mapping[str, TypeName | None]:
        return {self.response_variable: None} if self.response_variable else {}

    def check(self, around: Surroundings) -> Iterator[Problem]:
        yield from super().check(around)
        if (self.url is None) == (self.action is None):
            yield self.problem("required", "give either `url` or `action`.", "url")
        elif self.url is not None:
            yield from request_problems(self, self.request, around)
        elif self.action is not None and self.action in around.actions:
            yield from action_problems(self, around.actions[self.action], around)
            yield from self._argument_problems(around.actions[self.action])
        elif around.workspace_known:
            yield self.problem("unknown-action", phrase("there is no action `{action}`.", action=self.action), "action")
        if self.response_variable in RESERVED:
            yield self.problem(
                "reserved",
                phrase("`{name}` is a built-in name: choose another.", name=self.response_variable),
                "response_variable",
            )

    def _argument_problems(self, action: AnyAction) -> Iterator[Problem]:
        declared = [variable.name for variable in action.variables]
        for name in self.arguments:
            if name not in declared:
                known = ", ".join(f"`{one}`" for one in declared) or phrase("none")
                yield self.problem(
                    "argument",
                    phrase(
                        "the action `{slug}` declares no variable `{name}` (it declares {known}).",
                        slug=action.slug,
                        name=name,
                        known=known,
                    ),
                    "arguments",
                )

    def label(self) -> str:
        return f"Action {self.action}" if self.action else f"{self.method} {self.url}"

    def is_inline(self) -> bool:
        return self.action is None

    def argument_templates(self) -> Mapping[str, str]:
        return self.arguments

    def take(self, frame: Frame, output: Any) -> None:
        if self.response_variable:
            frame.assign(self.response_variable, output, self.id)

    def of(self, frame: Frame) -> AnyAction:
        if self.action is None:
            return self._own
        if self.action not in frame.published.actions:
            raise TemplateError(phrase("the action `{action}` does not exist.", action=self.action))
        return frame.published.actions[self.action]

    @cached_property
    def _own(self) -> HttpAction:
        """The call that is described here, as an action of its own."""
        return HttpAction.model_construct(
            slug=self.id.replace("_", "-"),
            name=self.description or self.label(),
            request=self.request,
            success=self.success,
            messages=self.messages,
            transform=self.transform,
        )
