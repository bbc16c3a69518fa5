"""Step `internal`: a built-in action (ticket, lead, e-mail, resolve, tag)."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, get_args

from pydantic import Field

from deskhand.domain.effects import Act, CreateLead, CreateTicket, Priority, Resolve, SendEmail, Tag
from deskhand.domain.errors import TemplateError
from deskhand.domain.frame import Frame
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.steps.base import Surroundings
from deskhand.domain.steps.editing import Input, inputs_of
from deskhand.domain.steps.gated import GatedStep
from deskhand.domain.templates import placeholders, render_text
from deskhand.domain.values import InvalidValue, TypeName, parse

InternalAction = Literal["create_ticket", "create_lead", "send_email", "resolve_session", "tag_session"]

_ACTS: dict[str, type[CreateTicket | CreateLead | SendEmail | Resolve | Tag]] = {
    "create_ticket": CreateTicket,
    "create_lead": CreateLead,
    "send_email": SendEmail,
    "resolve_session": Resolve,
    "tag_session": Tag,
}
_OUTPUT: dict[str, tuple[str, TypeName]] = {
    "create_ticket": ("ticketId", "integer"),
    "create_lead": ("leadId", "text"),
}
_LABELS = {
    "create_ticket": "Create a ticket",
    "create_lead": "Create a lead",
    "send_email": "Send an email",
    "resolve_session": "Resolve the conversation",
    "tag_session": "Tag the conversation",
}
_PRIORITIES = get_args(Priority)


class InternalStep(GatedStep):
    """Does something inside Deskhand, or sends an e-mail."""

    kind: Literal["internal"]
    action: InternalAction
    parameters: dict[str, str] = Field(default={}, description="The action's parameters, filled in.")

    sample: ClassVar[dict[str, Any]] = {
        "id": "open_ticket",
        "kind": "internal",
        "action": "create_ticket",
        "parameters": {"subject": "Refund: Order #{{order_id}}", "priority": "HIGH"},
        "approval": "require",
    }

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from super().texts()
        for name, template in self.parameters.items():
            yield f"parameters.{name}", template

    def writes(self) -> Mapping[str, TypeName | None]:
        output = _OUTPUT.get(self.action)
        return {output[0]: output[1]} if output else {}

    def check(self, around: Surroundings) -> Iterator[Problem]:
        yield from super().check(around)
        fields = {name: info for name, info in _ACTS[self.action].model_fields.items() if name != "kind"}
        for name in self.parameters:
            if name not in fields:
                known = ", ".join(f"`{one}`" for one in fields) or phrase("none")
                yield self.problem(
                    "parameter",
                    phrase(
                        "`{action}` has no parameter `{name}` (it has {known}).",
                        action=self.action,
                        name=name,
                        known=known,
                    ),
                    f"parameters.{name}",
                )
        for name, info in fields.items():
            if info.is_required() and not self.parameters.get(name, "").strip():
                yield self.problem(
                    "required",
                    phrase("`{action}` needs the parameter `{name}`.", action=self.action, name=name),
                    f"parameters.{name}",
                )
        priority = self.parameters.get("priority", "MEDIUM")
        if "{{" not in priority and priority.upper() not in _PRIORITIES:
            yield self.problem(
                "parameter",
                phrase(
                    "`priority` is `{priority}`: use one of {priorities}.",
                    priority=priority,
                    priorities=", ".join(_PRIORITIES),
                ),
                "parameters.priority",
            )

    def label(self) -> str:
        return _LABELS[self.action]

    def act(self, frame: Frame) -> Act:
        scope = frame.scope()
        filled = {name: render_text(template, scope) for name, template in self.parameters.items()}
        if "priority" in filled:
            filled["priority"] = filled["priority"].strip().upper()
            if filled["priority"] not in _PRIORITIES:
                raise TemplateError(
                    phrase(
                        "`priority` is `{priority}`, which is none of {priorities}.",
                        priority=filled["priority"],
                        priorities=", ".join(_PRIORITIES),
                    )
                )
        for name in ("to", "email"):
            if filled.get(name):
                filled[name] = _address(name, filled[name])
        for name in ("subject", "tag"):
            if name in filled:
                filled[name] = " ".join(filled[name].split())
        for name, info in _ACTS[self.action].model_fields.items():
            if info.is_required() and not filled.get(name, "").strip():
                raise TemplateError(
                    phrase(
                        "`{action}` needs the parameter `{name}`, which is empty here.", action=self.action, name=name
                    )
                )
        return _ACTS[self.action].model_validate(filled)

    def editable(self, frame: Frame) -> dict[str, Input]:
        return inputs_of(frame, (one for text in self.parameters.values() for one in placeholders(text)))

    def succeeded(self, frame: Frame, output: Any) -> None:
        result = _OUTPUT.get(self.action)
        if result:
            frame.assign(result[0], (output or {}).get(result[0]), self.id)


def _address(name: str, given: str) -> str:
    try:
        return str(parse("email", given))
    except InvalidValue:
        raise TemplateError(
            phrase("`{name}` is `{given}`, which is no email address.", name=name, given=given[:80])
        ) from None
