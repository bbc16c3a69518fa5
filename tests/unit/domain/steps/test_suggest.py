"""Step `suggest`: follow-up questions that the customer can send with a click."""

from typing import Any

from deskhand.domain.effects import Complete, ShowOffer, Suggest
from tests.unit.domain.builders import Play, collect, message, of, published

MORE: dict[str, Any] = {"kind": "suggest", "suggestions": ["How long does it take?", "Can I return {{order}}?"]}
ORDER: Any = {"variables": [{"name": "order"}]}


def test_the_questions_are_shown_filled_in_and_the_run_goes_on() -> None:
    one = Play(published("delivery", MORE | {"text": "You may also ask:"}, message("Anything else?"), **ORDER))
    turn = one.starts("delivery", order="A1")
    [shown] = of(Suggest, turn.effects)
    assert shown == Suggest(text="You may also ask:", suggestions=("How long does it take?", "Can I return A1?"))
    assert [effect.kind for effect in turn.effects] == ["suggest", "say", "complete"]


def test_the_questions_have_a_heading_of_ours_in_the_customers_language() -> None:
    one = Play(published("delivery", MORE, **ORDER), language="de")
    [shown] = of(Suggest, one.starts("delivery", order="A1").effects)
    assert shown.text == "Sie können auch fragen:"


def test_a_question_that_comes_out_empty_or_twice_is_left_out() -> None:
    twice = {"kind": "suggest", "suggestions": ["{{order}}", "A1", '{{other | default("")}}']}
    [shown] = of(Suggest, Play(published("delivery", twice, **ORDER)).starts("delivery", order="A1").effects)
    assert shown.suggestions == ("A1",)


def test_alone_it_is_offered_and_runs_once_the_customer_picks_it() -> None:
    one = Play(published("delivery", MORE | {"suggestions": ["How long does it take?"]}))
    [offered] = of(ShowOffer, one.wants("delivery").effects)
    assert not of(Suggest, one.effects)
    picked = one.clicks("accept", offered.offer)
    assert of(Suggest, picked.effects)
    assert of(Complete, picked.effects)[0].outcome == "completed"


def test_beside_other_steps_it_is_not_offered() -> None:
    one = Play(published("delivery", collect("order"), MORE))
    assert not of(ShowOffer, one.wants("delivery").effects)
