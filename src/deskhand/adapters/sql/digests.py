"""Digests beside the log: finding what has grown, and storing what folding came to."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from deskhand.adapters.sql import figures, ids, rows
from deskhand.adapters.sql.database import Do, Row, Script
from deskhand.adapters.sql.digest_pages import DigestPages, shown_at
from deskhand.adapters.sql.reading import workspace_id
from deskhand.adapters.sql.statements import delete, insert, select
from deskhand.domain.digest import Digest
from deskhand.domain.search_words import words_of
from deskhand.domain.stored import dump, load
from deskhand.ports.digests import Digested, Grown, Place
from deskhand.ports.turns import Entry

WALK = (
    "SELECT c.workspace, c.id, c.version, COALESCE(d.version, 0) FROM ("
    "SELECT workspace, id, version FROM conversations WHERE (workspace, id) > (?, ?) ORDER BY workspace, id LIMIT ?"
    ") c LEFT JOIN digests d ON d.workspace = c.workspace AND d.conversation = c.id ORDER BY c.workspace, c.id"
)
GROWN = (
    "SELECT c.version, c.seq, c.state, c.created_at, c.updated_at, d.state, COALESCE(d.version, 0) "
    "FROM conversations c LEFT JOIN digests d ON d.workspace = c.workspace AND d.conversation = c.id "
    "WHERE c.workspace = ? AND c.id = ?"
)
ENTRIES = select(
    rows.ENTRY, "entries WHERE workspace = ? AND conversation = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
)
ACTIONS = select("seq, action", "effects WHERE workspace = ? AND run = ? AND action IS NOT NULL AND seq >= ?")
WAS = select(
    "place, tags, procedures, contact_name, contact_email, state", "digests WHERE workspace = ? AND conversation = ?"
)
HELD = select("1", "digests WHERE place = ? AND NOT (workspace = ? AND conversation = ?)")
COLUMNS = (
    "workspace, conversation, place, version, status, mode, channel, agent, waiting, reaction, escalated, test, "
    "unanswered, messages, contact_name, contact_email, tags, procedures, first_text, last_text, last_by, last_at, "
    "created_at, state"
)
KEEP = insert("digests", COLUMNS, figures.replacing("workspace, conversation", COLUMNS))
MARK = insert("digest_marks", "workspace, kind, value, place", "ON CONFLICT DO NOTHING")
UNMARK = delete("digest_marks", "workspace = ? AND kind = ? AND value = ? AND place = ?")
FORGET_MOMENTS = delete("report_moments", "workspace = ? AND conversation = ?")

SQLITE = (
    "INSERT INTO digest_texts (digest_texts, rowid, workspace, words) VALUES ('delete', ?, ?, ?)",
    "INSERT INTO digest_texts (rowid, workspace, words) VALUES (?, ?, ?)",
)
POSTGRESQL = (
    delete("digest_texts", "workspace = ? AND place = ?"),
    "INSERT INTO digest_texts (place, workspace, words) "
    "VALUES (?, ?, array_to_tsvector(string_to_array(CAST(? AS TEXT), ' ')))",
)


class SqlDigests(DigestPages):
    """Digests, on SQLite or PostgreSQL."""

    async def stale(self, after: Place | None, portion: int) -> tuple[list[Place], Place | None]:
        found = await self._database.rows(WALK, (*(_own(after) if after else (b"", b"")), portion))
        places = [_place(row) for row in found]
        behind = [place for place, row in zip(places, found, strict=True) if row[2] != row[3]]
        return behind, places[-1] if len(places) == portion else None

    async def grown(self, place: Place) -> Grown | None:
        found = await self._database.rows(GROWN, _own(place))
        return Grown(place, *found[0]) if found else None

    async def entries(self, place: Place, after: int, until: int, limit: int) -> list[Entry]:
        found = await self._database.rows(ENTRIES, (*_own(place), after, until, limit))
        return [rows.entry(row) for row in found]

    async def actions(self, place: Place, acts: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        found: dict[tuple[str, int], str] = {}
        first: dict[str, int] = {}
        for run, seq in acts:
            first[run] = min(seq, first.get(run, seq))
        for run, least in first.items():
            asked = workspace_id(place.workspace), ids.raw(ids.RUN, run), least
            found |= {(run, row[0]): row[1] for row in await self._database.rows(ACTIONS, asked)}
        return found

    async def keep(self, digested: Sequence[Digested]) -> None:
        await self._database.write(self._kept(digested), looked_up=False)

    def _kept(self, digested: Sequence[Digested]) -> Script[None]:
        for one in digested:
            own = _own(one.place)
            before = yield Do(WAS, own)
            if before:
                yield from self._taken_back(own[0], before[0])
            place = yield from _free_place(own, one.standing.updated_at)
            yield Do(KEEP, (*own, place, *_columns(one)))
            yield from self._found_by(own[0], place, one)
            if one.anew:
                yield Do(FORGET_MOMENTS, own)
            if not one.standing.test:
                yield from figures.written(own, one)

    def _taken_back(self, workspace: bytes, before: Row) -> Script[None]:
        """The old place in the list is given up, with all that was found there."""
        place, tags, procedures, name, email, state = before
        for mark in _marks(json.loads(tags), json.loads(procedures), email):
            yield Do(UNMARK, (workspace, *mark, place))
        if self._is_sqlite:
            yield Do(SQLITE[0], (place, workspace.hex(), _words(load(Digest, state), name, email, json.loads(tags))))
        else:
            yield Do(POSTGRESQL[0], (workspace, place))

    def _found_by(self, workspace: bytes, place: int, one: Digested) -> Script[None]:
        now = one.standing
        for mark in _marks(now.tags, one.digest.procedures, now.contact_email):
            yield Do(MARK, (workspace, *mark, place))
        words = _words(one.digest, now.contact_name, now.contact_email, now.tags)
        if self._is_sqlite:
            yield Do(SQLITE[1], (place, workspace.hex(), words))
        else:
            yield Do(POSTGRESQL[1], (place, workspace, f"ws_{workspace.hex()} {words}".strip()))


def _free_place(own: tuple[bytes, bytes], at: int) -> Script[int]:
    """Where a conversation stands among all: by its last activity, and no two at the same place."""
    place = shown_at(at) + int.from_bytes(own[1][-3:], "big") % shown_at(1)
    while (yield Do(HELD, (place, *own))):
        place += 1
    return place


def _columns(one: Digested) -> tuple[Any, ...]:
    now, digest = one.standing, one.digest
    return (
        now.version, now.status, now.mode, now.channel, now.agent, now.waiting, digest.reaction, int(digest.escalated),
        int(now.test), digest.unanswered, digest.messages, now.contact_name, now.contact_email, json.dumps(now.tags),
        json.dumps(digest.procedures), digest.first_text, digest.last_text, digest.last_by, digest.last_at,
        now.created_at, dump(digest),
    )  # fmt: skip


def _marks(tags: Sequence[str], procedures: Sequence[str], contact_email: str | None) -> list[tuple[str, str]]:
    found = [("tag", tag) for tag in tags] + [("procedure", slug) for slug in procedures]
    return [*found, ("contact", contact_email.casefold())] if contact_email else found


def _words(digest: Digest, name: str | None, email: str | None, tags: Sequence[str]) -> str:
    """All words that a search finds; SQLite has to be told the very same ones to forget them."""
    about = words_of(" ".join((name or "", email or "", *tags)))
    return " ".join(dict.fromkeys([*about, *digest.words.split()]))


def _own(place: Place) -> tuple[bytes, bytes]:
    return workspace_id(place.workspace), ids.raw(ids.CONVERSATION, place.conversation)


def _place(row: Row) -> Place:
    return Place(ids.shown(ids.WORKSPACE, row[0]), ids.shown(ids.CONVERSATION, row[1]))
