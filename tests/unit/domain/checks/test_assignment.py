import pytest


def say(step: str, text: str, **fields):
    return {"id": step, "kind": "message", "text": text, **fields}


def ask(step: str, variable: str, **fields):
    return {"id": step, "kind": "collect", "variable": variable, "prompt": "And?", **fields}


def branch(step: str, then: str, otherwise: str, variable: str = "contact.id", operator: str = "exists"):
    return {"id": step, "kind": "condition", "variable": variable, "operator": operator, "then": then,
            "else": otherwise, "value": None if operator.endswith("exists") else "1"}  # fmt: skip


TICKET = {"kind": "internal", "action": "create_ticket", "parameters": {"subject": "Refund"}}
CALL = {"kind": "call", "url": "https://api.example.com/x", "response_variable": "order"}


def test_a_variable_that_one_way_does_not_set_is_refused_with_that_way(checked) -> None:
    (problem,) = checked(
        say("hello", "Hello"),
        branch("refundable", "ticket", "done"),
        {"id": "ticket", **TICKET},
        say("done", "Ticket {{ticketId}}"),
    )

    assert (problem.code, problem.step, problem.field) == ("unset-variable", "done", "text")
    assert problem.path == ("hello", "refundable", "done")
    assert problem.sentence.startswith(
        "`ticketId` may have no value here: the way hello → refundable → done never sets it."
    )


def test_a_variable_that_every_way_sets_is_fine(checked) -> None:
    steps = [branch("which", "a", "b"), ask("a", "x", next="done"), ask("b", "x"), say("done", "{{x}}")]

    assert checked(*steps) == []


def test_a_variable_at_the_first_step_has_nothing_before_it(checked) -> None:
    problem, *_ = checked(say("hello", "{{x}}"), ask("later", "x"))

    assert problem.sentence == "`x` has no value here, at the first step: collect or set it before."


def test_a_loop_does_not_hide_that_the_first_round_lacks_the_variable(checked) -> None:
    (problem,) = checked(ask("question", "answer"), say("tell", "{{x}}"), ask("more", "x", next="question"))

    assert (problem.step, problem.path) == ("tell", ("question", "tell"))


def test_a_failed_call_sets_no_answer(checked) -> None:
    (problem,) = checked(
        {"id": "look_up", **CALL, "on_error": "sorry"},
        say("tell", "{{order.total}}", next="end"),
        say("sorry", "No {{order.total}}, {{error.message}}"),
    )

    assert (problem.step, problem.path) == ("sorry", ("look_up", "sorry"))


def test_the_error_is_there_only_behind_an_error_exit(checked) -> None:
    steps = [{"id": "look_up", **CALL, "on_error": "sorry"}, say("tell", "Fine"), say("sorry", "{{error.status}}")]

    (problem,) = checked(*steps)

    assert problem.step == "sorry"
    assert problem.sentence == (
        "`error` is there only behind an `on_error` exit: the way look_up → tell → sorry takes none."
    )


@pytest.mark.parametrize(
    "name",
    [
        "conversation.id",
        "conversation.channel",
        "message.content",
        "message.sentiment",
        "direction",
        "medium",
        "current_datetime",
        "contact.first_name",
        "lead.email",
        "agent.id",
        "agent_name",
        "agent_number",
        "identity",
        "facts.verify-customer.response.id",
    ],
)
def test_the_context_needs_no_declaration(checked, name) -> None:
    assert checked(say("hello", f"{{{{{name}}}}}")) == []


@pytest.mark.parametrize(
    ("declaration", "is_there"),
    [({}, True), ({"default": "A1"}, True), ({"required": False, "default": "A1"}, True), ({"required": False}, False)],
)
def test_a_declared_variable_is_there_if_it_is_asked_for_or_has_a_default(checked, declaration, is_there) -> None:
    problems = checked(say("hello", "{{order_id}}"), variables=[{"name": "order_id", **declaration}])

    assert (problems == []) == is_there


def test_a_default_makes_a_missing_value_harmless(checked) -> None:
    assert checked(say("hello", '{{nick | default("you")}}'), variables=[{"name": "nick", "required": False}]) == []


@pytest.mark.parametrize(("operator", "there"), [("exists", "then"), ("not_exists", "else")])
def test_behind_exists_the_variable_is_there(checked, operator, there) -> None:
    ways = ("with", "without") if there == "then" else ("without", "with")
    steps = [
        branch("known", *ways, variable="nick", operator=operator),
        say("with", "{{nick}}", next="end"),
        say("without", "Hello {{nick}}"),
    ]

    (problem,) = checked(*steps, variables=[{"name": "nick", "required": False}])

    assert problem.step == "without"


def test_a_compared_variable_has_to_be_there(checked) -> None:
    steps = [branch("which", "end", "end", variable="nick", operator="equals")]

    (problem,) = checked(*steps, variables=[{"name": "nick", "required": False}])

    assert (problem.code, problem.field) == ("unset-variable", "variable")


@pytest.mark.parametrize(
    "step",
    [
        {**CALL, "url": "https://api.example.com/{{oder_id}}", "on_error": "end"},
        {**CALL, "query": {"id": "{{oder_id}}"}, "on_error": "end"},
        {**CALL, "headers": {"X-Id": "{{oder_id}}"}, "on_error": "end"},
        {**CALL, "method": "POST", "body": '{"id": {{oder_id}}}', "on_error": "end"},
        {**TICKET, "parameters": {"subject": "{{oder_id}}"}},
        {**TICKET, "description": "Ticket for {{oder_id}}"},
        {"kind": "set", "variable": "v", "value": {"deep": ["{{oder_id}}"]}},
        {"kind": "escalate", "reason": {"en": "Hello", "de": "Hallo {{oder_id}}"}},
        {"kind": "collect", "variable": "v", "prompt": "?", "invalid": "Not {{oder_id}}"},
        {"kind": "condition", "variable": "oder_id", "operator": "equals", "value": 1, "then": "end", "else": "end"},
    ],
)
def test_a_variable_that_nothing_sets_is_refused_with_a_suggestion(checked, step) -> None:
    (problem,) = checked(ask("question", "order_id"), {"id": "use", **step})

    assert (problem.severity, problem.code, problem.step) == ("error", "unknown-variable", "use")
    assert problem.sentence == "nothing ever sets `oder_id`; did you mean `order_id`?"


def test_a_variable_like_no_other_is_refused_with_what_to_do(checked) -> None:
    (problem,) = checked(say("hello", "{{zzz}} {{zzz}}"))

    assert problem.sentence == "nothing ever sets `zzz`; collect or set it in an earlier step, or declare it."


def test_an_unknown_variable_with_a_default_is_only_doubtful(checked) -> None:
    (problem,) = checked(say("hello", '{{zzz | default("you")}}'))

    assert (problem.severity, problem.code) == ("warning", "unknown-variable")


def test_a_secret_is_no_variable(checked) -> None:
    headers = {"Authorization": "Bearer {{secrets.KEY}}"}

    assert checked({"id": "call", **CALL, "headers": headers, "on_error": "end"}) == []


def test_a_long_way_is_shown_without_its_middle(checked) -> None:
    steps = [say(f"s{number}", "Hello") for number in range(12)]

    problem, *_ = checked(branch("which", "s0", "set"), *steps, say("use", "{{x}}", next="end"), ask("set", "x"))

    assert len(problem.path) == 14
    assert "which → s0 → s1 → s2 → … → s9 → s10 → s11 → use" in problem.sentence


def test_an_action_needs_its_required_variables(checked) -> None:
    from deskhand.domain.actions import HttpAction

    action = HttpAction.model_validate({
        "slug": "find-order", "name": "Find order", "description": "Finds an order by its number",
        "variables": [{"name": "order_id"}, {"name": "zip_code", "required": False}],
        "request": {"url": "https://api.example.com/{{order_id}}"},
    })  # fmt: skip
    step = {"id": "find", "kind": "call", "action": "find-order", "on_error": "end"}
    around = {"actions": {"find-order": action}}

    assert [one.code for one in checked(step, around=around)] == ["unknown-variable"]
    assert checked({**step, "arguments": {"order_id": "A1"}}, around=around) == []
    assert checked(ask("question", "order_id"), step, around=around) == []
