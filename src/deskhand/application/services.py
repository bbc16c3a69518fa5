"""All use cases of one running Deskhand, put together by `bootstrap`."""

from dataclasses import dataclass

from deskhand.application.action_templates import ActionTemplates
from deskhand.application.authoring import Authoring
from deskhand.application.catalogue import Catalogues
from deskhand.application.configuration import Configuration
from deskhand.application.engine import Engine
from deskhand.application.importing import Importing
from deskhand.application.performing import Performer
from deskhand.application.streams import Streams
from deskhand.application.webhooks import Webhooks
from deskhand.ports.clock import Clock
from deskhand.ports.stores import Stores


@dataclass(frozen=True, slots=True)
class Services:
    """What the API and the worker work with."""

    stores: Stores
    engine: Engine
    authoring: Authoring
    configuration: Configuration
    catalogues: Catalogues
    performer: Performer
    importing: Importing
    webhooks: Webhooks
    action_templates: ActionTemplates
    streams: Streams
    clock: Clock
