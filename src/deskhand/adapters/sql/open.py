"""Open the stores of a database."""

from deskhand.adapters.sql.accounts import SqlAccounts
from deskhand.adapters.sql.attendance import SqlAttendance
from deskhand.adapters.sql.channels import SqlChannels
from deskhand.adapters.sql.contacts import SqlContacts
from deskhand.adapters.sql.conversations import SqlConversations
from deskhand.adapters.sql.database import Database
from deskhand.adapters.sql.deliveries import SqlDeliveries
from deskhand.adapters.sql.digests import SqlDigests
from deskhand.adapters.sql.editor import SqlEditor
from deskhand.adapters.sql.inbox import SqlInbox
from deskhand.adapters.sql.knowledge import SqlKnowledge
from deskhand.adapters.sql.mailbox import SqlMailbox
from deskhand.adapters.sql.members import SqlMembers
from deskhand.adapters.sql.preferences import SqlPreferences
from deskhand.adapters.sql.procedures import SqlProcedures
from deskhand.adapters.sql.records import SqlRegisters
from deskhand.adapters.sql.reports import SqlReports
from deskhand.adapters.sql.settings import SqlSettings
from deskhand.adapters.sql.spending import SqlSpending
from deskhand.adapters.sql.urls import SqliteFile, parse
from deskhand.adapters.sql.visitors import SqlAttachments, SqlVisits
from deskhand.ports.stores import Stores


async def open_stores(url: str, apart: bool = False) -> Stores:
    """The stores of `sqlite:///path` or `postgresql://…`, migrated to the newest form.

    apart: the migration in a process of its own, whose memory is given back. Raises BadDatabaseUrl, InUse while another
    process has them open, UnknownForm for a newer Deskhand's database, and StorageFailed where the database cannot be
    reached.
    """
    database = await _open(url, apart)
    return Stores(
        conversations=SqlConversations(database),
        procedures=SqlProcedures(database),
        settings=SqlSettings(database),
        mailbox=SqlMailbox(database),
        deliveries=SqlDeliveries(database),
        channels=SqlChannels(database),
        contacts=SqlContacts(database),
        knowledge=SqlKnowledge(database),
        spending=SqlSpending(database),
        digests=SqlDigests(database),
        reports=SqlReports(database),
        accounts=SqlAccounts(database),
        members=SqlMembers(database),
        preferences=SqlPreferences(database),
        attendance=SqlAttendance(database),
        editor=SqlEditor(database),
        inbox=SqlInbox(database),
        registers=SqlRegisters(database),
        visits=SqlVisits(database),
        attachments=SqlAttachments(database),
        backend=database.backend,
        close=database.close,
    )


async def _open(url: str, apart: bool) -> Database:
    """The driver of the one that is asked for, and no other: each takes megabytes and time."""
    place = parse(url)
    if isinstance(place, SqliteFile):
        from deskhand.adapters.sql.sqlite_opening import open_file

        return await open_file(place, apart)
    from deskhand.adapters.sql.postgres_opening import open_server

    return await open_server(place, apart)
