"""Templates: `{{name}}` with dot paths and two filters, escaped by where the text goes.

Values are put in after the template was parsed, so nothing that a customer or an API said is ever read as a
template, and a quote in a name cannot break a JSON body. Secrets leave a mark (`secret_mark`) that is
filled in at the wire and nowhere else.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import quote

from deskhand.domain.conditions import MISSING, look_up
from deskhand.domain.errors import TemplateError
from deskhand.domain.phrases import phrase
from deskhand.domain.untrusted import Unreadable, fit_text, read_json
from deskhand.domain.values import InvalidValue, TypeName, parse, text_of

_NAME = r"[A-Za-z_]\w*"
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_INSIDE = re.compile(
    rf"\s*({_NAME}(?:\.(?:[A-Za-z_][\w-]*|\d+))*)\s*((?:\|\s*(?:string|default\(\s*\"(?:[^\"\\]|\\.)*\"\s*\))\s*)*)"
)
_FILTER = re.compile(r"\|\s*(string|default\(\s*(\"(?:[^\"\\]|\\.)*\")\s*\))\s*")
_SECRET_OPEN, _SECRET_CLOSE = "\ue0f0", "\ue0f1"
_SECRET = re.compile(f"{_SECRET_OPEN}(\\w+){_SECRET_CLOSE}")
_UNSAFE_HEADER = re.compile(r"[\r\n\0]")
_OMIT: Any = object()


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One `{{path | filters}}`."""

    path: tuple[str, ...]
    default: str | None = None
    as_text: bool = False

    @property
    def name(self) -> str:
        return ".".join(self.path)

    @property
    def is_secret(self) -> bool:
        return self.path[0] == "secrets"

    @property
    def source(self) -> str:
        """As it is written."""
        default = "" if self.default is None else f" | default({json.dumps(self.default, ensure_ascii=False)})"
        return f"{{{{{self.name}{default}{' | string' if self.as_text else ''}}}}}"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a template can see: values, the declared types, and the optional names that may be left out."""

    values: Mapping[str, Any]
    types: Mapping[str, TypeName] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()


Part = str | Placeholder
_LEADS_ELSEWHERE = re.compile(r"/\.{0,2}(?:[/?#]|$)")
"""A segment of a path that is empty, `.` or `..`, wherever it stands: only then is it worth a closer look."""
_Piece = tuple[str, Placeholder | None]
"""A text, and the placeholder that it came from."""


@lru_cache(maxsize=8192)
def parts_of(template: str) -> tuple[Part, ...]:
    """Literal text and placeholders in their order. Raises TemplateError for what is no placeholder."""
    if "{{" not in template:
        return (template,) if template else ()
    parts: list[Part] = []
    end = 0
    for found in _PLACEHOLDER.finditer(template):
        if found.start() > end:
            parts.append(template[end : found.start()])
        parts.append(_placeholder(found[1], found[0]))
        end = found.end()
    if "{{" in template[end:]:
        raise TemplateError(phrase("`{rest}` opens `{{{{` without closing it with `}}}}`.", rest=template[end:][:40]))
    if end < len(template):
        parts.append(template[end:])
    return tuple(parts)


def _placeholder(inside: str, whole: str) -> Placeholder:
    found = _INSIDE.fullmatch(inside)
    if not found:
        raise TemplateError(
            phrase(
                "`{whole}` is no placeholder: write `{{{{name}}}}`, `{{{{order.total}}}}` or "
                '`{{{{name | default("…")}}}}`.',
                whole=whole[:60],
            )
        )
    default, as_text = None, False
    for one in _FILTER.finditer(found[2]):
        if one[2] is None:
            as_text = True
        else:
            default = _default(one[2])
    return Placeholder(tuple(found[1].split(".")), default, as_text)


def _default(quoted: str) -> str:
    try:
        return fit_text(json.loads(quoted, strict=False))
    except json.JSONDecodeError:
        raise TemplateError(
            phrase("`default({text})` holds a backslash that escapes nothing: write `\\\\`.", text=quoted[:40])
        ) from None


def placeholders(template: str) -> Iterator[Placeholder]:
    """All placeholders of a template, in order."""
    return (part for part in parts_of(template) if isinstance(part, Placeholder))


def render_text(template: str, scope: Scope) -> str:
    """Fill in a message. Secrets are refused here: a customer would read them."""
    parts = parts_of(template)
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    return "".join(part if isinstance(part, str) else _text(part, scope) for part in parts)


def render_value(template: str, scope: Scope) -> Any:
    """Fill in a value: a lone placeholder keeps its value's type, anything else becomes text."""
    parts = parts_of(template)
    if len(parts) == 1 and isinstance(parts[0], Placeholder):
        _refuse_secret(parts[0], "a variable")
        value = _find(parts[0], scope)
        return text_of(value) if parts[0].as_text else value
    return render_text(template, scope)


def render_url(template: str, scope: Scope) -> str:
    """Fill in a URL; each value becomes one percent-encoded component.

    A segment of the path that values are part of may come out neither empty nor as `.` or `..`: each of these leads
    to another resource than the one that was meant (`DELETE /orders/` is not `DELETE /orders/7`).
    """
    if "?" not in template:
        plain = "".join(part if isinstance(part, str) else _component(part, scope) for part in parts_of(template))
        path = plain.partition("://")[2] or plain
        if not _LEADS_ELSEWHERE.search(path if path[:1] == "/" else f"/{path}"):
            return plain
    filled = _without_omitted(template, scope)
    whole = "".join(text for text, _ in filled)
    for segment in _segments(filled):
        text = "".join(piece for piece, _ in segment)
        placeholder = next((one for _, one in segment if one), None)
        if placeholder and text in ("", ".", ".."):
            raise TemplateError(
                phrase(
                    "`{{{{{placeholder}}}}}` is `{text}`, which would lead to another path.",
                    placeholder=placeholder.name,
                    text=text,
                )
            )
    return whole


def _without_omitted(template: str, scope: Scope) -> list[_Piece]:
    """The URL's pieces, without the query's pairs whose optional value was not given."""
    path: list[_Piece] = []
    pairs: list[list[_Piece]] | None = None
    omitted: set[int] = set()
    for part in parts_of(template):
        if isinstance(part, Placeholder):
            if pairs is not None and _find(part, scope) is _OMIT:
                omitted.add(len(pairs) - 1)
            else:
                (path if pairs is None else pairs[-1]).append((_component(part, scope), part))
            continue
        text = part
        if pairs is None:
            before, mark, text = part.partition("?")
            path.append((before, None))
            pairs = [[]] if mark else None
        if pairs is not None:
            first, *others = text.split("&")
            pairs[-1].append((first, None))
            pairs += [[(other, None)] for other in others]
    kept = [pair for at, pair in enumerate(pairs or []) if at not in omitted]
    for at, pair in enumerate(kept):
        path += [("&" if at else "?", None), *pair]
    return path


def _segments(filled: list[_Piece]) -> list[list[_Piece]]:
    """What lies between the slashes of a URL's path: texts, and the placeholders that they came from."""
    segments: list[list[_Piece]] = [[]]
    for text, placeholder in filled:
        if placeholder:
            segments[-1].append((text, placeholder))
            continue
        path, *rest = re.split("[?#]", text, maxsplit=1)
        first, *others = path.split("/")
        segments[-1].append((first, None))
        segments += [[(other, None)] for other in others]
        if rest:
            break
    return segments


def render_query(query: Mapping[str, str], scope: Scope) -> list[tuple[str, str]]:
    """Fill in query parameters; an optional value that was not given leaves its key out."""
    pairs = []
    for key, template in query.items():
        parts = parts_of(template)
        if any(isinstance(part, Placeholder) and _find(part, scope) is _OMIT for part in parts):
            continue
        lone = _find(parts[0], scope) if len(parts) == 1 and isinstance(parts[0], Placeholder) else None
        if isinstance(lone, list):
            pairs += [(key, str(_clean(text_of(item)))) for item in lone]
        else:
            pairs.append((key, render_text(template, scope)))
    return pairs


def is_omitted(template: str, scope: Scope) -> bool:
    """Whether a template needs an optional value that was not given."""
    return any(isinstance(part, Placeholder) and _find(part, scope) is _OMIT for part in parts_of(template))


def render_form(fields: Mapping[str, str], scope: Scope) -> str:
    """Fill in a form-encoded body; secrets stand as marks in it."""
    pairs = []
    for key, template in fields.items():
        if is_omitted(template, scope):
            continue
        parts = parts_of(template)
        lone = _find(parts[0], scope) if len(parts) == 1 and isinstance(parts[0], Placeholder) else None
        if isinstance(lone, list):
            values = [quote(str(_clean(text_of(item))), safe="") for item in lone]
        else:
            values = ["".join(_form_piece(part, scope) for part in parts)]
        pairs += [f"{quote(key, safe='')}={value}" for value in values]
    return "&".join(pairs)


def _form_piece(part: Part, scope: Scope) -> str:
    if isinstance(part, str):
        return quote(part, safe="")
    return secret_mark(part) if part.is_secret else quote(_text(part, scope), safe="")


def render_raw(template: str, scope: Scope) -> str:
    """Fill in a body of plain text, as it is; secrets stand as marks in it."""
    return _joined(template, scope)


def render_header(template: str, scope: Scope) -> str:
    """Fill in a header's value; one that could split the header is refused."""
    rendered = "".join(part if isinstance(part, str) else _text(part, scope, True) for part in parts_of(template))
    if _UNSAFE_HEADER.search(rendered):
        raise TemplateError("a header's value holds a line break, which could smuggle in another header.")
    return rendered


def render_json(template: str, scope: Scope) -> str:
    """Fill in a JSON body: the template is parsed first and values are put into the tree.

    A bare `{{count}}` takes its value's type; a quoted placeholder alone in its string takes the variable's
    declared type, text where none is declared.
    """
    filled = _fill(json_tree(template), scope)
    if filled is _OMIT:
        raise TemplateError("the body is one placeholder, which has no value here.")
    try:
        return json.dumps(filled, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError:
        raise TemplateError("the body would hold a number that JSON cannot write.") from None


@lru_cache(maxsize=2048)
def json_tree(template: str) -> Any:
    """The parsed body template; bare placeholders are `_Bare` leaves. Raises TemplateError where it is no JSON."""
    text, bare = _quote_bare(template)
    try:
        tree = read_json(text)
    except Unreadable as error:
        raise TemplateError(phrase("the body cannot be read: {why}.", why=error.sentence)) from None
    return _mark(tree, bare)


def json_source(node: Any) -> str:
    """A parsed body template as text again."""
    if isinstance(node, _Bare):
        return node.placeholder.source
    if isinstance(node, dict):
        return "{" + ", ".join(f"{json_source(key)}: {json_source(value)}" for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(json_source(value) for value in node) + "]"
    return json.dumps(node, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Bare:
    placeholder: Placeholder


def _quote_bare(template: str) -> tuple[str, dict[str, Placeholder]]:
    """Put placeholders outside of strings into quotes, so that the whole is JSON."""
    out: list[str] = []
    bare: dict[str, Placeholder] = {}
    at, inside = 0, False
    while at < len(template):
        char = template[at]
        found = None if inside or char != "{" else _PLACEHOLDER.match(template, at)
        if found and template.startswith("{{", at):
            mark = f"\ue0f2{len(bare)}\ue0f2"
            bare[mark] = _placeholder(found[1], found[0])
            out.append(f'"{mark}"')
            at = found.end()
            continue
        if inside and char == "\\":
            out.append(template[at : at + 2])
            at += 2
            continue
        if inside and template.startswith("{{", at) and (found := _PLACEHOLDER.match(template, at)):
            out.append(_in_string(found[0]))
            at = found.end()
            continue
        inside ^= char == '"'
        out.append(char)
        at += 1
    return "".join(out), bare


def _in_string(placeholder: str) -> str:
    """A placeholder inside a JSON string, its quotes escaped where the builder left them as they are."""
    if placeholder.partition('"')[0].endswith("\\"):
        return placeholder
    return json.dumps(placeholder, ensure_ascii=False)[1:-1]


def _mark(node: Any, bare: dict[str, Placeholder]) -> Any:
    if isinstance(node, dict):
        for key in node.keys() & bare.keys():
            raise TemplateError(
                phrase(
                    "`{{{{{placeholder}}}}}` is the name of a field: put it into quotes.", placeholder=bare[key].name
                )
            )
        return {key: _mark(value, bare) for key, value in node.items()}
    if isinstance(node, list):
        return [_mark(value, bare) for value in node]
    if isinstance(node, str) and node in bare:
        return _Bare(bare[node])
    return node


def body_placeholders(node: Any) -> Iterator[Placeholder]:
    """All placeholders of a parsed body template."""
    if isinstance(node, _Bare):
        yield node.placeholder
    elif isinstance(node, str):
        yield from placeholders(node)
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from placeholders(key)
            yield from body_placeholders(value)
    elif isinstance(node, list):
        for value in node:
            yield from body_placeholders(value)


def _fill(node: Any, scope: Scope) -> Any:
    if isinstance(node, _Bare):
        return _bare_value(node.placeholder, scope)
    if isinstance(node, str):
        return _string_value(node, scope)
    if isinstance(node, dict):
        return _fill_object(node, scope)
    if isinstance(node, list):
        return [value for value in (_fill(item, scope) for item in node) if value is not _OMIT]
    return node


def _fill_object(node: dict[str, Any], scope: Scope) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for template, item in node.items():
        key, value = _joined(template, scope), _fill(item, scope)
        if key in filled:
            raise TemplateError(phrase("the body would have the field `{key}` twice.", key=key[:60]))
        if value is not _OMIT:
            filled[key] = value
    return filled


def _bare_value(placeholder: Placeholder, scope: Scope) -> Any:
    if placeholder.is_secret:
        return secret_mark(placeholder)
    value = _find(placeholder, scope)
    return value if value is _OMIT else _clean(text_of(value) if placeholder.as_text else value)


def _string_value(template: str, scope: Scope) -> Any:
    parts = parts_of(template)
    if len(parts) != 1 or isinstance(parts[0], str) or parts[0].is_secret:
        return _joined(template, scope)
    value = _find(parts[0], scope)
    kind = scope.types.get(parts[0].name)
    if value is _OMIT:
        return _OMIT
    if parts[0].as_text or kind is None or kind == "text":
        return _clean(text_of(value))
    try:
        return _clean(parse(kind, value) if isinstance(value, str) else value)
    except InvalidValue:
        raise TemplateError(
            phrase(
                "`{{{{{placeholder}}}}}` is declared as {kind}, but holds something else.",
                placeholder=parts[0].name,
                kind=kind,
            )
        ) from None


def _joined(template: str, scope: Scope) -> str:
    return "".join(part if isinstance(part, str) else _text(part, scope, True) for part in parts_of(template))


def _text(placeholder: Placeholder, scope: Scope, secrets: bool = False) -> str:
    if placeholder.is_secret:
        if not secrets:
            _refuse_secret(placeholder, "a message or a URL")
        return secret_mark(placeholder)
    value = _find(placeholder, scope)
    if value is _OMIT:
        raise TemplateError(phrase("`{{{{{placeholder}}}}}` has no value here.", placeholder=placeholder.name))
    return str(_clean(text_of(value)))


def _component(placeholder: Placeholder, scope: Scope) -> str:
    return quote(_text(placeholder, scope), safe="")


def _find(placeholder: Placeholder, scope: Scope) -> Any:
    if placeholder.is_secret:
        return ""
    value = look_up(placeholder.path, scope.values)
    if value is not MISSING and not (value is None and placeholder.default is not None):
        return value
    if placeholder.default is not None:
        return placeholder.default
    if placeholder.path[0] in scope.optional:
        return _OMIT
    raise TemplateError(phrase("`{{{{{placeholder}}}}}` has no value here.", placeholder=placeholder.name))


def _clean(value: Any) -> Any:
    """Take the marks of secrets out of a value, so that nobody can forge one."""
    if isinstance(value, str):
        return _forged(value) if _SECRET_OPEN in value or _SECRET_CLOSE in value else value
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return value


def _forged(text: str) -> str:
    return text.replace(_SECRET_OPEN, "\ufffd").replace(_SECRET_CLOSE, "\ufffd")


def _refuse_secret(placeholder: Placeholder, where: str) -> None:
    if placeholder.is_secret:
        raise TemplateError(
            phrase(
                "`{{{{{placeholder}}}}}` is a secret and may not go into {where}.",
                placeholder=placeholder.name,
                where=where,
            )
        )


def secret_mark(placeholder: Placeholder) -> str:
    """What stands for a secret until the request is on the wire."""
    if len(placeholder.path) != 2:
        raise TemplateError("a secret is written `{{secrets.NAME}}`.")
    return f"{_SECRET_OPEN}{placeholder.path[1]}{_SECRET_CLOSE}"


def secret_names(rendered: str) -> set[str]:
    """The secrets that a rendered text refers to."""
    return set(_SECRET.findall(rendered))


Escaping = Literal["none", "json", "form"]
"""How a secret is written where it goes: as it is, inside a JSON string, or in a form-encoded body."""


def fill_secrets(rendered: str, secrets: Mapping[str, str], escaping: Escaping = "none") -> str:
    """Put secrets in place of their marks."""
    return _SECRET.sub(lambda found: _secret(secrets[found[1]], escaping), rendered)


def _secret(value: str, escaping: Escaping) -> str:
    if escaping == "json":
        return json.dumps(value, ensure_ascii=False)[1:-1]
    return quote(value, safe="") if escaping == "form" else value


def mask_secrets(rendered: str) -> str:
    """The rendered text as people may see it."""
    return _SECRET.sub(r"{{secrets.\1}}", rendered)
