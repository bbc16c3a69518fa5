"""The way through the gates: the customer's yes, the members' approval, the act, and what came of it."""

from typing import Any

import pytest

from deskhand.domain.actions import HttpAction
from deskhand.domain.conversation import converse
from deskhand.domain.effects import (
    Ask,
    CallHttp,
    CloseApproval,
    Effect,
    Forgo,
    HandOver,
    Intend,
    Notify,
    Perform,
    RequestApproval,
)
from deskhand.domain.errors import RuleError
from deskhand.domain.events import Decided
from deskhand.domain.state import ForApproval, ForConfirmation, ForEffect, ForOutcome
from tests.unit.domain.builders import (
    CONNECTION,
    NOW,
    Play,
    collect,
    given,
    handed_over,
    kinds,
    look_up,
    message,
    of,
    published,
    refund,
    tag,
    told,
)

CHECKING = "A colleague is checking this for you. I'll write here as soon as they have decided."
HANDED_OVER = "I'm handing you over to a colleague, who will answer you here."
ORDER: Any = {"variables": [{"name": "order"}]}


def play(*steps: dict[str, Any], **fields: Any) -> Play:
    """A run of these steps that knows its order, up to where it waits."""
    one = Play(published("refund", *steps, **(ORDER | fields)))
    one.starts("refund", order="A1")
    return one


def last(one: Play) -> list[Effect]:
    return list(one.turns[-1][1].effects)


def identity(effect: Any) -> tuple[Any, ...]:
    """What makes two effects be about the same act, to the byte."""
    return effect.run, effect.seq, effect.key, effect.step, effect.act


# levels


def test_auto_acts_at_once() -> None:
    one = play(refund(), message("Done: {{refund.id}}"))
    [wanted] = of(Perform, last(one))
    assert isinstance(wanted.act, CallHttp)
    assert (wanted.act.request.method, wanted.act.request.url) == ("POST", "https://shop.example.com/refunds")
    assert wanted.act.request.body == '{"order":"A1"}'
    assert not wanted.intended
    assert told(one.succeeds({"id": 7})) == ["Done: 7"]


def test_notify_acts_at_once_and_tells_the_members() -> None:
    one = play(refund(approval="notify", description="Refund {{order}}"))
    [notified] = of(Notify, last(one))
    assert notified.description == "Refund A1"
    assert kinds(one.turns[-1][1]) == ["notify", "perform"]


def test_require_asks_the_members_and_tells_the_customer_that_a_colleague_is_checking() -> None:
    one = play(collect("reason"), refund(approval="require", description="Refund {{order}}", expires_hours=2))
    one.says("It is broken.")
    [intended], [asked] = of(Intend, last(one)), of(RequestApproval, last(one))
    assert identity(intended) == identity(asked)
    assert asked.about == "approval"
    assert (asked.description, asked.procedure, asked.rule) == ("Refund A1", "Refund", "This step requires approval.")
    assert asked.variables == {"order": "A1", "reason": "It is broken."}
    assert asked.expires_at == NOW + 2 * 3_600_000
    assert told(one.turns[-1][1]) == [CHECKING]
    assert not of(Perform, last(one))


def test_members_read_the_filled_in_address_where_nothing_is_described() -> None:
    one = play(refund(approval="require", url="/orders/{{order}}/refunds"))
    assert one.requests[0].description == "POST /orders/A1/refunds"


def test_an_approval_shows_the_words_that_the_run_began_with() -> None:
    one = Play(published("refund", message("Right."), refund(approval="require"), **ORDER))
    one.wants("refund", order="A1")
    assert one.requests[0].words == "I want refund"


def test_an_approved_act_is_performed_to_the_byte() -> None:
    one = play(refund(approval="require"), message("Done."))
    turn = one.decides("approve")
    [asked], [wanted], [closed] = one.requests, of(Perform, turn.effects), of(CloseApproval, turn.effects)
    assert identity(asked) == identity(wanted)
    assert wanted.intended
    assert (closed.status, closed.by) == ("approved", "Ben")
    assert not of(Forgo, turn.effects)
    assert told(one.succeeds({})) == ["Done."]


def test_an_approval_counts_once() -> None:
    one = play(refund(approval="require"))
    one.decides("approve")
    with pytest.raises(RuleError, match="no longer open"):
        one.decides("approve")
    one.succeeds({})
    with pytest.raises(RuleError, match="no longer open"):
        one.decides("reject", "Too late.")


def test_rejecting_hands_over_and_keeps_the_reason_from_the_customer() -> None:
    one = play(refund(approval="require", description="Refund {{order}}"), message("Done."))
    turn = one.decides("reject", "Looks like fraud.")
    assert told(turn) == [HANDED_OVER]
    assert handed_over(turn) == "Ben rejected “Refund A1”: Looks like fraud."
    assert kinds(turn) == ["close_approval", "forgo", "say", "hand_over", "complete"]
    assert of(CloseApproval, turn.effects)[0].status == "rejected"
    assert one.ended == [("refund", "escalated")]


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_rejecting_needs_a_reason(reason: str | None) -> None:
    one = play(refund(approval="require"))
    with pytest.raises(RuleError, match="needs a reason"):
        one.decides("reject", reason)
    assert isinstance(one.top.waiting, ForApproval)


@pytest.mark.parametrize("decision", ["happened", "retry", "take_over"])
def test_an_approval_takes_no_answer_about_an_outcome(decision: str) -> None:
    with pytest.raises(RuleError, match="one of approve, reject"):
        play(refund(approval="require")).decides(decision)


def test_an_approval_that_nobody_decides_hands_over() -> None:
    one = play(refund(approval="require", description="Refund {{order}}"))
    turn = one.decides("expire")
    assert told(turn)[0].startswith("Nobody could check this in time.")
    assert handed_over(turn) == "Nobody decided in time about “Refund A1”."
    assert kinds(turn) == ["close_approval", "forgo", "say", "hand_over", "complete"]


def test_an_approval_that_nobody_decides_can_take_a_branch() -> None:
    one = play(refund(approval="require", on_expiry="later"), message("Sorry.", id="later"))
    turn = one.decides("expire")
    assert kinds(turn) == ["close_approval", "forgo", "say", "complete"]
    assert told(turn) == ["Sorry."]
    assert one.ended == [("refund", "completed")]


def test_an_approval_for_a_connection_that_was_changed_lapses_and_is_asked_for_again() -> None:
    one = play(refund(approval="require"))
    old = one.requests[-1]
    moved = CONNECTION.model_copy(update={"base_url": "https://new.example.com"})
    one.given = {"connections": {"shop": moved}}
    turn = one.decides("approve", stale=True)
    assert kinds(turn) == ["close_approval", "forgo", "intend", "request_approval", "say"]
    assert of(CloseApproval, turn.effects)[0].status == "lapsed"
    new = one.requests[-1]
    assert new.approval != old.approval
    assert (new.seq, new.key) != (old.seq, old.key)
    [wanted] = of(Perform, one.decides("approve").effects)
    assert identity(wanted) == identity(new)


# irreversible


@pytest.mark.parametrize("level", ["auto", "notify", "require"])
def test_an_irreversible_step_always_asks(level: str) -> None:
    one = play(refund(irreversible=True, approval=level))
    [asked] = of(RequestApproval, last(one))
    assert asked.rule == "This step is marked as irreversible."
    assert of(Intend, last(one))[0].irreversible
    [wanted] = of(Perform, one.decides("approve").effects)
    assert wanted.irreversible
    assert not wanted.repeatable


@pytest.mark.parametrize(
    ("step", "asks"),
    [
        (refund(), True),
        (refund(method="PUT", idempotent=True), True),
        (
            {
                "kind": "internal",
                "action": "send_email",
                "parameters": {"to": "a@b.example", "subject": "s", "body": "b"},
            },
            True,
        ),
        (look_up(), False),
        (tag("refund"), False),
        (tag("refund", irreversible=True), True),
    ],
)
def test_in_an_irreversible_procedure_every_step_that_changes_something_outside_asks(step: Any, asks: bool) -> None:
    one = play(step, irreversible=True)
    assert bool(of(RequestApproval, last(one))) is asks
    assert bool(of(Perform, last(one))) is not asks


def test_a_procedure_that_an_irreversible_one_calls_asks_too() -> None:
    inner = published("inner", refund(), **ORDER)
    middle = published("middle", {"kind": "procedure", "procedure": "inner"}, children=[inner])
    outer = published("outer", {"kind": "procedure", "procedure": "middle"}, children=[middle], irreversible=True)
    one = Play(outer)
    one.starts("outer")
    one.says("A1")
    assert one.requests[0].rule == "It runs for a procedure that is marked as irreversible."
    assert not one.performed


# confirmation


def test_a_confirmation_waits_for_a_clear_yes_to_exactly_this_act() -> None:
    one = play(refund(confirm="I will refund {{order}}. "), message("Done."))
    [intended], [asked] = of(Intend, last(one)), of(Ask, last(one))
    assert asked.text == "I will refund A1. Shall I go ahead? Please answer yes or no."
    assert asked.choices == ("yes", "no")
    [wanted] = of(Perform, one.says("Yes, please!").effects)
    assert identity(wanted) == identity(intended)
    assert wanted.intended


def test_a_models_reading_is_no_yes() -> None:
    one = play(refund(confirm="Refund?"))
    turn = one.says("I suppose that would be fine", confirmed=True, yes="yes")
    assert told(turn) == [
        "I need a clear yes or no before I do this.\nRefund? Shall I go ahead? Please answer yes or no."
    ]
    assert not one.performed


def test_a_click_confirms() -> None:
    one = play(refund(confirm="Refund?"))
    assert kinds(one.clicks("yes")) == ["perform"]


def test_a_no_ends_the_run() -> None:
    one = play(refund(confirm="Refund?"))
    turn = one.says("no thanks")
    assert kinds(turn) == ["forgo", "say", "complete"]
    assert told(turn) == ["All right, I won't do that."]
    assert one.ended == [("refund", "cancelled")]


def test_a_no_can_take_a_branch() -> None:
    one = play(refund(confirm="Refund?", on_decline="other"), message("Then not.", id="other"))
    turn = one.clicks("no")
    assert kinds(turn) == ["forgo", "say", "complete"]
    assert told(turn) == ["Then not."]


def test_neither_yes_nor_no_five_times_hands_over() -> None:
    one = play(refund(confirm="Refund?"))
    for _ in range(4):
        assert kinds(one.says("hm")) == ["ask"]
    turn = one.says("hm")
    assert kinds(turn) == ["forgo", "say", "hand_over", "complete"]


def test_a_yes_replaces_no_approval() -> None:
    one = play(refund(confirm="Refund {{order}}?", approval="require"))
    turn = one.says("yes")
    [intended], [asked] = of(Intend, one.effects), of(RequestApproval, turn.effects)
    assert identity(asked) == identity(intended)
    assert told(turn) == [CHECKING]
    [wanted] = of(Perform, one.decides("approve").effects)
    assert identity(wanted) == identity(intended)
    assert len(of(Intend, one.effects)) == 1


def test_a_late_second_click_on_yes_confirms_nothing_else() -> None:
    one = play(
        refund(confirm="Refund one?"), {"kind": "set", "variable": "order", "value": "B2"}, refund(confirm="And two?")
    )
    first = one.top.question
    one.clicks("yes")
    one.succeeds({})
    assert isinstance(one.top.waiting, ForConfirmation)
    with pytest.raises(RuleError, match="no longer open"):
        one.clicks("yes", first)
    assert len(one.performed) == 1


def test_a_confirmation_in_a_loop_is_another_question_each_time() -> None:
    one = play(refund(id="again", confirm="Refund?", on_error="again"))
    first = one.top.question
    one.clicks("yes")
    one.fails()
    assert one.top.question != first
    with pytest.raises(RuleError, match="no longer open"):
        one.clicks("yes", first)


# what came of it


def test_a_failed_act_hands_over() -> None:
    one = play(refund(description="Refund {{order}}"))
    turn = one.fails("The server answered 422: no such order.")
    assert told(turn)[0].startswith("Something went wrong on our side.")
    assert handed_over(turn) == "“Refund A1” failed: The server answered 422: no such order."
    assert one.ended == [("refund", "escalated")]


def test_a_failed_act_can_take_a_branch_that_knows_what_went_wrong() -> None:
    text = "{{error.status}}: {{error.message}} ({{error.body.code}})"
    one = play(refund(on_error="sorry", next="end"), message(text, id="sorry"))
    assert told(one.fails("Refused.", 409, {"code": "X1"})) == ["409: Refused. (X1)"]


def test_an_unknown_outcome_goes_to_a_member() -> None:
    one = play(refund(description="Refund {{order}}"))
    turn = one.stays_unknown("No answer came in time.")
    [asked], [wanted] = of(RequestApproval, turn.effects), one.performed
    assert asked.about == "outcome"
    assert asked.expires_at is None
    assert identity(asked) == identity(wanted)
    assert asked.rule == "It is unknown whether this happened: No answer came in time."
    assert told(turn) == [CHECKING]
    assert isinstance(one.top.waiting, ForOutcome)


def test_a_member_says_that_it_happened() -> None:
    one = play(refund(), message("Done."))
    one.stays_unknown()
    turn = one.decides("happened")
    assert kinds(turn) == ["close_approval", "say", "complete"]
    assert of(CloseApproval, turn.effects)[0].status == "happened"


def test_a_member_has_it_sent_again_as_the_same_act() -> None:
    one = play(refund())
    one.stays_unknown()
    turn = one.decides("retry")
    first, second = one.performed
    assert identity(first) == identity(second)
    assert second.intended
    one.stays_unknown()
    assert one.requests[0].approval != one.requests[1].approval
    assert kinds(turn) == ["close_approval", "perform"]


def test_a_member_takes_over_after_an_unknown_outcome() -> None:
    one = play(refund(description="Refund {{order}}"))
    one.stays_unknown("No answer came.")
    turn = one.decides("take_over")
    assert kinds(turn) == ["close_approval", "say", "hand_over", "complete"]
    assert told(turn) == [HANDED_OVER]
    assert handed_over(turn) == "“Refund A1” has an unknown outcome: No answer came."


@pytest.mark.parametrize("decision", ["approve", "reject", "expire"])
def test_an_unknown_outcome_is_nothing_to_approve(decision: str) -> None:
    one = play(refund())
    one.stays_unknown()
    with pytest.raises(RuleError, match="one of happened, retry, take_over"):
        one.decides(decision, "why")


# keys


def test_every_act_has_a_key_of_its_own() -> None:
    one = play(refund(id="a"), refund(id="b", on_error="b"))
    one.succeeds({})
    one.fails()
    keys = [act.key for act in one.performed]
    assert len(set(keys)) == len(keys) == 3
    assert [act.seq for act in one.performed] == [1, 2, 3]


# actions


def action(**fields: Any) -> HttpAction:
    return HttpAction.model_validate(
        {
            "slug": "send-refund",
            "name": "Send refund",
            "description": "Refunds an order of the customer.",
            "variables": [
                {"name": "order"},
                {"name": "amount", "type": "number", "required": False},
                {"name": "currency", "required": False, "default": "EUR"},
            ],
            "request": {
                "url": "https://api.example.com/refunds",
                "method": "POST",
                "query": {"amount": "{{amount}}"},
                "body": '{"order":"{{order}}","amount":{{amount}},"currency":"{{currency}}"}',
            },
            **fields,
        }
    )


def use(arguments: dict[str, str], known: dict[str, Any], **fields: Any) -> Play:
    step = {"kind": "call", "action": "send-refund", "arguments": arguments}
    sets = [{"kind": "set", "variable": name, "value": value} for name, value in known.items()]
    one = Play(published("refund", *sets, step, actions=[action(**fields)]))
    one.starts("refund")
    return one


def test_an_action_takes_its_variables_from_arguments_or_by_name() -> None:
    one = use({"amount": "{{total}}"}, {"order": "A1", "total": "49,5", "secret": "x"})
    [wanted] = one.performed
    assert isinstance(wanted.act, CallHttp)
    assert wanted.act.request.body == '{"order":"A1","amount":49.5,"currency":"EUR"}'


def test_an_optional_variable_that_was_not_given_is_left_out() -> None:
    [wanted] = use({}, {"order": "A1"}).performed
    assert isinstance(wanted.act, CallHttp)
    assert wanted.act.request.url == "https://api.example.com/refunds"
    assert wanted.act.request.body == '{"order":"A1","currency":"EUR"}'


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        ({}, "needs `order`, which has no value here"),
        ({"order": ""}, "needs `order`, which has no value here"),
        ({"order": "A1", "amount": "many"}, "`amount` of the action `send-refund` is no valid number"),
    ],
)
def test_an_action_without_what_it_needs_hands_over(known: dict[str, Any], sentence: str) -> None:
    one = use({}, known)
    assert not one.performed
    assert sentence in of(HandOver, one.effects)[0].reason


def test_members_read_the_actions_description_where_the_step_has_none() -> None:
    assert use({}, {"order": "A1"}, approval="require").requests[0].description == "Refunds an order of the customer."


def test_the_stricter_of_the_steps_and_the_actions_level_counts() -> None:
    assert use({}, {"order": "A1"}, approval="require").requests
    assert use({}, {"order": "A1"}, irreversible=True).requests
    assert isinstance(use({}, {"order": "A1"}, confirm="Sure?").top.waiting, ForConfirmation)
    assert isinstance(use({}, {"order": "A1"}, approval="notify").top.waiting, ForEffect)


def test_an_approval_cannot_be_given_once_its_time_is_over_though_the_timer_is_late() -> None:
    one = play(refund(approval="require", expires_hours=2))
    late = given(9, at=NOW + 2 * 3_600_000)
    decided = Decided(approval=one.requests[0].approval, decision="approve", by="Ben")
    with pytest.raises(RuleError, match="has expired"):
        converse(one.state, decided, one.catalogue, late)
    assert one.decides("expire").ended[0].status == "escalated"
    assert not one.performed


def test_an_approval_lasts_a_day_by_default() -> None:
    assert play(refund(approval="require")).requests[0].expires_at == given().at + 24 * 3_600_000
