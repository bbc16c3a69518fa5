"""SQLite and PostgreSQL behind the same ports."""

from deskhand.adapters.sql.open import open_stores

__all__ = ["open_stores"]
