"""The composition root: the only place where concrete parts are put together."""

import asyncio
import gc
from contextlib import suppress
from dataclasses import dataclass, field

from deskhand.adapters.clock import SystemClock
from deskhand.adapters.documents.reading import DocumentReader
from deskhand.adapters.edge.client import EdgeHttp
from deskhand.adapters.javascript import QuickJsTransformer
from deskhand.adapters.llm import Models
from deskhand.adapters.mail.local import LocalMailbox
from deskhand.adapters.mail.url import mailer_from_url
from deskhand.adapters.mcp import McpServers
from deskhand.adapters.offline.passages import OfflinePassages
from deskhand.adapters.offline.understanding import OfflineUnderstanding
from deskhand.adapters.passwords import ArgonPasswords
from deskhand.adapters.sql import open_stores
from deskhand.adapters.vault import AesVault
from deskhand.adapters.vault_keys import keys_from_text, load_or_create_keys
from deskhand.application.accounts import Accounts
from deskhand.application.action_templates import ActionTemplates
from deskhand.application.attachments import Attachments
from deskhand.application.attendance import Attendance
from deskhand.application.audiences import Audiences
from deskhand.application.authenticating import Authenticator
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
from deskhand.application.hearing import Hearing
from deskhand.application.identity import Identity
from deskhand.application.importing import Importing
from deskhand.application.inbox import InboxKeeper
from deskhand.application.invitations import Invitations
from deskhand.application.knowledge import Sources
from deskhand.application.language_models import ModelRegister
from deskhand.application.looking_up import LookUp
from deskhand.application.members import Membership
from deskhand.application.password_resets import PasswordResets
from deskhand.application.performing import Performer
from deskhand.application.presence import Presence
from deskhand.application.previews import Previews
from deskhand.application.profiles import Profiles
from deskhand.application.proving import Prover
from deskhand.application.reports import Reports
from deskhand.application.services import Services
from deskhand.application.sessions import Sessions
from deskhand.application.streams import Streams
from deskhand.application.turns import Preparer
from deskhand.application.understanding import Reader
from deskhand.application.visitor_tokens import VisitorTokens
from deskhand.application.visitors import Visitors
from deskhand.application.webhooks import Webhooks
from deskhand.ports.clock import Clock
from deskhand.ports.http import Http
from deskhand.ports.language_model import LanguageModels
from deskhand.ports.mail import Mailer
from deskhand.ports.mcp import Mcp
from deskhand.ports.passwords import Passwords
from deskhand.ports.stores import Stores
from deskhand.ports.transformer import Transformer
from deskhand.ports.understanding import Understanding
from deskhand.ports.vault import Vault
from deskhand.settings import SettingError, Settings
from deskhand.worker.crawling import Crawling
from deskhand.worker.deliveries import Deliveries
from deskhand.worker.digesting import DigestKeeper
from deskhand.worker.inbox import InboxKeeping
from deskhand.worker.pruning import Pruning
from deskhand.worker.timers import Timers


@dataclass(slots=True)
class Running:
    """A Deskhand that is put together; `start` sets its background work going."""

    settings: Settings
    services: Services
    http: Http
    others: tuple[Authenticator | Mcp | Transformer | LanguageModels | Prover | PasswordResets, ...] = ()
    """What else has to be closed."""
    _background: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> int:
        """Finish what an earlier process left, then watch what becomes due; gives how many acts were unfinished."""
        gc.collect()
        gc.freeze()  # what is loaded now stays: the collector need not walk it again and again
        unfinished = await self.services.engine.recover()
        work = {
            "timers": Timers(self.services).run(),
            "webhooks": Deliveries(self.services, self.http).run(),
            "crawling": Crawling(self.services).run(),
            "inbox": InboxKeeping(self.services).run(),
            "digesting": DigestKeeper(self.services).run(),
            "pruning": Pruning(self.services, self.settings.log_days).run(),
        }
        self._background = [asyncio.create_task(one, name=name) for name, one in work.items()]
        return unfinished

    async def close(self) -> None:
        """Stop in order: background work, acts under way, connections, stores."""
        for task in self._background:
            task.cancel()
        for task in self._background:
            with suppress(asyncio.CancelledError):
                await task
        self.services.streams.close()
        await self.services.engine.close()
        await self.services.crawler.close()
        for other in self.others:
            await other.close()
        await self.http.close()
        await self.services.stores.close()


async def build(
    settings: Settings,
    *,
    stores: Stores | None = None,
    http: Http | None = None,
    mcp: Mcp | None = None,
    mailer: Mailer | None = None,
    understanding: Understanding | None = None,
    models: LanguageModels | None = None,
    passwords: Passwords | None = None,
    clock: Clock | None = None,
    lean: bool = False,
) -> Running:
    """Put everything together as the settings say; parts that are given take the place of the usual ones.

    lean: what is needed only once is done in a process of its own, for a server that runs for months.
    """
    if settings.database_url is None or settings.encryption_key is None:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    vault = vault_of(settings)
    clock = clock or SystemClock()
    mailer = mailer or _smtp(settings)
    stores = stores or await open_stores(settings.database, apart=lean)
    http = http or EdgeHttp()
    mailer = mailer or LocalMailbox(stores.mailbox, clock)
    catalogues = Catalogues(stores, vault, clock)
    knowledge, reader = LookUp(stores, OfflinePassages), DocumentReader()
    crawler = Crawler(stores, http, reader, catalogues, clock)
    authenticator = Authenticator(http, catalogues, clock)
    mcp = mcp or McpServers(allow_stdio=settings.mcp_stdio)
    transformer = QuickJsTransformer()
    performer = Performer(http, mailer, mcp, transformer, authenticator, clock)
    streams, inbox = Streams(), InboxKeeper(stores.inbox)
    streams.watchers.append(inbox.note)
    models = models or _models(settings)
    reading = Reader(models, understanding or OfflineUnderstanding(), catalogues, stores, clock)
    hearing = Hearing(stores, reading, knowledge, clock)
    attendance = Attendance(stores, clock)
    engine = Engine(
        stores,
        Preparer(stores, catalogues, hearing, attendance, clock),
        performer,
        catalogues,
        streams,
        clock,
    )
    configuration = Configuration(stores, vault, clock, mcp_stdio=settings.mcp_stdio)
    importing = Importing(stores, http, mcp, performer, catalogues, configuration)
    authoring = Authoring(stores, clock)
    contacts = Contacts(stores, clock)
    digesting = Digesting(stores, streams)
    local_mail = isinstance(mailer, LocalMailbox)
    passwords = passwords or ArgonPasswords()
    sessions = Sessions(stores.accounts, clock)
    prover = Prover(stores.accounts, passwords, clock)
    password_resets = PasswordResets(stores, sessions, prover, passwords, vault, mailer, clock, mails=not local_mail)
    identity, tokens = Identity(stores, vault, clock), VisitorTokens(vault, clock)
    open_to_all = settings.sign_up == "open"
    services = Services(
        stores=stores,
        engine=engine,
        authoring=authoring,
        configuration=configuration,
        models=ModelRegister(stores, vault, models, catalogues, clock),
        catalogues=catalogues,
        performer=performer,
        previews=Previews(stores, catalogues, performer, hearing, attendance, clock),
        importing=importing,
        sources=Sources(stores, reader, clock, crawler.wanted.set),
        knowledge=knowledge,
        crawler=crawler,
        action_templates=ActionTemplates(importing, configuration, authoring),
        contacts=contacts,
        contact_import=ContactImport(contacts, stores, clock),
        audiences=Audiences(stores, clock),
        digesting=digesting,
        reports=Reports(stores, digesting, clock),
        webhooks=Webhooks(stores, configuration, clock),
        channels=Channels(stores, configuration, catalogues, contacts, engine, clock),
        completions=Completions(stores, engine, streams, clock),
        streams=streams,
        presence=Presence(clock, streams.publish_presence),
        attendance=attendance,
        inbox=inbox,
        accounts=Accounts(stores, configuration, sessions, prover, passwords, clock, open_to_all=open_to_all),
        sessions=sessions,
        profiles=Profiles(stores.accounts, sessions, prover, passwords, clock),
        membership=Membership(stores.members, sessions, clock),
        password_resets=password_resets,
        invitations=Invitations(stores, sessions, prover, passwords, mailer, clock, local=local_mail),
        visitors=Visitors(stores, catalogues, configuration, contacts, engine, identity, tokens, clock),
        attachments=Attachments(stores, clock),
        clock=clock,
    )
    return Running(settings, services, http, (authenticator, mcp, transformer, models, prover, password_resets))


def vault_of(settings: Settings) -> Vault:
    """The vault with the keys from the environment, or from a file made at the first start."""
    if settings.encryption_key is not None:
        return AesVault(keys_from_text(settings.encryption_key))
    return AesVault(load_or_create_keys(settings.key_file))


def _models(settings: Settings) -> LanguageModels:
    """Language models, or the recording that takes their place. Raises BadRecording."""
    if settings.model_replay is None:
        return Models()
    from deskhand.adapters.llm.recording import Replay

    return Models(Replay.of(settings.model_replay.expanduser()))


def _smtp(settings: Settings) -> Mailer | None:
    """The SMTP server of the settings, or None where e-mail goes into the local mailbox. Raises SettingError."""
    if settings.smtp_url is None:
        return None
    if settings.mail_from is None:
        raise SettingError("DESKHAND_SMTP_URL is set, so DESKHAND_MAIL_FROM is needed too: the sender's address.")
    return mailer_from_url(settings.smtp_url, settings.mail_from)
