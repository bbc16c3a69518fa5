"""The demo: a made-up shop for Deskhand to act on."""
