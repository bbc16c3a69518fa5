"""Files for commands to read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from deskhand.templates import template_text

TRIGGER = {"description": "When a customer wants their money back for an order that arrived late"}


def write(file: Path, content: Any) -> Path:
    """A file with this text, or with this data as YAML."""
    file.write_text(content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False))
    return file


def procedure(name: str, steps: Sequence[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A document."""
    return {"name": name, "trigger": TRIGGER, **more, "steps": list(steps)}


def template(folder: Path, name: str) -> Path:
    """A file with a template."""
    return write(folder / f"{name}.yaml", template_text(name))
