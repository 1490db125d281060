"""The words of status updates: kind, state, origin, step; and how sure we are of one."""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from commitments.models.axes import Verification


class UpdateKind(models.TextChoices):
    PROGRESS = "progress", _("progress")
    NO_CHANGE = "no_change", _("no material change")
    CONTEXT = "context", _("context")


class UpdateState(models.TextChoices):
    """Life of an update (design §5)."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")


IN_REVIEW = (UpdateState.SUBMITTED, UpdateState.APPROVED)
EDITABLE = (UpdateState.DRAFT, UpdateState.RETURNED)


class Origin(models.TextChoices):
    """The route by which it came."""

    WEB = "web", _("web form")
    API = "api", _("API")
    FILE_IMPORT = "file_import", _("file import")
    FACT_IMPORT = "fact_import", _("import of the fact base")


class Step(models.TextChoices):
    """The step that the fact base names; kept and shown beside the stage (design §9)."""

    ANNOUNCED = "announced", _("announced")
    ACCEPTED = "accepted", _("accepted")
    DRAFTING = "drafting", _("being drafted")
    CONSULTATION = "consultation", _("in public consultation")
    IN_PROGRESS = "in_progress", _("in progress")
    ISSUED = "issued", _("issued")
    IN_FORCE = "in_force", _("in force")
    FULFILLED = "fulfilled", _("fulfilled")
    CONTEXT = "context", _("related news")


def verification_of(path: str = "") -> Case:
    """The verification of an update as an expression; `path` leads to it from the queried model.

    Confirmed needs a source accepted as independent by an officer; a fact import never is
    (design §3). Blank where there is no update.
    """
    from commitments.models.evidence import Evidence

    prefix = f"{path}__" if path else ""
    mine = Evidence.objects.filter(update=OuterRef(f"{prefix}pk"))
    accepted = mine.filter(acceptance__isnull=False)
    return Case(
        When(**{f"{prefix}pk__isnull": True}, then=Value("")),
        When(
            Exists(accepted) & ~Q(**{f"{prefix}origin": Origin.FACT_IMPORT}),
            then=Value(Verification.CONFIRMED),
        ),
        When(Exists(mine), then=Value(Verification.EVIDENCED)),
        default=Value(Verification.REPORTED),
        output_field=models.CharField(),
    )
