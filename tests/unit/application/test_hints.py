"""Hints: one for each cause, and none where nothing is wrong."""

from typing import Any, get_args

import pytest

from deskhand.application.answers import Performed
from deskhand.application.hints import hint_for_missing, hint_for_success, hint_for_template, hints_for
from deskhand.domain.events import EffectFailed, EffectSucceeded
from deskhand.domain.variables import Variable
from deskhand.ports.http import Cause

FAILED = EffectFailed(run="run_1", seq=1, problem="no")
DONE = EffectSucceeded(run="run_1", seq=1)


def performed(**fields: Any) -> Performed:
    return Performed(**{"result": FAILED, **fields})


def test_nothing_is_said_where_all_went_well() -> None:
    assert hints_for(performed(result=DONE, status=204)) == []
    assert hint_for_success(performed(result=DONE), holds=True) is None
    assert hint_for_success(performed(), holds=False) is None


@pytest.mark.parametrize("cause", get_args(Cause))
def test_every_cause_has_its_own_sentence(cause: Cause) -> None:
    [hint] = hints_for(performed(cause=cause))
    assert hint.endswith(".")
    others = {hints_for(performed(cause=one))[0] for one in get_args(Cause) if one != cause}
    assert hint not in others


@pytest.mark.parametrize("status", [*range(300, 600)])
def test_every_status_that_is_no_success_has_a_sentence(status: int) -> None:
    [hint] = hints_for(performed(status=status))
    assert hint.endswith((".", "."))


@pytest.mark.parametrize(("problem", "word"), [
    ("The answer is an HTML page, not JSON.", "web page"),
    ("The answer cannot be read: it ends too early.", "no valid JSON"),
    ("The answer's text cannot be decoded.", "no valid JSON"),
    ("The transformer failed: it ran longer than 1 second.", "The script failed"),
])  # fmt: skip
def test_what_is_wrong_with_an_answer_is_told(problem: str, word: str) -> None:
    assert any(word in hint for hint in hints_for(performed(status=200, problem=problem)))


def test_a_tool_that_has_changed_has_to_be_looked_at() -> None:
    assert "look at what changed" in hints_for(performed(tool_changed=True))[0]


def test_the_likeliest_cause_comes_first() -> None:
    hints = hints_for(performed(status=503, problem="The answer is an HTML page, not JSON."))
    assert "The server failed" in hints[0]
    assert "web page" in hints[1]


def test_an_empty_field_of_the_contact_comes_first() -> None:
    first, second, third = hint_for_template("`{{contact.email}}` has no value here.", ["order_id"])
    assert "The contact or lead has no such value" in first
    assert "declare it" in second
    assert third == "Declared are: `order_id`."
    assert len(hint_for_template("`{{x}}` has no value here.", [])) == 1


def test_a_variable_that_nobody_could_ask_for_is_told() -> None:
    full = Variable(name="a", description="Its number", example="A1")
    assert hint_for_missing([full]) == []
    assert len(hint_for_missing([Variable(name="b")])) == 2
