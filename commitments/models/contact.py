"""How staff reach a body; never public."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.trace import history


class Contact(models.Model):
    """A person or desk of a body whom the delivery unit may write to or call."""

    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=150)
    post = models.CharField(_("post"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    ended_at = models.DateTimeField(_("no longer since"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["organisation", "name", "pk"]
        constraints = [
            models.CheckConstraint(name="contact_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="contact_can_be_reached", condition=~Q(email="") | ~Q(phone="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
