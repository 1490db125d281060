"""Keeps what is computed from the record in step with it; asked by readers, never by deeds."""

from commitments.services.read_models import documents, standings

__all__ = ["documents", "standings"]
