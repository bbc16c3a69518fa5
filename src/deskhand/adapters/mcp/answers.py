"""What a tool answered, as one value."""

import json
from typing import Any

from deskhand.domain.model import Json
from deskhand.domain.untrusted import Unreadable, fit_text, read_json

LARGEST_ANSWER = 1 << 20
"""Characters of an answer that come into the conversation."""


def output(result: Any) -> Json:
    """The structured content of a result, else the text that it gave."""
    if result.structured_content is not None:
        text = json.dumps(result.structured_content)
    else:
        parts = [_part(block) for block in result.content or []]
        text = "\n".join(parts)
        if len(parts) != 1 or parts[0].lstrip()[:1] not in ("{", "["):
            return fit_text(text[:LARGEST_ANSWER])
    if len(text) > LARGEST_ANSWER:
        return f"(the answer has more than {LARGEST_ANSWER} characters)"
    try:
        found: Json = read_json(text)
    except Unreadable:
        return fit_text(text)
    return found


def _part(block: Any) -> str:
    kind = getattr(block, "type", "")
    if kind == "text":
        return str(block.text)
    if kind == "resource_link":
        return f"({kind}: {block.uri})"
    return f"({kind or 'something'} that is no text)"
