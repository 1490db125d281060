"""Files that staff handed in: kept once, under the hash of their content."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """The bytes of one upload. Its type was read from the content, not from the name.

    Public only through a published source that names it; else seen by those who may see what it
    belongs to.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    content = models.FileField(_("content"), upload_to="files/%Y/%m", max_length=200)
    uploaded_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"))

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
