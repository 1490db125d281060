"""The questions asked of status updates: who sees them, for whom they wait."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce

from commitments.models._update_words import IN_REVIEW, Origin, UpdateState, verification_of
from commitments.models.organisation import Membership
from commitments.models.review import OF_ITS_HANDS, ReviewAction

if TYPE_CHECKING:
    from commitments.models.update import StatusUpdate  # noqa: F401  (named in a string)
    from commitments.models.user import User


class StatusUpdateQuerySet(models.QuerySet["StatusUpdate"]):
    """The questions asked of updates."""

    def public(self) -> Self:
        return self.filter(state=UpdateState.PUBLISHED, commitment__published_at__isnull=False)

    def real(self) -> Self:
        return self.filter(commitment__programme__is_demo=False)

    def standing(self) -> Self:
        """Published ones that nobody retracted and no later one corrects."""
        published = self.model._default_manager.filter(state=UpdateState.PUBLISHED)
        # Asked once as a list and not row by row: SQLite would look through all for each.
        corrected = published.filter(corrects__isnull=False).values("corrects")
        return self.public().filter(~Q(pk__in=corrected), retraction__isnull=True)

    def visible_to(self, user: "User | None") -> Self:
        """Published ones; those of the own body; and what was handed in, for its officers."""
        if user is None or not user.is_authenticated:
            return self.public()
        own = user.organisations_as("reporter", "approver")
        units = user.organisations_as("officer")
        return self.filter(
            Q(state=UpdateState.PUBLISHED, commitment__published_at__isnull=False)
            | Q(body__in=own)
            | (
                Q(commitment__programme__delivery_unit__in=units)
                & Q(submitted_at__isnull=False)
                & ~Q(origin=Origin.FACT_IMPORT)
            )
        )

    def of_others(self, user: "User") -> Self:
        """Those that are not the person's own work: neither written nor handed in by them."""
        worked = ReviewAction.objects.filter(
            update=OuterRef("pk"), person=user, deed__in=OF_ITS_HANDS
        )
        return self.exclude(author=user).filter(~Exists(worked))

    def waiting_for_approver(self, user: "User") -> Self:
        """Submitted by the person's own body, by somebody else, where it has an approver."""
        return self.of_others(user).filter(
            state=UpdateState.SUBMITTED,
            body__in=user.organisations_as("approver"),
            body__skips_approver=False,
        )

    def ready(self) -> Self:
        """Approved ones, or submitted by a body without approver: the officer is next."""
        skips = Q(state=UpdateState.SUBMITTED, body__skips_approver=True)
        return self.filter(Q(state=UpdateState.APPROVED) | skips)

    def delivered_by(self, user: "User") -> Self:
        units = user.organisations_as("officer")
        return self.filter(commitment__programme__delivery_unit__in=units)

    def waiting_for_officer(self, user: "User") -> Self:
        """Ready ones of the officer's programmes for which no time is set yet."""
        mine = self.of_others(user).ready().delivered_by(user)
        return mine.filter(release_at__isnull=True).exclude(approver=user)

    def waiting_for(self, user: "User") -> Self:
        """What the person has to approve or publish, the longest waiting first."""
        approvals = self.waiting_for_approver(user).values("pk")
        publications = self.waiting_for_officer(user).values("pk")
        both = self.filter(Q(pk__in=approvals) | Q(pk__in=publications))
        since = Coalesce("approved_at", "submitted_at")
        return both.annotate(waits_since=since).order_by("waits_since", "pk")

    def without_approver(self) -> Self:
        """Handed in where the body has to sign off, but has nobody to do so but who wrote it."""
        hands = ReviewAction.objects.filter(update=OuterRef(OuterRef("pk")), deed__in=OF_ITS_HANDS)
        approvers = (
            Membership.objects.current()
            .filter(organisation=OuterRef("body"), role="approver", user__is_active=True)
            .exclude(user=OuterRef("author"))
            .exclude(user__in=hands.values("person"))
        )
        return self.filter(
            ~Exists(approvers), state=UpdateState.SUBMITTED, body__skips_approver=False
        )

    def to_release(self, now: datetime) -> Self:
        """Those whose time to be published has come."""
        return self.filter(release_at__lte=now, state__in=IN_REVIEW)

    def with_verification(self) -> Self:
        return self.annotate(verification=verification_of())

    def for_history(self) -> Self:
        """Load what a time line shows, newest first; of corrections only what is published."""
        published = self.model._default_manager.filter(state=UpdateState.PUBLISHED)
        return (
            self.with_verification()
            .select_related("commitment", "body", "corrects", "retraction")
            .prefetch_related(
                Prefetch("corrections", queryset=published.order_by("number")),
                "evidence__source__file",
                "evidence__acceptance",
                "measurements__target",
            )
            .order_by("-as_of_on", "-published_at", "-pk")
        )
