"""What a server says of its tools, read as a stranger's words."""

import hashlib
import json
from typing import Any

from deskhand.domain.schemas import tame
from deskhand.domain.untrusted import fit_text
from deskhand.ports.http import OutwardError
from deskhand.ports.mcp import Tool

LARGEST_SCHEMA = 65_536
"""Characters of one tool's schema."""
LONGEST_DESCRIPTION = 4_000


class BadTool(OutwardError):
    """The server describes a tool that cannot be used."""


def read_tool(given: Any) -> Tool:
    """A tool from the protocol's record. Raises BadTool."""
    name = str(given.name)
    if not name or len(name) > 256 or any(ord(sign) < 33 or ord(sign) == 127 for sign in name):
        raise BadTool(f"The server names a tool {name[:60]!a}, which is no usable name.")
    try:
        schema = json.dumps(given.input_schema, sort_keys=True)
    except (TypeError, ValueError, RecursionError):
        raise BadTool(f"The schema of the tool `{name}` cannot be read.") from None
    if len(schema) > LARGEST_SCHEMA:
        raise BadTool(f"The schema of the tool `{name}` has more than {LARGEST_SCHEMA} characters.")
    notes = given.annotations
    hints = {
        "read_only": getattr(notes, "read_only_hint", None),
        "destructive": getattr(notes, "destructive_hint", None),
        "idempotent": getattr(notes, "idempotent_hint", None),
    }
    description = fit_text(str(given.description or ""))
    seal = json.dumps([name, description, schema, hints], sort_keys=True)
    return Tool(
        name=name,
        title=fit_text(str(given.title or ""))[:200],
        description=description[:LONGEST_DESCRIPTION],
        input_schema=tame(given.input_schema),
        fingerprint=hashlib.sha256(seal.encode()).hexdigest(),
        **hints,
    )
