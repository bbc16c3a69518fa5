"""Tables of the inbox: what its queues show of each conversation, and how far each member has read.

They are written beside turns, never by them.
"""

from sqlalchemy import Index

from deskhand.adapters.sql.columns import ident, keyed, number, only, text, workspace

inbox = keyed(
    "inbox",
    workspace(),
    ident("conversation", primary=True),
    number("version"),
    number("seq"),
    text("queue"),
    text("assignee", null=True),
    text("member", null=True),
    text("waits", null=True),
    number("since", null=True),
    number("unanswered", null=True),
    number("activity_at"),
    number("heard"),
    text("last_by"),
    text("last_text"),
    text("name"),
    text("channel"),
    text("tags"),
    Index("inbox_queue", "workspace", "queue", "activity_at", "conversation"),
    only("inbox_open", "workspace", "activity_at", "conversation", where="queue <> 'resolved'"),
    only(
        "inbox_assignee",
        *("workspace", "assignee", "activity_at", "conversation"),
        where="assignee IS NOT NULL AND queue <> 'resolved'",
    ),
    only("inbox_waiting", "workspace", "activity_at", "conversation", where="since IS NOT NULL"),
    fillfactor=70,
)

inbox_reads = keyed(
    "inbox_reads",
    workspace(),
    text("reader", primary=True),
    ident("conversation", primary=True),
    number("seq"),
    fillfactor=70,
)
