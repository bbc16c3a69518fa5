"""The tables of people: accounts and sessions, which belong to no workspace; members, invitations, preferences,
attendance.
"""

from sqlalchemy import Column, Index, LargeBinary

from deskhand.adapters.sql.columns import ident, keyed, number, only, text, workspace

accounts = keyed(
    "accounts",
    ident("id", primary=True),
    text("email"),
    text("name"),
    text("password"),
    text("language", null=True),
    ident("workspace", null=True),
    number("created_at"),
    Index("accounts_email", "email", unique=True),
)

sessions = keyed(
    "sessions",
    ident("id", primary=True),
    Column("digest", LargeBinary, nullable=False),
    ident("account"),
    ident("workspace"),
    number("created_at"),
    number("seen_at"),
    number("expires_at"),
    text("user_agent"),
    text("ip"),
    Index("sessions_digest", "digest", unique=True),
    Index("sessions_account", "account", "id"),
)

members = keyed(
    "members",
    workspace(),
    ident("id", primary=True),
    ident("account"),
    text("name"),
    text("role"),
    number("created_at"),
    Index("members_account", "account", "workspace", unique=True),
)

invitations = keyed(
    "invitations",
    workspace(),
    ident("id", primary=True),
    Column("digest", LargeBinary, nullable=False),
    text("email"),
    text("role"),
    text("invited_by"),
    number("created_at"),
    number("expires_at"),
    text("ended", null=True),
    ident("inviter", null=True),
    Index("invitations_digest", "digest", unique=True),
    only("invitations_open", "workspace", "email", where="ended IS NULL", unique=True),
)

preferences = keyed("preferences", workspace(), text("language"), text("time_zone"))

attendance = keyed("attendance", workspace(), number("seen_at"))
