"""Which form a database has, asked without loading Alembic."""

from deskhand.domain.errors import DeskhandError

REVISIONS = ("0001",)
"""Every form that this version of Deskhand knows, the newest last."""

QUESTION = "SELECT version_num FROM alembic_version"


class UnknownForm(DeskhandError):
    """The database was made by a newer Deskhand."""


def is_newest(found: str | None, where: str) -> bool:
    """Whether nothing is to be done. Raises UnknownForm for what only a newer Deskhand can know."""
    if found is not None and found not in REVISIONS:
        raise UnknownForm(
            f"The database {where} has the form `{found}`, which this version of Deskhand does not know: "
            f"it was made by a newer one. Install that version, or give a backup from before the update."
        )
    return found == REVISIONS[-1]
