import pytest


def message(step: str, **fields):
    return {"id": step, "kind": "message", "text": "Hello", **fields}


def ask(step: str, **fields):
    return {"id": step, "kind": "collect", "variable": "answer", "prompt": "And?", **fields}


def call(step: str, **fields):
    return {"id": step, "kind": "call", "url": "https://api.example.com/x", "on_error": "end", **fields}


def endless(problems):
    return [one for one in problems if one.code == "endless-cycle"]


def test_a_loop_that_never_waits_is_refused_and_shown(checked) -> None:
    (problem,) = endless(checked(message("hello"), message("one"), call("two"), message("three", next="one")))

    assert (problem.severity, problem.step) == ("error", "one")
    assert problem.path == ("one", "two", "three", "one")
    assert "one → two → three → one never waits" in problem.sentence


def test_a_step_that_leads_to_itself_is_refused(checked) -> None:
    (problem,) = endless(checked(call("poll", on_error="poll")))

    assert problem.path == ("poll", "poll")
    assert problem.sentence.startswith("`poll` leads straight back to itself")


def test_a_loop_that_asks_the_customer_is_fine(checked) -> None:
    assert endless(checked(ask("question"), message("one", next="question"))) == []


@pytest.mark.parametrize("gate", [{"approval": "require"}, {"irreversible": True}, {"confirm": "Shall I?"}])
def test_a_loop_that_waits_at_a_gate_is_fine(checked, gate) -> None:
    assert endless(checked(call("act", **gate), message("again", next="act"))) == []


@pytest.mark.parametrize("level", ["auto", "notify"])
def test_a_loop_over_a_call_that_asks_nobody_is_refused(checked, level) -> None:
    assert endless(checked(call("act", approval=level), message("again", next="act")))


def test_an_irreversible_procedure_waits_at_what_changes_something(checked) -> None:
    again = message("again", next="act")

    assert endless(checked(call("act", method="POST"), again, irreversible=True)) == []
    assert endless(checked(call("act", method="GET"), again, irreversible=True))


def test_two_loops_are_both_told(checked) -> None:
    branch = {"id": "branch", "kind": "condition", "variable": "contact.id", "operator": "exists",
              "then": "left", "else": "right"}  # fmt: skip

    problems = endless(checked(branch, message("left", next="left"), message("right", next="right")))

    assert [one.path for one in problems] == [("left", "left"), ("right", "right")]


def test_a_loop_beside_a_way_that_waits_is_still_refused(checked) -> None:
    branch = {"id": "branch", "kind": "condition", "variable": "contact.id", "operator": "exists",
              "then": "question", "else": "again"}  # fmt: skip

    (problem,) = endless(checked(branch, ask("question", next="branch"), message("again", next="branch")))

    assert problem.path == ("branch", "again", "branch")


def test_a_loop_that_nothing_reaches_is_not_told_twice(checked) -> None:
    problems = checked(message("hello", next="end"), message("lost", next="lost"))

    assert [one.code for one in problems] == ["unreachable"]


def test_a_sub_procedure_waits_if_one_of_its_steps_does(checked, document) -> None:
    from deskhand.domain.documents import read_procedure

    asks = read_procedure({**document(ask("question")), "slug": "asks"})
    talks = read_procedure({**document(message("hello")), "slug": "talks"})
    around = {"procedures": {"asks": asks, "talks": talks}}

    def loop(slug: str):
        run = {"id": "run", "kind": "procedure", "procedure": slug}
        return endless(checked(run, message("again", next="run"), around=around))

    assert loop("asks") == []
    assert loop("talks")
