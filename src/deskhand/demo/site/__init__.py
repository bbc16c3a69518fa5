"""The demo shop's own pages, with Deskhand's chat in them, as a company would put it into theirs."""
