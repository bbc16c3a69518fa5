"""Procedures made up by chance, with every text that a document could stumble over."""

from typing import Any

from hypothesis import strategies as st

from deskhand.domain.documents import read_procedure
from deskhand.domain.procedure import Procedure

AWKWARD = [
    "", " ", "a: b", "a:", ":a", "# a", "a # b", "a#b", "- a", "-a", "? a", "'", '"', "it's", 'say "hi"', "'\"", "\\",
    "5", "5.0", "1e3", "0o17", "0x1F", "010", "+5", "-", ".5", ".inf", "true", "True", "no", "Yes", "on", "~", "null",
    "2026-03-31", "12:30", "1_000", "=", "<<", "*a", "&a", "!a", "%a", "@a", "`a", "|", ">", "{{name}}", "[a]", "{a}",
    "{{a}}: b", " a", "a ", "\ta", "a\t", "a\tb", "\n", "a\n", "\na", "a\nb", "a\nb\n", "a\n\nb", "a\n\n", "a \nb",
    " a\nb", "a\n b", "a\n\tb", "\n\n", "a\r\nb", "a\rb", "\x85", "\u2028", "a\u2029b", "\ufeff", "\x00",
    "\x07", "\x7f", "\u00a0", "a\u00a0", "\ufffe", "\uffff", "\U0001f600", "\U0010ffff",
    "---", "...", "a\n---\nb", "# a\nb",
    "é", "العربية", "a, b", "[", "x" * 2000, "- a\n- b", "key: value\nother: value",
]  # fmt: skip

TEXTS = st.sampled_from(AWKWARD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
SAID = TEXTS | st.dictionaries(st.sampled_from(["en", "de", "no", "pt-BR"]), TEXTS, max_size=3)
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,9}", fullmatch=True)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
TARGETS = st.sampled_from(["end", "s0"])
GATE = {
    "description": TEXTS, "approval": st.sampled_from(["auto", "notify", "require"]), "irreversible": st.booleans(),
    "confirm": SAID, "on_decline": TARGETS, "on_error": TARGETS, "on_expiry": TARGETS,
    "expires_hours": st.integers(1, 99) | st.floats(0.5, 99), "next": TARGETS,
}  # fmt: skip
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "message": ({"text": SAID}, {"next": TARGETS}),
    "collect": (
        {"variable": NAMES, "prompt": SAID},
        {"validation": st.sampled_from(["text", "number", "string"]), "choices": st.lists(TEXTS, max_size=3),
         "example": TEXTS, "invalid": SAID, "attempts": st.integers(1, 50), "on_too_many": TARGETS, "next": TARGETS},
    ),
    "condition": (
        {"variable": NAMES, "operator": st.sampled_from(["equals", "gt"]), "then": TARGETS, "else": TARGETS},
        {"value": TEXTS | NUMBERS | st.booleans()},
    ),
    "call": (
        {},
        {"url": TEXTS, "headers": st.dictionaries(TEXTS, TEXTS, max_size=3), "body": TEXTS, "sample_response": JSON,
         "timeout": st.floats(0.1, 120), "read_only": st.booleans(), "response_variable": NAMES, **GATE},
    ),
    "tool": (
        {"connection": st.just("crm"), "tool": WORDS},
        {"arguments": TEXTS, "idempotent": st.booleans(), "sample_response": JSON, "response_variable": NAMES, **GATE},
    ),
    "form": (
        {"fields": st.lists(st.fixed_dictionaries({"name": NAMES}, optional={"label": SAID}), min_size=1, max_size=2)},
        {"text": SAID, "submit": SAID, **GATE},
    ),
    "button": ({"button": SAID}, {"text": SAID, "url": TEXTS, "new_tab": st.booleans(), **GATE}),
    "javascript": (
        {"source": TEXTS.filter(bool)},
        {"inputs": TEXTS, "button": SAID, "timeout": st.integers(1, 120) | st.floats(0.5, 120), **GATE},
    ),
    "suggest": ({"suggestions": st.lists(SAID, min_size=1, max_size=5)}, {"text": SAID, "next": TARGETS}),
    "redirect": ({"url": TEXTS}, {"text": SAID, "button": SAID, "new_tab": st.booleans(), "next": TARGETS}),
    "component": (
        {"component": st.one_of(
            st.fixed_dictionaries(
                {"kind": st.just("video"), "url": TEXTS, "title": SAID}, optional={"captions": TEXTS}
            ),
            st.fixed_dictionaries({"kind": st.just("image"), "url": TEXTS, "alt": SAID}),
            st.fixed_dictionaries(
                {"kind": st.just("flow"), "pages": st.lists(
                    st.fixed_dictionaries({}, optional={
                        "title": SAID, "text": SAID, "image": st.fixed_dictionaries({"url": TEXTS, "alt": SAID}),
                        "fields": st.lists(st.fixed_dictionaries({"name": NAMES}), max_size=2),
                    }), min_size=1, max_size=2)}, optional={"submit": SAID}),
            st.fixed_dictionaries({"kind": st.just("element"), "name": WORDS},
                                  optional={"properties": st.dictionaries(TEXTS, JSON, max_size=3)}),
        )},
        {"text": SAID, "response_variable": NAMES, "next": TARGETS},
    ),
    "switch_topic": ({}, {"topic": st.just("returns"), "text": SAID, "next": TARGETS}),
    "live_chat": ({}, {"text": SAID, "away_text": SAID, "on_unavailable": TARGETS}),
    "internal": (
        {"action": st.sampled_from(["create_ticket", "tag_session"])},
        {"parameters": st.dictionaries(NAMES, TEXTS, max_size=3), **GATE},
    ),
    "set": ({"variable": NAMES, "value": JSON}, {"next": TARGETS}),
    "escalate": ({"reason": SAID}, {"note": TEXTS}),
    "end": ({}, {"note": TEXTS}),
    "procedure": ({"procedure": st.just("other")}, {"outputs": st.dictionaries(NAMES, NAMES, max_size=2)}),
}  # fmt: skip


def steps() -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(
        st.fixed_dictionaries({"kind": st.just(kind), **required}, optional=optional)
        for kind, (required, optional) in KINDS.items()
    )


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    variable = st.fixed_dictionaries(
        {}, optional={"description": TEXTS, "required": st.booleans(), "default": JSON, "prompt": SAID}
    )
    drawn = draw(st.lists(steps(), min_size=1, max_size=4))
    names = draw(st.lists(NAMES, max_size=2, unique=True))
    return read_procedure(
        {
            "name": draw(WORDS),
            "slug": "made-up",
            "trigger": {"description": draw(TEXTS), "phrases": draw(st.lists(TEXTS, max_size=3))},
            "description": draw(TEXTS),
            "irreversible": draw(st.booleans()),
            "variables": [{"name": name, **draw(variable)} for name in names],
            "steps": [{"id": f"s{at}", **step} for at, step in enumerate(drawn)],
        }
    )
