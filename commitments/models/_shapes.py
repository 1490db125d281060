"""Shapes that models share: dates of limited precision, texts in two languages, constraints."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    VI = "vi", _("Vietnamese")
    EN = "en", _("English")


class Speaker(models.TextChoices):
    """Who says it: the body itself, the government, or the press (design §2)."""

    BODY = "body", _("the body itself")
    GOVERNMENT = "government", _("the government")
    PRESS = "press", _("the press")


class Confidence(models.TextChoices):
    """How sure the editors are that it is so."""

    CONFIRMED = "confirmed", _("confirmed")
    PROBABLE = "probable", _("probable")
    UNVERIFIED = "unverified", _("unverified")


class TranslatedMixin(models.Model):
    """Marks which of the two languages is the editors' translation, if either."""

    translated = models.CharField(
        _("editors' translation"), max_length=2, choices=Language, blank=True
    )

    class Meta:
        abstract = True


def amount_field(label: Any, **options: Any) -> Any:
    """A promised or reported quantity: 24 digits before the sign, 6 after it, never a float."""
    return models.DecimalField(label, max_digits=30, decimal_places=6, **options)


def linked(to: str, related_name: str) -> Any:
    """Rows of another table that this one rests on or belongs with; may be none."""
    return models.ManyToManyField(to, related_name=related_name, blank=True)


def limited_text(label: Any) -> "models.CharField[str, str]":
    """A date that may be less precise than a day: 2026, 2026-06, 2026-Q2, 2026-05-31."""
    return models.CharField(label, max_length=10, blank=True)


def limited_is_whole(name: str, field: str, *, required: bool = False) -> models.CheckConstraint:
    """`field`, `field_earliest` and `field_latest` are all there, in order, or all absent."""
    absent = Q(**{field: "", f"{field}_earliest": None, f"{field}_latest": None})
    present = ~Q(**{field: ""}) & Q(
        **{
            f"{field}_earliest__isnull": False,
            f"{field}_latest__isnull": False,
            f"{field}_latest__gte": F(f"{field}_earliest"),
        }
    )
    return models.CheckConstraint(name=name, condition=present if required else absent | present)


def one_language_is_there(name: str, field: str) -> models.CheckConstraint:
    """At least one of `field_vi` and `field_en` says something."""
    return models.CheckConstraint(
        name=name, condition=~Q(**{f"{field}_vi": ""}) | ~Q(**{f"{field}_en": ""})
    )


def value_is_one_of(
    name: str, field: str, choices: type[models.TextChoices], *, blank: bool = False
) -> models.CheckConstraint:
    """The database refuses a word that the vocabulary does not have."""
    values = [*choices.values, *([""] if blank else [])]
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": values}))


def together(name: str, *fields: str) -> models.CheckConstraint:
    """All of the nullable `fields` are set, or none."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__isnull": True for field in fields})
        | Q(**{f"{field}__isnull": False for field in fields}),
    )


def differ(name: str, one: str, other: str) -> models.CheckConstraint:
    """Two people columns never hold the same person; an empty one differs from everybody."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{one}__isnull": True})
        | Q(**{f"{other}__isnull": True})
        | ~Q(**{one: F(other)}),
    )
