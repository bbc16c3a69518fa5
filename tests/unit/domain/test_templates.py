"""`{{name}}` filled in by where the text goes; values are data and never templates, quotes, secrets or paths."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.errors import TemplateError
from deskhand.domain.templates import (
    Scope,
    body_placeholders,
    fill_secrets,
    json_tree,
    mask_secrets,
    parts_of,
    placeholders,
    render_header,
    render_json,
    render_query,
    render_text,
    render_url,
    render_value,
    secret_names,
)

SECURITY = Path(__file__).parents[4] / "shared/workloads/security"
TEMPLATE_ATTACKS = SECURITY / "ssti/patt_ssti.fuzz"
NAUGHTY_STRINGS = SECURITY / "strings/blns.json"

FORGED = "\ue0f0API_KEY\ue0f1"
"""The mark that stands for a secret, typed by a customer."""

TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('{}"\\|\ue0f0\ue0f1\ue0f20'))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=10,
)


def scope(types: Any = None, optional: Any = (), **values: Any) -> Scope:
    return Scope(values, types or {}, frozenset(optional))


def cleaned(value: Any) -> Any:
    """The value as a body may hold it: nobody but the builder can write a secret's mark."""
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(text.replace("\ue0f0", "\ufffd").replace("\ue0f1", "\ufffd"))


# placeholders


@pytest.mark.parametrize(
    ("template", "path", "default", "as_text"),
    [
        ("{{name}}", ("name",), None, False),
        ("{{ order.items.0.sku }}", ("order", "items", "0", "sku"), None, False),
        ("{{order.shipped-at}}", ("order", "shipped-at"), None, False),
        ('{{name | default("Guest")}}', ("name",), "Guest", False),
        ('{{name|default("")|string}}', ("name",), "", True),
        (r'{{name | default("a \"b\" \\ \u00fc")}}', ("name",), 'a "b" \\ ü', False),
        ('{{name | default("two\nlines")}}', ("name",), "two\nlines", False),
    ],
)
def test_a_placeholder_has_a_path_and_filters(template: str, path: Any, default: Any, as_text: bool) -> None:
    [placeholder] = placeholders(template)
    assert (placeholder.path, placeholder.default, placeholder.as_text) == (path, default, as_text)


@pytest.mark.parametrize(
    "template",
    [
        "{{}}",
        "{{ }}",
        "{{7*7}}",
        "{{name",
        "Hi {{a}} and {{b",
        "{{a.}}",
        "{{a..b}}",
        "{{a b}}",
        "{{a | upper}}",
        "{{a | default(x)}}",
        "{{a.__class__()}}",
        "{{a['b']}}",
        r'{{a | default("\x")}}',
        '{{a | default("}}")}}',
        "{{{a}}}",
    ],
)
def test_what_is_no_placeholder_is_refused_in_words(template: str) -> None:
    with pytest.raises(TemplateError) as refused:
        parts_of(template)
    assert refused.value.sentence.startswith("`")


def test_single_braces_are_text() -> None:
    assert render_text("{name} }} {", scope()) == "{name} }} {"


# messages and values


def test_a_message_puts_text_forms_in() -> None:
    text = render_text("{{n}} {{yes}} {{nothing}}|{{list}}", scope(n=5, yes=True, nothing=None, list=["ü"]))
    assert text == '5 true |["ü"]'


def test_a_missing_value_is_named() -> None:
    with pytest.raises(TemplateError, match=r"`\{\{order.total\}\}` has no value here\."):
        render_text("{{order.total}}", scope(order={"id": 1}))


def test_a_default_stands_for_what_is_missing_or_null() -> None:
    template = '{{name | default("you")}}'
    assert render_text(template, scope()) == "you"
    assert render_text(template, scope(name=None)) == "you"
    assert render_text(template, scope(name="")) == ""


def test_a_lone_placeholder_keeps_its_values_type() -> None:
    values = scope(order={"items": [1, 2]}, n=5)
    assert render_value("{{order.items}}", values) == [1, 2]
    assert render_value("{{n | string}}", values) == "5"
    assert render_value("n={{n}}", values) == "n=5"


@given(TEXT, TEXT)
def test_values_are_never_read_as_templates(one: str, other: str) -> None:
    values = scope(one=one, other=other, name="SECRET VALUE")
    expected = f"<{cleaned(one)}|{cleaned(other)}>"
    assert render_text("<{{one}}|{{other}}>", values) == expected


def test_a_value_that_looks_like_a_template_stays_as_it_is() -> None:
    values = scope(said="{{pin}}", pin="1234")
    stored = render_value("{{said}}", values)
    assert render_text("You said {{said}}.", scope(said=stored, pin="1234")) == "You said {{pin}}."


@pytest.mark.parametrize("template", ["{{secrets.API_KEY}}", "Key: {{secrets.API_KEY}}"])
def test_secrets_are_refused_in_messages_values_and_urls(template: str) -> None:
    for render in (render_text, render_value, render_url):
        with pytest.raises(TemplateError, match="is a secret"):
            render(template, scope())
    with pytest.raises(TemplateError, match="is a secret"):
        render_query({"key": template}, scope())


def test_a_variable_called_secrets_is_never_looked_up() -> None:
    values = Scope({"secrets": {"API_KEY": "forged"}})
    assert secret_names(render_header("{{secrets.API_KEY}}", values)) == {"API_KEY"}


# addresses


@given(TEXT)
def test_a_value_is_one_component_of_a_url(value: str) -> None:
    try:
        url = render_url("https://api.example.com/orders/{{id}}/items?q={{id}}", scope(id=value))
    except TemplateError:
        assert value in ("", ".", "..")
        return
    path, query = url.removeprefix("https://api.example.com/orders/").split("/items?q=")
    assert unquote(path) == unquote(query) == cleaned(value)
    assert not set(path) & set("/?#&= \r\n\0")


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("/orders/{{id}}", {"id": ".."}),
        ("/orders/{{id}}", {"id": ""}),
        ("/orders/{{id}}?all=1", {"id": ""}),
        ("/orders/{{id}}#top", {"id": ""}),
        ("/a/{{one}}{{two}}/b", {"one": ".", "two": "."}),
        ("/a/.{{dot}}/b", {"dot": "."}),
        ("/a/{{empty}}../b", {"empty": ""}),
    ],
)
def test_a_value_cannot_lead_to_another_path(template: str, values: dict[str, str]) -> None:
    with pytest.raises(TemplateError, match="would lead to another path"):
        render_url(template, Scope(values))


def test_dots_and_nothing_are_fine_where_they_change_no_path() -> None:
    assert render_url("/v1/../files/a{{dots}}?q={{dots}}&r={{none}}/x", scope(dots="..", none="")) == (
        "/v1/../files/a..?q=..&r=/x"
    )


def test_an_optional_value_that_was_not_given_leaves_its_key_out_of_the_query() -> None:
    query = {"id": "{{id}}", "note": "n: {{note}}", "page": '{{page | default("1")}}'}
    assert render_query(query, scope(optional=["note", "page"], id=7)) == [("id", "7"), ("page", "1")]


def test_an_optional_value_that_was_not_given_cannot_be_part_of_a_path() -> None:
    with pytest.raises(TemplateError, match="has no value here"):
        render_url("/orders/{{id}}", scope(optional=["id"]))


@pytest.mark.parametrize("value", ["a\r\nX-Admin: 1", "a\nb", "a\0b"])
def test_a_header_that_could_split_is_refused(value: str) -> None:
    with pytest.raises(TemplateError, match="line break"):
        render_header("Name {{value}}", scope(value=value))


# bodies

HOLES = st.sampled_from(["{{%s}}", '"{{%s}}"', '"before {{%s}} after"', '"{{%s | string}}"', "{{ %s|string }}"])


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A JSON body template as a builder could write it, and values for its placeholders."""
    values: dict[str, Any] = {}

    def node(depth: int) -> str:
        kind = draw(
            st.sampled_from(["hole", "hole", "literal", "list", "object"] if depth < 3 else ["hole", "literal"])
        )
        if kind == "hole":
            name = f"v{len(values)}"
            values[name] = draw(JSON)
            return draw(HOLES) % name
        if kind == "literal":
            text = draw(JSON.filter(lambda value: "{{" not in json.dumps(value)))
            return json.dumps(text, ensure_ascii=draw(st.booleans()))
        inner = [node(depth + 1) for _ in range(draw(st.integers(0, 3)))]
        if kind == "list":
            return "[" + ", ".join(inner) + "]"
        return "{" + ",".join(f'"k{at}":{one}' for at, one in enumerate(inner)) + "}"

    return node(0), values


@given(bodies())
def test_every_body_with_any_values_is_json(body: tuple[str, dict[str, Any]]) -> None:
    template, values = body
    json.loads(render_json(template, Scope(values)), parse_constant=pytest.fail)
    assert {one.path[0] for one in body_placeholders(json_tree(template))} == values.keys()


@given(JSON, TEXT)
def test_values_reach_the_body_intact(value: Any, text: str) -> None:
    template = '{"bare": {{value}}, "alone": "{{text}}", "within": "<{{text}}>", "typed": "{{typed}}", "{{text}}": 0}'
    known = ("bare", "alone", "within", "typed")
    types: Any = {"typed": "text"}
    if cleaned(text) in known:
        return
    body = json.loads(render_json(template, Scope({"value": value, "text": text, "typed": text}, types)))
    assert body == {
        "bare": cleaned(value),
        "alone": cleaned(text),
        "within": f"<{cleaned(text)}>",
        "typed": cleaned(text),
        cleaned(text): 0,
    }


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("integer", "5", "5"),
        ("number", "2,5", "2.5"),
        ("boolean", "true", "true"),
        ("boolean", True, "true"),
        ("text", 5, '"5"'),
        ("text", " as typed ", '" as typed "'),
        ("text", "", '""'),
        (None, 5, '"5"'),
        (None, None, '""'),
        ("number", None, "null"),
        ("date", "2026-03-31", '"2026-03-31"'),
    ],
)
def test_a_quoted_placeholder_alone_takes_the_declared_type(kind: Any, value: Any, written: str) -> None:
    types = {"value": kind} if kind else {}
    assert render_json('{"a":"{{value}}"}', scope(types, value=value)) == '{"a":' + written + "}"


def test_a_value_that_is_not_of_the_declared_type_is_refused() -> None:
    with pytest.raises(TemplateError, match="is declared as number, but holds something else"):
        render_json('{"a":"{{value}}"}', scope({"value": "number"}, value="many"))


def test_an_optional_value_that_was_not_given_leaves_its_key_out_of_the_body() -> None:
    template = '{"id":{{id}},"note":"{{note}}","tags":["{{note}}","x"],"in":{"note":{{note}}}}'
    assert render_json(template, scope(optional=["note"], id=1)) == '{"id":1,"tags":["x"],"in":{}}'


def test_a_body_that_is_one_missing_optional_value_is_refused() -> None:
    with pytest.raises(TemplateError, match="no value here"):
        render_json("{{payload}}", scope(optional=["payload"]))


def test_a_default_may_be_quoted_in_either_way_inside_a_string() -> None:
    template = r"""{"a": "{{x | default("a \"b\" \\ c\nd")}}", "b": "{{x | default(\"e\")}}"}"""
    assert json.loads(render_json(template, scope())) == {"a": 'a "b" \\ c\nd', "b": "e"}


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ('{"a": }', "Expecting value"),
        ("{'a': 1}", "double quotes"),
        ('{"a": NaN}', "NaN is no JSON number"),
        ('{"a": 1e999}', "too large"),
        ('{"a": ' + "9" * 5000 + "}", "the body cannot be read"),
        ("[" * 2000 + "]" * 2000, "nested deeper"),
        ('{"a": "{{x"}', "without closing it"),
        ('{{{key}}: "v"}', "is no placeholder"),
        ('{"a": 1, {{key}}: 2}', "put it into quotes"),
        ('{"{{key}}": 1, "a": 2}', "the field `a` twice"),
        ('{"a": {{inf}}}', "a number that JSON cannot write"),
    ],
)
def test_a_body_that_is_no_json_is_refused_in_words(template: str, sentence: str) -> None:
    with pytest.raises(TemplateError, match=sentence):
        render_json(template, scope(key="a", inf=float("inf")))


# secrets


def test_secrets_are_filled_in_at_the_wire_and_shown_by_name_until_then() -> None:
    body = render_json('{"key":"{{secrets.API_KEY}}","auth":"Token {{secrets.API_KEY}}"}', scope())
    assert secret_names(body) == {"API_KEY"}
    assert mask_secrets(body) == '{"key":"{{secrets.API_KEY}}","auth":"Token {{secrets.API_KEY}}"}'
    assert json.loads(fill_secrets(body, {"API_KEY": 'a"b\\c'}, "json")) == {
        "key": 'a"b\\c',
        "auth": 'Token a"b\\c',
    }


@given(
    st.sampled_from(
        [
            '{"a":"{{v}}"}',
            '{"a":"<{{v}}>"}',
            '{"a":{{v}}}',
            '{"a":{{v|string}}}',
            '{"a":"{{v|string}}"}',
            '{"{{k}}":1}',
            '{"a":{{deep}}}',
        ]
    ),
    st.sampled_from([None, "text", "email", "phone", "boolean"]),
    st.text(st.sampled_from("\ue0f0\ue0f1\ue0f2AK_0")) | st.just(FORGED),
)
def test_nobody_can_forge_a_secret_in_a_body(template: str, kind: Any, value: str) -> None:
    values = scope({"v": kind} if kind else {}, v=value, k=value, deep={"x": [value], value: 1})
    try:
        rendered = render_json(template, values)
    except TemplateError:
        return
    assert secret_names(rendered) == set()


@given(st.text(st.sampled_from("\ue0f0\ue0f1AK_0")) | st.just(FORGED))
def test_nobody_can_forge_a_secret_in_a_header_a_url_or_a_message(value: str) -> None:
    values = scope(v=value, half="\ue0f0A", other="_B\ue0f1")
    for rendered in (
        render_header("{{v}}{{half}}{{other}}", values),
        render_url("/x{{v}}{{half}}{{other}}", values),
        render_text("{{v}}{{half}}{{other}}", values),
    ):
        assert secret_names(rendered) == set()


def test_a_secret_is_named_by_one_name() -> None:
    with pytest.raises(TemplateError, match=r"secrets\.NAME"):
        render_header("{{secrets.A.B}}", scope())


# what attackers are known to type


def _attacks() -> list[str]:
    texts = TEMPLATE_ATTACKS.read_text(errors="replace").splitlines() if TEMPLATE_ATTACKS.exists() else []
    return texts + (json.loads(NAUGHTY_STRINGS.read_text()) if NAUGHTY_STRINGS.exists() else [])


ATTACKS = pytest.mark.skipif(not _attacks(), reason="the collections of attacks are not there")


@ATTACKS
def test_attacks_as_values_stay_values() -> None:
    for attack in _attacks():
        values = scope({"typed": "text"}, attack=attack, typed=attack, pin="1234")
        assert render_text("{{attack}}", values) == cleaned(attack)
        body = json.loads(render_json('{"a":"{{attack}}","b":{{attack}},"c":"{{typed}}"}', values))
        assert body == dict.fromkeys("abc", cleaned(attack))
        if attack not in ("", ".", ".."):
            assert unquote(render_url("/a/{{attack}}", values)) == "/a/" + cleaned(attack)


@ATTACKS
def test_attacks_as_templates_compute_nothing() -> None:
    for attack in _attacks():
        try:
            parts = parts_of(attack)
        except TemplateError:
            continue
        literals = "".join(part for part in parts if isinstance(part, str))
        assert "{{" not in literals
        if all(isinstance(part, str) for part in parts):
            assert render_text(attack, scope()) == attack
