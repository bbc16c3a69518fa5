"""Editing what an approval's request is made of: rendered anew, recorded in both forms, agreed to again."""

import json
from typing import Any

import pytest

from deskhand.domain.actions import HttpAction
from deskhand.domain.deciding import Decider
from deskhand.domain.edits import Editable, UnfitEdit
from deskhand.domain.effects import Ask, CallHttp, CloseApproval, Forgo, Guarded, Intend, Perform, ReviseApproval
from deskhand.domain.errors import RuleError
from deskhand.domain.frame import Given
from deskhand.domain.masking import MASK
from deskhand.domain.state import ForApproval, ForConfirmation, Run
from deskhand.domain.stored import dump, load
from deskhand.domain.turn import Turn
from tests.unit.domain.builders import NOW, Play, collect, message, of, published, refund, told

VARIABLES: Any = {
    "variables": [
        {"name": "order", "description": "The order's number"},
        {"name": "amount", "type": "number"},
        {"name": "note", "required": False, "default": "-"},
    ]
}
BODY = '{"order": "{{order}}", "amount": {{amount}}, "note": "{{note}}"}'
ASK = "I'll refund {{amount}} for {{order}}."


def play(*steps: dict[str, Any], **fields: Any) -> Play:
    """A run that waits for an approval: order A1, amount 50."""
    one = Play(published("refund", *steps, **(VARIABLES | fields)))
    one.starts("refund", order="A1", amount=50)
    return one


def pay(**fields: Any) -> dict[str, Any]:
    return refund(**{"approval": "require", "body": BODY, "description": "Refund {{amount}} for {{order}}"} | fields)


def approves(one: Play, **values: Any) -> Turn:
    return one.decides("approve", values=values)


def body_of(act: Any) -> Any:
    assert isinstance(act, CallHttp)
    return json.loads(act.request.body or "")


def revised(turn: Turn) -> Any:
    [effect] = of(ReviseApproval, turn.effects)
    return effect.request


def editable(one: Play) -> dict[str, Editable]:
    return {value.name: value for value in one.requests[-1].editable}


# what may be edited


def test_the_request_names_the_values_that_it_was_made_of() -> None:
    values = editable(play(pay()))
    assert list(values) == ["order", "amount", "note"]
    assert values["order"] == Editable(name="order", label="Order", description="The order's number", value="A1")
    assert (values["amount"].type, values["amount"].value, values["amount"].required) == ("number", 50, True)
    assert not values["note"].required


def test_what_is_not_in_the_request_is_not_edited() -> None:
    one = play(pay(body='{"order": "{{order}}"}'))
    with pytest.raises(UnfitEdit, match="`amount` cannot be edited: what can be is `order`") as caught:
        approves(one, amount=1)
    assert [(problem.code, problem.field) for problem in caught.value.problems] == [("not-editable", "amount")]
    assert isinstance(one.top.waiting, ForApproval)


def test_parts_of_an_answer_can_be_edited_for_the_rest_of_the_run() -> None:
    one = play(
        {"kind": "set", "variable": "found", "value": {"total": 50, "lines": [{"sku": "a"}]}},
        pay(body='{"amount": {{found.total}}, "sku": "{{found.lines.0.sku}}"}'),
        message("{{found.total}} of {{found.lines.0.sku}}"),
    )
    assert {name: value.type for name, value in editable(one).items()} == {
        "found.total": "number",
        "found.lines.0.sku": "text",
    }
    turn = approves(one, **{"found.total": 40, "found.lines.0.sku": "b"})
    [wanted] = of(Perform, turn.effects)
    assert body_of(wanted.act) == {"amount": 40, "sku": "b"}
    assert told(one.succeeds({})) == ["40 of b"]


# exactly the edited form is sent


def test_an_edited_request_is_rendered_anew_and_exactly_that_is_sent() -> None:
    one = play(pay(), message("{{amount}} are on their way."))
    first = one.requests[-1]
    turn = approves(one, amount="40")
    [closed], [wanted], [intended] = (
        of(CloseApproval, turn.effects),
        of(Perform, turn.effects),
        of(Intend, turn.effects),
    )
    assert (closed.approval, closed.status) == (first.approval, "approved")
    assert body_of(wanted.act) == {"order": "A1", "amount": 40, "note": "-"}
    assert wanted.act == intended.act == revised(turn).act
    assert (wanted.seq, wanted.key) == (intended.seq, intended.key)
    assert wanted.key != first.key
    assert [effect.seq for effect in of(Forgo, turn.effects)] == [first.seq]
    assert told(one.succeeds({})) == ["40 are on their way."]


def test_both_forms_are_recorded_with_who_edited_what() -> None:
    turn = approves(play(pay()), amount=40)
    request = revised(turn)
    assert request.description == "Refund 40 for A1"
    assert request.revised.description == "Refund 50 for A1"
    assert json.loads(request.revised.request["body"])["amount"] == 50
    [revision] = request.revised.revisions
    assert (revision.by.name, revision.at) == ("Ben", NOW)
    assert [(change.name, change.before, change.after) for change in revision.changes] == [("amount", 50, 40)]


def test_what_is_the_same_as_before_is_no_edit() -> None:
    one = play(pay())
    turn = approves(one, amount="50", order="A1")
    assert not of(ReviseApproval, turn.effects)
    [wanted] = of(Perform, turn.effects)
    assert (wanted.seq, wanted.key, wanted.act) == (one.requests[0].seq, one.requests[0].key, one.requests[0].act)


def test_an_optional_value_can_be_taken_out() -> None:
    one = play(pay(body='{"order": "{{order}}", "note": "{{note | default(\\"none\\")}}"}'))
    [wanted] = of(Perform, approves(one, note="").effects)
    assert body_of(wanted.act) == {"order": "A1", "note": "none"}


def test_what_a_member_edited_is_theirs_and_not_the_customers_to_correct() -> None:
    one = play(pay())
    approves(one, amount=40)
    assert (one.top.variables["amount"], one.top.sources["amount"]) == (40, "member")


# edits that do not fit


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"amount": "a lot"}, "digits"),
        ({"amount": ""}, "answer"),
        ({"order": None}, "answer"),
        ({"contact.email": "x@example.com"}, "cannot be edited"),
        ({"conversation.id": "other"}, "cannot be edited"),
    ],
)
def test_a_value_that_does_not_fit_changes_nothing(values: dict[str, Any], sentence: str) -> None:
    one = play(pay())
    before = one.state
    with pytest.raises(UnfitEdit, match=sentence) as caught:
        one.decides("approve", values=values)
    assert [problem.field for problem in caught.value.problems] == list(values)
    assert one.state is before


@pytest.mark.parametrize("given", ["..", ".", "../admin"])
def test_an_edit_cannot_lead_to_another_path(given: str) -> None:
    one = play(pay(url="/orders/{{order}}"))
    if given in ("..", "."):
        with pytest.raises(UnfitEdit, match="another path") as caught:
            approves(one, order=given)
        assert [(problem.code, problem.field) for problem in caught.value.problems] == [("unfit-request", "order")]
    else:
        [wanted] = of(Perform, approves(one, order=given).effects)
        assert isinstance(wanted.act, CallHttp)
        assert wanted.act.request.url == "https://shop.example.com/orders/..%2Fadmin"


def test_an_edit_cannot_lead_to_another_host() -> None:
    [wanted] = of(Perform, approves(play(pay(url="/{{order}}")), order="@evil.example/x?y#z").effects)
    assert isinstance(wanted.act, CallHttp)
    assert wanted.act.request.url == "https://shop.example.com/%40evil.example%2Fx%3Fy%23z"


def test_an_edit_cannot_split_a_header() -> None:
    one = play(pay(headers={"X-Order": "{{order}}"}))
    with pytest.raises(UnfitEdit, match="header"):
        approves(one, order="A1\r\nX-Admin: 1")


def test_an_edit_cannot_break_out_of_the_body() -> None:
    [wanted] = of(Perform, approves(play(pay()), order='A", "amount": 9999, "x": "').effects)
    assert body_of(wanted.act)["amount"] == 50


# the customer is asked again


def confirmed(**fields: Any) -> Play:
    """A run whose customer has said yes to 50, and that waits for the members."""
    one = play(pay(confirm=ASK, **fields), message("Done."))
    one.says("yes")
    assert isinstance(one.top.waiting, ForApproval)
    return one


def test_an_edit_voids_the_customers_yes_and_they_are_asked_again() -> None:
    one = confirmed()
    turn = approves(one, amount=40)
    assert told(turn) == [
        "A colleague has changed something here. I'll refund 40 for A1. Shall I go ahead? Please answer yes or no."
    ]
    assert not of(Perform, turn.effects)
    assert [closed.status for closed in of(CloseApproval, turn.effects)] == ["approved"]
    bound = revised(turn).act
    [wanted] = of(Perform, one.says("yes").effects)
    assert wanted.act == bound
    assert len(one.requests) == 1


def test_a_late_click_on_the_first_yes_is_no_yes_to_the_edited_form() -> None:
    one = play(pay(confirm=ASK))
    first = one.top.question
    one.clicks("yes")
    turn = approves(one, amount=40)
    [asked] = of(Ask, turn.effects)
    assert asked.question != first
    with pytest.raises(RuleError, match="no longer open"):
        one.clicks("yes", question=first)
    assert isinstance(one.top.waiting, ForConfirmation)


def test_a_no_to_the_edited_form_ends_it_as_any_no_does() -> None:
    one = confirmed()
    approves(one, amount=40)
    turn = one.says("no")
    assert told(turn) == ["All right, I won't do that."]
    assert not of(Perform, turn.effects)
    assert one.ended == [("refund", "cancelled")]


def test_a_plain_approval_asks_nobody_again() -> None:
    assert of(Perform, one_approved := confirmed().decides("approve").effects)
    assert not [effect for effect in one_approved if isinstance(effect, Ask)]


def test_the_state_between_edit_and_yes_can_be_stored() -> None:
    one = confirmed()
    approves(one, amount=40)
    stored = load(Run, dump(one.top))
    assert stored == one.top
    assert isinstance(stored.waiting, ForConfirmation)
    assert (stored.waiting.granted, stored.waiting.edits) == (True, {"amount": 40})


# values that nobody may read


def secretive() -> Play:
    one = Play(
        published(
            "refund",
            pay(body='{"order": "{{order}}", "pin": "{{pin}}"}'),
            variables=[{"name": "order"}, {"name": "pin", "sensitive": True}],
        )
    )
    one.starts("refund", order="A1", pin="4711-0815")
    return one


def test_a_sensitive_value_can_be_replaced_and_never_read() -> None:
    one = secretive()
    pin = editable(one)["pin"]
    assert (pin.sensitive, pin.value) == (True, None)
    turn = approves(one, pin="9999-1234")
    [wanted] = of(Perform, turn.effects)
    assert body_of(wanted.act) == {"order": "A1", "pin": "9999-1234"}
    request = revised(turn)
    [change] = request.revised.revisions[0].changes
    assert (change.before, change.after) == (MASK, MASK)
    shown = str([request.revised, request.variables, request.editable, request.description])
    assert "4711-0815" not in shown
    assert "9999-1234" not in shown
    assert "4711-0815" not in str(one.requests[0].editable)


# actions of the workspace: their variables


def refunding(**fields: Any) -> HttpAction:
    return HttpAction.model_validate(
        {
            "slug": "refund-order",
            "name": "Refund",
            "description": "Gives the money back",
            "approval": "require",
            "variables": [
                {"name": "order"},
                {"name": "amount", "type": "float"},
                {"name": "reason", "required": False, "default": "goodwill"},
                {"name": "unused", "required": False},
            ],
            "request": {
                "url": "/refunds",
                "method": "POST",
                "connection": "shop",
                "body": '{"order": "{{order}}", "amount": {{amount}}, "reason": "{{reason}}"}',
            },
        }
        | fields
    )


def using(action: HttpAction, **fields: Any) -> Play:
    step = {"kind": "call", "action": action.slug, **fields}
    one = Play(published("refund", step, message("{{amount}} and {{order}}"), actions=[action], **VARIABLES))
    one.starts("refund", order="A1", amount=50)
    return one


def test_an_actions_own_variables_are_edited_where_it_is_used() -> None:
    one = using(refunding())
    assert [(name, value.value) for name, value in editable(one).items()] == [
        ("order", "A1"), ("amount", 50.0), ("reason", "goodwill"),
    ]  # fmt: skip
    turn = approves(one, amount="40", reason="broken")
    [wanted] = of(Perform, turn.effects)
    assert body_of(wanted.act) == {"order": "A1", "amount": 40.0, "reason": "broken"}
    assert told(one.succeeds({})) == ["40.0 and A1"]


def test_an_argument_that_is_put_together_changes_this_act_alone() -> None:
    one = using(refunding(), arguments={"reason": "{{order}} of {{amount}}"})
    [wanted] = of(Perform, approves(one, reason="broken").effects)
    assert body_of(wanted.act)["reason"] == "broken"
    assert told(one.succeeds({})) == ["50 and A1"]


def test_what_the_customer_would_not_be_asked_anew_about_is_not_edited() -> None:
    one = using(refunding(), arguments={"reason": "{{order}} of {{amount}}"}, confirm="Refund {{amount}}?")
    one.says("yes")
    assert "reason" not in editable(one)
    turn = approves(one, amount=40)
    assert "Refund 40.0?" in told(turn)[0]


def test_the_actions_own_question_is_asked_with_the_edited_values() -> None:
    one = using(refunding(confirm="Refund {{amount}}: {{reason}}?"), arguments={"reason": "for {{order}}"})
    one.says("yes")
    assert "Refund 30.0: broken?" in told(approves(one, amount=30, reason="broken"))[0]
    [wanted] = of(Perform, one.says("yes").effects)
    assert body_of(wanted.act) == {"order": "A1", "amount": 30.0, "reason": "broken"}


def test_what_an_edited_act_establishes_tells_the_edited_values() -> None:
    one = using(refunding())
    approves(one, amount=40)
    one.succeeds({"id": 1})
    assert one.state.facts["refund-order"].arguments["amount"] == 40.0


def test_preconditions_are_checked_with_the_edited_values() -> None:
    limit = {"kind": "holds", "conditions": [{"variable": "amount", "operator": "lte", "value": 60}]}
    one = using(refunding(preconditions=[limit]))
    turn = approves(one, amount=70)
    [guarded] = of(Guarded, turn.effects)
    assert guarded.rule == "holds"
    assert not of(Perform, turn.effects)


def test_a_later_steps_action_is_given_its_own_values_again() -> None:
    first, second = refunding(), refunding(slug="again")
    one = Play(
        published(
            "refund",
            {"kind": "call", "action": "refund-order", "arguments": {"reason": "for {{order}}"}},
            {"kind": "call", "action": "again", "arguments": {"reason": "for {{order}}"}},
            actions=[first, second],
            **VARIABLES,
        )
    )
    one.starts("refund", order="A1", amount=50)
    approves(one, reason="broken")
    one.succeeds({})
    assert body_of(one.requests[-1].act)["reason"] == "for A1"


# four eyes


ANA = Decider(name="Ana", member="member_1", role="agent")
BEN = Decider(name="Ben", member="member_2", role="agent")


def with_four_eyes() -> Play:
    one = confirmed()
    one.given = {"four_eyes": True}
    return one


def test_with_four_eyes_an_edit_waits_for_somebody_else() -> None:
    one = with_four_eyes()
    turn = one.decides("approve", values={"amount": 40}, decider=ANA)
    assert not of(CloseApproval, turn.effects)
    assert told(turn) == []
    waiting = one.top.waiting
    assert isinstance(waiting, ForApproval)
    assert body_of(waiting.act)["amount"] == 40
    assert one.top.variables["amount"] == 50
    turn = one.decides("approve", decider=BEN, based_on=1)
    assert "I'll refund 40 for A1." in told(turn)[0]
    [wanted] = of(Perform, one.says("yes").effects)
    assert body_of(wanted.act)["amount"] == 40


def test_whoever_saw_the_first_form_does_not_approve_the_edited_one() -> None:
    one = with_four_eyes()
    one.decides("approve", values={"amount": 40}, decider=ANA)
    with pytest.raises(RuleError, match="Ben edited this request: look at it again"):
        one.decides("approve", decider=BEN)


def test_a_second_edit_keeps_the_very_first_form() -> None:
    one = with_four_eyes()
    one.decides("approve", values={"amount": 40}, decider=ANA)
    turn = one.decides("approve", values={"amount": 45, "note": "late"}, decider=BEN, based_on=1)
    request = revised(turn)
    assert json.loads(request.revised.request["body"])["amount"] == 50
    changes = [[(one.name, one.before, one.after) for one in made.changes] for made in request.revised.revisions]
    assert changes == [[("amount", 50, 40)], [("amount", 40, 45), ("note", "-", "late")]]
    assert body_of(request.act) == {"order": "A1", "amount": 45, "note": "late"}


def test_an_edited_request_that_is_rejected_leaves_the_run_as_it_was() -> None:
    one = with_four_eyes()
    one.decides("approve", values={"amount": 40}, decider=ANA)
    turn = one.decides("reject", "No.", decider=BEN)
    assert turn.ended[0].variables["amount"] == 50


def test_a_correction_lets_the_edited_approval_lapse() -> None:
    steps = collect("amount", validation="number"), pay(body='{"order": "{{order}}", "amount": {{amount}}}')
    one = Play(published("refund", *steps, variables=[{"name": "order"}]))
    one.given = {"four_eyes": True}
    one.starts("refund", order="A1")
    one.says("50", amount=50)
    one.decides("approve", values={"order": "B2"}, decider=ANA)
    turn = one.says("make it 30", amount=30)
    [closed] = of(CloseApproval, turn.effects)
    assert (closed.status, closed.reason) == ("lapsed", "The customer corrected a value that it used.")
    assert body_of(one.requests[-1].act)["order"] == "A1"


def test_four_eyes_are_off_where_nobody_wants_them() -> None:
    assert not Given(at=0, workspace="ws", conversation="conv", version=1).four_eyes
