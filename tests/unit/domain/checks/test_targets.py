def message(step: str, **fields):
    return {"id": step, "kind": "message", "text": "Hello", **fields}


def condition(step: str, then: str, otherwise: str):
    return {"id": step, "kind": "condition", "variable": "contact.id", "operator": "exists", "then": then,
            "else": otherwise}  # fmt: skip


def test_a_target_that_does_not_exist_is_refused_with_a_suggestion(checked) -> None:
    problem, *_ = checked(condition("ask", "refnd", "end"), message("refund"))

    assert (problem.severity, problem.code, problem.step, problem.field) == ("error", "unknown-step", "ask", "then")
    assert problem.sentence == "`then` leads to `refnd`, but there is no such step; did you mean `refund`?"


def test_a_target_like_no_step_is_refused_with_what_can_be_chosen(checked) -> None:
    (problem,) = checked(message("hello", next="zzz"))

    assert problem.sentence.endswith("there is no such step; choose a step of this procedure, or `end`.")


def test_end_and_existing_steps_are_targets(checked) -> None:
    assert checked(condition("ask", "hello", "end"), message("hello")) == []


def test_every_branch_of_a_call_is_a_target(checked) -> None:
    call = {"id": "pay", "kind": "call", "url": "https://api.example.com/x", "confirm": "Sure?"}
    branches = {"next": "a1", "on_error": "b1", "on_decline": "c1", "on_expiry": "d1"}

    problems = checked({**call, **branches})

    assert [(one.field, one.code) for one in problems] == [(name, "unknown-step") for name in branches]


def test_the_asking_that_was_given_up_is_a_target(checked) -> None:
    ask = {"id": "ask", "kind": "collect", "variable": "x", "prompt": "?", "on_too_many": "nowhere"}

    assert [one.field for one in checked(ask)] == ["on_too_many"]


def test_the_last_step_falls_through_to_the_end(checked) -> None:
    assert checked(message("hello"), message("bye")) == []
