"""The base of every record that is stored or read from a file."""

from pydantic import BaseModel, ConfigDict, JsonValue


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


Json = JsonValue
