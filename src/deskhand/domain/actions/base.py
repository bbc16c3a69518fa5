"""What every action kind has: variables, who has to agree, preconditions, what counts as success, what is said."""

import hashlib
import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from deskhand.domain.comparisons import PATH, Comparison, all_hold
from deskhand.domain.model import Json, Record
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG, Precondition
from deskhand.domain.sentences import Text
from deskhand.domain.templates import Placeholder, Scope
from deskhand.domain.variables import Variable

if TYPE_CHECKING:
    from deskhand.domain.effects import Act
    from deskhand.domain.requests import Connection, HttpRequest
    from deskhand.domain.shown import Shown

ApprovalLevel = Literal["auto", "notify", "require"]

SHORTEST_DESCRIPTION = 10
_OUTCOME = re.compile(r"success|error|timeout|[1-5]\d\d|[1-5]xx")


class FollowUp(Record):
    """Procedures that are run afterwards, by slug."""

    success: str | None = Field(default=None, pattern=SLUG)
    error: str | None = Field(default=None, pattern=SLUG)


class ReadBack(Record):
    """How to find out whether a call of unknown outcome happened: a reading action, and what its answer shows."""

    action: str = Field(pattern=SLUG)
    arguments: dict[str, str] = {}
    happened: list[Comparison] = Field(min_length=1)
    """All true of its answer (`response`, `status`): the call happened."""
    not_happened: list[Comparison] = []
    """All true: it did not. Where neither is the case a member decides."""


class ActionBase(Record):
    """One reusable capability with typed variables."""

    slug: str = Field(pattern=SLUG, max_length=64)
    name: str = Field(min_length=1, max_length=100)
    description: str = Field(default="", max_length=200)
    draft: bool = False
    """Not complete yet: it cannot be used."""
    enabled: bool = True
    """Off stops it at once, everywhere."""
    disabled_reason: str = ""
    when_not_to_use: str = ""
    skip_when: list[Comparison] = []
    """Conditions under which the agent may not use it by itself."""
    variables: list[Variable] = []
    approval: ApprovalLevel = "auto"
    irreversible: bool = False
    confirm: Text | None = None
    preconditions: list[Precondition] = []
    success: list[Comparison] = []
    """What counts as success, over `status` and `response`; by default any 2xx."""
    identity: str | None = Field(default=None, pattern=PATH)
    """Where a successful answer names the customer who was verified: `customer.id`."""
    messages: dict[str, Text] = {}
    """What the customer is told: `success`, `error`, `timeout`, a status, or a class such as `4xx`."""
    hand_over_on_error: bool = False
    """Whether a person takes over after an error even where a message tells the customer of it."""
    then: FollowUp = FollowUp()
    transform: str | None = Field(default=None, max_length=65_536)
    """JavaScript: `transform(response, context)` gives the value that is used in place of the answer."""

    asks_customer: ClassVar[bool] = False
    """Whether the customer has to do something on the page first."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.draft and len(self.description.strip()) < SHORTEST_DESCRIPTION:
            raise ValueError(
                phrase(
                    "the description needs at least {least} characters: say when to use it", least=SHORTEST_DESCRIPTION
                )
            )
        for key in self.messages:
            if not _OUTCOME.fullmatch(key):
                raise ValueError(
                    phrase(
                        "messages: `{key}` is none of success, error, timeout, a status, or a class like 4xx", key=key
                    )
                )
        names = [variable.name for variable in self.variables]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(phrase("the variable `{name}` is declared twice", name=name))
        return self

    @property
    def usable(self) -> bool:
        return self.enabled and not self.draft

    @property
    def fingerprint(self) -> str:
        """Changes when what an approval was given for changes; words for people do not count."""
        return _fingerprint(self)

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return False

    @property
    def only_shows(self) -> bool:
        """Whether nothing is left to do once the customer has done their part."""
        return False

    @property
    def http(self) -> "HttpRequest | None":
        """The HTTP request that it sends, where it does."""
        return None

    @property
    def reaches(self) -> str | None:
        """The connection that it uses, by slug."""
        return self.http.connection if self.http else None

    @property
    def finds_out(self) -> ReadBack | None:
        """How an unknown outcome is found out."""
        return None

    def declared(self) -> Iterator[Variable]:
        """Every variable that it declares, those that it asks for itself included."""
        return iter(self.variables)

    @abstractmethod
    def placeholders(self) -> Iterator[Placeholder]:
        """Every placeholder of what it sends or shows. Raises TemplateError."""

    def show(self, scope: Scope, language: str) -> "Shown | None":
        """What the customer has to do first. Raises TemplateError."""
        return None

    @abstractmethod
    def act(self, scope: Scope, connections: "Mapping[str, Connection]") -> "Act | None":
        """What is done, rendered to the byte; None where the customer's doing was all. Raises TemplateError."""

    def succeeded(self, status: int | None, response: Any) -> bool:
        """Whether an answer counts as success."""
        if not self.success:
            return status is None or 200 <= status < 300
        about_status = any(comparison.path[0] == "status" for comparison in self.success)
        if status is not None and not 200 <= status < 300 and not about_status:
            return False
        return all_hold(self.success, Scope({"status": status, "response": response}))

    def message(self, succeeded: bool, status: int | None, timed_out: bool = False) -> Text | None:
        """What the customer is told of an outcome, or None where nothing was written for it."""
        if succeeded:
            return self.messages.get("success")
        keys = [str(status), f"{str(status)[0]}xx"] if status is not None and not 200 <= status < 300 else []
        keys += ["timeout"] if timed_out else []
        return next((self.messages[key] for key in (*keys, "error") if key in self.messages), None)

    def function(self) -> dict[str, Json]:
        """The function that a model sees."""
        parameters: dict[str, Json] = {
            "type": "object",
            "properties": {variable.name: variable.parameter() for variable in self.variables},
            "required": [one.name for one in self.variables if one.required and one.default is None],
            "additionalProperties": False,
        }
        about = self.description + (f"\nWhen not to use: {self.when_not_to_use}" if self.when_not_to_use else "")
        return {"name": self.slug.replace("-", "_"), "description": about, "parameters": parameters}

    def fetches(self) -> set[str]:
        """The reading actions that are called for it."""
        names = {one.fetch for one in self.preconditions if one.kind == "holds" and one.fetch}
        how = self.finds_out
        return names | ({how.action} if how else set())


_WORDS = {"name", "description", "when_not_to_use", "messages", "enabled", "disabled_reason", "draft"}


@lru_cache(maxsize=1024)
def _of_json(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()[:16]


def _fingerprint(action: ActionBase) -> str:
    return _of_json(action.model_dump_json(exclude=_WORDS))
