"""Step `call`: calls an external API and stores the answer."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.actions.http import SLUG, ApprovalLevel
from deskhand.domain.conditions import MISSING
from deskhand.domain.effects import Act, CallHttp
from deskhand.domain.errors import TemplateError
from deskhand.domain.frame import Frame
from deskhand.domain.model import Json
from deskhand.domain.problems import Problem
from deskhand.domain.requests import LONGEST_TIMEOUT, HttpRequest, Method
from deskhand.domain.sentences import Text
from deskhand.domain.steps.base import Read, Surroundings, as_reads
from deskhand.domain.steps.call_checks import action_problems, request_problems
from deskhand.domain.steps.gated import GatedStep, strictest
from deskhand.domain.templates import Scope, render_value
from deskhand.domain.values import InvalidValue, TypeName
from deskhand.domain.variables import NAME, RESERVED, Variable, fit

if TYPE_CHECKING:
    from deskhand.domain.actions import Action


class CallStep(GatedStep):
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
    timeout: float = Field(default=30.0, gt=0, le=LONGEST_TIMEOUT, description="Seconds.")
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
            yield self.problem("unknown-action", f"there is no action `{self.action}`.", "action")
        if self.response_variable in RESERVED:
            yield self.problem(
                "reserved",
                f"`{self.response_variable}` is a built-in name: choose another.",
                "response_variable",
            )

    def _argument_problems(self, action: "Action") -> Iterator[Problem]:
        declared = [variable.name for variable in action.variables]
        for name in self.arguments:
            if name not in declared:
                known = ", ".join(f"`{one}`" for one in declared) or "none"
                yield self.problem(
                    "argument",
                    f"the action `{action.slug}` declares no variable `{name}` (it declares {known}).",
                    "arguments",
                )

    def label(self) -> str:
        return f"Action {self.action}" if self.action else f"{self.method} {self.url}"

    def described(self, frame: Frame) -> str:
        action = frame.published.actions.get(self.action or "")
        return self.description or (action.description if action else "")

    def level(self, frame: Frame) -> ApprovalLevel:
        action = self._action(frame)
        return strictest(self.approval, action.approval) if action else self.approval

    def is_irreversible(self, frame: Frame) -> bool:
        action = self._action(frame)
        return self.irreversible or bool(action and action.irreversible)

    def confirmation(self, frame: Frame) -> Text | None:
        action = self._action(frame)
        return self.confirm or (action.confirm if action else None)

    def act(self, frame: Frame) -> Act:
        action = self._action(frame)
        if action is None:
            return CallHttp(request=self.request.render(frame.scope(), frame.given.connections))
        return CallHttp(request=action.request.render(self._arguments(action, frame), frame.given.connections))

    def succeeded(self, frame: Frame, output: Any) -> None:
        if self.response_variable:
            frame.assign(self.response_variable, output, self.id)

    def _action(self, frame: Frame) -> "Action | None":
        if self.action is None:
            return None
        if self.action not in frame.published.actions:
            raise TemplateError(f"the action `{self.action}` does not exist.")
        return frame.published.actions[self.action]

    def _arguments(self, action: "Action", frame: Frame) -> Scope:
        """The action sees its own variables and the context, nothing else of the run."""
        given = {variable.name: self._argument(variable, frame) for variable in action.variables}
        values = {name: value for name, value in given.items() if value is not MISSING}
        return Scope(
            {**frame.given.context, **values},
            {variable.name: variable.type for variable in action.variables},
            frozenset(given.keys() - values.keys()),
        )

    def _argument(self, variable: Variable, frame: Frame) -> Any:
        template = self.arguments.get(variable.name)
        if template is not None:
            value = render_value(template, frame.scope())
        else:
            value = frame.variables.get(variable.name, variable.default)
        if value is None or value == "":
            if variable.required:
                raise TemplateError(f"the action `{self.action}` needs `{variable.name}`, which has no value here.")
            return MISSING if variable.default is None else variable.default
        try:
            return fit(variable.type, variable.choices, value, frame.given.region)
        except InvalidValue:
            raise TemplateError(
                f"`{variable.name}` of the action `{self.action}` is no valid {variable.type}."
            ) from None
