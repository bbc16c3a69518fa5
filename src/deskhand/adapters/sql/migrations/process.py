"""Brings a database to the newest form in a process of its own, whose memory is given back: its address comes in."""

import sys


def main() -> int:
    """Migrate the database whose address is read; what went wrong is said in one line."""
    from deskhand.adapters.sql.migrations.migrate import migrate

    try:
        migrate(sys.stdin.read())
    except Exception as error:  # whatever it is, the process that asked says it
        print(f"{error}".strip().splitlines()[0] if str(error).strip() else repr(error))  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
