"""The agent: knowledge, contacts, and what was asked of models."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what the agent needs to understand customers and to know them."""


def downgrade() -> None:
    """Take it away again."""
