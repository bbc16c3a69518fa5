"""Protocols between the application and the outside world."""
