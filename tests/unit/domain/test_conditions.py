"""Eight operators over a value found by a dot path."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.conditions import MISSING, OPERATORS, holds, look_up

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("operator", "left", "right", "expected"),
    [
        ("equals", True, "true", True),
        ("equals", True, True, True),
        ("equals", True, 1, False),
        ("equals", 5, 5.0, True),
        ("equals", 5.0, "5", True),
        ("equals", "5", 5, True),
        ("equals", "0123", "123", False),
        ("equals", "1.0", "1", False),
        ("equals", "delivered", "delivered", True),
        ("equals", "Delivered", "delivered", False),
        ("equals", None, "", True),
        ("equals", MISSING, "", False),
        ("contains", "late delivery", "late", True),
        ("contains", ["a", 5], "5", True),
        ("contains", ["ab"], "a", False),
        ("contains", {"vip": None}, "vip", True),
        ("contains", 1234, "23", True),
        ("contains", MISSING, "a", False),
        ("gt", "1,500", 1000, True),
        ("gt", 5, "5", False),
        ("gte", 5, "5.0", True),
        ("lt", "cheap", 10, False),
        ("gt", "cheap", 10, False),
        ("lte", True, 10, False),
        ("lt", None, 10, False),
        ("lt", MISSING, 10, False),
        ("gt", 10**400, 1.5, True),
        ("exists", 0, None, True),
        ("exists", False, None, True),
        ("exists", "", None, False),
        ("exists", None, None, False),
        ("exists", [], None, False),
        ("exists", MISSING, None, False),
        ("not_exists", MISSING, None, True),
        ("not_exists", {}, None, True),
        ("not_exists", "x", None, False),
    ],
)
def test_a_comparison_holds_or_not(operator: Any, left: Any, right: Any, expected: bool) -> None:
    assert holds(operator, left, right) is expected


@given(st.sampled_from(OPERATORS), JSON | st.just(MISSING), JSON)
def test_every_comparison_has_an_answer(operator: Any, left: Any, right: Any) -> None:
    assert holds(operator, left, right) in (True, False)


@given(JSON | st.just(MISSING))
def test_a_value_either_exists_or_does_not(value: Any) -> None:
    assert holds("exists", value, None) is not holds("not_exists", value, None)


def test_a_path_leads_into_objects_and_lists() -> None:
    values = {"order": {"items": [{"sku": "A"}, {"sku": "B"}], "1": "one"}}
    assert look_up(("order", "items", "1", "sku"), values) == "B"
    assert look_up(("order", "1"), values) == "one"


@pytest.mark.parametrize(
    "path", [("other",), ("order", "items", "2"), ("order", "items", "x"), ("order", "items", "²"), ("name", "first")]
)
def test_a_path_that_leads_nowhere_is_missing(path: tuple[str, ...]) -> None:
    assert look_up(path, {"order": {"items": [1, 2]}, "name": "Ann"}) is MISSING


def test_null_is_there() -> None:
    assert look_up(("order",), {"order": None}) is None
