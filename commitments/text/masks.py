"""What stands in place of what not every reader may read."""

HIDDEN = "•••"


def masked_address(email: str) -> str:
    """Enough of an e-mail address for its owner to know it: `a•••@example.org`."""
    name, _at, host = email.rpartition("@")
    return f"{name[:1]}{HIDDEN}@{host}"
