"""Tables of the widget: which conversations are whose, and the files that visitors send."""

from sqlalchemy import LargeBinary, Table

from deskhand.adapters.sql.columns import column, ident, keyed, metadata, number, only, text, workspace

visits = keyed(
    "visits",
    workspace(),
    text("agent", primary=True),
    column("owner", LargeBinary, primary=True),
    ident("conversation", primary=True),
    number("at"),
)

attachments = Table(  # its rows are long
    "attachments",
    metadata,
    workspace(),
    ident("conversation", primary=True),
    ident("id", primary=True),
    text("name"),
    text("type"),
    number("size"),
    number("at"),
    text("event", null=True),
    column("content", LargeBinary),
    only("attachments_unsent", "at", where="event IS NULL"),
)
