"""The ways in which the demo shop can be told to misbehave, and what it was asked meanwhile."""

from fnmatch import fnmatchcase
from typing import Annotated, Literal, Self

from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator
from starlette.routing import Match
from starlette.types import Scope

FaultKind = Literal["status", "delay", "drop_before", "drop_after", "malformed", "html"]


class Fault(BaseModel):
    """What goes wrong with the next `times` calls of an `operation`, or of the paths matching a pattern.

    status: does nothing, answers `status` with `headers`. delay: does it, answers after `ms` milliseconds.
    drop_before, drop_after: cuts the connection before or after doing it. malformed, html: does it, answers
    broken JSON or a web page, with `status` and `headers` if given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FaultKind
    operation: str | None = None
    method: str | None = None
    path: str = "*"
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    headers: dict[str, str] = {}
    ms: Annotated[int, Field(ge=0, le=600_000)] = 0
    times: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "status" and self.status is None:
            raise ValueError("a fault of the kind status needs a status, such as 503")
        if self.kind == "delay" and not self.ms:
            raise ValueError("a fault of the kind delay needs ms, the milliseconds to wait")
        return self


class Call(BaseModel):
    """One request to the shop.

    `handled` says whether the shop itself saw it, or a fault stood before it; `status` is what was answered:
    none while it is under way, and none when nobody was there to answer.
    """

    model_config = ConfigDict(frozen=True)

    method: str
    path: str
    query: str
    body: JsonValue
    idempotency_key: str | None
    fault: FaultKind | None
    handled: bool = False
    status: int | None = None


class Faults:
    """The faults still to come; the first one that fits a call is spent on it."""

    def __init__(self, operations: dict[str, APIRoute]) -> None:
        self.operations = operations
        self._waiting: list[tuple[Fault, int]] = []

    def reset(self) -> None:
        """Behave again."""
        self._waiting.clear()

    def add(self, fault: Fault) -> None:
        """Have a fault happen."""
        self._waiting.append((fault, fault.times))

    def take(self, scope: Scope) -> Fault | None:
        """The fault that this call meets, if any."""
        for index, (fault, left) in enumerate(self._waiting):
            if self._fits(fault, scope):
                self._waiting[index : index + 1] = [(fault, left - 1)] if left > 1 else []
                return fault
        return None

    def _fits(self, fault: Fault, scope: Scope) -> bool:
        if fault.operation and self.operations[fault.operation].matches(scope)[0] is not Match.FULL:
            return False
        return fnmatchcase(scope["path"], fault.path) and fault.method in (None, scope["method"])
