"""Whatever a JSON body's template and its values are, what comes out is JSON with the values intact."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.errors import TemplateError
from deskhand.domain.templates import Scope, render_json, secret_names

NAMES = ("a", "b", "c")
texts = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('"\\{}[]:,/\n\t\0\u2028')), max_size=40
).filter(lambda text: not {"\ue0f0", "\ue0f1"} & set(text))
"""Any text; the two marks of secrets are taken out of values, which has a test of its own."""
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    texts,
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=8,
)
plain = texts.filter(lambda text: "{{" not in text and "\0" not in text)
"""Text of a template that is no placeholder; no document can hold a NUL character."""
_BARE, _QUOTED, _AMIDST = range(3)


class Hole:
    """A placeholder: bare, alone in a string, or amidst other text."""

    def __init__(self, name: str, form: int, before: str, after: str) -> None:
        self.name, self.form, self.before, self.after = name, form, before, after

    def __repr__(self) -> str:
        return f"Hole({self.name}, {self.form}, {self.before!r}, {self.after!r})"

    def written(self) -> str:
        inside = f"{{{{{self.name}}}}}"
        if self.form == _BARE:
            return inside
        if self.form == _QUOTED:
            return f'"{inside}"'
        return json.dumps(self.before)[:-1] + inside + json.dumps(self.after)[1:]

    def expected(self, scope: dict[str, Any]) -> Any:
        value = scope[self.name]
        if self.form == _BARE:
            return value
        text = value if isinstance(value, str) else _text(value)
        return text if self.form == _QUOTED else self.before + text + self.after


def _text(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


holes = st.builds(
    Hole,
    st.sampled_from(NAMES),
    st.sampled_from((_BARE, _QUOTED, _AMIDST)),
    plain.filter(lambda text: not text.endswith("{")),
    plain.filter(lambda text: not text.startswith("}")),
)
keys = st.text(st.characters(codec="ascii", exclude_characters="{}\0"), min_size=1, max_size=6)
trees = st.recursive(
    st.one_of(holes, st.integers(), plain, st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=12,
)


def written(node: Any) -> str:
    """The template of a tree."""
    match node:
        case Hole():
            return node.written()
        case dict():
            return "{" + ", ".join(f"{json.dumps(key)}: {written(item)}" for key, item in node.items()) + "}"
        case list():
            return "[" + ", ".join(map(written, node)) + "]"
        case _:
            return json.dumps(node)


def expected(node: Any, scope: dict[str, Any]) -> Any:
    """The value of a tree."""
    match node:
        case Hole():
            return node.expected(scope)
        case dict():
            return {key: expected(item, scope) for key, item in node.items()}
        case list():
            return [expected(item, scope) for item in node]
        case _:
            return node


@given(trees, st.fixed_dictionaries(dict.fromkeys(NAMES, values)))
def test_any_template_with_any_values_becomes_json_with_the_values_intact(tree: Any, scope: dict[str, Any]) -> None:
    assert json.loads(render_json(written(tree), Scope(scope))) == expected(tree, scope)


@given(trees, st.fixed_dictionaries(dict.fromkeys(NAMES, texts)))
def test_no_text_of_a_customer_adds_a_field_or_is_read_as_a_template(tree: Any, scope: dict[str, Any]) -> None:
    hostile = {name: text + '", "admin": true, "x": "{{secrets.TOKEN}}' for name, text in scope.items()}
    assert json.loads(render_json(written(tree), Scope(hostile))) == expected(tree, hostile)


@given(st.integers(-(2**60), 2**60), st.booleans(), texts)
def test_quoted_placeholders_take_the_declared_type(number: int, flag: bool, text: str) -> None:
    template = '{"n": "{{n}}", "f": "{{f}}", "t": "{{t}}", "both": "{{n}}-{{t}}"}'
    scope = Scope({"n": number, "f": flag, "t": text}, {"n": "integer", "f": "boolean", "t": "text"})
    given_back = {"n": number, "f": flag, "t": text, "both": f"{number}-{text}"}
    assert json.loads(render_json(template, scope)) == given_back


@given(st.sets(st.sampled_from(NAMES)), st.fixed_dictionaries(dict.fromkeys(NAMES, scalars)))
def test_an_optional_value_that_is_not_there_leaves_its_key_out(absent: set[str], scope: dict[str, Any]) -> None:
    there = {name: value for name, value in scope.items() if name not in absent}
    template = '{"a": {{a}}, "b": ["x", {{b}}], "c": {"in": {{c}}}}'
    filled = json.loads(render_json(template, Scope(there, optional=frozenset(absent))))

    assert ("a" in filled) == ("a" not in absent)
    assert filled["b"] == ["x", *([there["b"]] if "b" in there else [])]
    assert filled["c"] == ({"in": there["c"]} if "c" in there else {})


@given(st.sampled_from([float("nan"), float("inf"), -float("inf")]))
def test_a_number_that_json_does_not_know_is_told(number: float) -> None:
    with pytest.raises(TemplateError, match="number that JSON cannot write"):
        render_json('{"a": {{a}}}', Scope({"a": number}))


@given(st.text("\ue0f0\ue0f1TOKEN{}", max_size=20))
def test_nobody_can_forge_the_mark_of_a_secret(text: str) -> None:
    assert secret_names(render_json('{"a": "{{a}}", "b": {{b}}}', Scope({"a": text, "b": {text: [text]}}))) == set()
