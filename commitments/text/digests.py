"""Sums of files as headers and other formats spell them."""

import base64


def repr_digest(sha256: str) -> str:
    """The header `Repr-Digest` (RFC 9530) out of 64 hexadecimal digits."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
