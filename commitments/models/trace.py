"""Who wrote a row, when, and by which route: the house's own history, never public."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

if TYPE_CHECKING:
    from commitments.models.user import User


class Route(models.TextChoices):
    """The way by which a change came."""

    WEB = "web", _("web page")
    MAIL_LINK = "mail_link", _("link in a mail")
    API = "api", _("API")
    FILE_IMPORT = "file_import", _("file import")
    FACT_IMPORT = "fact_import", _("import of the fact base")
    SYSTEM = "system", _("the system itself")


class Hand(NamedTuple):
    """Whose hand writes at the moment; nobody's, where the system itself does.

    `who` is asked only when a row is written: to know the person may cost a query.
    """

    route: str
    who: "Callable[[], User | None]"


def _nobody() -> None:
    return None


_NOBODY = Hand(Route.SYSTEM.value, _nobody)
_hand: ContextVar[Hand] = ContextVar("hand", default=_NOBODY)


@contextmanager
def written_by(route: str, who: "Callable[[], User | None]" = _nobody) -> Iterator[None]:
    """Name the route and the person of every row that is written inside."""
    token = _hand.set(Hand(route, who))
    try:
        yield
    finally:
        _hand.reset(token)


def route_now() -> str:
    return _hand.get().route


def _person_now(**_about: Any) -> "User | None":
    return _hand.get().who()


class Traced(models.Model):
    """What each historical row says beside the library's own columns."""

    route = models.CharField(_("route"), max_length=12, choices=Route, default=route_now)

    class Meta:
        abstract = True


class Versions(HistoricalRecords):  # type: ignore[misc]
    """The library's keeper of versions, silent where only left-out columns were written."""

    def post_save(
        self, instance: models.Model, created: bool, using: Any = None, **about: Any
    ) -> None:
        written = about.get("update_fields")
        if created or not written or not set(written) <= set(self.excluded_fields):
            super().post_save(instance, created, using=using, **about)


def history(*excluded: str) -> Any:
    """Keep every version of the model's rows, but for the `excluded` columns.

    Bulk writes by-pass it: a service that needs one uses the library's helpers for them.
    """
    return Versions(
        bases=[Traced],
        get_user=_person_now,
        excluded_fields=list(excluded),
        cascade_delete_history=False,
    )
