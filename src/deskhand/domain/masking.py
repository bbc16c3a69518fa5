"""Taking values that nobody may read out of what people are shown."""

import base64
import html
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote, quote_plus

from deskhand.domain.phrases import altered

MASK = "••••••"
SHORTEST = 4
"""Characters that a value needs to be looked for inside words: shorter ones would garble them."""

T = TypeVar("T")
_ENCODED = re.compile("%[0-9A-F]{2}")


@lru_cache(maxsize=1024)
def forms_of(value: str) -> tuple[str, ...]:
    """The forms in which a value shows up: as it is, percent-encoded, in base64, escaped for JSON or HTML; longest
    first.
    """
    raw = value.encode()
    in_json = {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
    in_addresses = {quote(value, safe=""), quote(value), quote_plus(value)}
    forms = {
        value,
        *in_addresses,
        *(_ENCODED.sub(lambda sign: sign[0].lower(), one) for one in in_addresses),
        base64.b64encode(raw).decode().rstrip("="),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
        *in_json,
        *(one.replace("/", "\\/") for one in in_json),  # as some systems write it
        html.escape(value),
    }
    return tuple(sorted(forms, key=len, reverse=True))


def masked_text(text: str, values: Iterable[str]) -> str:
    """The text without the values."""
    hidden = tuple(values)
    return altered(text, lambda plain: _without(plain, hidden)) if hidden else text


def _without(text: str, values: tuple[str, ...]) -> str:
    for value in values:
        if text == value:
            return MASK
        if len(value) >= SHORTEST:
            for form in forms_of(value):
                text = text.replace(form, MASK)
        elif value:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", MASK, text)
    return text


def masked_values(data: T, values: Iterable[str]) -> T:
    """Objects and lists with the values masked in all their texts and numbers."""
    hidden = tuple(values)
    return _masked(data, hidden) if hidden else data


def _masked(data: Any, values: tuple[str, ...]) -> Any:
    if isinstance(data, str):
        return masked_text(data, values)
    if isinstance(data, Mapping):
        return {key: _masked(item, values) for key, item in data.items()}
    if isinstance(data, list | tuple):
        return [_masked(item, values) for item in data]
    if isinstance(data, int | float) and not isinstance(data, bool) and str(data) in values:
        return MASK
    return data
