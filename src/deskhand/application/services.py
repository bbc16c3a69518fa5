"""All use cases of one running Deskhand, put together by `bootstrap`."""

from dataclasses import dataclass

from deskhand.application.action_templates import ActionTemplates
from deskhand.application.audiences import Audiences
from deskhand.application.authoring import Authoring
from deskhand.application.catalogue import Catalogues
from deskhand.application.channels import Channels
from deskhand.application.completions import Completions
from deskhand.application.configuration import Configuration
from deskhand.application.contact_import import ContactImport
from deskhand.application.contacts import Contacts
from deskhand.application.crawling import Crawler
from deskhand.application.engine import Engine
from deskhand.application.importing import Importing
from deskhand.application.knowledge import Sources
from deskhand.application.language_models import ModelRegister
from deskhand.application.performing import Performer
from deskhand.application.streams import Streams
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
    streams: Streams
    clock: Clock
