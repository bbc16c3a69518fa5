"""Trying one step out: what it would say, ask or send with sample values, and where the run would go on."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from deskhand.application.answers import Performed
from deskhand.application.catalogue import Snapshot
from deskhand.application.checking import surroundings
from deskhand.application.curl import as_curl
from deskhand.application.hints import hint_for_template, hints_for
from deskhand.application.ids import fresh_id
from deskhand.application.mocking import MockResponse, mocked, pretended
from deskhand.application.painting import exit_taken
from deskhand.application.rehearsing import as_published
from deskhand.application.services import Services
from deskhand.application.simulation import said_by
from deskhand.application.trying import TEST_CHANNEL, logged_test, outcome_of
from deskhand.application.turns import template_context
from deskhand.domain import effects as f
from deskhand.domain import events as e
from deskhand.domain.contact import Contact
from deskhand.domain.documents import read_procedure
from deskhand.domain.documents.lenient import read_leniently
from deskhand.domain.errors import RuleError, TemplateError
from deskhand.domain.frame import Frame, Given, Goto, Move, Pause
from deskhand.domain.live_chat import Desk
from deskhand.domain.masking import masked_values
from deskhand.domain.model import Json, Record
from deskhand.domain.phrases import phrase
from deskhand.domain.procedure import Published
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
    Run,
)
from deskhand.domain.steps import END

MOST_EVENTS = 20
"""Events after which a step that still waits is left alone."""
SENT_BY = "test panel"


class StepSample(Record):
    """What a step is tried with."""

    values: dict[str, Json] = {}
    """Variables of the run when the step begins."""
    context: dict[str, Json] = {}
    """Context values that take the place of the usual ones, such as `contact.email`."""
    mode: Literal["dry", "mock", "send"] = "dry"
    """`dry` renders a call and sends nothing, `mock` has it answered by `response`, `send` sends it."""
    response: MockResponse | None = None
    """What the call answers; by default the step's sample response."""
    reply: Json = None
    """What the customer answers: a value, or the values of a form."""
    confirm: bool = True
    """Whether the customer says yes where the step asks them to."""
    click: bool = True
    """Whether the customer clicks the step's button, or goes through its component."""
    live_chat: bool = True
    """Whether somebody is there for live chat."""
    language: str = "en"
    agent: str = "default"
    contact: Contact | None = None
    """Who the customer is; by default nobody in particular."""


@dataclass(slots=True)
class StepTrial:
    """How it went."""

    step: str
    kind: str
    ok: bool = True
    said: list[str] = field(default_factory=list)
    shown: dict[str, Any] | None = None
    """The form, the button or the component that the customer would see."""
    question: str | None = None
    confirmation: str | None = None
    approval: str | None = None
    """The rule by which a member would have to agree; here they do."""
    request: dict[str, Any] | None = None
    curl: str | None = None
    sent: bool = False
    status: int | None = None
    response: Any = None
    milliseconds: int | None = None
    outcome: str | None = None
    """`succeeded`, `failed` or `unknown`, of what was sent or mocked."""
    guarded: str | None = None
    """Why the engine would not let it happen."""
    problem: str | None = None
    hints: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    """The values that the step set or changed."""
    waits_for: str | None = None
    """What it waits for, where it did not come to its end."""
    exit: str | None = None
    next: str | None = None
    """The step that would come next, or `end`; None where the run would be over in another way, or waits."""
    ends: str | None = None
    """How the run would end here: `escalated`, `cancelled`, `failed`."""
    handed_over: str | None = None


async def try_step(
    services: Services, workspace: str, document: Mapping[str, Any], step: str, sample: StepSample
) -> StepTrial:
    """Run one step by itself with sample values; only a call that shall be sent leaves Deskhand, marked as a test.

    Preconditions of actions are not checked. Raises Invalid where the step cannot be read, RuleError where there is no
    such step, or no such agent.
    """
    procedure = read_leniently(_with_readable(document, step))
    if procedure is None or step not in procedure.by_id:
        raise RuleError(phrase("There is no step `{step}` in this document.", step=step[:64]))
    around, snapshot = await surroundings(services, workspace, procedure)
    free = {slug: one.model_copy(update={"preconditions": []}) for slug, one in around.actions.items()}
    snapshot.check_agent(sample.agent)
    published = as_published(procedure, free, snapshot.active)
    return await _Trial(services, workspace, snapshot, published, sample, step).run()


def _with_readable(document: Mapping[str, Any], step: str) -> Mapping[str, Any]:
    """The document. Raises Invalid where the step that shall be tried has problems itself."""
    steps = document.get("steps")
    own = [one for one in steps if isinstance(one, dict) and one.get("id") == step] if isinstance(steps, list) else []
    if own:
        read_procedure({"name": "Step", "trigger": {"description": "."}, "steps": own[:1]})
    return document


class _Trial:
    """One step at work."""

    def __init__(
        self,
        services: Services,
        workspace: str,
        snapshot: Snapshot,
        published: Published,
        sample: StepSample,
        step: str,
    ) -> None:
        self.services, self.workspace, self.snapshot, self.sample = services, workspace, snapshot, sample
        self.step = next(one for one in published.procedure.steps if one.id == step)
        run = Run(
            id=fresh_id("run", services.clock), procedure=published.slug, version=0, step=step,
            variables=sample.values, visits={step: 1},
        )  # fmt: skip
        self.frame = Frame.of(published, run, self._given(published))
        self.trial = StepTrial(step=step, kind=self.step.kind, before=self.frame.readable_variables())
        self.seen = 0

    def _given(self, published: Published) -> Given:
        who = {"language": self.sample.language, "contact": self.sample.contact}
        state = Conversation.model_validate({"id": "conv_test", "channel": TEST_CHANNEL, **who})
        now = self.services.clock.now()
        agent = self.snapshot.view(self.sample.agent).agent
        context = template_context(state, "", now, agent)
        for name, value in self.sample.context.items():
            known = context.get(name)
            context[name] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value
        return Given(
            at=now,
            workspace=self.workspace,
            conversation=state.id,
            version=1,
            language=state.language,
            context=context,
            connections=self.snapshot.connections,
            actions=published.actions,
            enabled=frozenset(published.actions),
            scripts=self.snapshot.scripts,
            topics=self.snapshot.topics,
            desk=Desk(on=True, open=True, there=self.sample.live_chat),
        )

    async def run(self) -> StepTrial:
        """Enter the step, and give it what it waits for as far as the sample holds it."""
        try:
            move = self.step.enter(self.frame)
            for _ in range(MOST_EVENTS):
                self._take_effects()
                event = await self._next() if isinstance(move, Pause) else None
                if event is None:
                    break
                move = self.step.resume(self.frame, event)
            self._take_effects()
            self._ended(move)
        except TemplateError as error:
            self._broken(error)
        return self.trial

    def _broken(self, error: TemplateError) -> None:
        names = list(self.frame.published.procedure.types)
        self.trial.ok, self.trial.problem = False, error.sentence
        self.trial.hints += hint_for_template(error.sentence, names)

    def _take_effects(self) -> None:
        """Note what the step brought about since the last time."""
        fresh, self.seen = self.frame.effects[self.seen :], len(self.frame.effects)
        for effect in fresh:
            match effect:
                case f.ShowForm():
                    self.trial.shown = effect.form.model_dump(mode="json", exclude_none=True)
                case f.ShowButton():
                    self.trial.shown = effect.button.model_dump(exclude_none=True)
                case f.ShowComponent():
                    self.trial.shown = effect.component.model_dump(mode="json", exclude_none=True)
                case f.RequestApproval(about="approval"):
                    self.trial.approval = effect.rule
                case f.Guarded():
                    self.trial.ok, self.trial.guarded = False, effect.reason
                case _:
                    text = said_by(effect)
                    self.trial.said += [text] if text else []

    async def _next(self) -> e.RunEvent | None:
        """What the step waits for; None where the sample does not hold it."""
        waiting, sample = self.frame.waiting, self.sample
        self.trial.waits_for = getattr(waiting, "kind", None)
        match waiting:
            case ForAnswer():
                self.trial.question = waiting.prompt
                if sample.reply is None or waiting.attempts:
                    return None
                return e.Answered(text=str(sample.reply), values={waiting.variable: sample.reply})
            case ForForm():
                return e.Submitted(values=sample.reply) if isinstance(sample.reply, dict) else None
            case ForClick():
                return e.Pressed() if sample.click else None
            case ForComponent():
                return e.ComponentReturned(question="", value=self.sample.reply) if self.sample.click else None
            case ForConfirmation():
                self.trial.confirmation = waiting.prompt
                return e.Confirmed(yes=sample.confirm)
            case ForApproval():
                return e.Decided(approval=waiting.approval, decision="approve", by=SENT_BY)
            case ForBrowser():
                return self._in_browser()
            case ForEffect():
                return await self._performed(waiting)
            case _:
                return None

    def _in_browser(self) -> e.RunEvent | None:
        mock = self._mock()
        if self.sample.mode == "dry":
            return None
        failed = mock.failure is not None or mock.status >= 400
        return e.BrowserReturned(
            question="", ok=not failed, value=None if failed else mock.body,
            error="The script failed." if failed else None, timed_out=mock.failure == "timeout",
        )  # fmt: skip

    def _mock(self) -> MockResponse:
        return self.sample.response or MockResponse(body=getattr(self.step, "sample_response", None))

    async def _performed(self, waiting: ForEffect) -> e.RunEvent | None:
        """What became of an act: sent, mocked, or only made up where it concerns Deskhand's own records."""
        wanted = next(one for one in self._performs() if one.seq == waiting.seq)
        self.trial.request = dict(wanted.act.shown())
        if not isinstance(wanted.act, f.CallHttp | f.CallTool):
            self.trial.outcome = "succeeded"
            return pretended(wanted, 1)
        if isinstance(wanted.act, f.CallHttp):
            self.trial.curl = as_curl(wanted.act, self.snapshot.connections)
        if self.sample.mode == "dry":
            return None
        if self.sample.mode == "mock":
            performed = await self.services.performer.read(wanted, mocked(wanted, self._mock()))
        else:
            performed = await self._sent(wanted, wanted.act)
        self._note(performed, wanted.act)
        return performed.result

    def _performs(self) -> Iterator[f.Perform]:
        return (effect for effect in self.frame.effects if isinstance(effect, f.Perform))

    async def _sent(self, wanted: f.Perform, act: f.Call) -> Performed:
        services, began = self.services, self.services.clock.now()
        performed = await services.performer.perform(self.workspace, wanted, self.snapshot, test=True)
        row = logged_test(services, act.handling.action, wanted, performed, began)
        await services.stores.conversations.add_execution(self.workspace, row)
        self.trial.sent = True
        return performed

    def _note(self, performed: Performed, act: f.Call) -> None:
        trial, result = self.trial, performed.result
        value = result.output if isinstance(result, e.EffectSucceeded) else performed.body
        trial.status, trial.milliseconds = performed.status, performed.milliseconds
        trial.response = masked_values(value, act.handling.sensitive)
        trial.outcome, trial.problem = outcome_of(performed), performed.problem
        trial.ok = isinstance(result, e.EffectSucceeded)
        trial.hints += hints_for(performed)

    def _ended(self, move: Move) -> None:
        """Where the run would go on, and what it then knows."""
        trial, procedure = self.trial, self.frame.published.procedure
        after = self.frame.readable_variables()
        changed = {name: value for name, value in after.items() if trial.before.get(name, ...) != value}
        trial.after = json.loads(json.dumps(changed))
        if isinstance(move, Pause):
            return
        trial.waits_for = None
        if isinstance(move, Goto):
            trial.next = procedure.target(trial.step, move.step)
            trial.exit = exit_taken(procedure, trial.step, trial.next, self.sample.values, changed)
        else:
            trial.ends, trial.handed_over = move.outcome, move.hand_over
            trial.next = END if move.outcome == "completed" else None
