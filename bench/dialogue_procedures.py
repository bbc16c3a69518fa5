"""What services and their slots are in Deskhand: procedures with variables, and when two values are the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from deskhand.adapters.offline.clock import times
from deskhand.adapters.offline.dates import dates
from deskhand.adapters.offline.setting import Setting
from deskhand.adapters.offline.typed import numbers
from deskhand.domain.model import Json

TODAY = Setting("en", "US", now=1_551_441_600_000)
"""The first of March 2019, on which all of these dialogues take place."""
ANYTHING = "dontcare"
"""What the data says where the customer has no wish: nothing is stored for it."""
ADDRESS = "http://services.example"
_NUMBERS = frozenset({"amount", "number", "length", "size", "price", "count", "quantity"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a service as a variable."""

    name: str
    description: str
    type: str
    choices: tuple[str, ...] = ()
    example: str | None = None

    def variable(self, required: bool, default: str | None) -> dict[str, Any]:
        """As a procedure declares it."""
        return {
            "name": self.name,
            "type": self.type,
            "description": self.description,
            "choices": list(self.choices),
            "required": required,
            **({"example": self.example} if self.example else {}),
            **({"default": default} if default not in (None, ANYTHING) else {}),
        }

    def normal(self, value: Json) -> str:
        """A value in the form in which those that mean the same are the same."""
        said = str(value).strip()
        found = []
        if self.type == "date":
            found = dates(said, TODAY)
        elif self.example is not None:
            found = times(said, asked=True)
        elif self.type in ("number", "integer"):
            found = numbers(re.sub(r"[$€£]", "", said))
        plain = str(found[0].value) if found else said
        return re.sub(r"^(?:the|a|an) |[^\w ]", "", plain.casefold()).strip()

    def is_one_of(self, value: Json, accepted: Iterable[str]) -> bool:
        """Whether a value is one of those that the data accepts."""
        strings = list(accepted)
        if value is None or value == "":
            return ANYTHING in strings
        return self.normal(value) in {self.normal(one) for one in strings}


@dataclass(frozen=True, slots=True)
class Intent:
    """An intent of a service as a procedure."""

    slug: str
    name: str
    service: str
    description: str
    slots: dict[str, Slot]
    """Those of the intent."""
    every: dict[str, Slot]
    """Those of the whole service."""
    required: tuple[str, ...]
    optional: dict[str, str]
    changes: bool

    def document(self) -> dict[str, Any]:
        """The procedure: everything required is asked for, then the service is called once the customer has agreed."""
        variables = [self.slots[name].variable(True, None) for name in self.required]
        variables += [self.slots[name].variable(False, default) for name, default in self.optional.items()]
        call = {
            "id": "call",
            "kind": "call",
            "method": "POST" if self.changes else "GET",
            "url": f"{ADDRESS}/{self.slug}",
            "query": {name: f'{{{{{name} | default("")}}}}' for name in (*self.required, *self.optional)},
            "confirm": f"{self.description}.",
        }
        trigger = {"description": self.description, "phrases": [], "start": "agent"}
        return {"name": self.name, "slug": self.slug, "trigger": trigger, "variables": variables, "steps": [call]}


def slot_of(given: dict[str, Any]) -> Slot:
    """A slot's variable, as a builder would declare it who has read its name and its possible values."""
    name, description, values = given["name"], given["description"], tuple(given["possible_values"])
    words = set(re.findall(r"[a-z]+", name.lower().replace("_", " ")))
    if given["is_categorical"] and set(values) == {"True", "False"}:
        return Slot(name, description, "boolean")
    if given["is_categorical"]:
        return Slot(name, description, "integer" if all(one.isdigit() for one in values) else "text", values)
    if "date" in words:
        return Slot(name, description, "date")
    if words & _NUMBERS:
        return Slot(name, description, "number")
    return Slot(name, description, "text", (), "14:30" if "time" in words else None)


def intents_of(schema: list[dict[str, Any]]) -> dict[tuple[str, str], Intent]:
    """The procedures of all services, by service and intent."""
    found = {}
    for service in schema:
        slots = {one["name"]: slot_of(one) for one in service["slots"]}
        for intent in service["intents"]:
            key = service["service_name"], intent["name"]
            found[key] = Intent(
                slug="-".join(key).lower().replace("_", "-"),
                name=" ".join(re.findall(r"[A-Z][a-z]*|[a-z]+", intent["name"])),
                service=service["service_name"],
                description=intent["description"],
                every=slots,
                slots={name: slots[name] for name in (*intent["required_slots"], *intent["optional_slots"])},
                required=tuple(intent["required_slots"]),
                optional=dict(intent["optional_slots"]),
                changes=intent["is_transactional"],
            )
    return found
