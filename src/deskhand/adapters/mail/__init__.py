"""Where e-mail goes."""
