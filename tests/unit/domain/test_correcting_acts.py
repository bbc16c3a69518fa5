"""Corrections never do an act twice, never with what was taken back, and change only what the customer said."""

from typing import Any

from deskhand.domain import commands as c
from deskhand.domain import events as e
from deskhand.domain.actions import AnyAction, read_action
from deskhand.domain.facts import Fact
from deskhand.domain.turn import Turn
from tests.unit.domain.builders import Play, collect, handed_over, look_up, message, published, refund, sub, told


def corrects(play: Play, **values: Any) -> Turn:
    return play.says("no", *(c.CorrectVariable(variable=name, value=value) for name, value in values.items()))


def acts(play: Play) -> list[str]:
    """The steps that were performed, in order."""
    return [one.step for one in play.performed]


def sent(play: Play) -> list[str]:
    """The bodies, or else the addresses, of what was performed."""
    requests: list[Any] = [getattr(one.act, "request", None) for one in play.performed]
    return [request.body or request.url.removeprefix("https://shop.example.com") for request in requests]


def action(slug: str, method: str = "POST", variables: tuple[str, ...] = (), **fields: Any) -> AnyAction:
    body = {"body": "{}"} if method == "POST" else {}
    request = {"url": f"https://x.example/{slug}", "method": method, **body}
    declared = [{"name": name} for name in variables]
    about = {"slug": slug, "name": slug, "description": "Does what it says.", "request": request, "variables": declared}
    return read_action({**about, **fields})


def uses(slug: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "call", "action": slug, "id": slug.replace("-", "_"), **fields}


def shop() -> Play:
    return Play(
        published(
            "book",
            collect("order"),
            look_up(id="find"),
            collect("what", id="ask_what"),
            refund(id="pay", body='{"what": "{{what}}"}'),
            collect("rating", id="ask_rating"),
            message("Thanks."),
        )
    )


def test_a_second_correction_does_not_do_again_what_the_first_one_kept() -> None:
    play = shop()
    play.wants("book", order="A1")
    play.succeeds({"ok": True})
    play.says("shoe", what="shoe")
    play.succeeds({})
    for order in ("B2", "C3", "D4"):
        corrects(play, order=order)
        assert told(play.succeeds({"ok": True})) == ["Which rating?"]
    assert acts(play) == ["find", "pay", "find", "find", "find"]


def test_what_was_done_with_one_of_two_corrected_values_calls_a_person() -> None:
    play = Play(
        published("book", collect("order"), refund(id="pay"), collect("email"), look_up(url="/{{email}}"), collect("x"))
    )
    play.wants("book", order="A1")
    play.succeeds({})
    play.says("a@b.example", email="a@b.example")
    play.succeeds({})
    assert handed_over(play.says("B2 and c@d.example", order="B2", email="c@d.example"))
    assert play.top.variables["order"] == "A1"


def test_a_dependent_question_that_becomes_needed_does_not_begin_the_acts_anew() -> None:
    dependent = [
        {"name": "kind", "choices": ["gift", "own"], "required": False},
        {"name": "wish", "ask_when": [{"variable": "kind", "value": "gift"}]},
    ]
    steps = refund(id="pay", body="{}"), collect("kind", choices=["gift", "own"]), collect("note")
    play = Play(published("book", *steps, variables=dependent))
    play.wants("book")
    play.succeeds({})
    play.says("own", kind="own")
    corrects(play, kind="gift")
    assert told(play.says("blue", wish="blue")) == ["Which note?"]
    assert acts(play) == ["pay"]


def rounds() -> Play:
    """Each round looks a customer up, and books an item."""
    return Play(
        published(
            "book",
            collect("item", id="ask_item"),
            look_up(id="check", url="/customers/{{name}}"),
            refund(id="add", body='{"item": "{{item}}"}'),
            {"kind": "condition", "id": "more", "variable": "item", "operator": "equals", "value": "last",
             "then": "ask_note", "else": "ask_item"},
            collect("note", id="ask_note"),
            variables=[{"name": "name"}],
        )
    )  # fmt: skip


def test_a_correction_in_a_loop_repeats_no_round() -> None:
    play = rounds()
    play.wants("book", name="Ada")
    for item in ("one", "two"):
        play.says(item, item=item)
        play.succeeds({})
        play.succeeds({})
    assert play.top.step == "ask_item"
    corrects(play, name="Eve")
    assert told(play.succeeds({})) == ["Which item?"]
    assert acts(play) == ["check", "add", "check", "add", "check"]


def test_rounds_after_a_correction_in_a_loop_do_their_acts() -> None:
    play = rounds()
    play.wants("book", name="Ada")
    play.says("one", item="one")
    play.succeeds({})
    play.succeeds({})
    corrects(play, name="Eve")
    play.succeeds({})
    play.says("last", item="last")
    play.succeeds({})
    assert told(play.succeeds({})) == ["Which note?"]
    assert sent(play)[-2:] == ["/customers/Eve", '{"item":"last"}']


def test_what_a_first_correction_still_has_before_it_follows_a_second_one() -> None:
    play = Play(
        published(
            "book",
            collect("order"),
            look_up(id="find"),
            collect("count"),
            {"kind": "set", "id": "sum", "variable": "total", "value": "{{count}} pieces"},
            collect("why"),
            refund(id="pay", body='{"total": "{{total}}"}'),
        )
    )
    play.wants("book", order="A1", count="1")
    play.succeeds({})
    corrects(play, order=None)
    assert play.top.variables["total"] == "1 pieces"
    corrects(play, count="3")
    play.says("B2", order="B2")
    play.succeeds({})
    play.says("broken", why="broken")
    assert sent(play)[-1] == '{"total":"3 pieces"}'


def test_another_branch_that_sets_something_anew_is_not_followed_by_old_decisions() -> None:
    play = Play(
        published(
            "book",
            collect("plan"),
            {"kind": "condition", "id": "which", "variable": "plan", "operator": "equals", "value": "pro",
             "then": "high", "else": "low"},
            {"kind": "set", "id": "high", "variable": "limit", "value": "100", "next": "fits"},
            {"kind": "set", "id": "low", "variable": "limit", "value": "5"},
            {"kind": "condition", "id": "fits", "variable": "limit", "operator": "equals", "value": "100",
             "then": "ask_why", "else": "refused"},
            collect("why", id="ask_why", next="pay"),
            message("Too much.", id="refused", next="end"),
            refund(id="pay", body="{}"),
        )
    )  # fmt: skip
    play.wants("book", plan="pro")
    assert told(corrects(play, plan="basic"))[-1] == "Too much."
    assert acts(play) == []


def test_an_act_of_a_round_that_is_long_past_calls_a_person() -> None:
    play = Play(
        published(
            "book",
            refund(id="pay", body='{"name": "{{name}}"}'),
            collect("word", id="ask"),
            {"kind": "condition", "id": "more", "variable": "word", "operator": "equals", "value": "stop",
             "then": "end", "else": "ask"},
            variables=[{"name": "name"}],
        )
    )  # fmt: skip
    play.wants("book", name="Ada")
    play.succeeds({})
    for _ in range(101):
        play.says("x", word="x")
    assert "pay" not in play.top.trail
    assert handed_over(corrects(play, name="Eve"))
    assert acts(play) == ["pay"]


# facts


VERIFY = action("verify", "GET", ("email",), identity="who")
REFUND = action("refund", preconditions=[{"kind": "succeeded", "actions": ["verify"]}])


def test_what_was_done_because_of_a_verification_that_is_taken_back_calls_a_person() -> None:
    steps = collect("email"), uses("verify"), uses("refund"), collect("rating")
    play = Play(published("book", *steps, actions=[VERIFY, REFUND]))
    play.wants("book", email="a@b.example")
    play.succeeds({"who": "ada"})
    play.succeeds({})
    assert handed_over(corrects(play, email="c@d.example"))
    assert acts(play) == ["verify", "refund"]


def test_a_called_procedures_verification_is_taken_back_with_what_it_was_made_with() -> None:
    child = published("check", uses("verify"), variables=[{"name": "email"}], actions=[VERIFY])
    steps = collect("email"), sub("check", arguments={"email": "{{email}}"}), collect("rating")
    play = Play(published("book", *steps, actions=[VERIFY], children=[child]))
    play.wants("book", email="a@b.example")
    play.succeeds({"who": "ada"})
    assert play.state.identity == "ada"
    corrects(play, email="c@d.example")
    assert not play.state.facts
    assert not play.state.identity


def test_a_verification_that_does_not_depend_on_the_value_stays() -> None:
    play = Play(published("book", collect("order"), look_up(), collect("x"), actions=[VERIFY]))
    play.state = play.state.model_copy(update={"facts": {"verify": Fact(at=1)}, "identity": "ada"})
    play.wants("book", order="A1")
    play.succeeds({})
    corrects(play, order="B2")
    assert play.state.identity == "ada"


# what is not the customer's to change


def test_the_same_request_with_another_value_is_a_correction() -> None:
    play = Play(published("book", collect("order"), look_up(id="find"), collect("why"), refund(id="pay")))
    play.wants("book", order="A1")
    play.succeeds({})
    play.wants("book", order="B2")
    assert sent(play) == ["/orders/A1", "/orders/B2"]


def test_the_same_request_with_another_value_changes_nothing_that_has_happened() -> None:
    play = Play(published("book", collect("order"), refund(id="pay"), collect("why"), message("{{order}}")))
    play.wants("book", order="A1")
    play.succeeds({})
    assert handed_over(play.wants("book", order="B2"))
    assert play.top.variables["order"] == "A1"


def test_what_a_step_has_set_is_not_overwritten_by_what_a_customer_says_besides() -> None:
    amount = {"kind": "set", "variable": "amount", "value": "{{found.amount}}"}
    steps = collect("order"), look_up(), amount, collect("why"), refund(body='{"amount": "{{amount}}"}')
    play = Play(published("book", *steps, variables=[{"name": "amount", "required": False}]))
    play.wants("book", order="A1")
    play.succeeds({"amount": "5"})
    play.says("broken, 9999", why="broken", amount="9999")
    assert sent(play)[-1] == '{"amount":"5"}'


def test_a_correction_beside_it_does_not_overwrite_it_either() -> None:
    amount = {"kind": "set", "variable": "amount", "value": "5"}
    steps = amount, collect("order"), look_up(), collect("why"), refund(body='{"amount": "{{amount}}"}')
    play = Play(published("book", *steps, variables=[{"name": "amount", "required": False}]))
    play.wants("book", order="A1")
    play.succeeds({})
    play.says("B2, broken, 9999", order="B2", why="broken", amount="9999")
    play.succeeds({})
    assert sent(play)[-1] == '{"amount":"5"}'


def test_a_customer_does_not_replace_what_one_procedure_gave_another() -> None:
    child = published("child", collect("pin"), refund(body='{"order": "{{ref}}"}'), variables=[{"name": "ref"}])
    steps = collect("order"), look_up(), sub("child", arguments={"ref": "{{found.mine}}"})
    play = Play(published("parent", *steps, children=[child]))
    play.wants("parent", order="A1")
    play.succeeds({"mine": "MINE"})
    corrects(play, ref="THEIRS")
    play.says("1", pin="1", ref="THEIRS")
    assert sent(play)[-1] == '{"order":"MINE"}'


def test_a_value_that_was_passed_on_is_corrected_where_the_customer_gave_it() -> None:
    child = published("child", collect("pin"), look_up(url="/verify/{{email}}"), variables=[{"name": "email"}])
    pay = refund(id="pay", body='{"email": "{{email}}"}')
    play = Play(
        published("parent", collect("email"), sub("child", arguments={"email": "{{email}}"}), pay, children=[child])
    )
    play.wants("parent", email="A")
    corrects(play, email="B")
    play.says("1", pin="1")
    play.succeeds({})
    assert sent(play) == ["/verify/B", '{"email":"B"}']


def test_what_stood_in_a_form_is_not_lost_to_a_correction_that_nobody_could_ask_for() -> None:
    form = {"kind": "form", "id": "where", "fields": [{"name": "address"}]}
    steps = form, collect("why"), refund(body='{"to": "{{address | default("nowhere")}}"}')
    play = Play(published("send", *steps))
    play.wants("send")
    play.take(e.FormSubmitted(question=play.top.question or "", values={"address": "Elm Street 1"}))
    corrects(play, address=None)
    play.says("moved", why="moved")
    assert sent(play) == ['{"to":"Elm Street 1"}']
