"""Bodies that are answerable, and who acts for them."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import (
    limited_is_whole,
    limited_text,
    linked,
    one_language_is_there,
    value_is_one_of,
)
from commitments.models.trace import history


class OrganisationKind(models.TextChoices):
    COMPANY = "company", _("company")
    BROADCASTER = "broadcaster", _("broadcaster")
    MINISTRY = "ministry", _("ministry")
    CENTRAL_BANK = "central_bank", _("central bank")
    GOVERNMENT = "government", _("government")
    LEGISLATURE = "legislature", _("legislature")
    PARTY_BODY = "party_body", _("party body")
    ASSOCIATION = "association", _("association")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """The questions asked of organisations."""

    def public(self) -> Self:
        return self.filter(published_at__isnull=False)

    def real(self) -> Self:
        """Of the record, not of the demonstration (design §9)."""
        return self.filter(is_demo=False)


class Organisation(models.Model):
    """A ministry, firm or other body."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    website = models.URLField(_("web site"), max_length=500, blank=True)
    sources = linked("Source", "organisations")
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="predecessors", null=True, blank=True
    )
    merged = limited_text(_("merged on"))
    merged_earliest = models.DateField(null=True, blank=True, editable=False)
    merged_latest = models.DateField(null=True, blank=True, editable=False)
    merger_source = models.ForeignKey(
        "Source", models.PROTECT, related_name="+", null=True, blank=True
    )
    skips_approver = models.BooleanField(
        _("a single person reports: no approver in the house"), default=False
    )
    is_demo = models.BooleanField(_("invented, for the demonstration"), default=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    objects = OrganisationQuerySet.as_manager()
    history = history("search_text")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]
        constraints = [
            one_language_is_there("organisation_has_a_name", "name"),
            models.CheckConstraint(
                name="organisation_merged_into_another_on_a_day",
                condition=Q(merged_into__isnull=True, merged="")
                | (Q(merged_into__isnull=False) & ~Q(merged="")),
            ),
            limited_is_whole("organisation_merged_is_whole", "merged"),
            models.CheckConstraint(
                name="organisation_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="organisation_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
            value_is_one_of("organisation_kind_is_known", "kind", OrganisationKind),
        ]

    def __str__(self) -> str:
        return self.name_vi or self.name_en


class Role(models.TextChoices):
    """Roles of design §5."""

    REPORTER = "reporter", _("reporter")
    APPROVER = "approver", _("approver")
    SENIOR_OFFICIAL = "senior_official", _("senior official")
    OFFICER = "officer", _("delivery-unit officer")
    ASSESSOR = "assessor", _("assessor")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("programme administrator")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """The questions asked of memberships."""

    def current(self) -> Self:
        """Those that were not ended; no service gives a role that begins on a later day."""
        return self.filter(ended_on__isnull=True)

    def people(self, organisation_id: int, *roles: str) -> Self:
        """Current members of a body in one of `roles` who may log in."""
        return self.current().filter(
            organisation_id=organisation_id, role__in=roles, user__is_active=True
        )


class Membership(models.Model):
    """A person's role in a body, from a day until it ends."""

    user = models.ForeignKey("User", models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    started_on = models.DateField(_("since"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    objects = MembershipQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ended_on__isnull=True),
                name="membership_role_is_held_once_at_a_time",
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
            ),
            value_is_one_of("membership_role_is_known", "role", Role),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.organisation}"
