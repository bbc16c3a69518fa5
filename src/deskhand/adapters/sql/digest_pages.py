"""Lists of conversations: found by an index that alone holds what is filtered by, the newest activity first."""

import json
from dataclasses import dataclass
from typing import Any

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Database, Row
from deskhand.adapters.sql.pages import before_number, encoded, wanted
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import indexed_by, select
from deskhand.domain.ids import is_id
from deskhand.domain.search_words import asked_words
from deskhand.ports.digests import Listed, ListedPage, Wanted

SHOWN = (
    "conversation, status, mode, channel, agent, waiting, reaction, escalated, test, unanswered, messages, "
    "contact_name, contact_email, tags, procedures, first_text, last_text, last_by, last_at, created_at, place"
)
MARKED = "SELECT 1 FROM digest_marks m{0} WHERE m{0}.workspace = ? AND m{0}.kind = ? AND m{0}.value = ? "
OF_CONTACT = "d.conversation IN (SELECT conversation FROM contact_conversations WHERE workspace = ? AND contact = ?)"
IN_CONVERSATION = "d.conversation = ?"
_PLACES_A_MILLISECOND = 1 << 20


def shown_at(at: int) -> int:
    """The first place of a millisecond."""
    return at * _PLACES_A_MILLISECOND


@dataclass(slots=True)
class Question:
    """A statement that is being put together: where it looks, what for, and the values."""

    tables: str
    place: str
    where: list[str]
    asked: list[Any]

    def add(self, condition: str, *values: Any) -> None:
        self.where.append(condition)
        self.asked += values

    def sql(self) -> str:
        """The places that it finds, the newest first; takes a limit last."""
        rest = f"{self.tables} WHERE {' AND '.join(self.where)} ORDER BY {self.place} DESC LIMIT ?"
        return select(self.place, rest)


class DigestPages(Store):
    """Reading digests as lists."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._is_sqlite = database.backend.startswith("sqlite")

    async def page(self, workspace: str, asked: Wanted, cursor: str | None = None, limit: int = 50) -> ListedPage:
        before = before_number(cursor)
        question = self._question(workspace, asked)
        if question is None:
            return ListedPage([], None)
        question.add(f"{question.place} < ?", before)
        found = await self._database.rows_apart(question.sql(), (*question.asked, wanted(limit)))
        places = [row[0] for row in found[: wanted(limit) - 1]]
        rows = await self._at(places)
        return ListedPage([_listed(row) for row in rows], encoded(places[-1]) if len(found) > len(places) else None)

    async def _at(self, places: list[int]) -> list[Row]:
        """The rows of these places, in their order: read by themselves, or SQLite would walk over all rows for it."""
        if not places:
            return []
        sql = select(SHOWN, f"digests WHERE place IN ({', '.join('?' for _ in places)})")
        return sorted(await self._database.rows_apart(sql, places), key=lambda row: -int(row[-1]))

    async def count(self, workspace: str, asked: Wanted, most: int) -> int:
        question = self._question(workspace, asked)
        if question is None:
            return 0
        sql = select("COUNT(*)", f"({question.sql()}) found")
        return int((await self._database.rows_apart(sql, (*question.asked, most)))[0][0])

    def _question(self, workspace: str, asked: Wanted) -> Question | None:
        """What is asked for as a statement, or None where nothing can be found."""
        own = workspace_id(workspace)
        text = (asked.text or "").strip()
        words = asked_words(text)
        if text and not words:
            return None
        named = is_id(ids.CONVERSATION, text)
        marks = [(kind, value) for kind, value in _marks(asked) if value is not None]
        if words and not named and self._is_sqlite:
            question = self._matching(own, words)
        elif named or _is_contact(asked):
            question = Question("digests d", "d.place", [], [])
        elif marks:
            question = self._marked(own, *marks.pop(0))
        else:
            question = Question(f"digests d {indexed_by('digests_list')}", "d.place", [], [])
        question.add("d.workspace = ?", own)
        self._filter(question, own, asked)
        if named:
            question.add(IN_CONVERSATION, ids.raw(ids.CONVERSATION, text))
        elif words and not self._is_sqlite:
            self._match(question, own, words)
        for number, mark in enumerate(marks, 1):
            question.add(f"EXISTS ({MARKED.format(number)} AND m{number}.place = {question.place})", own, *mark)
        return question

    def _matching(self, own: bytes, words: list[str]) -> Question:
        """SQLite's index of words leads, in the order of places.

        The `+` keeps it from taking a limit of the one side for one of the other, and walking over a range of rows.
        """
        joined = f"digest_texts t CROSS JOIN digests d {indexed_by('digests_list')} ON d.place = +t.rowid"
        sought = " AND ".join(f'"{word}"*' for word in words)
        question = Question(joined, "t.rowid", [], [])
        question.add("digest_texts MATCH ?", f'workspace : "{own.hex()}" AND words : ({sought})')
        return question

    def _marked(self, own: bytes, kind: str, value: str) -> Question:
        join = "CROSS JOIN" if self._is_sqlite else "JOIN"  # the marks lead
        joined = f"digest_marks m {join} digests d {indexed_by('digests_list')} ON d.place = +m.place"
        question = Question(joined, "m.place", [], [])
        question.add("m.workspace = ? AND m.kind = ? AND m.value = ?", own, kind, value)
        return question

    def _match(self, question: Question, own: bytes, words: list[str]) -> None:
        """PostgreSQL's index of words."""
        sought = " & ".join(f"'{word}':*" for word in words)
        question.tables += " JOIN digest_texts t ON t.workspace = d.workspace AND t.place = d.place"
        question.add("t.words @@ CAST(CAST(? AS TEXT) AS TSQUERY)", f"'ws_{own.hex()}' & {sought}")

    def _filter(self, question: Question, own: bytes, asked: Wanted) -> None:
        for name in ("status", "mode", "channel", "agent", "waiting", "reaction"):
            if (value := getattr(asked, name)) is not None:
                question.add(f"d.{name} = ?", value)
        for name in ("escalated", "test"):
            if (value := getattr(asked, name)) is not None:
                question.add(f"d.{name} = ?", int(value))
        if asked.since is not None:
            question.add(f"{question.place} >= ?", _bound(asked.since))
        if asked.until is not None:
            question.add(f"{question.place} < ?", _bound(asked.until))
        if _is_contact(asked):
            question.add(OF_CONTACT, own, ids.raw(ids.CONTACT, asked.contact or ""))


def _bound(at: int) -> int:
    """Where a time begins among places; before and after all of them for times that no place can tell."""
    return min(max(shown_at(at), 0), ids.LARGEST)


def _is_contact(asked: Wanted) -> bool:
    return asked.contact is not None and is_id(ids.CONTACT, asked.contact)


def _marks(asked: Wanted) -> list[tuple[str, str | None]]:
    """What is found in the table of marks, the rarest kind first."""
    contact = None if asked.contact is None or _is_contact(asked) else asked.contact.strip().casefold()
    return [("contact", contact), ("tag", asked.tag), ("procedure", asked.procedure)]


def _listed(row: Row) -> Listed:
    own, status, mode, channel, agent, waiting, reaction, escalated, test, *rest = row
    unanswered, messages, name, email, tags, procedures, first, last, last_by, last_at, created_at, place = rest
    return Listed(
        ids.shown(ids.CONVERSATION, own), status, mode, channel, agent, waiting, reaction, bool(escalated), bool(test),
        unanswered, messages, name, email, tuple(json.loads(tags)), tuple(json.loads(procedures)), first, last, last_by,
        last_at, created_at, place // _PLACES_A_MILLISECOND,
    )  # fmt: skip
