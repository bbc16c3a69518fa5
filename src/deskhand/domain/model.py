"""The base of every record that is stored or read from a file."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


Json = JsonValue


def sparse(default: Any) -> Any:
    """A field that is written only where it differs from its default: most records have none."""
    if isinstance(default, Record):  # a default that is a model would be copied, deeply, for every record
        return Field(default_factory=lambda: default, exclude_if=lambda value: value == default)
    return Field(default=default, exclude_if=lambda value: value == default)
