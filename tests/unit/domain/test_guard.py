"""The guard by itself: what one precondition says of an action, whoever asks for it."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from deskhand.domain.actions import AnyAction, read_action
from deskhand.domain.facts import Fact, Ledger, digest_of
from deskhand.domain.guard import Fetch, Met, Refusal, StartFirst, Verdict, judge, not_enabled, switched_off
from deskhand.domain.preconditions import Precondition
from deskhand.domain.templates import Scope

RULES: TypeAdapter[Precondition] = TypeAdapter(Precondition)


def action(**fields: Any) -> AnyAction:
    document = {"slug": "refund", "name": "Refund", "description": "Refunds an order.", "request": {"url": "x.de/r"}}
    return read_action({**document, **fields})


def says(rule: dict[str, Any], ledger: Ledger | None = None, fetched: Any = None, **values: Any) -> Verdict:
    return judge(RULES.validate_python(rule), action(), Scope(values), ledger or Ledger(), fetched)


def known(*slugs: str, identity: str | None = None, **response: Any) -> Ledger:
    return Ledger(facts={slug: Fact(at=1, response=response) for slug in slugs}, identity=identity)


# switched off


def test_an_action_that_is_on_is_let_through() -> None:
    assert switched_off(action(), action()) is None


@pytest.mark.parametrize(("current", "reason"), [
    (None, "The action “Refund” was removed."),
    (action(draft=True), "The action “Refund” is not complete."),
    (action(enabled=False), "The action “Refund” is switched off."),
    (action(enabled=False, disabled_reason="Costs too much."), "The action “Refund” is switched off. Costs too much."),
])  # fmt: skip
def test_an_action_that_is_off_calls_a_person_who_is_told_why(current: AnyAction | None, reason: str) -> None:
    refusal = switched_off(action(), current)
    assert refusal is not None
    assert (refusal.rule, refusal.reason, refusal.hand_over) == ("enabled", reason, True)


def test_an_action_that_the_agent_may_not_use_any_more_calls_a_person() -> None:
    assert not_enabled(action()).hand_over


# succeeded


def test_one_of_the_actions_is_enough() -> None:
    assert says({"kind": "succeeded", "actions": ["by-mail", "by-name"]}, known("by-name")) == Met()


def test_without_any_it_is_refused_with_their_names() -> None:
    verdict = says({"kind": "succeeded", "actions": ["by-mail", "by-name"]}, known("other"))
    assert isinstance(verdict, Refusal)
    assert verdict.reason == "“Refund” needs `by-mail` or `by-name` to have succeeded in this conversation."
    assert (verdict.rule, verdict.sentence, verdict.hand_over) == ("succeeded", "verify_first", False)


def test_the_first_of_them_can_be_started() -> None:
    verdict = says({"kind": "succeeded", "actions": ["by-mail", "by-name"], "start": True})
    assert isinstance(verdict, StartFirst)
    assert verdict.action == "by-mail"


# holds


OWN: dict[str, Any] = {
    "kind": "holds",
    "conditions": [{"variable": "user_id", "operator": "equals", "value": "{{identity}}"}],
}
FETCHED: dict[str, Any] = {
    "kind": "holds",
    "fetch": "get-order",
    "conditions": [{"variable": "fetched.user_id", "operator": "equals", "value": "{{identity}}"}],
}


def test_an_argument_is_compared_with_who_the_customer_proved_to_be() -> None:
    assert says(OWN, known(identity="C1"), user_id="C1") == Met()
    assert isinstance(says(OWN, known(identity="C1"), user_id="C2"), Refusal)


@pytest.mark.parametrize("values", [{}, {"user_id": None}, {"user_id": ""}, {"user_id": []}])
def test_two_values_that_are_both_missing_are_not_equal(values: dict[str, Any]) -> None:
    assert isinstance(says(OWN, Ledger(), **values), Refusal)


def test_what_has_to_be_fetched_is_asked_for_first() -> None:
    verdict = says(FETCHED, known(identity="C1"))
    assert isinstance(verdict, Fetch)
    assert verdict.action == "get-order"


def test_what_was_fetched_decides() -> None:
    assert says(FETCHED, known(identity="C1"), {"fetched": {"user_id": "C1"}}) == Met()
    assert isinstance(says(FETCHED, known(identity="C1"), {"fetched": {"user_id": "C2"}}), Refusal)
    assert isinstance(says(FETCHED, Ledger(), {"fetched": {"user_id": None}}), Refusal)


@pytest.mark.parametrize("operator", ["not_exists", "equals"])
def test_nothing_holds_of_an_answer_that_never_came(operator: str) -> None:
    value = {} if operator == "not_exists" else {"value": "5"}
    rule = {**FETCHED, "conditions": [{"variable": "fetched.locked", "operator": operator, **value}]}
    verdict = says(rule, Ledger(), {})
    assert isinstance(verdict, Refusal)
    assert verdict.sentence == "not_possible"


@pytest.mark.parametrize("forged", ["identity", "facts", "fetched"])
def test_what_somebody_gives_never_takes_the_place_of_what_is_known(forged: str) -> None:
    ledger = known("get-order", identity="C1", user_id="C1")
    whose = {"identity": "identity", "facts": "facts.get-order.response.user_id", "fetched": "fetched.user_id"}[forged]
    rule = {**FETCHED, "conditions": [{"variable": whose, "operator": "equals", "value": "C9"}]}
    values = {
        "identity": "C9",
        "facts": {"get-order": {"response": {"user_id": "C9"}}},
        "fetched": {"user_id": "C9"},
    }
    fetched = {"fetched": {"user_id": "C1"}}
    assert isinstance(judge(RULES.validate_python(rule), action(), Scope(values), ledger, fetched), Refusal)


def test_several_conditions_all_have_to_hold() -> None:
    both = [
        {"variable": "facts.get-order.response.state", "operator": "equals", "value": "open"},
        {"variable": "amount", "operator": "lte", "value": 50},
    ]
    rule = {"kind": "holds", "conditions": both}
    ledger = known("get-order", state="open")
    assert says(rule, ledger, amount=50) == Met()
    assert isinstance(says(rule, ledger, amount=51), Refusal)
    assert isinstance(says(rule, ledger), Refusal)


def test_a_refusal_names_what_is_required() -> None:
    verdict = says({**OWN, "otherwise": "hand_over", "message": "Not yours."}, user_id="C2")
    assert isinstance(verdict, Refusal)
    assert verdict.reason == "“Refund” is only allowed where user_id equals {{identity}}."
    assert (verdict.message, verdict.hand_over) == ("Not yours.", True)


# at most


def test_a_conversation_has_so_many_uses() -> None:
    rule = {"kind": "at_most", "times": 2}
    assert says(rule, Ledger(uses={"refund": 1})) == Met()
    verdict = says(rule, Ledger(uses={"refund": 2}))
    assert isinstance(verdict, Refusal)
    assert verdict.reason == "“Refund” is allowed 2 times in a conversation."


def test_a_value_has_so_many_places_and_the_first_free_one_is_taken() -> None:
    rule = {"kind": "at_most", "times": 2, "per": "{{order_id}}"}
    digest = digest_of("{{order_id}}\0A1")
    assert says(rule, order_id="A1") == Met((("refund", digest, 1),))
    one = Ledger(taken=frozenset({("refund", digest, 1)}))
    assert says(rule, one, order_id="A1") == Met((("refund", digest, 2),))
    both = Ledger(taken=frozenset({("refund", digest, 1), ("refund", digest, 2)}))
    assert isinstance(says(rule, both, order_id="A1"), Refusal)
    assert isinstance(says(rule, both, order_id="A2"), Met)


def test_two_forms_of_one_rule_take_one_place() -> None:
    rule = RULES.validate_python({"kind": "at_most", "times": 1, "per": "{{order_id}}", "message": "Once."})
    place = ("refund", digest_of("{{order_id}}\0A1"), 1)
    assert judge(rule, action(), Scope({"order_id": "A1"}), Ledger(), taken=(place,)) == Met()


def test_a_limit_for_a_value_that_is_not_there_lets_nothing_through() -> None:
    assert isinstance(says({"kind": "at_most", "times": 9, "per": "{{order_id}}"}), Refusal)


def test_nobody_can_read_a_value_in_its_place() -> None:
    assert "ada" not in digest_of("{{email}}\0ada@example.com")
    assert len(digest_of("x" * 10_000)) == 40
