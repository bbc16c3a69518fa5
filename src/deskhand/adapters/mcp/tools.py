"""What a server says of its tools, read as a stranger's words."""

import hashlib
import json
from typing import Any

from deskhand.domain.phrases import phrase
from deskhand.domain.schemas import tame
from deskhand.domain.untrusted import fit_text
from deskhand.ports.mcp import Tool

LARGEST_SCHEMA = 65_536
"""Characters of one tool's schema."""
LONGEST_NAME = 256
LONGEST_DESCRIPTION = 4_000


def read_tool(given: Any) -> Tool:
    """A tool from the protocol's record."""
    schema = json.dumps(given.input_schema, sort_keys=True)
    notes = given.annotations
    hints = {
        "read_only": getattr(notes, "read_only_hint", None),
        "destructive": getattr(notes, "destructive_hint", None),
        "idempotent": getattr(notes, "idempotent_hint", None),
    }
    name = str(given.name)
    description = fit_text(str(given.description or ""))
    seal = json.dumps([name, description, schema, hints], sort_keys=True)
    problem = _problem(name, schema)
    return Tool(
        name=name if problem is None else fit_text(name)[:LONGEST_NAME],
        title=fit_text(str(given.title or ""))[:200],
        description=description[:LONGEST_DESCRIPTION],
        input_schema={} if problem else tame(given.input_schema),
        fingerprint=hashlib.sha256(seal.encode()).hexdigest(),
        problem=problem,
        **hints,
    )


def _problem(name: str, schema: str) -> str | None:
    if not name or len(name) > LONGEST_NAME or any(ord(sign) < 33 or ord(sign) == 127 for sign in name):
        return phrase("its name cannot be used")
    return (
        phrase("its schema has more than {most:,} characters", most=LARGEST_SCHEMA)
        if len(schema) > LARGEST_SCHEMA
        else None
    )
