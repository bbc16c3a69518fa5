"""All use cases of one running Deskhand, put together by `bootstrap`."""

from dataclasses import dataclass

from deskhand.application.accounts import Accounts
from deskhand.application.action_templates import ActionTemplates
from deskhand.application.attachments import Attachments
from deskhand.application.attendance import Attendance
from deskhand.application.audiences import Audiences
from deskhand.application.authoring import Authoring
from deskhand.application.catalogue import Catalogues
from deskhand.application.channels import Channels
from deskhand.application.completions import Completions
from deskhand.application.configuration import Configuration
from deskhand.application.contact_import import ContactImport
from deskhand.application.contacts import Contacts
from deskhand.application.crawling import Crawler
from deskhand.application.digesting import Digesting
from deskhand.application.engine import Engine
from deskhand.application.importing import Importing
from deskhand.application.inbox import InboxKeeper
from deskhand.application.invitations import Invitations
from deskhand.application.knowledge import Sources
from deskhand.application.language_models import ModelRegister
from deskhand.application.members import Membership
from deskhand.application.password_resets import PasswordResets
from deskhand.application.performing import Performer
from deskhand.application.presence import Presence
from deskhand.application.previews import Previews
from deskhand.application.profiles import Profiles
from deskhand.application.reports import Reports
from deskhand.application.sessions import Sessions
from deskhand.application.streams import Streams
from deskhand.application.visitors import Visitors
from deskhand.application.webhooks import Webhooks
from deskhand.ports.clock import Clock
from deskhand.ports.knowledge import Knowledge
from deskhand.ports.stores import Stores


@dataclass(frozen=True, slots=True)
class Services:
    """What the API and the worker work with."""

    stores: Stores
    engine: Engine
    authoring: Authoring
    configuration: Configuration
    models: ModelRegister
    catalogues: Catalogues
    performer: Performer
    previews: Previews
    importing: Importing
    sources: Sources
    knowledge: Knowledge
    crawler: Crawler
    webhooks: Webhooks
    channels: Channels
    completions: Completions
    action_templates: ActionTemplates
    contacts: Contacts
    contact_import: ContactImport
    audiences: Audiences
    digesting: Digesting
    reports: Reports
    streams: Streams
    presence: Presence
    attendance: Attendance
    inbox: InboxKeeper
    accounts: Accounts
    sessions: Sessions
    profiles: Profiles
    membership: Membership
    invitations: Invitations
    password_resets: PasswordResets
    visitors: Visitors
    attachments: Attachments
    clock: Clock
