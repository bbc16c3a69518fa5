"""The stores: protocols that SQLite and PostgreSQL both fulfil. Every method takes the workspace first."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from deskhand.domain.errors import DeskhandError
from deskhand.domain.language_model import Spent
from deskhand.ports.accounts import Accounts, AttendanceBook, Members, WorkspacePreferences
from deskhand.ports.audit import AuditWanted
from deskhand.ports.channels import Channels, Exchange
from deskhand.ports.contacts import ContactRow, Contacts
from deskhand.ports.digests import Digests
from deskhand.ports.editor import EditorStore, Publication
from deskhand.ports.inbox import Inbox
from deskhand.ports.knowledge import KnowledgeStore
from deskhand.ports.registers import Registers
from deskhand.ports.reports import Reports
from deskhand.ports.turns import AuditRow, Delivery, Entry, Lead, Loaded, Ticket, TurnCommit
from deskhand.ports.visitors import Attachments, Visits


class NotFound(DeskhandError):
    """There is no such thing in this workspace."""


class Taken(DeskhandError):
    """That name is taken in this workspace."""


class Stale(DeskhandError):
    """Somebody else changed it in the meantime: load it again."""


class BadCursor(DeskhandError):
    """That is no cursor of this list: give the one that came with the page before, or none for the first page."""


class Unstorable(DeskhandError):
    """A text holds a character that no database can keep: leave NUL characters and lone surrogates out."""


class StorageFailed(DeskhandError):
    """The database could not do it; nothing was written."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, newest first; `cursor` leads to the next one, None at the end."""

    items: list[Any]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A conversation as lists and pages show it."""

    id: str
    version: int
    seq: int
    status: str
    mode: str
    channel: str
    created_at: int
    updated_at: int
    state: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as lists show it; `state` is there once it has ended."""

    id: str
    conversation: str
    procedure: str
    version: int
    status: str
    waiting: str | None
    step: str
    started_at: int
    ended_at: int | None
    state: str | None


@dataclass(frozen=True, slots=True)
class EffectRow:
    """A row of the effect journal."""

    conversation: str
    run: str
    seq: int
    step: str
    kind: str
    status: str
    key: str
    request: str
    response: str | None
    at: int
    """When it was last changed."""
    action: str | None = None
    test: bool = False
    """Whether a member made it to try an action."""
    started_at: int = 0


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """An approval, or an outcome that a member has to find out."""

    id: str
    conversation: str
    run: str
    seq: int
    about: str
    procedure: str
    status: str
    card: str
    requested_at: int
    expires_at: int | None
    decided_at: int | None
    decided_by: str | None
    reason: str | None
    rights: str = "{}"
    """JSON: who may decide."""
    act: str | None = None
    """What the journal says of the act: `intended`, `sent`, …"""
    mode: str = "agent"
    """Who answers the customer."""
    slug: str = ""
    """The procedure's."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many approvals wait for the same people."""

    about: str
    rights: str
    count: int


@dataclass(frozen=True, slots=True)
class DueRow:
    """A wake-up."""

    workspace: str
    conversation: str
    kind: str
    ref: str
    at: int


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A procedure with its draft; `active_version` is None where nothing was published."""

    id: str
    slug: str
    name: str
    status: str
    draft: str
    """JSON: the document as it was saved last; it may be incomplete."""
    revision: int
    """Counts the saves of the draft: an edit names the revision that it is based on."""
    simulated_revision: int | None
    active_version: int | None
    created_at: int
    updated_at: int
    saved_by: str | None
    """Who saved the draft last, by name; None where that was before it was noted."""
    saved_at: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version; it never changes."""

    procedure: str
    """The procedure's id."""
    slug: str
    version: int
    document: str
    pins: str
    """JSON: the actions and the versions of procedures that it uses, and the member who published it."""
    published_at: int
    published_by: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An action or a connection."""

    slug: str
    document: str
    updated_at: int


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An API key; the key itself is never stored."""

    workspace: str
    id: str
    name: str
    role: str
    created_at: int
    revoked_at: int | None
    made_by: str | None = None
    """The member who made it, or whose key did; None where that is not known."""
    maker_role: str | None = None
    """That member's role, where the key is looked up to be used."""


@dataclass(frozen=True, slots=True)
class WorkspaceRow:
    """A tenant, with the internal hosts that it may call."""

    id: str
    name: str
    internal_hosts: tuple[str, ...]
    created_at: int


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail in the local mailbox."""

    id: str
    to: str
    subject: str
    body: str
    at: int


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """An event for a webhook, and how far it has come."""

    id: str
    webhook: str
    event: str
    body: str
    status: str
    """`pending`, `delivered` or `dead`."""
    attempts: int
    due_at: int
    created_at: int
    updated_at: int
    last_status: int | None = None
    last_problem: str | None = None


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """What one model was used for on one day, in UTC. Cost in millionths of a USD."""

    day: str
    model: str
    cost: int
    input_tokens: int
    output_tokens: int
    calls: int


class Conversations(Protocol):
    """Turns, and what can be read of them."""

    @property
    def changes(self) -> int | None:
        """Counts whatever this process writes beside turns; None where other processes write to the database too.

        As long as it stays the same, nothing that a turn looks up has changed but for conversations themselves.
        """
        ...

    async def load(self, workspace: str, conversation: str, known: int = 0) -> Loaded | None:
        """The conversation's row, or None; its state is left out where its version is the one that is known."""
        ...

    async def catalogue(self, workspace: str) -> int:
        """The number of the workspace's catalogue. Raises NotFound for an unknown workspace."""
        ...

    async def commit(self, turn: TurnCommit) -> None:
        """Write a turn. Raises Conflict or DuplicateEvent; then nothing of it is written."""
        ...

    async def seen(self, workspace: str, conversation: str, event_id: str) -> int | None:
        """The number of the entry that an event with this id made, or None."""
        ...

    async def entries(
        self, workspace: str, conversation: str, after: int = 0, limit: int = 200, members: bool = True
    ) -> list[Entry]: ...

    async def get(self, workspace: str, conversation: str) -> ConversationRow: ...

    async def several(self, workspace: str, conversations: Sequence[str]) -> list[ConversationRow]:
        """These conversations, in no order; those that are not there are left out."""
        ...

    async def page(self, workspace: str, cursor: str | None = None, limit: int = 50) -> Page: ...

    async def runs(
        self, workspace: str, *, conversation: str | None = None, status: str | None = None,
        procedure: str | None = None, cursor: str | None = None, limit: int = 50,
    ) -> Page: ...  # fmt: skip

    async def run(self, workspace: str, run: str) -> RunRow: ...

    async def effects(self, workspace: str, run: str) -> list[EffectRow]: ...

    async def effect(self, workspace: str, run: str, seq: int) -> EffectRow: ...

    async def approvals(
        self,
        workspace: str,
        *,
        status: str | None = "pending",
        conversation: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
        procedure: str | None = None,
        about: str | None = None,
        since: int | None = None,
        until: int | None = None,
        rights: Sequence[str] | None = None,
    ) -> Page:
        """status: `pending`, `decided`, any other one, or None for all. procedure: its slug. since, until: when they
        were asked for, in milliseconds since 1970; the end does not belong to it. rights: as they are stored.
        """
        ...  # fmt: skip

    async def approval(self, workspace: str, approval: str) -> ApprovalRow: ...

    async def waiting_approvals(self, workspace: str) -> list[Waiting]:
        """How many wait, for whom."""
        ...

    async def began_with(self, workspace: str, conversation: str, run: str) -> int | None:
        """The number of the customer's entry that a run began with, or None."""
        ...

    async def due(self, now: int, limit: int = 100) -> list[DueRow]:
        """Wake-ups whose time has come, in all workspaces."""
        ...

    async def next_due(self) -> int | None:
        """When the next wake-up comes, or None."""
        ...

    async def unfinished(self, limit: int = 1000) -> list[tuple[str, EffectRow]]:
        """Workspace and effect of everything that is `sent`: after a crash nobody knows about these."""
        ...

    async def executions(
        self,
        workspace: str,
        *,
        action: str | None = None,
        conversation: str | None = None,
        status: str | None = None,
        test: bool | None = None,
        since: int | None = None,
        until: int | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page:
        """The execution log: outward acts, newest first."""
        ...

    async def add_execution(self, workspace: str, row: EffectRow) -> None:
        """Log a call that a member made to try an action; it belongs to no conversation."""
        ...

    async def prune_bodies(self, before: int, limit: int = 1000) -> int:
        """Empty requests and answers of acts settled before that time; gives how many that were."""
        ...

    async def next_number(self, workspace: str, kind: str) -> int:
        """The next number for a kind (`ticket`): 1, 2, … Gaps are possible, repetitions are not."""
        ...

    async def tickets(self, workspace: str, cursor: str | None = None, limit: int = 50) -> Page: ...

    async def leads(self, workspace: str, cursor: str | None = None, limit: int = 50) -> Page: ...

    async def audit(
        self, workspace: str, cursor: str | None = None, limit: int = 100, asked: AuditWanted | None = None
    ) -> Page: ...


class Procedures(Protocol):
    """Procedures, their drafts and versions."""

    async def create(self, workspace: str, row: ProcedureRow, audit: AuditRow) -> None:
        """Raises Taken where the slug is in use."""
        ...

    async def get(self, workspace: str, slug: str) -> ProcedureRow: ...

    async def all(self, workspace: str, status: str | None = None) -> list[ProcedureRow]: ...

    async def save_draft(
        self,
        workspace: str,
        slug: str,
        draft: str,
        name: str,
        based_on: int,
        at: int,
        by: str,
        new_slug: str | None = None,
    ) -> ProcedureRow:
        """Raises Stale where the revision is another by now, Taken where the new slug is in use."""
        ...

    async def simulated(self, workspace: str, slug: str, revision: int) -> None: ...

    async def publish(
        self, workspace: str, version: VersionRow, revision: int, audit: AuditRow, written: Publication | None = None
    ) -> None:
        """Store the version, make it the active one, count the catalogue up. Raises Stale.

        written: what is written down with it.
        """
        ...

    async def remove(self, workspace: str, slug: str, audit: AuditRow) -> None:
        """Remove a draft that was never published, with all that lies beside it. Raises Stale where it was."""
        ...

    async def set_status(self, workspace: str, slug: str, status: str, at: int, audit: AuditRow) -> None: ...

    async def versions(self, workspace: str, slug: str) -> list[VersionRow]: ...

    async def version(self, workspace: str, slug: str, version: int) -> VersionRow: ...

    async def active(self, workspace: str) -> tuple[int, list[VersionRow]]:
        """The catalogue's number and the active version of every active procedure."""
        ...


class Settings(Protocol):
    """Workspaces, keys, connections, secrets and actions."""

    async def create_workspace(self, row: WorkspaceRow) -> None: ...

    async def workspace(self, workspace: str) -> WorkspaceRow: ...

    async def workspaces(self) -> list[WorkspaceRow]: ...

    async def set_internal_hosts(self, workspace: str, hosts: tuple[str, ...], audit: AuditRow) -> None: ...

    async def add_key(self, row: KeyRow, digest: bytes, audit: AuditRow) -> None: ...

    async def key(self, digest: bytes) -> KeyRow | None:
        """The key with this digest, revoked ones aside."""
        ...

    async def keys(self, workspace: str) -> list[KeyRow]: ...

    async def revoke_key(self, workspace: str, key: str, at: int, audit: AuditRow) -> None: ...

    async def put(self, workspace: str, kind: str, row: DocumentRow, audit: AuditRow) -> None:
        """Store an `action` or a `connection`; the catalogue's number counts up."""
        ...

    async def documents(self, workspace: str, kind: str) -> list[DocumentRow]: ...

    async def document(self, workspace: str, kind: str, slug: str) -> DocumentRow: ...

    async def put_script(self, workspace: str, sha256: str, source: str, at: int) -> None:
        """Keep the module of a browser script; it never changes."""
        ...

    async def script(self, sha256: str) -> str | None:
        """A module by what its address is made of: this read and the next one name no workspace."""
        ...

    async def script_owners(self, sha256: str) -> list[str]:
        """The workspaces that have such a module."""
        ...

    async def sealed(self, after: tuple[str, str] | None, limit: int = 100) -> list[tuple[str, str, bytes]]:
        """Workspace, name and sealed value of secrets of all workspaces, in the order of their keys."""
        ...

    async def reseal(self, workspace: str, name: str, old: bytes, new: bytes) -> bool:
        """Replace a sealed value by the same one under another key; False where it has changed in the meantime."""
        ...

    async def remove(self, workspace: str, kind: str, slug: str, audit: AuditRow) -> None: ...

    async def put_secret(self, workspace: str, name: str, sealed: bytes, at: int, audit: AuditRow) -> None: ...

    async def secret(self, workspace: str, name: str) -> bytes: ...

    async def secrets(self, workspace: str) -> list[tuple[str, int]]:
        """Names and when they were last replaced; never the values."""
        ...

    async def remove_secret(self, workspace: str, name: str, audit: AuditRow) -> None: ...


class Mailbox(Protocol):
    """The local mailbox."""

    async def add(self, workspace: str, mail: Mail) -> None: ...

    async def page(self, workspace: str, cursor: str | None = None, limit: int = 50) -> Page: ...


class Deliveries(Protocol):
    """What is on its way to webhooks and channels."""

    async def due(
        self, now: int, limit: int = 100, without: Sequence[tuple[str, str]] = ()
    ) -> list[tuple[str, DeliveryRow]]:
        """Workspace and delivery of everything whose time has come, the longest waiting first.

        Of those that may not overtake each other, only the first of each conversation.

        without: webhooks that are left out, each as its workspace and its slug.
        """
        ...

    async def next_due(self) -> int | None: ...

    async def add(self, workspace: str, delivery: Delivery) -> None: ...

    async def attempted(
        self,
        workspace: str,
        delivery: str,
        *,
        status: str,
        attempts: int,
        due_at: int,
        at: int,
        last_status: int | None,
        last_problem: str | None,
    ) -> None: ...

    async def get(self, workspace: str, delivery: str) -> DeliveryRow: ...

    async def page(
        self,
        workspace: str,
        *,
        webhook: str | None = None,
        status: str | None = None,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page: ...

    async def requeue(self, workspace: str, delivery: str, at: int) -> None:
        """Send it again from the beginning."""
        ...

    async def prune(self, before: int, limit: int = 1000) -> int:
        """Remove delivered ones that are older; gives how many that were."""
        ...


class Spending(Protocol):
    """What was spent on language models, by day."""

    async def add(self, workspace: str, day: str, model: str, cost: int, input_tokens: int, output_tokens: int) -> None:
        """Count one call."""
        ...

    async def spent(self, workspace: str, day: str, model: str) -> Spent:
        """What a model has used on a day."""
        ...

    async def days(self, workspace: str, since: str = "", model: str | None = None) -> list[SpendingRow]:
        """Every day and model from a day on, the newest day first."""
        ...


@dataclass(frozen=True, slots=True)
class Stores:
    """All stores of one database."""

    conversations: Conversations
    procedures: Procedures
    settings: Settings
    mailbox: Mailbox
    deliveries: Deliveries
    channels: Channels
    contacts: Contacts
    knowledge: KnowledgeStore
    spending: Spending
    digests: Digests
    reports: Reports
    accounts: Accounts
    members: Members
    preferences: WorkspacePreferences
    attendance: AttendanceBook
    editor: EditorStore
    inbox: Inbox
    registers: Registers
    visits: Visits
    attachments: Attachments
    backend: str
    """`sqlite` or `postgresql`, and the server's version."""
    close: Callable[[], Awaitable[None]]
    """Finishes what is being written and closes all connections."""


__all__ = [
    "ApprovalRow", "AuditRow", "BadCursor", "Channels", "ContactRow", "Contacts", "ConversationRow", "Conversations",
    "Deliveries", "DeliveryRow", "DocumentRow", "DueRow", "EffectRow", "Entry", "Exchange", "KeyRow", "Lead", "Loaded",
    "Mail", "Mailbox", "NotFound",
    "Page", "ProcedureRow", "Procedures", "RunRow", "Settings", "Spending", "SpendingRow", "Stale", "StorageFailed",
    "Stores", "Taken", "Ticket", "Unstorable", "VersionRow", "WorkspaceRow",
]  # fmt: skip
