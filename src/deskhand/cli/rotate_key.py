"""`deskhand rotate-key`: change the encryption key."""

import asyncio

from deskhand.cli.serve import Data
from deskhand.settings import from_environment


def rotate_key(data: Data = None) -> None:
    """Encrypt all secrets with a new key. Stop the server first.

    It may be broken off at any point and run again. Until it has finished, both keys are kept.
    """
    settings = from_environment(data=data)
    from deskhand.cli import rotating

    asyncio.run(rotating.run(settings))
