"""Facts by themselves: established, replaced, void when the customer is somebody else."""

from typing import Any

import pytest

from deskhand.domain.conditions import MISSING
from deskhand.domain.facts import LARGEST, Fact, Ledger, as_json, identity_in


def fact(response: Any = None) -> Fact:
    return Fact(at=1, response=response)


def test_a_ledger_without_facts_gives_no_names_that_could_be_compared() -> None:
    assert Ledger().values() == {}


def test_facts_and_the_identity_are_what_comparisons_see() -> None:
    ledger = Ledger()
    ledger.establish("verify", Fact(at=1, arguments={"email": "a@b.de"}, response={"id": 7}), 7)
    assert ledger.values() == {
        "facts": {"verify": {"arguments": {"email": "a@b.de"}, "response": {"id": 7}}},
        "identity": "7",
    }


@pytest.mark.parametrize("nobody", [MISSING, None, "", [], {}])
def test_an_answer_that_names_nobody_changes_no_identity(nobody: Any) -> None:
    ledger = Ledger(identity="C1", facts={"look": fact()})
    ledger.establish("verify", fact(), nobody)
    assert (ledger.identity, set(ledger.facts)) == ("C1", {"look", "verify"})


def test_an_answer_that_names_somebody_else_voids_what_was_before() -> None:
    ledger = Ledger(identity="C1", facts={"look": fact(), "verify": fact()})
    ledger.establish("verify", fact({"id": "C2"}), "C2")
    assert (ledger.identity, set(ledger.facts)) == ("C2", {"verify"})


def test_a_first_identity_voids_nothing() -> None:
    ledger = Ledger(facts={"look": fact()})
    ledger.establish("verify", fact(), "C1")
    assert set(ledger.facts) == {"look", "verify"}


@pytest.mark.parametrize(("before", "after"), [("7", 7), ("true", True)])
def test_a_number_and_its_text_are_the_same_customer(before: str, after: Any) -> None:
    ledger = Ledger(identity=before, facts={"look": fact()})
    ledger.establish("verify", fact(), after)
    assert "look" in ledger.facts


def test_a_large_answer_counts_and_is_not_kept() -> None:
    ledger = Ledger()
    ledger.establish("small", fact("x" * LARGEST))
    ledger.establish("large", fact("x" * (LARGEST + 1)))
    assert ledger.facts["small"].response is not None
    assert ledger.facts["large"].response is None


def test_forgetting_leaves_counts_as_they_are() -> None:
    ledger = Ledger(identity="C1", facts={"look": fact()}, uses={"refund": 1})
    ledger.forget()
    assert (ledger.identity, ledger.facts, ledger.uses) == (None, {}, {"refund": 1})


@pytest.mark.parametrize(("path", "found"), [
    ("customer.id", "C1"), ("list.0.id", 5), ("customer.name", MISSING), ("list.9", MISSING), (None, MISSING),
])  # fmt: skip
def test_an_identity_is_found_by_its_path(path: str | None, found: Any) -> None:
    assert identity_in(path, {"customer": {"id": "C1"}, "list": [{"id": 5}]}) == found


def test_an_answer_that_is_no_object_names_nobody() -> None:
    for answer in (None, "C1", 5, ["C1"]):
        assert identity_in("id", answer) is MISSING


def test_values_that_are_not_there_are_left_out() -> None:
    assert as_json({"a": 1, "b": MISSING, "c": None}) == {"a": 1, "c": None}
