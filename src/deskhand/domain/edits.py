"""What a member may edit in an approval's request, and what was edited."""

from deskhand.domain.deciding import Person
from deskhand.domain.model import Json, Record, sparse
from deskhand.domain.problems import Invalid
from deskhand.domain.values import TypeName


class UnfitEdit(Invalid):
    """The edited values do not fit."""


class Editable(Record):
    """One value that the request was made of."""

    name: str
    """As it is written in templates: `amount`, `order.total`."""
    label: str
    description: str = sparse("")
    type: TypeName = "text"
    choices: tuple[str, ...] = ()
    value: Json = None
    """None also where nobody may read it."""
    required: bool = True
    sensitive: bool = False
    max_length: int | None = sparse(None)


class Change(Record):
    """One value that was edited; what nobody may read is masked."""

    name: str
    label: str
    before: Json
    after: Json


class Revision(Record):
    """One edit by one member."""

    by: Person
    at: int
    changes: tuple[Change, ...]


class Revised(Record):
    """A request that was edited: its first form, and what was changed since."""

    request: dict[str, Json]
    """As members may see it."""
    description: str
    revisions: tuple[Revision, ...]
