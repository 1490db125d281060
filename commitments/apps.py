"""The one application of the product."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "commitments"
    verbose_name = _("Cam Kết")
    default_auto_field = "django.db.models.BigAutoField"
