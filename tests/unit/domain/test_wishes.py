"""Values that conditions want, found by trying what may fit."""

from typing import Any

import pytest

from deskhand.domain.conditions import MISSING
from deskhand.domain.wishes import Answer, Body, Wish, invalid_answer, put


@pytest.mark.parametrize(
    ("operator", "value", "true"),
    [("equals", 5, True), ("equals", 5, False), ("gt", 100, True), ("gt", 100, False), ("lte", -3, True)],
)
def test_a_number_is_found_that_a_comparison_wants(operator: Any, value: Any, true: bool) -> None:
    wish = Wish((), operator, value, true)
    found = Answer("integer", wishes=[wish]).find()
    assert isinstance(found, int)
    assert wish.met(found)


def test_a_choice_is_taken_that_all_conditions_want() -> None:
    wishes = [Wish((), "equals", "Broken", False), Wish((), "contains", "big", True)]
    assert Answer("text", ["Broken", "Too small", "Too big"], wishes=wishes).find() == "Too big"


def test_an_answer_stays_valid_where_nothing_fits() -> None:
    assert Answer("text", ["A", "B"], wishes=[Wish((), "equals", "C", True)]).find() == "A"
    assert Answer("email", example="jo@example.org").find() == "jo@example.org"


def test_an_answer_of_a_call_is_the_sample_but_for_what_is_wanted() -> None:
    sample = {"order": {"refundable": True, "total": 5}}
    body = Body(sample, [Wish(("order", "refundable"), "equals", True, False)])
    assert body.find() == {"order": {"refundable": False, "total": 5}}
    assert sample["order"]["refundable"] is True


def test_an_answer_is_made_up_where_there_is_no_sample() -> None:
    wishes = [Wish(("items", "0", "sku"), "equals", "A1", True), Wish(("count",), "exists", None, False)]
    assert Body(None, wishes).find() == {"items": [{"sku": "A1"}]}


def test_what_a_condition_compares_with_may_be_known_only_later() -> None:
    customer = Body({"id": 7})
    order = Body({"user_id": 1}, [Wish(("user_id",), "equals", lambda: customer.find()["id"], True)])
    assert order.find() == {"user_id": 7}


def test_a_value_is_put_and_taken_away_without_touching_the_original() -> None:
    whole = {"a": [1, {"b": 2}]}
    assert put(whole, ("a", "1", "b"), 3) == {"a": [1, {"b": 3}]}
    assert put(whole, ("a",), MISSING) == {}
    assert whole == {"a": [1, {"b": 2}]}


def test_an_invalid_answer_is_one_for_every_type() -> None:
    assert invalid_answer("text", []) == ""
    assert invalid_answer("text", ["A"]) == invalid_answer("email", [])
