import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhand.domain.documents import read_procedure
from deskhand.domain.problems import Invalid, Problem
from deskhand.domain.steps import STEP_KINDS

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

COMPLETE: dict[str, Any] = {
    "name": "Refund Request Handler",
    "trigger": {"description": "When a customer asks for a refund"},
    "variables": [{"name": "locale", "required": False}],
    "steps": [
        {"id": "ask", "kind": "collect", "variable": "order_id", "prompt": {"en": "Which order?", "de": "Welche?"}},
        {"id": "look_up", "kind": "call", "url": "https://api.example.com/{{order_id}}", "timeout": 5},
        {"id": "done", "kind": "condition", "variable": "order.total", "operator": "gt", "value": 5, "then": "end",
         "else": "end"},
    ],
}  # fmt: skip


def step(**changes: Any) -> dict[str, Any]:
    """The document with its second step changed; None takes a field away."""
    changed = {**COMPLETE["steps"][1], **changes}
    kept = {name: value for name, value in changed.items() if value is not None}
    return {**COMPLETE, "steps": [COMPLETE["steps"][0], kept, COMPLETE["steps"][2]]}


def document(**changes: Any) -> dict[str, Any]:
    changed = {**COMPLETE, **changes}
    return {name: value for name, value in changed.items() if value is not None}


def problems(data: Any) -> list[Problem]:
    with pytest.raises(Invalid) as invalid:
        read_procedure(data)
    return invalid.value.problems


def the_problem(data: Any) -> tuple[str | None, str | None, str]:
    (problem,) = problems(data)
    assert problem.severity == "error"
    return problem.step, problem.field, problem.sentence


def test_a_complete_document_is_read() -> None:
    procedure = read_procedure(COMPLETE)

    assert procedure.slug == "refund-request-handler"
    assert [one.id for one in procedure.steps] == ["ask", "look_up", "done"]


def test_the_document_is_left_as_it_was() -> None:
    before = copy.deepcopy(COMPLETE)

    read_procedure(COMPLETE)

    assert before == COMPLETE


def test_a_given_slug_is_kept() -> None:
    assert read_procedure(document(slug="refunds")).slug == "refunds"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            step(kind="colect"),
            (
                "look_up",
                "kind",
                "`colect` is no step kind; did you mean `collect`? The kinds are `message`, `collect`, "
                "`condition`, `call`, `tool`, `form`, `button`, `javascript`, `suggest`, `redirect`, `component`, "
                "`switch_topic`, `live_chat`, `internal`, `set`, `escalate`, `end`, "
                "`procedure`.",
            ),
        ),
        (step(kind="zzz"), ("look_up", "kind", "`zzz` is no step kind. The kinds are `message`, …")),
        (step(kind=5), ("look_up", "kind", "`kind` must be the name of a step kind, one of `message`, …")),
        (step(kind=["call"]), ("look_up", "kind", "`kind` must be the name of a step kind, one of `message`, …")),
        (
            step(kind=None),
            ("look_up", "kind", "`kind` is missing: write which kind of step it is, one of `message`, …"),
        ),
        (step(id=None, kind="colect"), ("step 2", "kind", "`colect` is no step kind; did you mean `collect`? …")),
        (step(id=None), ("step 2", "id", "`id` is missing: readable and unique in the procedure.")),
        (step(ulr="x"), ("look_up", "ulr", "`ulr` is no field of a `call` step; did you mean `url`?")),
        (step(prompt="x"), ("look_up", "prompt", "`prompt` is no field of a `call` step: it has `id`, `note`, …")),
        (step(call="x"), ("look_up", "call", "`call` is no field of a `call` step: …")),
        (step(url=5), ("look_up", "url", "`url` must be text, but is the number 5: put it in quotes.")),
        (step(url=True), ("look_up", "url", "`url` must be text, but is `true`: put it in quotes.")),
        (step(url=["x"]), ("look_up", "url", "`url` must be text, but is a list.")),
        (step(timeout="5"), ("look_up", "timeout", "`timeout` must be a number, but is `5`.")),
        (step(timeout=500), ("look_up", "timeout", "`timeout` is the number 500: it must be at most 120.")),
        (step(timeout=0), ("look_up", "timeout", "`timeout` is the number 0: it must be more than 0.")),
        (
            step(irreversible="yes"),
            ("look_up", "irreversible", "`irreversible` must be `true` or `false`, but is `yes`."),
        ),
        (
            step(method="Post"),
            ("look_up", "method", "`method` is `Post`; did you mean `POST`? It must be one of `GET`, …"),
        ),
        (
            step(approval="ask"),
            ("look_up", "approval", "`approval` is `ask`: it must be one of `auto`, `notify`, `require`."),
        ),
        (
            step(headers=["x"]),
            ("look_up", "headers", "`headers` must be a group of `name: value` lines, but is a list."),
        ),
        (
            step(headers={"A": 5}),
            ("look_up", "headers.A", "`headers.A` must be text, but is the number 5: put it in quotes."),
        ),
        (
            step(confirm=5),
            (
                "look_up",
                "confirm",
                "`confirm` must be text or a group of `name: value` lines, but is the number 5: put it in quotes.",
            ),
        ),
        (step(confirm={"en": 5}), ("look_up", "confirm.en", "`confirm.en` must be text, but is the number 5: …")),
        (
            step(connection="My Shop"),
            (
                "look_up",
                "connection",
                "`connection` is `My Shop`: use lowercase letters, digits and single hyphens, such as `my-shop`.",
            ),
        ),
        (
            step(response_variable="order data"),
            (
                "look_up",
                "response_variable",
                "`response_variable` is `order data`: use "
                "letters, digits and `_`, not beginning with a digit, at most 64, such as `order_data`.",
            ),
        ),
        (
            step(id="Look Up"),
            (
                "Look Up",
                "id",
                "`id` is `Look Up`: use lowercase letters, digits, `_` and `-`, "
                "beginning with a letter, at most 64, such as `look-up`.",
            ),
        ),
        (step(id="2nd"), ("2nd", "id", "`id` is `2nd`: …, such as `step-2nd`.")),
        (step(id="x" * 65), ("x" * 65, "id", "`id` is `xxx…")),
        (
            step(id="ask"),
            ("ask", "id", "the id `ask` is there 2 times (steps 1 and 2): every step needs one of its own."),
        ),
        (
            step(id="end"),
            ("end", "id", "`end` ends the run, so no step may be called so: choose another id, such as `done`."),
        ),
        (document(name=None), (None, "name", "`name` is missing: what people call it.")),
        (document(name=""), (None, "name", "`name` is empty: it needs at least 1 character.")),
        (document(name="x" * 101), (None, "name", "`name` has 101 characters: at most 100 are allowed.")),
        (document(name=5), (None, "name", "`name` must be text, but is the number 5: put it in quotes.")),
        (document(name="返金"), (None, "slug", "`slug` is missing, and none can be made from the name: …")),
        (
            document(slug="Refund Request"),
            (
                None,
                "slug",
                "`slug` is `Refund Request`: use lowercase letters, digits and "
                "single hyphens, such as `refund-request`.",
            ),
        ),
        (document(trigger=None), (None, "trigger", "`trigger` is missing.")),
        (document(trigger="x"), (None, "trigger", "`trigger` must be a group of `name: value` lines, but is `x`.")),
        (
            document(trigger={"descripton": "x", "description": "y"}),
            (None, "trigger.descripton", "`descripton` is no field of the trigger; did you mean `description`?"),
        ),
        (
            document(trigger={"description": "x", "phrases": "refund"}),
            (
                None,
                "trigger.phrases",
                "`trigger.phrases` must be a list (lines that begin with `- `), but is `refund`.",
            ),
        ),
        (
            document(trigger={"description": "x", "phrases": ["a", 5]}),
            (
                None,
                "trigger.phrases.1",
                "entry 2 of `trigger.phrases` must be text, but is the number 5: put it in quotes.",
            ),
        ),
        (
            document(variables=[{"name": "x", "type": "tekst"}]),
            (None, "variables.0.type", "`type` in entry 1 of `variables` is `tekst`; did you mean `text`? …"),
        ),
        (
            document(variables=[{"name": "x", "tpye": "text"}]),
            (None, "variables.0.tpye", "`tpye` is no field of a variable; did you mean `type`?"),
        ),
        (document(variables=[{"name": "x"}, {"name": "x"}]), (None, "variables", "`x` is declared twice: keep one.")),
        (document(step=[]), (None, "step", "`step` is no field of a procedure; did you mean `steps`?")),
        (
            document(schema=2),
            (None, "schema", "`schema` is the number 2: this version of Deskhand knows the form 1; …"),
        ),
        (document(steps=None), (None, "steps", "`steps` is missing.")),
        (document(steps=[]), (None, "steps", "there are no steps: add at least one.")),
        (
            document(steps={}),
            (None, "steps", "`steps` must be a list (lines that begin with `- `), but is a group of fields."),
        ),
        (
            document(steps=["ask"]),
            ("step 1", None, "entry 1 of `steps` must be a group of `name: value` lines, but is `ask`."),
        ),
        (
            document(steps=[{"id": f"s{at}", "kind": "end"} for at in range(501)]),
            (None, "steps", "`steps` has 501 entries: at most 500 are allowed. Split the procedure into smaller ones."),
        ),
    ],
)
def test_a_mistake_is_told_with_step_field_and_advice(data, expected) -> None:
    where, field, sentence = the_problem(data)

    assert (where, field) == expected[:2]
    *parts, last = expected[2].split("…")
    assert sentence.startswith(parts[0] if parts else last)
    assert sentence.endswith(last)
    assert len(sentence) < 600


def test_a_condition_knows_its_exits_by_their_written_names() -> None:
    condition = {"id": "c", "kind": "condition", "variable": "x", "operator": "is", "value": [1], "otherwise": "end"}

    found = {one.field: one.sentence for one in problems(document(steps=[condition]))}

    assert set(found) == {"operator", "value", "then", "else", "otherwise"}
    assert found["then"] == "`then` is missing: the step to go to if true, or `end`."
    assert found["value"] == "`value` must be text or a number or `true` or `false`, but is a list."


def test_everything_that_is_wrong_is_told_at_once() -> None:
    data = step(url=5, timeout="x")
    data = {**data, "name": 5, "steps": [*data["steps"], {"id": "ask", "kind": "end"}]}

    assert [(one.step, one.field) for one in problems(data)] == [
        (None, "name"), ("look_up", "url"), ("look_up", "timeout"), ("ask", "id"),
    ]  # fmt: skip


def test_an_empty_field_says_what_it_may_hold() -> None:
    assert the_problem({**COMPLETE, "description": None}) == (
        None, "description", "`description` is empty: it must be text. Write it, or leave the line out.",
    )  # fmt: skip


def test_what_json_cannot_hold_is_refused() -> None:
    assert the_problem(step(sample_response={"a": [float("nan")]}))[2].endswith("is no number that an API could take.")


@pytest.mark.parametrize("response", ["\ud800", ["\udfff"], {"\ud800": 1}])
def test_half_a_character_is_refused(response) -> None:
    _, field, sentence = the_problem(step(sample_response=response))

    assert "half a character" in sentence
    assert f"{field} {sentence}".encode()


def test_absurd_nesting_is_refused_without_exhausting_the_stack() -> None:
    nested: Any = 1
    for _ in range(100_000):
        nested = [nested]

    assert "nested more than 64 levels deep" in the_problem(step(sample_response=nested))[2]
    while isinstance(nested, list):
        (nested,) = nested  # taken apart by hand: so does the interpreter's own clean-up need no stack


JARGON = ("Input should", "pydantic", "dict[", "type=", "NoneType", "union")

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """A document with every kind of step in which something was replaced, added or taken away."""
    data: Any = {**copy.deepcopy(COMPLETE), "steps": [copy.deepcopy(kind.sample) for kind in STEP_KINDS.values()]}
    for _ in range(draw(st.integers(1, 4))):
        node = data
        while True:
            key = draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
            if isinstance(node[key], dict | list) and node[key] and draw(st.booleans()):
                node = node[key]
                continue
            change = draw(st.sampled_from(["replace", "remove", "add"]))
            if change == "replace":
                node[key] = draw(JSON)
            elif change == "add" and isinstance(node, dict):
                node[draw(st.text(max_size=5) | st.sampled_from(sorted(STEP_KINDS)))] = draw(JSON)
            elif len(node) > 1:
                del node[key]
            break
    return data


@UNHURRIED
@given(spoilt())
def test_whatever_the_document_holds_it_is_read_or_told_in_plain_words(data) -> None:
    found: list[Problem] | None = None
    try:
        read_procedure(data)
    except Invalid as invalid:
        found = invalid.problems

    assert found is None or found
    for problem in found or []:
        assert problem.sentence.endswith((".", "?"))
        assert not any(word in problem.sentence for word in JARGON)
