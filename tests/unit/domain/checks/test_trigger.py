import pytest

HELLO = {"id": "hello", "kind": "message", "text": "Hello"}


@pytest.mark.parametrize(
    "text",
    [
        "Refund stuff",
        "Refund",
        "Handles all refund things for our customers",
        "When the customer asks something",
        "When a customer needs help with a problem",
        "refund refund refund",
        "返金",
    ],
)
def test_a_vague_trigger_is_doubtful(checked, text) -> None:
    (problem,) = checked(HELLO, trigger={"description": text})

    assert (problem.severity, problem.code, problem.field) == ("warning", "vague-trigger", "trigger.description")
    assert "“When a customer asks for a refund or mentions returning a product”" in problem.sentence


@pytest.mark.parametrize(
    "text",
    [
        "When a customer asks for a refund or mentions returning a product",
        "When a customer asks for a refund",
        "When a customer wants to check their order status",
        "When a visitor asks about enterprise pricing and wants to talk to sales",
        "Customer wants to cancel",
        "Wenn jemand sein Geld zurückhaben möchte",
        "お客様が返金を求めたとき",
    ],
)
def test_a_clear_trigger_is_fine(checked, text) -> None:
    assert checked(HELLO, trigger={"description": text}) == []


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_trigger_is_refused(checked, text) -> None:
    (problem,) = checked(HELLO, trigger={"description": text})

    assert (problem.severity, problem.code) == ("error", "required")
