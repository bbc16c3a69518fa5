"""A run as a simulation's script: what the customer gave, what the APIs answered, what members decided.

Values that nobody may read are not in the log, so they are not in the script either; a note says so.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from deskhand.application import reading
from deskhand.application.services import Services
from deskhand.application.simulation import Script, simulate
from deskhand.domain.errors import DeskhandError
from deskhand.domain.masking import MASK
from deskhand.domain.phrases import phrase
from deskhand.domain.procedure import Published
from deskhand.domain.state import ForAnswer, ForBrowser, ForClick, ForComponent, ForForm, Run, Waiting, question_of
from deskhand.domain.steps.live_chat import LiveChatStep
from deskhand.domain.turn import Catalogue
from deskhand.domain.values import text_of
from deskhand.domain.yes_no import yes_or_no
from deskhand.ports.stores import ApprovalRow, EffectRow
from deskhand.ports.turns import Entry

MOST_RUNS = 1000
DECISIONS = {"approved": "approve", "rejected": "reject", "expired": "expire"}
CALLS = frozenset({"call_http", "call_tool", "run_script"})


@dataclass(frozen=True, slots=True)
class Expected:
    """What a simulation with the script should come to."""

    outcome: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunScript:
    """A run as a script, and whether simulating its version with it gives the same path."""

    run: str
    procedure: str
    version: int
    script: Script
    expected: Expected
    simulated: Expected
    same: bool
    notes: tuple[str, ...]
    """What could not be put into the script, in sentences."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a run."""

    step: str
    variable: str | None
    """None where the step asks for something else: a yes, a click, a form, an action's variable."""


@dataclass(slots=True)
class _Draft:
    """The script as it grows."""

    inputs: dict[str, list[Any]] = field(default_factory=dict)
    responses: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    confirmations: dict[str, bool] = field(default_factory=dict)
    clicks: dict[str, bool] = field(default_factory=dict)
    live_chat: bool = True
    arguments: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def script(self, language: str) -> Script:
        """The script; what was given once stands by itself."""
        return Script.model_validate(
            {
                "inputs": {name: given[0] if len(given) == 1 else given for name, given in self.inputs.items()},
                "responses": {step: given[0] if len(given) == 1 else given for step, given in self.responses.items()},
                "decisions": self.decisions,
                "confirmations": self.confirmations,
                "clicks": self.clicks,
                **({} if self.live_chat else {"live_chat": False}),
                "arguments": self.arguments,
                "language": language,
            }
        )


async def script_of(services: Services, workspace: str, run: str) -> RunScript:
    """The script of a run. Raises NotFound."""
    store = services.stores.conversations
    view = await reading.run(services, workspace, run)
    conversation = view.row.conversation
    family = await _family(services, workspace, conversation, run)
    snapshot = await services.catalogues.at(workspace)
    await services.catalogues.pinned(workspace, snapshot, family.values())
    catalogue = Catalogue(snapshot.active, snapshot.versions, snapshot.actions)
    published = catalogue.of(family[run])
    entries = await reading.log(services, workspace, conversation)
    approvals = await store.approvals(workspace, status=None, conversation=conversation, limit=MOST_RUNS)
    effects = [effect for one in family for effect in await store.effects(workspace, one)]
    draft = _Draft()
    _Log(family, catalogue, draft).read(entries)
    _answers(effects, draft)
    _decisions(approvals.items, family, draft)
    _arguments(family[run], view.variables, draft)
    state = json.loads((await store.get(workspace, conversation)).state)
    script = draft.script(state.get("language", "en"))
    actions = {**snapshot.actions, **published.actions}
    simulated = _simulated(published, script, snapshot.connections, actions, draft)
    expected = Expected(_outcome(view.row.status), tuple(_steps(entries, family)))
    return RunScript(
        run, view.row.procedure, view.row.version, script, expected, simulated, simulated == expected,
        tuple(draft.notes),
    )  # fmt: skip


async def _family(services: Services, workspace: str, conversation: str, run: str) -> dict[str, Run]:
    """The run and those that it called, the oldest first."""
    store = services.stores.conversations
    rows = (await store.runs(workspace, conversation=conversation, limit=MOST_RUNS)).items
    states = [await reading.run_state(services, workspace, row) for row in reversed(rows)]
    found: dict[str, Run] = {}
    for state in states:
        if state.id == run or state.parent in found:
            found[state.id] = state
    return found


class _Log:
    """Reads what the customer gave out of a conversation's log."""

    def __init__(self, family: Mapping[str, Run], catalogue: Catalogue, draft: _Draft) -> None:
        self._draft = draft
        self._family = family
        self._published = {id: catalogue.of(run) for id, run in family.items()}
        self._asked = {name: one for id, run in family.items() for name, one in _questions(run, self._published[id])}
        self._open: Asked | None = None
        self._text: str | None = None
        self._begun = False

    def read(self, entries: Iterable[Entry]) -> None:
        """Go through the log once."""
        for entry in entries:
            body = json.loads(entry.body)
            if body.get("to") == "member" and entry.kind not in ("assisted",):
                continue
            match entry.kind:
                case "ask" | "show_form" | "show_button" | "show_component":
                    self._settle()
                    self._open = self._asked.get(body["question"])
                case "said":
                    self._settle()
                    self._text = body["text"]
                case "understood":
                    self._understood(body["commands"])
                case "clicked":
                    self._clicked(body["question"], body["choice"])
                case "form_submitted":
                    self._filled_in(body["values"])
                case "component_returned":
                    self._component(body)
                case "taken_over" | "replied" if self._begun:
                    self._draft.notes["A member took part in the conversation: a simulation has none."] = None
                case "steps" if entry.run in self._family:
                    self._begun = True
                    self._settle()
                    self._away(self._published[entry.run or ""], body["steps"])
                case "run_ended" if entry.run in self._family:
                    self._open = None
        self._settle()

    def _away(self, published: Published, steps: list[str]) -> None:
        """Whether a run went on from live chat: then nobody was there."""
        for step, following in pairwise(steps):
            one = published.procedure.by_id.get(step)
            if isinstance(one, LiveChatStep) and following == one.on_unavailable:
                self._draft.live_chat = False

    def _settle(self) -> None:
        """A message of which nothing was understood is the answer to the question that stood, whole."""
        text, self._text = self._text, None
        if text is None or self._open is None:
            return
        said = yes_or_no(text)
        if self._open.variable is not None:
            self._give(self._open.variable, text)
        elif said is not None:
            self._draft.confirmations[self._open.step] = said
        elif name := self._named(text):
            self._give(name, text)

    def _understood(self, commands: list[dict[str, Any]]) -> None:
        text, self._text = self._text, None
        values: dict[str, Any] = {}
        for command in commands:
            kind = command["kind"]
            if kind in ("start_procedure", "set_variables", "use_action", "clarify"):
                values |= command.get("values", {})
            elif kind == "correct_variable" and command["variable"] in self._names():
                values[command["variable"]] = command.get("value")
                self._draft.notes["The customer took a value back: the script gives the right one at once."] = None
            elif kind == "cancel" and self._open is not None:
                self._draft.notes["The customer stopped it: a script ends where an answer is missing."] = None
            elif kind == "affirm" and self._open is not None and self._open.variable is None:
                self._draft.confirmations[self._open.step] = True
        for name, value in values.items():
            if name in self._names():
                self._give(name, value)
        if not values and self._open is not None and self._open.variable is None and text is not None:
            said = yes_or_no(text)
            if said is not None:
                self._draft.confirmations[self._open.step] = said

    def _clicked(self, question: str, choice: str) -> None:
        asked = self._asked.get(question)
        if asked is None:
            return
        if asked.variable is not None:
            self._give(asked.variable, choice)
        elif choice in ("yes", "no"):
            self._draft.confirmations[asked.step] = choice == "yes"
        else:
            self._draft.clicks[asked.step] = True

    def _filled_in(self, values: dict[str, Any]) -> None:
        for name, value in values.items() if self._open is not None else ():
            self._add(name, value)

    def _component(self, body: dict[str, Any]) -> None:
        """What a component gave: values of fields, or something that stands for its answer."""
        asked = self._asked.get(body.get("question", ""))
        if asked is None:
            return
        if "values" in body:
            self._filled_in(body["values"])
        elif "value" in body:
            self._draft.responses.setdefault(asked.step, []).append({"body": body["value"]})
        else:
            self._draft.notes[
                phrase("What `{step}` gave is too long for the log: give a made-up answer.", step=asked.step)
            ] = None

    def _give(self, name: str, value: Any) -> None:
        """One more answer, or where the value was not asked for, the one that counts."""
        answers = self._open is not None and self._open.variable in (name, None)
        if not answers and self._draft.inputs.get(name):
            self._draft.inputs[name][-1] = value
        else:
            self._add(name, value)

    def _add(self, name: str, value: Any) -> None:
        if value == MASK:
            self._draft.notes[phrase("`{name}` is kept from everybody: give a made-up value for it.", name=name)] = None
        else:
            self._draft.inputs.setdefault(name, []).append(value)

    def _names(self) -> set[str]:
        """What these runs ask the customer for."""
        asked = {name for one in self._published.values() for name in one.procedure.asked}
        return asked | {name for run in self._family.values() for name in run.variables}

    def _named(self, text: str) -> str | None:
        """The variable that holds just this text."""
        held = (
            name for run in self._family.values() for name, value in run.variables.items() if text_of(value) == text
        )
        return next(held, None)


def _questions(run: Run, published: Published) -> Iterable[tuple[str, Asked]]:
    """Every question that the run can have put, by its name."""
    asking = {step: name for name, steps in published.procedure.asking.items() for step in steps}
    for variable in published.procedure.declared:
        yield _name(run.id, "", 0, _waiting(ForAnswer, variable=variable)), Asked("", variable)
    waits = [_waiting(kind) for kind in (ForAnswer, ForForm, ForClick, ForComponent, ForBrowser)]
    for step, visits in run.visits.items():
        for visit in range(1, visits + 1):
            for waiting in waits:
                yield _name(run.id, step, visit, waiting), Asked(step, asking.get(step))


def _waiting(kind: type[Any], **fields: str) -> Waiting:
    """As much of it as a question's name depends on."""
    made: Waiting = kind.model_construct(**fields)
    return made


def _name(run: str, step: str, visit: int, waiting: Waiting) -> str:
    return question_of(run, step, {step: visit}, waiting) or ""


def _answers(effects: Iterable[EffectRow], draft: _Draft) -> None:
    done = [one for one in effects if one.kind in CALLS and one.status in ("succeeded", "failed", "unknown")]
    for effect in sorted(done, key=lambda one: (one.started_at, one.run, one.seq)):
        if effect.response is None:
            draft.notes[phrase("What `{step}` answered was cleared away.", step=effect.step)] = None
            continue
        draft.responses.setdefault(effect.step, []).append(_mock(effect, json.loads(effect.response), draft))


def _mock(effect: EffectRow, answer: dict[str, Any], draft: _Draft) -> dict[str, Any]:
    status = answer.get("status")
    if status and 200 <= status < 300 and effect.status == "failed":
        draft.notes[
            phrase("Nobody could read what `{step}` answered: in the script no connection is made.", step=effect.step)
        ] = None
        return {"failure": "refused"}
    if status:
        return {"status": status, "body": answer.get("body")}
    if effect.status == "succeeded":
        return {"body": answer.get("body")}
    if effect.kind == "run_script":
        return {"failure": "timeout"} if effect.status == "unknown" else {"status": 500}
    slow = effect.status == "unknown" or "time" in str(answer.get("problem", ""))
    return {"failure": "timeout" if slow else "refused"}


def _decisions(approvals: Iterable[ApprovalRow], family: Mapping[str, Run], draft: _Draft) -> None:
    for row in sorted(approvals, key=lambda one: one.requested_at):
        if row.run not in family:
            continue
        if row.status == "pending":
            draft.notes["The run waits for a decision: in a simulation members approve."] = None
        if row.about == "outcome":
            if row.status in ("happened", "retried"):
                draft.notes["A member found out what had happened: in a simulation a person takes over then."] = None
        elif row.status in DECISIONS:
            draft.decisions[json.loads(row.card)["step"]] = DECISIONS[row.status]


def _arguments(run: Run, variables: Mapping[str, Any], draft: _Draft) -> None:
    given = [name for name, source in run.sources.items() if source == "argument" and name in variables]
    draft.arguments |= {name: variables[name] for name in given if variables[name] != MASK}


def _steps(entries: Iterable[Entry], family: Mapping[str, Run]) -> list[str]:
    return [
        step for entry in entries if entry.kind == "steps" and entry.run in family
        for step in json.loads(entry.body)["steps"]
    ]  # fmt: skip


def _outcome(status: str) -> str:
    return "waiting" if status == "running" else status


def _simulated(published: Published, script: Script, connections: Any, actions: Any, draft: _Draft) -> Expected:
    try:
        report = simulate(published, script, connections, actions)
    except DeskhandError as error:
        draft.notes[phrase("It could not be simulated: {why}", why=error.sentence)] = None
        return Expected("failed", ())
    return Expected(report.outcome, report.steps)
