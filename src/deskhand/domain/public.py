"""What customers may see of a conversation's log: each kind field by field; whatever is not named here stays inside."""

from collections.abc import Callable, Mapping
from typing import Any

Body = Mapping[str, Any]
Form = Callable[[Body], dict[str, Any]]

_FIELD = ("name", "type", "label", "required", "placeholder", "choices", "value", "max_length", "sensitive")
_SOURCE = ("title", "url", "page")
_ATTACHMENT = ("id", "name", "type", "size")
_IMAGE = ("url", "alt")
_COMPONENTS = {
    "video": ("kind", "url", "title", "captions"),
    "image": ("kind", "url", "alt"),
    "element": ("kind", "name", "properties"),
}


def public(kind: str, visible_to: str, body: Body) -> dict[str, Any] | None:
    """An entry's body as the customer may see it, or None for an entry that is not for them."""
    if kind in _ANNOUNCED:
        return _ANNOUNCED[kind](body)
    form = _FORMS.get(kind)
    return form(body) if form is not None and visible_to == "all" else None


def _only(*names: str) -> Form:
    return lambda body: {name: body[name] for name in names if name in body}


def _each(value: Any, form: Form) -> list[dict[str, Any]]:
    return [form(one) for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _with_lists(names: tuple[str, ...], **lists: Form) -> Form:
    """These fields, and lists whose items have a form of their own."""
    plain = _only(*names)
    return lambda body: plain(body) | {name: _each(body[name], form) for name, form in lists.items() if name in body}


def _page(body: Body) -> dict[str, Any]:
    image = body.get("image")
    shown = _with_lists(("title", "text"), fields=_only(*_FIELD))(body)
    return shown | ({"image": _only(*_IMAGE)(image)} if isinstance(image, Mapping) else {})


def _component(body: Body) -> dict[str, Any]:
    shown, component = _only("question", "text", "errors")(body), body.get("component")
    if not isinstance(component, Mapping):
        return shown
    if component.get("kind") == "flow":
        return {**shown, "component": _with_lists(("kind", "submit"), pages=_page)(component)}
    return {**shown, "component": _only(*_COMPONENTS.get(str(component.get("kind")), ("kind",)))(component)}


_FORMS: dict[str, Form] = {
    "said": _with_lists(("text",), attachments=_only(*_ATTACHMENT)),
    "clicked": _only("question", "choice"),
    "say": _with_lists(("text",), sources=_only(*_SOURCE)),
    "ask": _only("text", "question", "choices"),
    "show_form": _with_lists(("question", "text", "submit", "errors"), fields=_only(*_FIELD)),
    "form_submitted": _only("values"),
    "show_button": _only("question", "text", "label", "url", "new_tab"),
    "run_in_browser": _only("question", "script", "inputs", "until"),
    "replied": _with_lists(("text", "by"), attachments=_only(*_ATTACHMENT)),
    "offer": _only("offer", "procedure", "name", "text", "why"),
    "offer_closed": _only("offer", "procedure", "status"),
    "feedback": _only("reaction", "about", "reason"),
    "suggest": _only("text", "suggestions"),
    "show_component": _component,
    "component_done": _only("question"),
    "handed_over": _only("available"),
}

_ANNOUNCED: dict[str, Form] = {
    # the log keeps it for members, with who did it; that it happened is the customer's to know
    "resolved": lambda _: {},
}
