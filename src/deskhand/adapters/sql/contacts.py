"""Contacts, on SQLite or PostgreSQL."""

import json
from typing import Any

from deskhand.adapters.sql import ids, rows
from deskhand.adapters.sql.database import Do, Params, Row, Script
from deskhand.adapters.sql.pages import before_id, page, wanted
from deskhand.adapters.sql.reading import Store, audited, workspace_id
from deskhand.adapters.sql.statements import IF_NEW, delete, indexed_by, insert, select, update
from deskhand.domain.contact import Contact
from deskhand.domain.ids import is_id
from deskhand.ports.contacts import ContactRow
from deskhand.ports.stores import NotFound, Page, Stale, Taken
from deskhand.ports.turns import AuditRow

NAMED = "external, first_name, last_name, email, phone_number"
KEPT = f"{NAMED}, attributes, vouched, search, updated_at, last_seen_at"
COLUMNS = f"id, {NAMED}, attributes, vouched IS NOT NULL, revision, created_at, updated_at, last_seen_at"
GET = select(COLUMNS, "contacts WHERE workspace = ? AND id = ?")
BY_NAME = select(COLUMNS, f"contacts {indexed_by('contacts_external')} WHERE workspace = ? AND external = ?")
BY_MAIL = select(
    COLUMNS,
    f"contacts {indexed_by('contacts_mail')} WHERE workspace = ? AND vouched = ? "
    "ORDER BY external IS NOT NULL, id LIMIT 3",
)
ADD = insert("contacts", f"workspace, id, revision, created_at, {KEPT}", IF_NEW)
CHANGE = update(
    "contacts",
    ", ".join(f"{name} = ?" for name in KEPT.split(", ")) + ", revision = revision + 1",
    "workspace = ? AND id = ? AND revision = ? RETURNING 1",
)
SEEN = update("contacts", "last_seen_at = ?", "workspace = ? AND id = ? RETURNING 1")
MET = insert("contact_conversations", "workspace, contact, conversation", "ON CONFLICT DO NOTHING")
REMOVE = delete("contacts", "workspace = ? AND id = ? RETURNING 1")
FORGET = delete("contact_conversations", "workspace = ? AND contact = ?")
PAGE = select(COLUMNS, "contacts WHERE workspace = ? AND id < ? ORDER BY id DESC LIMIT ?")
CONVERSATIONS = select(
    ", ".join(f"c.{name}" for name in rows.CONVERSATION.split(", ")),
    "contact_conversations m JOIN conversations c ON c.workspace = m.workspace AND c.id = m.conversation "
    "WHERE m.workspace = ? AND m.contact = ? AND m.conversation < ? ORDER BY m.conversation DESC LIMIT ?",
)
MOST_WORDS = 8
LONGEST_PART = 100
"""Characters of a name, an e-mail, … that are looked at: an entry of an index must not grow too long."""
MINE = "Another contact has this id; or it has this e-mail, and neither has an id."


class SqlContacts(Store):
    """Contacts and the conversations that each was in."""

    async def named(self, workspace: str, external: str) -> ContactRow | None:
        found = await self._database.rows(BY_NAME, (workspace_id(workspace), external))
        return _contact(found[0]) if found else None

    async def mailed(self, workspace: str, email: str) -> list[ContactRow]:
        return [_contact(row) for row in await self._database.rows(BY_MAIL, (workspace_id(workspace), _folded(email)))]

    async def get(self, workspace: str, contact: str) -> ContactRow:
        return _contact(await self._one(GET, _own(workspace, contact)))

    async def add(
        self, workspace: str, row: ContactRow, conversation: str | None = None, audit: AuditRow | None = None
    ) -> None:
        own = _own(workspace, row.id)
        asked = (*own, row.revision, row.created_at, *_kept(row))
        await self._database.write(_written(Do(ADD, asked), Taken(MINE), own, conversation, audit))

    async def change(
        self, workspace: str, row: ContactRow, conversation: str | None = None, audit: AuditRow | None = None
    ) -> None:
        own = _own(workspace, row.id)
        asked = (*_kept(row), *own, row.revision)
        try:
            await self._database.write(_written(Do(CHANGE, asked), Stale(), own, conversation, audit))
        except Taken:
            raise Taken(MINE) from None

    async def seen(self, workspace: str, contact: str, conversation: str, at: int) -> None:
        own = _own(workspace, contact)
        await self._database.write(_written(Do(SEEN, (at, *own)), NotFound(), own, conversation, None))

    async def remove(self, workspace: str, contact: str, audit: AuditRow) -> None:
        await self._database.write(_removed(_own(workspace, contact), audit))

    async def audit(self, workspace: str, row: AuditRow) -> None:
        await self._database.write(_once(audited(workspace_id(workspace), row)))

    async def page(self, workspace: str, search: str = "", cursor: str | None = None, limit: int = 50) -> Page:
        own, before = workspace_id(workspace), before_id(cursor)
        words = search.split()[:MOST_WORDS]
        if len(words) == 1 and is_id(ids.CONTACT, words[0]):
            found = await self._database.rows(GET, (own, ids.raw(ids.CONTACT, words[0])))
            return Page([_contact(row) for row in found], None)
        if "\0" in search:  # SQLite would look no further than to there
            return Page([], None)
        if not words:
            return page(await self._database.rows(PAGE, (own, before, wanted(limit))), limit, _contact)
        asked = (own, own, before, *map(_pattern, words), wanted(limit))
        return page(await self._database.rows(_searching(len(words)), asked), limit, _contact)

    async def conversations(self, workspace: str, contact: str, cursor: str | None = None, limit: int = 50) -> Page:
        own = _own(workspace, contact)
        await self._one(GET, own)
        asked = (*own, before_id(cursor), wanted(limit))
        return page(await self._database.rows(CONVERSATIONS, asked), limit, rows.conversation)


def _searching(words: int) -> str:
    """A page of what is searched for; the index alone tells which rows that are."""
    likes = " AND search LIKE ? ESCAPE '!'" * words
    index = indexed_by("contacts_search")
    inner = select("id", f"contacts {index} WHERE workspace = ? AND id < ?{likes} ORDER BY id DESC LIMIT ?")
    return select(COLUMNS, f"contacts WHERE workspace = ? AND id IN ({inner}) ORDER BY id DESC")


def _pattern(word: str) -> str:
    literal = _folded(word).replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{literal}%"


def _own(workspace: str, contact: str) -> tuple[bytes, bytes]:
    return workspace_id(workspace), ids.raw(ids.CONTACT, contact)


def _contact(row: Row) -> ContactRow:
    own, external, first_name, last_name, email, phone_number, attributes, vouched, *rest = row
    contact = Contact(
        id=external,
        first_name=first_name,
        last_name=last_name,
        email=email,
        phone_number=phone_number,
        attributes=json.loads(attributes),
    )
    return ContactRow(ids.shown(ids.CONTACT, own), contact, bool(vouched), *rest)


def _kept(row: ContactRow) -> tuple[Any, ...]:
    who = row.contact
    named = (who.id, who.first_name, who.last_name, who.email, who.phone_number)
    vouched = _folded(who.email) if who.email and row.vouched else None
    attributes = json.dumps(who.attributes, ensure_ascii=False, separators=(",", ":"))
    return *named, attributes, vouched, _search(who), row.updated_at, row.last_seen_at


def _search(who: Contact) -> str:
    """All that a search looks at."""
    digits = "".join(one for one in who.phone_number or "" if one.isdigit())
    parts = (who.first_name, who.last_name, who.email, who.phone_number, digits, who.id)
    return "\n".join(_folded(part)[:LONGEST_PART] for part in parts if part)


def _folded(text: str) -> str:
    return text.strip().casefold()


def _written(
    change: Do, otherwise: Exception, own: tuple[bytes, bytes], conversation: str | None, audit: AuditRow | None
) -> Script[None]:
    if not (yield change):
        raise otherwise
    if conversation is not None:
        yield Do(MET, (*own, ids.raw(ids.CONVERSATION, conversation)))
    if audit is not None:
        yield audited(own[0], audit)


def _removed(own: Params, audit: AuditRow) -> Script[None]:
    if not (yield Do(REMOVE, own)):
        raise NotFound
    yield Do(FORGET, own)
    yield audited(own[0], audit)


def _once(step: Do) -> Script[None]:
    yield step
