"""The visitor service: what the widget on a company's pages talks to. It takes visitor tokens, never keys."""
