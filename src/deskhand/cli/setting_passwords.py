"""Setting a password in a database that no server has open."""

from deskhand.adapters.clock import SystemClock
from deskhand.adapters.passwords import ArgonPasswords
from deskhand.adapters.sql import open_stores
from deskhand.application.profiles import Profiles
from deskhand.application.proving import Prover
from deskhand.application.sessions import Sessions
from deskhand.cli.printing import say
from deskhand.settings import SettingError, Settings

BY = "command line"


async def run(settings: Settings, email: str, password: str) -> None:
    """Set it, and end all sessions of the account. Raises SettingError, RuleError, UnfitPassword and InUse."""
    if settings.database_url is None and not (settings.data / "deskhand.db").exists():
        raise SettingError(f"There is no database in {settings.data}: name the server's data folder with --data.")
    stores = await open_stores(settings.database)
    try:
        clock, passwords = SystemClock(), ArgonPasswords()
        prover, sessions = Prover(stores.accounts, passwords, clock), Sessions(stores.accounts, clock)
        account = await Profiles(stores.accounts, sessions, prover, passwords, clock).reset_password(
            email, password, BY
        )
        places = len(await stores.accounts.memberships(account.id))
    finally:
        await stores.close()
    where = "a member of no workspace" if not places else f"a member of {places} workspace{'s' if places > 1 else ''}"
    say(f"The password of {account.email} is set; all sessions are ended. {account.name} is {where}.")
