CALL = {"id": "act", "kind": "call", "url": "https://api.example.com/x", "on_error": "end", "on_decline": "end"}


def test_a_branch_for_no_without_a_question_is_doubtful(checked) -> None:
    (problem,) = checked(CALL)

    assert (problem.severity, problem.code, problem.field) == ("warning", "no-confirmation", "on_decline")


def test_a_branch_for_no_with_a_question_is_fine(checked) -> None:
    assert checked({**CALL, "confirm": "Shall I?"}) == []


def test_an_action_may_ask_the_question(checked) -> None:
    from deskhand.domain.actions import HttpAction

    action = {"slug": "act", "name": "Act", "description": "Does something useful", "confirm": "Shall I?",
              "request": {"url": "https://api.example.com/x"}}  # fmt: skip
    step = {"id": "act", "kind": "call", "action": "act", "on_error": "end", "on_decline": "end"}

    assert checked(step, around={"actions": {"act": HttpAction.model_validate(action)}}) == []
