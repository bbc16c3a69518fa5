"""`python -m deskhand`."""

from deskhand.cli.main import app

app()
