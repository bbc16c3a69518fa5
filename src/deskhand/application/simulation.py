"""Simulation: the whole flow with scripted answers. It drives the same functions as the engine and sends nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import Field

from deskhand.application.mocking import MockResponse, mocked, pretended
from deskhand.application.painting import Line, Paint, Painter
from deskhand.application.turns import template_context
from deskhand.domain import effects as f
from deskhand.domain import events as e
from deskhand.domain.actions import AnyAction
from deskhand.domain.agent import DEFAULT_AGENT, Agent
from deskhand.domain.commands import SetVariables
from deskhand.domain.contact import Contact
from deskhand.domain.conversation import converse
from deskhand.domain.errors import RuleError
from deskhand.domain.frame import Entered, Given
from deskhand.domain.live_chat import Desk
from deskhand.domain.model import Json, Record
from deskhand.domain.preconditions import SLUG
from deskhand.domain.procedure import Published
from deskhand.domain.requests import Connection
from deskhand.domain.shown import ShownComponent, ShownElement, ShownField, ShownFlow, ShownImage, ShownVideo
from deskhand.domain.state import (
    Conversation,
    ForAnswer,
    ForApproval,
    ForBrowser,
    ForClick,
    ForComponent,
    ForConfirmation,
    ForEffect,
    ForForm,
    ForOutcome,
    ForRun,
    Run,
    Waiting,
)
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.tool import ToolStep
from deskhand.domain.turn import Catalogue, Turn

MOST_EVENTS = 300
"""Events after which a simulation stops: by then it goes round in circles."""


class Script(Record):
    """Everything that a simulation is told beforehand."""

    inputs: dict[str, Json] = Field(default={}, description="Answers by variable; a list is used one after the other.")
    responses: dict[str, MockResponse | list[MockResponse]] = Field(
        default={}, description="Answers of calls by step; a list is used one after the other."
    )
    decisions: dict[str, Literal["approve", "reject", "expire"]] = Field(
        default={}, description="What members decide, by step; by default they approve."
    )
    confirmations: dict[str, bool] = Field(
        default={}, description="Whether the customer says yes, by step; by default they do."
    )
    clicks: dict[str, bool] = Field(
        default={}, description="Whether the customer clicks a step's button, by step; by default they do."
    )
    live_chat: bool = Field(default=True, description="Whether somebody is there for live chat.")
    arguments: dict[str, Json] = Field(default={}, description="Values that are known from the beginning.")
    language: str = "en"
    contact: Contact | None = Field(default=None, description="Who the customer is; by default nobody in particular.")
    agent: str = Field(default=DEFAULT_AGENT, pattern=SLUG, max_length=64, description="Whom the customer talks to.")


class SimulatedAct(Record):
    """Something that would have been done."""

    step: str
    kind: str
    request: dict[str, Json]
    answer: str


class Report(Record):
    """How a simulation went."""

    outcome: str
    """`completed`, `escalated`, `cancelled`, `failed`, `waiting` (an answer is missing) or `endless`."""
    steps: tuple[str, ...]
    transcript: tuple[dict[str, str], ...]
    acts: tuple[SimulatedAct, ...]
    approvals: tuple[str, ...]
    variables: dict[str, Json]
    missing: str | None = None
    """What the script lacks: the variable that was asked for."""
    handed_over: str | None = None
    """Why a person was called."""
    unused: tuple[str, ...] = ()
    """Parts of the script that nothing asked for."""
    paint: Paint = Paint()
    """The way step by step, for a canvas."""


def simulate(
    published: Published,
    script: Script,
    connections: dict[str, Connection] | None = None,
    actions: Mapping[str, AnyAction] | None = None,
    agents: Mapping[str, Agent] | None = None,
) -> Report:
    """Run a procedure from its first step to its end with scripted answers.

    actions, agents: those of the workspace; by default the actions that the procedure is pinned to, and no agent.
    """
    actions = published.actions if actions is None else actions
    agent = (agents or {}).get(script.agent) or Agent(slug=script.agent, name="Deskhand")
    return _Simulation(published, script, connections or {}, actions, agent).run()


@dataclass
class _Simulation:
    published: Published
    script: Script
    connections: dict[str, Connection]
    actions: Mapping[str, AnyAction]
    agent: Agent
    state: Conversation = field(default_factory=lambda: Conversation(id="conv_simulated"))
    steps: list[str] = field(default_factory=list)
    transcript: list[dict[str, str]] = field(default_factory=list)
    acts: list[SimulatedAct] = field(default_factory=list)
    approvals: list[str] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)
    events: int = 0
    handed_over: str | None = None
    last: Run | None = None
    numbers: int = 0
    message: str = ""
    painter: Painter = field(default_factory=Painter)
    entered: list[Entered] = field(default_factory=list)

    def run(self) -> Report:
        who = {"language": self.script.language, "contact": self.script.contact, "agent": self.agent.slug}
        self.state = self.state.model_copy(update=who)
        slug = self.published.slug
        self._take(e.StartRequested(procedure=slug, arguments=self.script.arguments))
        missing = None
        while self.state.top is not None and self.events < MOST_EVENTS and self.state.mode == "agent":
            event = self._next(self.state.top)
            if isinstance(event, str):
                missing = event
                break
            self._take(event)
        return self._report(missing)

    def _take(self, event: e.Event) -> None:
        self.events += 1
        if isinstance(event, e.Said):
            self.message = event.text
            self.transcript.append({"who": "customer", "text": event.text})
            self.painter.heard(self.state.top.id if self.state.top else None, Line(who="customer", text=event.text))
        self.entered.clear()
        turn = converse(self.state, event, self._catalogue(), self._given())
        self.state = turn.conversation
        self.painter.turn(self.entered, (*turn.conversation.runs, *turn.ended))
        self._record(turn)
        for effect in turn.effects:
            if isinstance(effect, f.Perform):
                result = self._perform(effect)
                if result is not None:
                    self._take(result)

    def _catalogue(self) -> Catalogue:
        versions = dict(_with_children(self.published))
        return Catalogue({self.published.slug: self.published}, versions, self.actions)

    def _given(self) -> Given:
        return Given(
            at=0,
            workspace="ws_simulated",
            conversation=self.state.id,
            version=self.events,
            language=self.state.language,
            context=template_context(self.state, self.message, 0, self.agent),
            connections=self.connections,
            actions=self.actions,
            enabled=frozenset(self.actions),
            desk=Desk(on=True, open=True, there=self.script.live_chat),
            entered=self.entered,
        )

    def _record(self, turn: Turn) -> None:
        for trace in turn.traces:
            self.steps += trace.steps
        for effect in turn.effects:
            text = said_by(effect)
            if text is not None:
                self.transcript.append({"who": "agent", "text": text})
                self.painter.said(effect, self._speaker(turn), Line(who="agent", text=text))
            match effect:
                case f.RequestApproval():
                    self.approvals.append(effect.step)
                case f.HandOver():
                    self.handed_over = effect.reason
                case _:
                    continue
        for run in (*turn.conversation.runs, *turn.ended):
            if run.procedure == self.published.slug:
                self.last = run

    def _speaker(self, turn: Turn) -> str | None:
        """The run that speaks where no step was entered: the one on top, or the one that has just ended."""
        top = turn.conversation.top
        return top.id if top else turn.ended[-1].id if turn.ended else None

    # what the script answers

    def _next(self, run: Run) -> e.Event | str:
        """The event that the run waits for, or what the script lacks."""
        waiting: Waiting | None = run.waiting
        match waiting:
            case ForAnswer():
                given = self._input(waiting.variable)
                if given is None:
                    return waiting.variable
                return e.Said(text=str(given), commands=(SetVariables(values={waiting.variable: given}),))
            case ForConfirmation():
                self._use(f"confirmations.{run.step}")
                return e.Said(text="yes" if self.script.confirmations.get(run.step, True) else "no")
            case ForApproval():
                decision = self.script.decisions.get(run.step, "approve")
                self._use(f"decisions.{run.step}")
                return e.Decided(approval=waiting.approval, decision=decision, by="simulation", reason="simulated")
            case ForOutcome():
                return e.Decided(approval=waiting.approval, decision="take_over", by="simulation", reason="simulated")
            case ForForm():
                return self._fill_in(run, waiting)
            case ForClick():
                self._use(f"clicks.{run.step}")
                if not self.script.clicks.get(run.step, True):
                    return e.Cancelled(by="customer")
                return e.Clicked(question=run.question or "", choice=waiting.button.label)
            case ForComponent():
                return self._component(run, waiting)
            case ForBrowser():
                return self._browser(run)
            case ForEffect() | ForRun() | None:
                raise RuleError("The simulation cannot go on from here.")

    def _fill_in(self, run: Run, waiting: ForForm) -> e.Event | str:
        values = self._values(waiting.form.fields)
        return values if isinstance(values, str) else e.FormSubmitted(question=run.question or "", values=values)

    def _component(self, run: Run, waiting: ForComponent) -> e.Event | str:
        self._use(f"clicks.{run.step}")
        if not self.script.clicks.get(run.step, True):
            return e.Cancelled(by="customer")
        if not waiting.fields:
            given = self._mock(run.step).body if run.step in self.script.responses else None
            return e.ComponentReturned(question=run.question or "", value=given)
        values = self._values(waiting.fields)
        return values if isinstance(values, str) else e.ComponentReturned(question=run.question or "", value=values)

    def _values(self, fields: Iterable[ShownField]) -> dict[str, Any] | str:
        """What the script has for the fields, or the name of the first one that it lacks."""
        values = {}
        for wanted in fields:
            given = self._input(wanted.name)
            if given is None and wanted.required and wanted.value is None:
                return wanted.name
            values[wanted.name] = given
        return values

    def _browser(self, run: Run) -> e.Event:
        mock = self._mock(run.step)
        failed = mock.failure is not None or mock.status >= 400
        return e.BrowserReturned(
            question=run.question or "",
            ok=not failed,
            value=None if failed else mock.body,
            error="The script failed." if failed else None,
            timed_out=mock.failure == "timeout",
        )

    def _input(self, variable: str) -> Any:
        return self._pick(f"inputs.{variable}", self.script.inputs.get(variable))

    def _pick(self, name: str, given: Any) -> Any:
        """The next of several answers, or the only one: that one is given again and again."""
        at = self.used.get(name, 0)
        self._use(name)
        if not isinstance(given, list):
            return given if at < 20 else None
        return given[at] if at < len(given) else None

    def _use(self, name: str) -> None:
        self.used[name] = self.used.get(name, 0) + 1

    def _perform(self, wanted: f.Perform) -> e.Result | None:
        """What became of an act; None where its result comes from the customer's page."""
        result: e.Result
        match wanted.act:
            case f.CallHttp() | f.CallTool():
                result = mocked(wanted, self._mock(wanted.step)).result
            case f.SendEmail() if wanted.step in self.script.responses:
                result = mocked(wanted, self._mock(wanted.step)).result
            case f.RunScript():
                self._note(wanted, "would be done")
                return None
            case _:
                self.numbers += isinstance(wanted.act, f.CreateTicket)
                result = pretended(wanted, self.numbers)
        self._note(wanted, "would be done" if isinstance(result, e.EffectSucceeded) else result.problem)
        return result

    def _note(self, wanted: f.Perform, answer: str) -> None:
        shown: dict[str, Any] = wanted.act.shown()
        self.painter.did(wanted, answer)
        self.acts.append(SimulatedAct(step=wanted.step, kind=wanted.act.kind, request=shown, answer=answer))

    def _mock(self, step: str) -> MockResponse:
        found = self._pick(f"responses.{step}", self.script.responses.get(step))
        if found is not None:
            return MockResponse.model_validate(found)
        described = self._step(step)
        return MockResponse(body=described.sample_response if described else {})

    def _step(self, step: str) -> CallStep | ToolStep | None:
        for _, published in _with_children(self.published):
            found = published.procedure.by_id.get(step)
            if isinstance(found, CallStep | ToolStep):
                return found
        return None

    def _report(self, missing: str | None) -> Report:
        run = self.last
        outcome: str = run.status if run is not None else "failed"
        if outcome == "running":
            outcome = "endless" if self.events >= MOST_EVENTS else "waiting"
        given = [
            *(f"inputs.{name}" for name in self.script.inputs),
            *(f"responses.{name}" for name in self.script.responses),
            *(f"decisions.{name}" for name in self.script.decisions),
            *(f"confirmations.{name}" for name in self.script.confirmations),
            *(f"clicks.{name}" for name in self.script.clicks),
        ]
        return Report(
            outcome=outcome,
            steps=tuple(self.steps),
            transcript=tuple(self.transcript),
            acts=tuple(self.acts),
            approvals=tuple(self.approvals),
            variables=run.variables if run else {},
            missing=missing,
            handed_over=self.handed_over,
            unused=tuple(name for name in given if name not in self.used),
            paint=self.painter.paint(self.published),
        )


def said_by(effect: f.Effect) -> str | None:
    """What an effect says to the customer, None where it says nothing."""
    match effect:
        case f.Say() | f.Ask():
            return effect.text
        case f.ShowForm():
            names = ", ".join(field.label for field in effect.form.fields)
            return f"{effect.form.text} [form: {names}]".strip()
        case f.ShowButton():
            return f"{effect.button.text} [button: {effect.button.label}]".strip()
        case f.Suggest():
            return f"{effect.text} [suggestions: {', '.join(effect.suggestions)}]".strip()
        case f.ShowComponent():
            return f"{effect.text} [{_named(effect.component)}]".strip()
        case _:
            return None


def _named(component: ShownComponent) -> str:
    """A component in a few words."""
    match component:
        case ShownVideo():
            return f"video: {component.title}"
        case ShownImage():
            return f"image: {component.alt}"
        case ShownElement():
            return f"element: {component.name}"
        case ShownFlow():
            titles = (page.title or page.text[:40] for page in component.pages)
            return f"pages: {', '.join(title for title in titles if title)}"


def _with_children(published: Published) -> list[tuple[tuple[str, int], Published]]:
    found = [((published.slug, published.version), published)]
    for child in published.procedures.values():
        found += _with_children(child)
    return found
