import json

import pytest

from deskhand.domain.documents import parse_yaml
from deskhand.domain.errors import DocumentError


def refusal(text: str, source: str = "") -> str:
    with pytest.raises(DocumentError) as refused:
        parse_yaml(text, source)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("true", True), ("True", True), ("FALSE", False), ("null", None), ("~", None), ("", None),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("Off", "Off"), ("y", "y"), ("tRUE", "tRUE"),
        ("2026-03-31", "2026-03-31"), ("12:30", "12:30"), ("190:20:30", "190:20:30"), ("1_000", "1_000"),
        ("010", 10), ("0o17", 15), ("0x1F", 31), ("0b11", "0b11"), ("-7", -7), ("+7", 7),
        ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0), ("-1.5E-2", -0.015), ("1.2.3", "1.2.3"),
        ("'true'", "true"), ('"5"', "5"), ("A1001", "A1001"), ("{{name}}!", None), ("=", "="), ("<<", "<<"),
        ("0x", "0x"), ("-", "-"), (".", "."), ("1e", "1e"), ("٣", "٣"),
    ],
)  # fmt: skip
def test_plain_scalars_mean_what_yaml_1_2_says(scalar, value) -> None:
    if scalar.startswith("{{") or scalar == "-":
        assert "line 1" in refusal(f"a: {scalar}")
        return
    found = parse_yaml(f"a: {scalar}")["a"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_always_texts() -> None:
    assert parse_yaml("no: 1\n5: 2\ntrue: 3\n~: 4") == {"no": 1, "5": 2, "true": 3, "~": 4}


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert parse_yaml("a:\n  <<: b") == {"a": {"<<": "b"}}


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("a: b: c", "line 1, column 5", "a second `:`"),
        ("a: b\n  c: d", "line 2, column 4", "a second `:`"),
        ("a:\n\tb: c", "line 2, column 1", "a tab stands here: indent with spaces"),
        ("a: @x", "line 1, column 4", "cannot begin with `@`: put it in quotes"),
        ("a: `x`", "line 1, column 4", "cannot begin with ```"),
        ("a: %x", "line 1, column 4", "cannot begin with `%`"),
        ("a: *", "line 1, column 5", "cannot begin with `*` or `&`"),
        ("a: {{name}}", "line 1, column 5", 'put the text in quotes: `"{{name}}"`'),
        ("a: {{name}} and more", "line 1, column 5", "put the text in quotes"),
        ("a: 'x", "line 1, column 6", "never closed"),
        ('a: "\\q"', "line 1, column 5", "backslash"),
        ("a: [1, 2", "line 2, column 1", "not closed with `]`"),
        ("a: {b: 1", "line 2, column 1", "not closed with `}`"),
        ("a:\n  b: c\n d: e", "line 3, column 2", "check the indentation"),
        ("- a\nb: c", "line 2, column 1", "neither a list entry"),
        ("a: 'x' y", "line 1, column 8", "in quotes"),
        ("key\nother: b", "line 2, column 6", "a second `:`"),
        ("a: 1\nb: 2\na: 3", "line 3, column 1", "the field `a` is there twice"),
        ("a:\n  - b: 1\n    b: 2", "line 3, column 5", "the field `b` is there twice"),
        ("a: &x 1", "line 1, column 4", "anchors such as `&x`"),
        ("a: *x", "line 1, column 4", "aliases such as `*x`"),
        ("&x a: 1", "line 1, column 1", "anchors such as `&x`"),
        ("a: !!str 5", "line 1, column 4", "tags such as `!!str`"),
        ("a: !!python/object/apply:os.system [ls]", "line 1, column 4", "tags such as `!!python/object"),
        ("a: !x {b: 1}", "line 1, column 4", "tags such as `!x`"),
        ("a: 1\n---\nb: 2", "line 2, column 1", "a second document begins here"),
        ("? [a]\n: b", "line 1, column 3", "a field's name must be a plain word"),
        ("a: .inf", "line 1, column 4", "`.inf` is no number that an API could take"),
        ("a: .NaN", "line 1, column 4", "no number that an API could take"),
        ("a: 1e999", "line 1, column 4", "too large"),
        (f"a: {'9' * 5000}", "line 1, column 4", "a number of 5000 digits is too long"),
        ("a: 1\nb: \x07", "line 2, column 4", "the character U+0007 cannot be read"),
        ("a: \ud800", "line 1, column 4", "the character U+D800 cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place(text, where, what) -> None:
    sentence = refusal(text)

    assert sentence.startswith(where + ": ")
    assert what in sentence


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the document is empty"),
        ("# a comment", "the document is empty"),
        ("- a", "the document is a list"),
        ("hello", "the document is a single value"),
    ],
)
def test_what_holds_no_fields_is_refused(text, what) -> None:
    assert refusal(text).startswith(what)


def test_the_sentence_names_the_file() -> None:
    assert refusal("a: b: c", "refund.yaml").startswith("refund.yaml: line 1, column 5: ")


@pytest.mark.parametrize("text", ["a: " + "[" * 65 + "]" * 65, "a: " + "{b: " * 65 + "}" * 65])
def test_nesting_ends_at_64_levels(text) -> None:
    assert "nested more than 64 levels deep" in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 10_000,
        "a: " + "[" * 10_000 + "]" * 10_000,
        "a:\n" + "".join(" " * at + "-\n" for at in range(1, 1000)),
        '{"a": ' + "[" * 10_000 + "]" * 10_000 + "}",
        '{"a":' * 10_000 + "1" + "}" * 10_000,
        "[" * 500_000,
        "{" * 500_000,
    ],
)
def test_absurd_nesting_is_refused_with_a_sentence(text) -> None:
    assert "nested more than 64 levels deep" in refusal(text)


def test_64_levels_are_read() -> None:
    assert parse_yaml("a: " + "[" * 62 + "]" * 62)
    assert parse_yaml('{"a": ' + "[" * 63 + "]" * 63 + "}")


def test_a_document_ends_at_1_mb() -> None:
    assert parse_yaml("a: " + "x" * 999_997)
    assert refusal("a: " + "x" * 1_000_000).startswith("the document is larger than 1 MB")
    assert refusal("a: " + "ü" * 600_000).startswith("the document is larger than 1 MB")


def test_many_aliases_never_get_to_multiply() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{at}: &a{at} [*a{at - 1}, *a{at - 1}]" for at in range(1, 40))]

    assert "anchors such as `&a0`" in refusal("\n".join(lines))


def test_a_byte_order_mark_and_windows_lines_are_read() -> None:
    assert parse_yaml("\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n") == {"a": 1, "b": "x\ny\n"}


def test_json_is_read_by_its_name_or_its_brace() -> None:
    document = {"a": [1, 2.5, True, None, "\U0001f600 \u2028 \t"]}

    assert parse_yaml(json.dumps(document)) == document
    assert parse_yaml("\n" + json.dumps(document, indent=2), "x.json") == document


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"a": 1,}', "this is no JSON: "),
        ('{"a": 1}\n{"b": 2}', "line 2, column 1: this is no JSON: extra data"),
        ('{"a": 1, "a": 2}', "the field `a` is there twice"),
        ('{"a": NaN}', "`NaN` is no number"),
        ('{"a": -Infinity}', "`-Infinity` is no number"),
        ('{"a": 1e999}', "too large"),
        ('{"a": %s}' % ("9" * 5000), "too long"),
        ('{"a": "\\ud800"}', "half a character"),
        ('{"a": ["\\ud800"]}', "half a character"),
        ('{"\\udc00": 1}', "half a character"),
        ('{"a": "[[[[', "this is no JSON"),
        ("{name: x}", "this is no JSON"),
    ],
)
def test_json_is_read_as_strictly(text, what) -> None:
    assert what in refusal(text)


def test_a_list_in_a_json_file_is_refused() -> None:
    assert refusal("[1]", "x.json") == (
        "x.json: the document is a list: it should hold fields such as `name: …`, `trigger: …` and `steps: …`."
    )


def test_brackets_inside_texts_are_no_nesting() -> None:
    assert parse_yaml(json.dumps({"a": '["\\' * 500})) == {"a": '["\\' * 500}
