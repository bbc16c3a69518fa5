def message(step: str, **fields):
    return {"id": step, "kind": "message", "text": "Hello", **fields}


def unreachable(problems) -> list[str]:
    return [one.step for one in problems if one.code == "unreachable"]


def test_a_step_behind_an_end_is_refused(checked) -> None:
    (problem,) = checked(message("hello", next="end"), message("lost"))

    assert (problem.severity, problem.step) == ("error", "lost")
    assert problem.sentence == "no way from `hello` leads here: let a step go to `lost`, or remove it."


def test_steps_that_only_lead_to_each_other_are_refused(checked) -> None:
    problems = checked(message("hello", next="end"), message("one", next="two"), message("two", next="one"))

    assert unreachable(problems) == ["one", "two"]


def test_a_step_behind_an_escalation_is_refused(checked) -> None:
    assert unreachable(checked({"id": "up", "kind": "escalate", "reason": "Wait."}, message("lost"))) == ["lost"]


def test_every_branch_makes_its_step_reachable(checked) -> None:
    call = {"id": "call", "kind": "call", "url": "https://api.example.com/x", "confirm": "Sure?", "next": "end",
            "on_error": "failed", "on_decline": "declined", "on_expiry": "expired"}  # fmt: skip
    ends = [message(step, next="end") for step in ("failed", "declined", "expired")]

    assert checked(call, *ends) == []
