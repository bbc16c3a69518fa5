"""Whatever happens, in whatever order: the same leads to the same, nothing is done twice, nobody is left behind."""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhand.domain import commands as c
from deskhand.domain import events as e
from deskhand.domain.conversation import converse
from deskhand.domain.effects import (
    Ask,
    CloseApproval,
    Complete,
    Forgo,
    HandOver,
    Intend,
    Perform,
    RequestApproval,
    Say,
)
from deskhand.domain.errors import RuleError
from deskhand.domain.procedure import Published
from deskhand.domain.state import Conversation, ForAnswer, ForRun
from deskhand.domain.stored import dump, load
from deskhand.domain.turn import Turn
from tests.unit.domain import builders
from tests.unit.domain.builders import Play, collect, look_up, message, of, published, refund, sub, tag

T = TypeVar("T")

INTERNAL = "for members only"
"""Stands in everything that no customer may read."""


def procedures() -> list[Published]:
    """Procedures with every kind of step and every gate."""
    order: Any = {"variables": [{"name": "order"}]}
    verify = published(
        "verify",
        collect("pin", validation="number", attempts=2, on_too_many="no"),
        look_up(url="/pins/{{pin}}", on_error="no"),
        {"kind": "end"},
        {"kind": "escalate", "reason": "We could not verify you.", "id": "no"},
        irreversible=True,
    )
    send = published("send", refund(confirm="Refund {{order}}?", description=INTERNAL), tag("refunded"), **order)
    return [
        published(
            "refund",
            collect("order", choices=["A1", "B2"]),
            sub("verify", outputs={"pin": "pin"}),
            refund(irreversible=True, confirm="Sure?", on_decline="order", description=INTERNAL, id="pay"),
            message("Refunded {{order}}."),
            collect("again", validation="boolean", id="order"),
            {
                "kind": "condition",
                "variable": "again",
                "operator": "equals",
                "value": True,
                "then": "pay",
                "else": "end",
            },
            children=[verify],
        ),
        published("lead", sub("send", arguments={"order": "x"}), collect("more"), children=[send], irreversible=True),
        published(
            "ticket",
            refund(approval="require", on_expiry="later", on_error="later", description=INTERNAL, id="pay"),
            refund(approval="notify", description=INTERNAL, body=None),
            {"kind": "internal", "action": "create_ticket", "parameters": {"subject": "{{order}}"}, "id": "later"},
            tag("{{ticketId}}", approval="require", description=INTERNAL),
            **order,
        ),
        published(
            "twice", look_up(url="/x", on_error="n"), sub("send", arguments={"order": "y"}, id="n"), children=[send]
        ),
        published("hours", message("Always open.")),
        published("broken", collect("what"), message("{{nothing}}")),
        published("over", {"kind": "internal", "action": "resolve_session"}, collect("why")),
        send,
    ]


SLUGS = [one.slug for one in procedures()]
GIVEN = ["A1", "B2", "12", 12, "yes", True, None, "", "x", ["x"], {"a": "{{pin}}"}]
NAMES = ["order", "pin", "again", "more", "what", "other"]
TEXTS = ["yes", "no", "A1", "12", "hm", "", "{{pin}}", "stop", "🙂", "yes but"]
MEMBERS = ["Ann", "Ben"]


class Witness(Play):
    """A conversation whose every turn is worked out twice and checked against all that came before."""

    def __init__(self) -> None:
        super().__init__(*procedures())
        self.decisions: set[tuple[str, int, str]] = set()
        self.asked: dict[str, RequestApproval] = {}
        self.refused: list[str] = []

    def happens(self, event: e.Event) -> None:
        before, number = self.state, len(self.turns) + 1
        given = builders.given(number)
        try:
            turn = self.take(event)
        except RuleError as refused:
            self.refused.append(refused.sentence)
            assert self.state is before
            return
        reloaded = load(Conversation, dump(before))
        assert _written(converse(reloaded, _reread(event), self.catalogue, given)) == _written(turn)
        self.check(before, event, turn)

    def check(self, before: Conversation, event: e.Event, turn: Turn) -> None:
        for request in of(RequestApproval, turn.effects):
            self.asked[request.approval] = request
        if isinstance(event, e.Decided) and (request := self.asked.get(event.approval)):
            self.decisions.add((request.run, request.seq, event.decision))
        stored = dump(self.state)
        assert load(Conversation, stored) == self.state
        assert dump(load(Conversation, stored)) == stored
        self.acts_are_done_once()
        self.the_stack_holds_together()
        self.everything_that_ended_is_settled()
        self.the_customer_is_asked_what_stands(turn)
        self.nobody_talks_over_a_member(before, event, turn)
        if before.top and before.top.question and isinstance(event, e.Decided | e.Result):
            assert self.top.id == before.top.id  # what happens to another run leaves the question on top

    def acts_are_done_once(self) -> None:
        performed = Counter((one.run, one.seq) for one in self.performed)
        for (run, seq), times in performed.items():
            assert times == 1 or (run, seq, "retry") in self.decisions
        for one in self.performed:
            if one.irreversible:
                assert (one.run, one.seq, "approve") in self.decisions
        keys = {(one.run, one.seq): one.key for one in self.performed}
        assert len(set(keys.values())) == len(keys)

    def the_stack_holds_together(self) -> None:
        at = {run.id: place for place, run in enumerate(self.state.runs)}
        for place, run in enumerate(self.state.runs):
            assert run.status == "running"
            assert run.waiting is not None
            if isinstance(run.waiting, ForRun):
                assert at[run.waiting.run] > place
            if run.parent is not None:
                parent = self.state.runs[at[run.parent]]
                assert parent.waiting == ForRun(run=run.id)

    def everything_that_ended_is_settled(self) -> None:
        ended = [one.run for one in of(Complete, self.effects)]
        assert len(ended) == len(set(ended))
        assert not {run.id for run in self.state.runs} & set(ended)
        intended = {(one.run, one.seq): one for one in of(Intend, self.effects)}
        forgone = Counter((one.run, one.seq) for one in of(Forgo, self.effects))
        noted = {(one.run, one.seq) for one in self.performed if one.intended and (one.run, one.seq) in intended}
        assert set(forgone.values()) <= {1}
        assert forgone.keys() <= intended.keys()
        assert not forgone.keys() & noted
        waiting = {(run.id, getattr(run.waiting, "seq", None)) for run in self.state.runs}
        assert intended.keys() - forgone.keys() - noted == intended.keys() & waiting - noted
        for act in self.performed:
            if (act.run, act.seq) in intended:
                assert act.act == intended[act.run, act.seq].act
                assert act.key == intended[act.run, act.seq].key
        closed = Counter(one.approval for one in of(CloseApproval, self.effects))
        assert set(closed.values()) <= {1}
        still_open = {getattr(run.waiting, "approval", None) for run in self.state.runs} - {None}
        assert self.asked.keys() - closed.keys() == still_open

    def the_customer_is_asked_what_stands(self, turn: Turn) -> None:
        asked = [one.question for one in of(Ask, turn.effects)]
        assert len(asked) == len(set(asked))
        top = self.state.top
        assert set(asked) <= {"choice", top.question if top else None}
        for text in [one.text for one in of(Say, turn.effects)] + [one.text for one in of(Ask, turn.effects)]:
            assert INTERNAL not in text
            assert text.strip()

    def nobody_talks_over_a_member(self, before: Conversation, event: e.Event, turn: Turn) -> None:
        if before.mode == "member" and not isinstance(event, e.HandedBack | e.TakenOver):
            assert not of(Say, turn.effects)
            assert not of(Ask, turn.effects)
            assert not of(Perform, turn.effects)
            assert not of(HandOver, turn.effects)


def _reread(event: e.Event) -> e.Event:
    return type(event).model_validate_json(event.model_dump_json())


def _written(turn: Turn) -> str:
    """A turn, to the byte."""
    return "\n".join(
        [
            dump(turn.conversation),
            *(effect.model_dump_json() for effect in turn.effects),
            *(dump(run) for run in turn.ended),
            repr(turn.traces),
        ]
    )


class Over(Exception):
    """The story is over."""


class Fate:
    """Chooses by a list of numbers, so that a story that breaks something can be made shorter and told again."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = iter(numbers)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options. Raises Over when the numbers are used up."""
        number = next(self.numbers, None)
        if number is None:
            raise Over
        return options[number % len(options)]

    def values(self) -> dict[str, Any]:
        return {self.pick(NAMES): self.pick(GIVEN) for _ in range(self.pick([0, 1, 1, 2]))}

    def command(self) -> c.Command:
        kind = self.pick([*["start"] * 8, *["set"] * 5, "clarify", "clarify", "cancel", "hand_over"])
        match kind:
            case "start":
                return c.StartProcedure(procedure=self.pick([*SLUGS, "gone"]), values=self.values())
            case "set":
                return c.SetVariables(values=self.values())
            case "clarify":
                return c.Clarify(between=(self.pick(SLUGS), self.pick([*SLUGS, "gone"])))
            case "cancel":
                return c.Cancel()
            case _:
                return c.HandOver(reason=INTERNAL)

    def event(self, play: Witness) -> e.Event:
        """Something that could happen now, or could have happened a moment ago."""
        kinds = [*[self.of_customer] * 5, self.of_member, *[self.of_engine] * 6]
        if play.state.mode == "member":
            kinds += [lambda _: e.HandedBack(by="Ben")] * 6
        return self.pick(kinds)(play)

    def of_customer(self, play: Witness) -> e.Event:
        kind = self.pick(["answers", "answers", "says", "says", "clicks", "clicks", "starts"])
        waiting = play.state.top.waiting if play.state.top else None
        asked = [one.question for one in of(Ask, play.effects)][-3:]
        match kind:
            case "answers" if isinstance(waiting, ForAnswer):
                text = self.pick(["12", "A1", "yes"])
                return e.Said(text=text, commands=(c.SetVariables(values={waiting.variable: text}),))
            case "clicks" if asked:
                return e.Clicked(question=self.pick(asked[::-1]), choice=self.pick(["yes", "yes", "no", "A1", "Hours"]))
            case "starts":
                return e.StartRequested(procedure=self.pick([*SLUGS, "gone"]), arguments=self.values())
            case _:
                commands = tuple(self.command() for _ in range(self.pick([1, 0, 1, 2, 3])))
                return e.Said(text=self.pick(TEXTS), commands=commands)

    def of_member(self, play: Witness) -> e.Event:
        by = self.pick(MEMBERS)
        happening: list[e.Event] = [
            e.HandedBack(by=by),
            e.TakenOver(by=by),
            e.TakenOver(by=by),
            e.TakenOver(by=by),
            e.Replied(by=by, text="Hello"),
            e.Cancelled(by=by),
            e.RunStopped(run=self.pick([*(run.id for run in play.state.runs), "run_gone"]), by=by),
            e.Resolved(by=by),
        ]
        return self.pick(happening)

    def of_engine(self, play: Witness) -> e.Event:
        """A decision or a result, mostly for what is waited for."""
        if play.requests and self.pick([True, False]):
            request = self.pick(play.requests[:-4:-1])
            about = request.about == "approval"
            decisions: list[Any] = (
                ["approve", "approve", "approve", "expire"] if about else ["retry", "retry", "happened"]
            )
            return e.Decided(
                approval=request.approval,
                decision=self.pick([*decisions, *decisions, "take_over", "reject"]),
                by=self.pick(MEMBERS),
                reason=self.pick([INTERNAL, INTERNAL, ""]),
                stale=self.pick([False, False, False, True]),
            )
        if not play.performed:
            return e.EffectSucceeded(run="run_gone", seq=1)
        act = self.pick(play.performed[:-4:-1])
        if not act.act.outward:
            return e.EffectSucceeded(run=act.run, seq=act.seq, output={"ticketId": 7})
        match self.pick(["happened", "happened", "failed", "unknown"]):
            case "happened":
                return e.EffectSucceeded(run=act.run, seq=act.seq, output=self.pick([None, {"id": "x"}, [], "{{pin}}"]))
            case "failed":
                return e.EffectFailed(run=act.run, seq=act.seq, problem=INTERNAL, status=422)
            case _:
                return e.EffectUnknown(run=act.run, seq=act.seq, problem=INTERNAL)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.integers(0, 10_000), min_size=20, max_size=300))
def test_whatever_happens_nothing_is_done_twice_and_nobody_is_left_behind(numbers: list[int]) -> None:
    fate, play = Fate(numbers), Witness()
    with contextlib.suppress(Over):
        while True:
            play.happens(fate.event(play))


def long_story() -> str:
    """A conversation with something of everything, to the byte."""
    play = Play(*procedures())
    play.wants("refund", order="A1")
    play.wants("hours")
    play.says("12", pin="12")
    play.succeeds({"ok": True})
    play.clicks("yes")
    play.decides("approve")
    play.starts("ticket", order="B2")
    play.decides("approve")
    play.stays_unknown()
    play.decides("retry")
    play.taken_over()
    play.succeeds({})
    play.handed_back()
    play.says("stop", c.Cancel())
    return "\n".join(_written(turn) for _, turn in play.turns)


def test_the_same_events_give_the_same_bytes() -> None:
    assert long_story() == long_story()


def test_another_process_with_another_hash_seed_gives_the_same_bytes() -> None:
    script = "import hashlib; from tests.unit.domain.test_determinism import long_story as s; "
    script += "print(hashlib.sha256(s().encode()).hexdigest())"
    ours = hashlib.sha256(long_story().encode()).hexdigest()
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    told = subprocess.run(
        [sys.executable, "-c", script], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True
    )
    assert told.stdout.strip() == ours, told.stderr


def test_everything_that_a_turn_wants_can_be_stored() -> None:
    kinds = set()
    for line in long_story().splitlines():
        if line.startswith("{"):
            kinds.add(json.loads(line).get("kind"))
    assert kinds >= {"say", "ask", "intend", "perform", "request_approval", "close_approval", "notify", "complete"}
