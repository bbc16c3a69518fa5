import pytest

from deskhand.domain.actions import HttpAction


def call(method: str = "POST", url: str = "https://api.example.com/orders", **fields):
    return {"id": "act", "kind": "call", "method": method, "url": url, "on_error": "end", **fields}


def destructive(problems):
    return [one for one in problems if one.code == "destructive"]


@pytest.mark.parametrize(
    "step",
    [
        call("DELETE"),
        call(url="https://api.example.com/orders/A1/refunds"),
        call(url="https://api.example.com/orders/A1/cancel"),
        call("PUT", url="https://api.example.com/closeAccount"),
        call("PATCH", description="Transfer the money back"),
        call(description="Charge the card on file"),
        call(url="https://api.example.com/payments"),
        call(id="delete_account"),
        {"id": "mail", "kind": "internal", "action": "send_email", "on_error": "end",
         "parameters": {"to": "a@example.com", "subject": "Hi", "body": "Hello"}},
    ],
)  # fmt: skip
def test_what_cannot_be_taken_back_asks_for_an_approval(checked, step) -> None:
    (problem,) = destructive(checked(step))

    assert (problem.severity, problem.step, problem.field) == ("warning", step["id"], "approval")
    assert destructive(checked({**step, "approval": "notify"}))
    assert destructive(checked({**step, "approval": "require"})) == []
    assert destructive(checked({**step, "irreversible": True})) == []
    assert destructive(checked(step, irreversible=True)) == []


@pytest.mark.parametrize(
    "step",
    [
        call("GET", url="https://api.example.com/refunds"),
        call("POST", url="https://api.example.com/search-refunds", read_only=True),
        call("POST", url="https://api.example.com/appointments"),
        call("POST", url="https://api.example.com/payload/closest"),
        {"id": "t", "kind": "internal", "action": "create_ticket", "parameters": {"subject": "Refund"}},
    ],
)
def test_reading_and_harmless_writing_need_no_approval(checked, step) -> None:
    assert destructive(checked(step)) == []


def test_a_variables_name_says_nothing_about_the_call(checked) -> None:
    ask = {"id": "ask", "kind": "collect", "variable": "refund_reason", "prompt": "Why?"}

    assert destructive(checked(ask, call(url="https://api.example.com/notes/{{refund_reason}}"))) == []


@pytest.mark.parametrize(("level", "warned"), [("auto", True), ("require", False)])
def test_an_actions_own_level_counts(checked, level, warned) -> None:
    action = {"slug": "refund-order", "name": "Refund", "description": "Gives the money back", "approval": level,
              "request": {"url": "https://api.example.com/x", "method": "POST"}}  # fmt: skip
    step = {"id": "act", "kind": "call", "action": "refund-order", "on_error": "end"}

    problems = checked(step, around={"actions": {"refund-order": HttpAction.model_validate(action)}})

    assert bool(destructive(problems)) == warned
