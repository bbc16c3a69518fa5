import pytest

EMAIL = {"to": "a@example.com", "subject": "Hi", "body": "Hello"}


@pytest.mark.parametrize(
    "step",
    [
        {"kind": "call", "url": "https://api.example.com/x"},
        {"kind": "internal", "action": "send_email", "parameters": EMAIL, "approval": "require"},
    ],
)
def test_reaching_out_without_an_error_branch_is_doubtful(checked, step) -> None:
    (problem,) = checked({"id": "act", **step})

    assert (problem.severity, problem.code, problem.field) == ("warning", "no-error-branch", "on_error")
    assert checked({"id": "act", **step, "on_error": "end"}) == []


def test_what_is_done_inside_cannot_fail_on_the_way(checked) -> None:
    assert checked({"id": "tag", "kind": "internal", "action": "tag_session", "parameters": {"tag": "vip"}}) == []
