"""The customer's answers and the answers of calls that lead a run along a given path."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from deskhand.application.simulation import Script
from deskhand.domain.checks.graph import Edge
from deskhand.domain.conditions import MISSING, look_up
from deskhand.domain.errors import TemplateError
from deskhand.domain.paths import Path
from deskhand.domain.procedure import Published
from deskhand.domain.steps import StepBase
from deskhand.domain.steps.acting import ActionStep
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.collect import CollectStep
from deskhand.domain.steps.component import ComponentStep
from deskhand.domain.steps.condition import ConditionStep
from deskhand.domain.steps.gated import GatedStep
from deskhand.domain.steps.live_chat import LiveChatStep
from deskhand.domain.steps.procedure import ProcedureStep
from deskhand.domain.steps.set import SetStep
from deskhand.domain.steps.tool import ToolStep
from deskhand.domain.templates import placeholders
from deskhand.domain.variables import Variable
from deskhand.domain.wishes import Answer, Body, Wish, invalid_answer

WITHOUT_ANSWER = 404
"""What a call answers that shall certainly have failed."""
STATUSES = (404, 401, 400, 409, 422, 403, 410)
"""Answers that say of every call that nothing was done."""

Take = Callable[[Wish], None]
"""Takes up what a condition wants of a value."""


@dataclass(slots=True)
class Mock:
    """One answer of a call."""

    body: Body = field(default_factory=Body)
    failed: bool = False
    about_status: list[Wish] = field(default_factory=list)

    def as_response(self) -> dict[str, Any]:
        """The mock as a script holds it."""
        if not self.failed:
            return {"body": self.body.find()}
        fitting = (one for one in STATUSES if all(wish.met({"status": one}) for wish in self.about_status))
        wanted = next(fitting, None)
        if wanted is None and all(wish.met({"status": None}) for wish in self.about_status):
            return {"failure": "refused"}
        return {"status": wanted or WITHOUT_ANSWER}


class Answering:
    """Goes along a path and notes what it takes to get there."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self.inputs: dict[str, list[Answer | str]] = {}
        self.mocks: dict[str, list[Mock]] = {}
        self.decisions: dict[str, str] = {}
        self.confirmations: dict[str, bool] = {}
        self.live_chat = True
        self.origins: dict[str, Take] = {}
        """By variable, who takes up what a condition wants of it."""
        self.finders: dict[str, Callable[[], Any]] = {}
        """By variable, what it will be."""
        for variable in published.procedure.variables:
            if variable.required and variable.default is None and not variable.ask_when:
                self._ask_declared(variable)

    def script(self, path: Path) -> Script:
        """The script that should lead along the path."""
        for edge in path:
            self._along(edge, self.published.procedure.by_id[edge.source])
        found: dict[str, Any] = {
            "inputs": {name: _plain([_answer(one) for one in answers]) for name, answers in self.inputs.items()},
            "responses": {step: _plain([one.as_response() for one in mocks]) for step, mocks in self.mocks.items()},
            "decisions": self.decisions,
            "confirmations": self.confirmations,
        }
        if not self.live_chat:
            found["live_chat"] = False
        return Script.model_validate({name: given for name, given in found.items() if given or name == "live_chat"})

    def _along(self, edge: Edge, step: StepBase) -> None:
        match step:
            case ConditionStep():
                self._decide(step, edge.label == "then")
            case CollectStep():
                self._collect(step, edge.label)
            case SetStep():
                self._set(step)
            case ProcedureStep():
                self._sub(step)
            case LiveChatStep():
                self.live_chat = edge.label != "on_unavailable"
            case ComponentStep() if step.response_variable and not step.form_fields():
                self._given_by(step, step.response_variable)
        for one in step.form_fields():
            self._ask_declared(one)
        if isinstance(step, GatedStep):
            self._gates(step, edge.label)

    def _given_by(self, step: ComponentStep, variable: str) -> None:
        """What a component of the host page gives is made up as a condition wants it."""
        mock = Mock(Body(None))
        self.mocks.setdefault(step.id, []).append(mock)
        self.origins[variable] = mock.body.wishes.append
        self.finders[variable] = mock.body.find

    def _ask_declared(self, variable: Variable) -> None:
        self._ask(variable.name, Answer(variable.type, variable.choices, variable.example))

    def _ask(self, name: str, answer: Answer) -> None:
        self.inputs.setdefault(name, []).append(answer)
        self.origins[name] = answer.wishes.append
        self.finders[name] = answer.find

    def _collect(self, step: CollectStep, label: str) -> None:
        if label == "on_too_many":
            wrong = invalid_answer(step.validation, step.choices)
            self.inputs.setdefault(step.variable, []).extend([wrong] * step.attempts)
            return
        self._ask(step.variable, Answer(step.validation, step.choices, step.example))

    def _set(self, step: SetStep) -> None:
        """A value that only repeats another one hands on what is wanted of it."""
        self.origins.pop(step.variable, None)
        source = _lone(step.value)
        taken = self.origins.get(source[0]) if source else None
        if source and taken:
            rest = source[1:]
            self.origins[step.variable] = lambda wish: taken(_behind(wish, rest))

    def _sub(self, step: ProcedureStep) -> None:
        """What another procedure asks for is answered somehow: its own paths are its own."""
        child = self.published.procedures.get(step.procedure)
        asked = {} if child is None else child.procedure.asked
        for name, (kind, choices) in asked.items():
            if name not in step.arguments:
                self.inputs.setdefault(name, []).append(Answer(kind, choices))

    def _gates(self, step: GatedStep, label: str) -> None:
        if label == "on_decline":
            self.confirmations[step.id] = False
        elif label == "on_expiry":
            self.decisions[step.id] = "expire"
        elif isinstance(step, ActionStep):
            self._answer(step, label == "on_error")
        elif label == "on_error":
            self.mocks.setdefault(step.id, []).append(Mock(failed=True))

    def _answer(self, step: ActionStep, failed: bool) -> None:
        mock = Mock(Body(getattr(step, "sample_response", None)), failed)
        self.mocks.setdefault(step.id, []).append(mock)
        if failed:
            self.origins["error"] = lambda wish: _about_error(mock, wish)
            return
        for comparison in self._success(step):
            if comparison.path[0] == "response":
                wish = Wish(comparison.path[1:], comparison.operator, comparison.value, true=True)
                mock.body.wishes.append(wish)
        variable = getattr(step, "response_variable", None)
        if variable:
            self.origins[variable] = mock.body.wishes.append
            self.finders[variable] = mock.body.find

    def _success(self, step: ActionStep) -> Any:
        if isinstance(step, CallStep) and step.action is not None:
            action = self.published.actions.get(step.action)
            return action.success if action else ()
        return step.success if isinstance(step, CallStep | ToolStep) else ()

    def _decide(self, step: ConditionStep, true: bool) -> None:
        taken = self.origins.get(step.path[0])
        if taken is not None:
            taken(Wish(step.path[1:], step.operator, self._compared(step.value), true))

    def _compared(self, value: Any) -> Any:
        """What a condition compares with: what a placeholder will stand for is found when it is known."""
        source = _lone(value)
        finder = self.finders.get(source[0]) if source else None
        if finder is None:
            return value
        if len(source) > 1:
            self.origins[source[0]](Wish(source[1:], "exists", None, true=True))
        return lambda: _found(look_up(source[1:], finder()))


def _found(value: Any) -> Any:
    return None if value is MISSING else value


def _answer(one: Answer | str) -> Any:
    return one if isinstance(one, str) else one.find()


def _plain(given: list[Any]) -> Any:
    """A single answer stands for itself; a list of them is used one after the other."""
    return given[0] if len(given) == 1 and not isinstance(given[0], list) else given


def _behind(wish: Wish, rest: tuple[str, ...]) -> Wish:
    return Wish((*rest, *wish.path), wish.operator, wish.given, wish.true)


def _about_error(mock: Mock, wish: Wish) -> None:
    if wish.path[:1] == ("status",):
        mock.about_status.append(wish)
    elif wish.path[:1] == ("body",):
        mock.body.wishes.append(_behind(wish, ()))


def _lone(value: Any) -> tuple[str, ...]:
    """The path of a value that is nothing but one placeholder."""
    if not isinstance(value, str) or not value.strip().startswith("{{") or value.count("{{") != 1:
        return ()
    try:
        found = list(placeholders(value))
    except TemplateError:
        return ()
    return found[0].path if found and value.strip().endswith("}}") and not found[0].is_secret else ()
