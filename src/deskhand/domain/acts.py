"""What a step does: exactly this request, tool, script, mail or record; what an approval is bound to."""

from typing import Annotated, Literal

from pydantic import Field

from deskhand.domain.masking import masked_values
from deskhand.domain.model import Json, Record, sparse
from deskhand.domain.requests import RenderedRequest

Priority = Literal["LOW", "MEDIUM", "HIGH", "URGENT"]


class Handling(Record):
    """What goes along with a call for what comes back."""

    action: str | None = sparse(None)
    """The action that it belongs to, for the execution log."""
    transform: str | None = sparse(None)
    """JavaScript that turns the answer into the value to use."""
    context: dict[str, Json] = sparse({})
    """What the transformer sees beside the answer."""
    sensitive: tuple[str, ...] = sparse(())
    """Values that nobody may read in it: PINs, passwords."""


class CallHttp(Record):
    """Send exactly this request, once."""

    kind: Literal["call_http"] = "call_http"
    request: RenderedRequest
    handling: Handling = sparse(Handling())

    @property
    def outward(self) -> bool:
        return True

    @property
    def changes(self) -> bool:
        """Whether it changes something out there that could be irreversible."""
        return not self.request.read_only

    @property
    def repeatable(self) -> bool:
        """Whether doing it twice is harmless."""
        return self.request.idempotent

    @property
    def connection(self) -> str | None:
        return self.request.connection

    @property
    def fingerprint(self) -> str | None:
        """Of the connection that it was rendered for."""
        return self.request.fingerprint

    def shown(self) -> dict[str, object]:
        return masked_values(self.request.shown(), self.handling.sensitive)


class CallTool(Record):
    """Call exactly this tool of an MCP server, once."""

    kind: Literal["call_tool"] = "call_tool"
    connection: str
    fingerprint: str
    """Of the connection that it was rendered for."""
    tool: str
    tool_fingerprint: str | None = None
    arguments: dict[str, Json] = {}
    read_only: bool = False
    idempotent: bool = False
    timeout: float = 30.0
    handling: Handling = sparse(Handling())

    @property
    def outward(self) -> bool:
        return True

    @property
    def changes(self) -> bool:
        return not self.read_only

    @property
    def repeatable(self) -> bool:
        return self.idempotent

    def shown(self) -> dict[str, object]:
        masked = masked_values(self.arguments, self.handling.sensitive)
        return {"connection": self.connection, "tool": self.tool, "arguments": masked}


class RunScript(Record):
    """Run this script in the customer's page, once."""

    kind: Literal["run_script"] = "run_script"
    script: str
    """The SHA-256 of its module."""
    inputs: dict[str, Json] = {}
    timeout: float = 30.0
    name: str = ""
    handling: Handling = sparse(Handling())

    @property
    def outward(self) -> bool:
        return False

    @property
    def changes(self) -> bool:
        return True

    @property
    def repeatable(self) -> bool:
        return False

    def shown(self) -> dict[str, object]:
        inputs = masked_values(self.inputs, self.handling.sensitive)
        return {"script": self.script, "name": self.name, "inputs": inputs}


class SendEmail(Record):
    """Send one e-mail."""

    kind: Literal["send_email"] = "send_email"
    to: str
    subject: str
    body: str

    @property
    def outward(self) -> bool:
        return True

    @property
    def changes(self) -> bool:
        return True

    @property
    def repeatable(self) -> bool:
        return False

    def shown(self) -> dict[str, object]:
        return self.model_dump(exclude={"kind"})


class Phrase(Record):
    """Find words for an answer that has no message; a model may, and without one its fields are listed."""

    kind: Literal["phrase"] = "phrase"
    about: str
    """What was done, in a few words."""
    facts: Json
    words: str = sparse("")
    """What the customer asked."""
    language: str = "en"
    agent: str
    """Who speaks, by slug."""
    plain: str
    """What is said without a model, or where its words say more than the facts."""

    @property
    def outward(self) -> bool:
        return True

    @property
    def changes(self) -> bool:
        return False

    @property
    def repeatable(self) -> bool:
        return True

    def shown(self) -> dict[str, object]:
        return {"about": self.about, "facts": self.facts}


class _Own(Record):
    """An effect on Deskhand's own records: it is carried out by the commit itself."""

    @property
    def outward(self) -> bool:
        return False

    @property
    def changes(self) -> bool:
        return False

    @property
    def repeatable(self) -> bool:
        return False

    def shown(self) -> dict[str, object]:
        return self.model_dump(exclude={"kind"}, exclude_defaults=True)


class CreateTicket(_Own):
    """Open a support ticket; its result is `ticketId`."""

    kind: Literal["create_ticket"] = "create_ticket"
    subject: str
    description: str = ""
    email: str = ""
    name: str = ""
    priority: Priority = "MEDIUM"


class CreateLead(_Own):
    """Record the customer as a lead; its result is `leadId`."""

    kind: Literal["create_lead"] = "create_lead"
    email: str
    name: str = ""
    phone: str = ""
    company: str = ""
    message: str = ""


class Tag(_Own):
    """Put a tag on the conversation."""

    kind: Literal["tag"] = "tag"
    tag: str


class Resolve(_Own):
    """Mark the conversation as resolved."""

    kind: Literal["resolve"] = "resolve"


Act = Annotated[
    CallHttp | CallTool | RunScript | Phrase | SendEmail | CreateTicket | CreateLead | Tag | Resolve,
    Field(discriminator="kind"),
]
"""What a step does, and what an approval or a confirmation is bound to."""

Call = CallHttp | CallTool
"""An act that goes to a company's system and brings an answer."""
