# ruff: noqa: D103 (each function makes the record that it is named after)
"""The columns of accounts, members, sessions and invitations, and the records that they become."""

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Do, Params, Row
from deskhand.adapters.sql.statements import IF_NEW, insert
from deskhand.ports.accounts import AccountRow, InvitationRow, MemberRow, SessionRow

ACCOUNT = "id, email, name, password, language, workspace, created_at"
MEMBER = "m.workspace, m.id, m.account, a.email, m.name, m.role, m.created_at"
MEMBERS = "members m JOIN accounts a ON a.id = m.account"
SESSION = "id, account, workspace, created_at, seen_at, expires_at, user_agent, ip"
INVITATION = "workspace, id, email, role, invited_by, created_at, expires_at, ended, inviter"

ADD_ACCOUNT = insert("accounts", ACCOUNT, IF_NEW)
ADD_MEMBER = insert("members", "workspace, id, account, name, role, created_at", IF_NEW)


def account(row: Row) -> AccountRow:
    own, email, name, password, language, workspace, created_at = row
    worked_in = workspace and ids.shown(ids.WORKSPACE, workspace)
    return AccountRow(ids.shown(ids.ACCOUNT, own), email, name, password, language, worked_in, created_at)


def member(row: Row) -> MemberRow:
    workspace, own, account, *rest = row
    shown = ids.shown(ids.WORKSPACE, workspace), ids.shown(ids.MEMBER, own), ids.shown(ids.ACCOUNT, account)
    return MemberRow(*shown, *rest)


def session(row: Row) -> SessionRow:
    own, account, workspace, *rest = row
    shown = ids.shown(ids.SESSION, own), ids.shown(ids.ACCOUNT, account), ids.shown(ids.WORKSPACE, workspace)
    return SessionRow(*shown, *rest)


def invitation(row: Row) -> InvitationRow:
    workspace, own, email, role, invited_by, created_at, expires_at, ended, inviter = row
    shown = ids.shown(ids.WORKSPACE, workspace), ids.shown(ids.INVITATION, own), email, role, invited_by
    return InvitationRow(*shown, created_at, expires_at, ended, inviter and ids.shown(ids.MEMBER, inviter))


def add_account(row: AccountRow) -> Do:
    """The statement that makes an account; it gives a row back where there was none."""
    workspace = row.workspace and ids.raw(ids.WORKSPACE, row.workspace)
    own = ids.raw(ids.ACCOUNT, row.id)
    return Do(ADD_ACCOUNT, (own, row.email, row.name, row.password, row.language, workspace, row.created_at))


def add_member(row: MemberRow) -> Do:
    """The statement that makes a member; it gives a row back where there was none."""
    return Do(ADD_MEMBER, (*_place(row), ids.raw(ids.ACCOUNT, row.account), row.name, row.role, row.created_at))


def _place(row: MemberRow) -> Params:
    return ids.raw(ids.WORKSPACE, row.workspace), ids.raw(ids.MEMBER, row.id)
