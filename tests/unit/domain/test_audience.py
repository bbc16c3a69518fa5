"""Who is in an audience, and why not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.audience import All, AnyOf, Audience, Comparison, Not, matches, scope_from, scope_of
from deskhand.domain.audience_reading import InvalidAudience, audience_problems, read_audience
from deskhand.domain.audience_why import explain
from deskhand.domain.contact import Contact, LeadDetails
from deskhand.domain.state import Conversation
from deskhand.domain.templates import Scope

NOW = 1_790_000_000_000  # 2026-09-21
ADA = Contact(
    id="17",
    first_name="Ada",
    email="ada@example.com",
    attributes={
        "plan": "business", "seats": 12, "trial": False, "signed_up": "2026-01-15T23:30:00+00:00",
        "birthday": "1990-03-02", "tags": ["vip", "beta"], "company": {"size": "40"},
        "note": None, "renewed": "15.09.2026",
    },
)  # fmt: skip


def compare(variable: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"variable": variable, "operator": operator} | ({} if value is None else {"value": value})


def rule_of(data: Any) -> Any:
    return read_audience({"slug": "some", "name": "Some", "rule": data}).rule


def holds(*given: Any, contact: Contact | None = ADA, **context: Any) -> bool:
    return matches(rule_of(compare(*given)), scope_from(contact, context, NOW))


def wrong(data: Any) -> list[str]:
    return [one.sentence for one in audience_problems({"slug": "some", "name": "Some", "rule": data})]


@pytest.mark.parametrize(
    ("variable", "operator", "value"),
    [
        ("contact.attributes.plan", "equals", "business"),
        ("contact.attributes.plan", "not_equals", "free"),
        ("contact.attributes.seats", "equals", "12"),
        ("contact.attributes.trial", "equals", False),
        ("contact.attributes.trial", "equals", "false"),
        ("contact.email", "contains", "@example"),
        ("contact.email", "ends_with", ".com"),
        ("contact.email", "starts_with", "ada"),
        ("contact.attributes.tags", "contains", "vip"),
        ("contact.attributes.tags", "not_contains", "gold"),
        ("contact.attributes.plan", "in", ["free", "business"]),
        ("contact.attributes.tags", "in", ["gold", "beta"]),
        ("contact.attributes.plan", "not_in", ["free"]),
        ("contact.attributes.seats", "greater", 11),
        ("contact.attributes.seats", "at_least", "12"),
        ("contact.attributes.seats", "at_most", 12.0),
        ("contact.attributes.company.size", "less", 41),
        ("contact.attributes.birthday", "before", "2000-01-01"),
        ("contact.attributes.signed_up", "after", "2026-01-14"),
        ("contact.attributes.signed_up", "before", "2026-01-15T23:31:00Z"),
        ("contact.attributes.renewed", "after", "2026-09-14"),
        ("contact.attributes.signed_up", "older_than_days", 30),
        ("contact.attributes.renewed", "newer_than_days", 7),
        ("contact.attributes.seats", "exists", None),
        ("contact.attributes.note", "not_exists", None),
        ("contact.last_name", "not_exists", None),
        ("current_datetime", "after", "2026-09-20"),
    ],
)
def test_a_comparison_holds(variable, operator, value) -> None:
    assert holds(variable, operator, value)


@pytest.mark.parametrize(
    ("variable", "operator", "value"),
    [
        ("contact.attributes.plan", "equals", "Business"),
        ("contact.attributes.seats", "greater", 12),
        ("contact.attributes.plan", "greater", 1),
        ("contact.attributes.signed_up", "after", "2026-01-15"),  # it was that day, not after it
        ("contact.attributes.signed_up", "before", "2026-01-15"),
        ("contact.attributes.plan", "before", "2026-01-01"),
        ("contact.attributes.renewed", "older_than_days", 30),
        ("contact.attributes.tags", "starts_with", "vip"),
        ("contact.attributes.tags.5", "equals", "vip"),
        ("contact.attributes.trial", "not_exists", None),
    ],
)
def test_a_comparison_does_not_hold(variable, operator, value) -> None:
    assert not holds(variable, operator, value)


@pytest.mark.parametrize("operator", ["not_equals", "not_contains", "not_in", "not_exists"])
def test_without_a_value_only_the_opposites_hold(operator) -> None:
    value = {"not_in": ["x"], "not_exists": None}.get(operator, "x")
    assert holds("contact.attributes.unknown", operator, value)
    assert holds("contact.email", operator, value, contact=None)


@pytest.mark.parametrize(
    ("operator", "value"),
    [
        ("equals", "x"), ("contains", "x"), ("in", ["x"]), ("starts_with", "x"), ("ends_with", "x"), ("greater", 0),
        ("less", 9), ("at_least", 0), ("at_most", 9), ("before", "2030-01-01"), ("after", "2000-01-01"),
        ("older_than_days", 0), ("newer_than_days", 9), ("exists", None),
    ],
)  # fmt: skip
def test_without_a_value_nothing_else_holds(operator, value) -> None:
    assert not holds("contact.attributes.unknown", operator, value)
    assert not holds("contact.attributes.note", operator, value)


def test_trees_are_and_or_and_not() -> None:
    business, many = (
        compare("contact.attributes.plan", "equals", "business"),
        compare("contact.attributes.seats", "greater", 100),
    )
    scope = scope_from(ADA, {}, NOW)

    assert not matches(rule_of({"all": [business, many]}), scope)
    assert matches(rule_of({"any": [many, business]}), scope)
    assert matches(rule_of({"all": [business, {"not": many}]}), scope)


def test_a_conversation_is_looked_at_with_its_contact_and_lead() -> None:
    conversation = Conversation(
        id="conv_1", channel="widget", contact=ADA, lead=LeadDetails(email="lead@example.com"), tags=("refund",)
    )
    scope = scope_of(conversation, NOW)
    wanted = [
        compare("conversation.channel", "equals", "widget"),
        compare("conversation.tags", "contains", "refund"),
        compare("lead.email", "exists"),
        compare("lead.name", "not_exists"),
        compare("direction", "equals", "inbound"),
        compare("medium", "in", ["web"]),
        compare("agent.id", "equals", "default"),
        compare("contact.attributes.plan", "equals", "business"),
    ]

    assert matches(rule_of({"all": wanted}), scope)


def test_a_document_is_read_and_written_alike() -> None:
    document = {
        "slug": "big", "name": "Big",
        "rule": {"not": {"any": [compare("contact.id", "exists"), {"variable": "medium", "value": "web"}]}},
    }  # fmt: skip
    audience = read_audience(document)

    assert Audience.model_validate_json(audience.model_dump_json()) == audience
    assert audience.model_dump()["rule"]["not"]["any"][1]["operator"] == "equals"


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ([], "`rule` must be an object: a comparison, or one of `all`, `any` and `not`."),
        ({"all": []}, "`rule.all` is empty: put at least one rule in it."),
        ({"any": {}}, "`rule.any` must be a list of rules."),
        (
            {"all": [compare("contact.plan", "equals", "x")]},
            "`rule.all.0`: `contact.plan` is nothing that an audience can look at; "
            "did you mean `contact.attributes.plan`?",
        ),
        (
            compare("contact.emial", "exists"),
            "`rule`: `contact.emial` is nothing that an audience can look at; did you mean `contact.email`?",
        ),
        (
            compare("conversation.medium", "exists"),
            "`rule`: `conversation.medium` is nothing that an audience can look at; did you mean `medium`?",
        ),
        (compare("medium", "gt", 1), "`rule`: `gt` is no operator; did you mean `greater`?"),
        (compare("medium", "equal", 1), "`rule`: `equal` is no operator; did you mean `equals`?"),
        (compare("medium", "equals"), "`rule.value` is missing: `equals` needs something to compare with."),
        (compare("medium", "greater", 1), "`rule`: `greater` compares numbers, and `medium` is none."),
        (compare("lead.email", "before", "x"), "`rule`: `before` compares dates, and `lead.email` is none."),
        (
            compare("contact.attributes.age", "greater", "many"),
            "`rule`: `greater` compares numbers, but `value` is `many`: give a number.",
        ),
        (
            compare("contact.attributes.since", "before", "soon"),
            "`rule`: `before` compares dates, but `value` is `soon`: write it like 2026-01-31.",
        ),
        (
            compare("contact.attributes.since", "older_than_days", -1),
            "`rule`: `older_than_days` takes a number of days from 0 to 36500, not `-1`.",
        ),
        (compare("medium", "in", "web"), "`rule`: `value` of `in` must be a list of 1 to 500 values."),
        (compare("medium", "exists", 1), "`rule`: `exists` takes no `value`: remove it."),
        (compare("medium", "equals", {}), "`rule`: `value` must be a text, a number, true or false."),
        (compare("direction", "equals", "in"), "`rule`: `direction` is `inbound` or `outbound`, never `in`."),
        (
            compare("medium", "equals", "{{x}}"),
            "`rule`: `value` holds `{{`: an audience compares with what is written, and fills nothing in.",
        ),
        (
            {"all": [compare("medium", "exists")], "any": []},
            "`rule` has `all` and `any`: write one of them, or put both in a list.",
        ),
        (
            {"variable": "medium", "op": "exists", "value": "x"},
            "`rule.op` is no field of a comparison: leave it out.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(rule, sentence) -> None:
    assert sentence in wrong(rule)


def test_a_rule_has_bounds() -> None:
    deep: Any = compare("medium", "exists")
    for _ in range(9):
        deep = {"not": deep}

    assert wrong(deep) == ["`rule.not.not.not.not.not.not.not.not` is nested deeper than 8 levels."]
    wide = {"any": [{"all": [compare("medium", "exists")] * 51}] * 2}
    assert wrong(wide) == ["The rule has 102 comparisons: 100 is the most."]


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InvalidAudience) as caught:
        read_audience({"slug": "Not a slug", "nmae": "x", "rule": {}})

    assert [one.field for one in caught.value.problems] == ["nmae", "slug", "name", "rule.variable"]
    assert "did you mean `name`?" in caught.value.sentence


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            compare("contact.attributes.plan", "in", ["free", "team"]),
            "`contact.attributes.plan` is `business`, but must be one of free, team.",
        ),
        (compare("contact.last_name", "exists"), "`contact.last_name` is not known, but must be known."),
        (
            {"all": [compare("contact.id", "exists"), compare("contact.attributes.seats", "greater", 20)]},
            "`contact.attributes.seats` is `12`, but must be greater than 20.",
        ),
        (
            {"any": [compare("lead.email", "exists"), compare("contact.id", "equals", "9")]},
            "None of these holds: `lead.email` is not known, but must be known; "
            "`contact.id` is `17`, but must be `9`.",
        ),
        (
            {"not": {"all": [compare("contact.id", "exists")]}},
            "This holds, and must not: (contact.id exists).",
        ),
        (compare("contact.id", "exists"), "The rule holds."),
    ],
)  # fmt: skip
def test_why_not_is_one_sentence(rule, sentence) -> None:
    assert explain(rule_of(rule), scope_from(ADA, {}, NOW)) == sentence


# whatever anybody writes

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
ANYTHING = st.recursive(
    SCALARS | st.sampled_from(["2026-01-31", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-23:59", "1e400"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["all", "any", "not", "variable", "operator", "value", "slug", "name", "rule"])
        | st.text(max_size=3),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip
NAMES = st.sampled_from(
    ["contact.attributes.a", "contact.attributes.a.b", "contact.email", "current_datetime", "conversation.tags"]
)
COMPARISONS = st.builds(
    Comparison, variable=NAMES, value=ANYTHING,
    operator=st.sampled_from([
        "equals", "not_equals", "contains", "not_contains", "in", "not_in", "starts_with", "ends_with", "greater",
        "less", "at_least", "at_most", "before", "after", "older_than_days", "newer_than_days", "exists", "not_exists",
    ]),
)  # fmt: skip
RULES = st.recursive(
    COMPARISONS,
    lambda inner: (
        st.builds(Not, rule=inner)
        | st.builds(lambda some: All(all=tuple(some)), st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda some: AnyOf(any=tuple(some)), st.lists(inner, min_size=1, max_size=3))
    ),
    max_leaves=6,
)
SCOPES = st.builds(Scope, st.fixed_dictionaries({}, optional={
    "contact": st.fixed_dictionaries({"attributes": ANYTHING, "email": ANYTHING}), "current_datetime": ANYTHING,
    "conversation": ANYTHING,
}))  # fmt: skip


@given(RULES, SCOPES)
def test_not_is_the_opposite(rule, scope) -> None:
    assert matches(Not(rule=rule), scope) == (not matches(rule, scope))
    assert matches(Not(rule=Not(rule=rule)), scope) == matches(rule, scope)


@given(st.lists(RULES, min_size=1, max_size=3), SCOPES)
def test_and_and_or_turn_into_each_other(rules, scope) -> None:
    opposite = tuple(Not(rule=one) for one in rules)

    assert matches(Not(rule=All(all=tuple(rules))), scope) == matches(AnyOf(any=opposite), scope)
    assert matches(Not(rule=AnyOf(any=tuple(rules))), scope) == matches(All(all=opposite), scope)


@given(RULES, SCOPES)
def test_why_not_is_said_of_whatever_there_is(rule, scope) -> None:
    sentence = explain(rule, scope)

    assert (sentence == "The rule holds.") == matches(rule, scope)
    assert sentence.endswith(".")
    assert "\n" not in sentence


@given(ANYTHING)
def test_whatever_is_written_is_read_or_refused_with_sentences(data) -> None:
    for document in (data, {"slug": "a", "name": "A", "rule": data}):
        found = audience_problems(document)
        if not found:
            assert read_audience(document).slug
        assert all(one.sentence.endswith((".", "?")) for one in found)
