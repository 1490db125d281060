"""What staff keep for themselves: saved views of lists, and notes that are never public."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.trace import history

if TYPE_CHECKING:
    from commitments.models.user import User


class SavedView(models.Model):
    """A person's own name for a list with its filters, order and columns."""

    owner = models.ForeignKey("User", models.CASCADE, related_name="saved_views")
    page = models.CharField(_("list"), max_length=40, default="commitments")
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(_("filters, order and columns"), max_length=2000, blank=True)
    is_default = models.BooleanField(_("shown first"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "page", "name"], name="saved_view_name_is_one_per_list"
            ),
            models.UniqueConstraint(
                fields=["owner", "page"],
                condition=Q(is_default=True),
                name="saved_view_default_is_at_most_one",
            ),
            models.CheckConstraint(name="saved_view_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class InternalNoteQuerySet(models.QuerySet["InternalNote"]):
    """The questions asked of internal notes."""

    def visible_to(self, user: "User") -> Self:
        """Those of the own bodies, and those shared between lead and delivery unit.

        Whoever asks has to be let see the thing that the note is about, too.
        """
        bodies = {organisation for organisation, _role in user.roles}
        return self.filter(
            Q(organisation__in=bodies) | Q(organisation__merged_into__in=bodies) | Q(is_shared=True)
        )


class InternalNote(models.Model):
    """A remark beside the public text, about exactly one thing; never serialised to the public."""

    commitment = models.ForeignKey(
        "Commitment", models.PROTECT, related_name="notes", null=True, blank=True
    )
    update = models.ForeignKey(
        "StatusUpdate", models.PROTECT, related_name="notes", null=True, blank=True
    )
    change = models.ForeignKey(
        "ChangeRequest", models.PROTECT, related_name="notes", null=True, blank=True
    )
    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="notes_written")
    is_shared = models.BooleanField(
        _("shared between the responsible body and the delivery unit"), default=False
    )
    text = models.TextField(_("note"))
    author = models.ForeignKey("User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))
    objects = InternalNoteQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="note_is_about_one_thing",
                condition=Q(commitment__isnull=False, update__isnull=True, change__isnull=True)
                | Q(commitment__isnull=True, update__isnull=False, change__isnull=True)
                | Q(commitment__isnull=True, update__isnull=True, change__isnull=False),
            ),
            models.CheckConstraint(name="note_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:60]
