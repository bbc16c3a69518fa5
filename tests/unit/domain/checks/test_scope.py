"""What a step can use: what every way to it sets, what some do, and what an unfinished draft says of it."""

from typing import Any

from deskhand.domain.checks.case import Case
from deskhand.domain.checks.scope import known_at
from deskhand.domain.documents.lenient import read_leniently
from deskhand.domain.steps.base import Surroundings


def known(document: dict[str, Any], step: str) -> dict[str, tuple[bool, tuple[str, ...]]]:
    procedure = read_leniently(document)
    assert procedure is not None
    found = known_at(Case(procedure, Surroundings(procedure)), step)
    return {one.name: (one.always, one.set_by) for one in found}


ASK = {"id": "ask", "kind": "collect", "variable": "reason", "prompt": "Why?"}
IF = {"id": "if", "kind": "condition", "variable": "order", "operator": "exists", "then": "tell", "else": "ask"}
SET = {"id": "note", "kind": "set", "variable": "note", "value": "x", "next": "tell"}
TELL = {"id": "tell", "kind": "message", "text": "x"}


def test_only_what_every_way_sets_is_certain(document: Any) -> None:
    order = {"name": "order", "required": False}
    written = document(IF, ASK, SET, TELL, variables=[order])
    assert known(written, "tell") == {
        "order": (False, ("",)), "reason": (False, ("ask",)), "note": (False, ("note",)),
    }  # fmt: skip
    assert known(written, "note") == {"order": (False, ("",)), "reason": (True, ("ask",))}


def test_what_is_set_later_is_not_known_before_unless_a_loop_leads_back(document: Any) -> None:
    assert known(document(ASK, SET, TELL), "ask") == {}
    again = document(ASK, {**SET, "next": "ask"}, TELL)
    assert known(again, "ask") == {"reason": (False, ("ask",)), "note": (False, ("note",))}


def test_a_condition_finds_out_but_sets_nothing(document: Any) -> None:
    assert known(document(IF, ASK, TELL), "ask") == {}


def test_a_declared_variable_with_a_default_is_always_there(document: Any) -> None:
    written = document(TELL, variables=[{"name": "plan", "required": False, "default": "free"}, {"name": "order"}])
    assert known(written, "tell") == {"plan": (True, ("",)), "order": (True, ("",))}


def test_steps_and_variables_that_cannot_be_read_keep_their_place(document: Any) -> None:
    half = {"id": "look_up", "kind": "call", "response_variable": "order", "url": 5}
    branch = {"id": "choose", "kind": "condition", "then": "tell"}
    nothing = {"id": "tell"}
    written = document(ASK, half, branch, nothing, variables=[{"name": "1 2"}, 7, {"name": "fine"}])
    assert known(written, "tell") == {
        "fine": (True, ("",)), "reason": (True, ("ask",)), "order": (True, ("look_up",)),
    }  # fmt: skip


def test_a_document_without_a_step_is_nothing_to_go_on_with() -> None:
    assert read_leniently({"steps": [{"kind": "message"}, None, {"id": "end"}]}) is None
