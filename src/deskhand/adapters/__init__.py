"""Concrete parts: databases, HTTP, mail, understanding."""
