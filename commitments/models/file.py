"""Files that staff handed in: kept once, under the hash of their content."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from commitments.models.update import StatusUpdate
    from commitments.models.user import User


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """The questions asked of files."""

    def visible_to(self, user: "User") -> Self:
        """Public ones, one's own, and those of an update that the person may see."""
        from commitments.models.update import StatusUpdate

        updates = StatusUpdate.objects.visible_to(user).values("pk")
        return self.filter(
            Q(uploaded_by=user)
            | Q(sources__published_at__isnull=False)
            | Q(sources__evidence__update__in=updates)
        ).distinct()

    def for_author(self, author: "User", update: "StatusUpdate | None") -> Self:
        """Those that the author of an update may put into it: their own, public ones, and what
        is in it already."""
        usable = Q(uploaded_by=author) | Q(sources__published_at__isnull=False)
        if update is not None:
            usable |= Q(sources__evidence__update=update.pk)
        return self.filter(usable).distinct()

    def unused(self) -> Self:
        """Those that nothing rests on, whatever may refer to files one day."""
        referring = [one.get_accessor_name() for one in self.model._meta.related_objects]
        return self.filter(
            **{f"{name}__isnull": True for name in referring if name and not name.endswith("+")}
        )


class StoredFile(models.Model):
    """The bytes of one upload. Its type was read from the content, not from the name.

    Public only through a published source that names it; else seen by those who may see what it
    belongs to.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    content = models.FileField(_("content"), upload_to="%Y/%m", max_length=200)
    uploaded_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"))
    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-uploaded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "uploaded_by"], name="file_is_kept_once_per_person"
            ),
            models.CheckConstraint(name="file_is_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name
