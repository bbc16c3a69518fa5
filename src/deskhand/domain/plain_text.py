"""Questions, forms and buttons as plain text, and a customer's plain answers to them.

Some channels carry text alone: a text message, a voice, a front end made for models. There choices are numbered, a form
is asked for line by line, and a button is pressed by writing what stands on it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from deskhand.domain.events import Clicked, ComponentReturned, FormSubmitted, Said
from deskhand.domain.sentences import sentence
from deskhand.domain.shown import ShownButton, ShownForm
from deskhand.domain.state import Conversation, ForClick, ForComponent, ForForm
from deskhand.domain.yes_no import plain

YES_OR_NO = ["yes", "no"]
_STOPS = frozenset({"cancel", "stop", "quit", "abbrechen", "abbruch", "stopp"})
"""Answers that leave a form as it is."""
_NOTHING = frozenset({"-", "–", "—"})
"""What stands for a field that is left empty."""
_NUMBERED = re.compile(r"\s*(\d{1,2})\s*[.):]\s*(.*)", re.DOTALL)


def plain_text(kind: str, body: Mapping[str, Any], language: str) -> str:
    """A log entry for the customer as text; nothing where it has no words."""
    text = str(body.get("text") or "")
    match kind:
        case "show_form":
            return _form(text, body, language)
        case "show_button":
            return _button(text, body, language)
        case "suggest":
            return _lines(text, *(f"- {one}" for one in body.get("suggestions") or ()))
        case "show_component":
            return _component(text, body, language)
        case _:
            return _lines(text, *_numbered(body.get("choices") or ()), *map(_source, body.get("sources") or ()))


def _source(cited: Mapping[str, Any]) -> str:
    """Where an answer is taken from."""
    named = str(cited.get("title") or cited.get("source") or "")
    return f"[{named}] {cited.get('url') or ''}".rstrip()


def _numbered(choices: Sequence[Any]) -> list[str]:
    shown = [str(choice) for choice in choices]
    # a question that is answered by yes or no says so itself
    return [] if shown == YES_OR_NO else [f"{number}. {choice}" for number, choice in enumerate(shown, 1)]


def _form(text: str, body: Mapping[str, Any], language: str) -> str:
    fields = body.get("fields") or []
    errors = body.get("errors") or {}
    lines = [f"{number}. {_field(field, language)}" for number, field in enumerate(fields, 1)]
    wrong = [f"{_label(field)}: {errors[field['name']]}" for field in fields if field["name"] in errors]
    how = sentence("form_as_text_one" if len(fields) == 1 else "form_as_text", language)
    return _lines(text, *wrong, how, *lines)


def _label(field: Mapping[str, Any]) -> str:
    return str(field.get("label") or field["name"])


def _field(field: Mapping[str, Any], language: str) -> str:
    more = [", ".join(field.get("choices") or ())] if field.get("choices") else []
    if not field.get("required", True):
        more.append(sentence("optional", language))
    return _label(field) + (f" ({'; '.join(more)})" if more else "")


def _button(text: str, body: Mapping[str, Any], language: str) -> str:
    label, url = str(body.get("label") or ""), body.get("url")
    return _lines(text, f"{label}: {url}" if url else "", sentence("button_as_text", language, label=label))


def title_of(component: Mapping[str, Any]) -> str:
    """What a component is called."""
    pages = component.get("pages") or [{}]
    first = pages[0].get("title") or pages[0].get("text")
    return str(component.get("title") or component.get("alt") or first or component.get("name") or "")


def _component(text: str, body: Mapping[str, Any], language: str) -> str:
    component = body.get("component") or {}
    if component.get("kind") == "flow":
        pages = component.get("pages") or []
        told = [part for page in pages for part in (*_words(page), _picture(page.get("image") or {}))]
        fields = [field for page in pages for field in page.get("fields") or ()]
        if fields:
            return _lines(text, *told, _form("", {**body, "fields": fields}, language))
    else:
        told = [f"{title_of(component)}: {component['url']}" if component.get("url") else ""]
    label = sentence("run_it", language)
    return _lines(text, *told, sentence("button_as_text", language, label=label))


def _words(page: Mapping[str, Any]) -> tuple[str, str]:
    return str(page.get("title") or ""), str(page.get("text") or "")


def _picture(image: Mapping[str, Any]) -> str:
    return f"{image.get('alt')}: {image['url']}" if image.get("url") else ""


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part.strip())


def answer(conversation: Conversation, text: str) -> Said | Clicked | FormSubmitted | ComponentReturned:
    """What a customer who can only write means: what stands before them to be filled in or clicked, or just words."""
    run = conversation.top
    if run is not None and run.question is not None and conversation.mode == "agent":
        if isinstance(run.waiting, ForForm):
            values = form_values(run.waiting.form, text)
            if values is not None:
                return FormSubmitted(question=run.question, values=dict(values))
        elif isinstance(run.waiting, ForComponent):
            given = form_values(run.waiting, text) if run.waiting.fields else None
            if given is not None or (not run.waiting.fields and plain(text) == _goes_on(conversation)):
                return ComponentReturned(question=run.question, value=None if given is None else dict(given))
        elif isinstance(run.waiting, ForClick) and presses(run.waiting.button, text):
            return Clicked(question=run.question, choice=run.waiting.button.label)
    return Said(text=text)


def _goes_on(conversation: Conversation) -> str:
    """What is written to go on from a component that asks for nothing."""
    return plain(sentence("run_it", conversation.language))


def presses(button: ShownButton, text: str) -> bool:
    """Whether the message is what stands on the button."""
    return plain(text) == plain(button.label)


def form_values(form: ShownForm | ForComponent, text: str) -> dict[str, str] | None:
    """The values that a message gives for a form's fields: by label, by number, or line by line in their order.

    None where it cannot be told which line is meant for which field.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or plain(text) in _STOPS:
        return None
    names = [field.name for field in form.fields]
    found = _by_label(form, lines) or _by_number(names, lines)
    if found is None and len(lines) == len(names):
        found = dict(zip(names, lines, strict=True))
    return found and {name: value for name, value in found.items() if value not in _NOTHING}


def _by_label(form: ShownForm | ForComponent, lines: list[str]) -> dict[str, str] | None:
    labels = {plain(label): field.name for field in form.fields for label in (field.name, field.label)}
    found: dict[str, str] = {}
    for line in lines:
        label, colon, value = line.partition(":")
        name = labels.get(plain(re.sub(r"^\s*\d{1,2}\s*[.)]", "", label)))
        if not colon or name is None or name in found:
            return None
        found[name] = value.strip()
    return found


def _by_number(names: list[str], lines: list[str]) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for line in lines:
        match = _NUMBERED.fullmatch(line)
        place = int(match[1]) - 1 if match else -1
        if match is None or not 0 <= place < len(names) or names[place] in found:
            return None
        found[names[place]] = match[2].strip()
    return found
