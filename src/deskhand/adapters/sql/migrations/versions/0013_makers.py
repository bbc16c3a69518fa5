"""Which member made an API key, and sent an invitation: what they leave behind ends with them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_ADDED = (("api_keys", "made_by"), ("invitations", "inviter"))
_COMMENT = "UUIDv7; its prefix is put back on reading"


def upgrade() -> None:
    """Add both columns; who made what is there already is not known."""
    for table, name in _ADDED:
        op.add_column(table, sa.Column(name, sa.LargeBinary(16), nullable=True, comment=_COMMENT))


def downgrade() -> None:
    """Take them away again."""
    for table, name in _ADDED:
        op.drop_column(table, name)
