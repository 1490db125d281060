"""Sends what a page asks of the record to the past while somebody is there."""

from contextvars import ContextVar
from typing import Any

from django.db.models import Model

ALIAS = "as_of"
LIVE = frozenset(
    {
        "publicevent",
        "recordhead",
        "user",
        "errorreport",
        "errorreportdeed",
        "subscription",
        "subscriber",
        "release",
        "webhook",
        "webhookdelivery",
    }
)
"""What is no past: the events themselves, and what is not told by them."""

is_past: ContextVar[bool] = ContextVar("is_past", default=False)


class PastRouter:
    """While `is_past`, the tables of the record are those of the day that was entered."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        return self._of(model)

    def db_for_write(self, model: type[Model], **_hints: Any) -> str | None:
        return self._of(model)

    def _of(self, model: type[Model]) -> str | None:
        if not is_past.get() or model._meta.app_label != "commitments":
            return None
        return None if model._meta.model_name in LIVE else ALIAS
