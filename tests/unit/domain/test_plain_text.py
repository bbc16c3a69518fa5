from typing import Any

import pytest

from deskhand.domain.events import Clicked, ComponentReturned, FormSubmitted, Said
from deskhand.domain.plain_text import answer, form_values, plain_text, presses
from deskhand.domain.shown import ShownButton, ShownComponent, ShownField, ShownFlow, ShownForm, ShownPage, ShownVideo
from deskhand.domain.state import Conversation, ForClick, ForComponent, ForForm, Run, Waiting

FORM = ShownForm(
    text="Where to?",
    submit="Send",
    fields=(
        ShownField(name="street", type="text", label="Your street", required=True),
        ShownField(name="size", type="text", label="Size", required=False, choices=("S", "L")),
    ),
)
ONE = FORM.model_copy(update={"fields": FORM.fields[:1]})
BUTTON = ShownButton(label="Show me!", url="https://shop.example/parcel")


def waiting(what: Waiting | None, **fields: Any) -> Conversation:
    run = Run(id="run_1", procedure="parcel", version=1, step="go", waiting=what)
    return Conversation(id="conv_1", runs=(run,), **fields)


# what is shown


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("say", {"text": "Hello"}, "Hello"),
        ("replied", {"text": "Hello", "by": "Ana"}, "Hello"),
        ("ask", {"text": "Which?", "question": "q", "choices": ["Red", "Blue"]}, "Which?\n1. Red\n2. Blue"),
        ("ask", {"text": "Shall I?", "question": "q", "choices": ["yes", "no"]}, "Shall I?"),
        ("ask", {"text": "Which?", "question": "q"}, "Which?"),
        ("offer", {"text": "Shall I?", "offer": "offer_1", "name": "Refund"}, "Shall I?"),
        ("say", {"text": "Until ten.", "sources": [{"source": "hours", "title": "Hours", "url": "https://x.example"}]},
         "Until ten.\n[Hours] https://x.example"),
        ("say", {"text": "Until ten.", "sources": [{"source": "hours"}]}, "Until ten.\n[hours]"),
        ("offer_closed", {"offer": "offer_1", "status": "declined"}, ""),
        ("suggest", {"text": "You may ask:", "suggestions": ["How long?", "How much?"]},
         "You may ask:\n- How long?\n- How much?"),
        ("show_component",
         {"text": "Look:", "component": {"kind": "video", "url": "https://x.test/v", "title": "Tour"}},
         "Look:\nTour: https://x.test/v\nTo go on, please answer “Continue”."),
        ("show_component", {"component": {"kind": "element", "name": "seat-map", "properties": {}}},
         "To go on, please answer “Continue”."),
        ("show_component", {"component": {"kind": "flow", "submit": "Go", "pages": [
            {"title": "Welcome", "text": "Read this.", "image": {"url": "https://x.test/i", "alt": "A house"}},
            {"title": "", "text": "", "fields": [{"name": "street", "label": "Your street"}]},
         ]}}, "Welcome\nRead this.\nA house: https://x.test/i\nPlease answer with:\n1. Your street"),
        ("something_new", {}, ""),
    ],
)  # fmt: skip
def test_an_entry_is_plain_words(kind: str, body: dict[str, Any], text: str) -> None:
    assert plain_text(kind, body, "en") == text


def test_a_form_asks_for_its_fields_line_by_line() -> None:
    assert plain_text("show_form", FORM.model_dump(), "en").splitlines() == [
        "Where to?",
        "Please answer in one message with one line for each, in this order (“-” leaves one out):",
        "1. Your street",
        "2. Size (S, L; optional)",
    ]


def test_a_form_says_first_what_is_wrong() -> None:
    body = {**ONE.model_dump(), "errors": {"street": "I need an answer here, please."}}

    assert plain_text("show_form", body, "de").splitlines() == [
        "Where to?",
        "Your street: I need an answer here, please.",
        "Bitte antworten Sie mit:",
        "1. Your street",
    ]


def test_a_button_says_what_answers_it() -> None:
    assert plain_text("show_button", BUTTON.model_dump(), "en").splitlines() == [
        "Show me!: https://shop.example/parcel",
        "To go on, please answer “Show me!”.",
    ]


# what answers it


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Elm Street 1\nL", {"street": "Elm Street 1", "size": "L"}),
        ("  Elm Street 1 \n\n L ", {"street": "Elm Street 1", "size": "L"}),
        ("Elm Street 1\n-", {"street": "Elm Street 1"}),
        ("1. Elm Street 1\n2) L", {"street": "Elm Street 1", "size": "L"}),
        ("2: L", {"size": "L"}),
        ("YOUR STREET: Elm Street 1", {"street": "Elm Street 1"}),
        ("size: L\n1. your street: Elm: 1", {"size": "L", "street": "Elm: 1"}),
        ("-\n-", {}),
        ("Elm Street 1", None),
        ("Elm Street 1\nL\nplease", None),
        ("1. Elm Street 1\n3. L\n4. M", None),
        ("1. Elm Street 1\n1. L\n2. M", None),
        ("", None),
    ],
)
def test_lines_are_the_values_of_a_form(text: str, values: dict[str, str] | None) -> None:
    assert form_values(FORM, text) == values


@pytest.mark.parametrize(("text", "values"), [("Elm Street 1", {"street": "Elm Street 1"}), ("Cancel!", None)])
def test_a_form_of_one_field_takes_the_whole_message(text: str, values: dict[str, str] | None) -> None:
    assert form_values(ONE, text) == values


def test_a_button_is_pressed_by_what_stands_on_it() -> None:
    assert presses(BUTTON, "show me")
    assert not presses(BUTTON, "show me the other one")


def test_words_answer_what_stands_before_the_customer() -> None:
    form, button = waiting(ForForm(form=FORM)), waiting(ForClick(button=BUTTON))
    assert form.top is not None
    assert button.top is not None

    assert answer(form, "Elm Street 1\nL") == FormSubmitted(
        question=form.top.question, values={"street": "Elm Street 1", "size": "L"}
    )
    assert answer(button, "Show me") == Clicked(question=button.top.question, choice="Show me!")
    assert answer(form, "What do you need it for?") == Said(text="What do you need it for?")
    assert answer(button, "Why?") == Said(text="Why?")
    assert answer(waiting(None), "Hello") == Said(text="Hello")


def test_words_are_words_while_a_person_answers() -> None:
    assert answer(waiting(ForForm(form=ONE), mode="member"), "Elm Street 1") == Said(text="Elm Street 1")


VIDEO = ShownVideo(url="https://x.test/v", title="Tour")
FLOW = ShownFlow(pages=(ShownPage(text="Where to?"), ShownPage(fields=FORM.fields)), submit="Send")


@pytest.mark.parametrize(
    ("component", "text", "value"),
    [(VIDEO, "continue!", None), (FLOW, "Elm Street 1\nL", {"street": "Elm Street 1", "size": "L"})],
)
def test_words_go_on_from_a_component_or_fill_in_its_fields(component: ShownComponent, text: str, value: Any) -> None:
    state = waiting(ForComponent(component=component))
    question = state.runs[0].question or ""
    assert answer(state, text) == ComponentReturned(question=question, value=value)


@pytest.mark.parametrize(("component", "text"), [(VIDEO, "What is it?"), (FLOW, "one\ntwo\nthree"), (FLOW, "cancel")])
def test_other_words_are_just_words(component: ShownComponent, text: str) -> None:
    assert answer(waiting(ForComponent(component=component)), text) == Said(text=text)
