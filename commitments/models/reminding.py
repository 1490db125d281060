"""How reminding is set up and how it runs: own steps, what is muted, pauses, the heartbeat."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import together, value_is_one_of
from commitments.models.notice import Rule
from commitments.models.trace import history


class Topic(models.TextChoices):
    """What a person may ask not to be told; everything else is always said (design §6)."""

    OPENED = "R1", _("a reporting period has opened")
    DUE_SOON = "R4", _("a milestone or commitment falls due in some weeks")
    REVIEW = "R5", _("an update waits for my review")
    CHANGES = "R7", _("a change request waits for a decision")


class RuleSteps(models.Model):
    """A programme's own steps of one rule, in place of the usual ones.

    `steps` is a list of objects, lowest first: `{"offset": -5, "unit": "wd", "to": ["reporter"]}`;
    an empty list switches the rule off. Read and checked by `rules/reminders/overrides.py`.
    """

    programme = models.ForeignKey("Programme", models.PROTECT, related_name="rule_steps")
    rule = models.CharField(_("rule"), max_length=2, choices=Rule)
    steps = models.JSONField(_("steps"), default=list)
    version = models.PositiveIntegerField(_("version"), default=1)
    history = history()

    class Meta:
        verbose_name = _("own steps of a rule")
        verbose_name_plural = _("own steps of rules")
        ordering = ["programme", "rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "rule"], name="rule_steps_are_one_per_programme"
            ),
            models.CheckConstraint(
                name="rule_steps_are_of_a_rule_that_comes_by_itself",
                condition=Q(rule__in=[rule for rule in Rule.values if rule != Rule.N1]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.rule}"


class Mute(models.Model):
    """A person is not told of a topic, until they take it back."""

    person = models.ForeignKey("User", models.PROTECT, related_name="mutes")
    topic = models.CharField(_("topic"), max_length=2, choices=Topic)
    since_at = models.DateTimeField(_("since"))
    history = history()

    class Meta:
        verbose_name = _("muted topic")
        verbose_name_plural = _("muted topics")
        ordering = ["person", "topic"]
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="mute_is_one_per_topic"),
            value_is_one_of("mute_topic_is_known", "topic", Topic),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.topic}"


class PauseQuerySet(models.QuerySet["Pause"]):
    """The questions asked of pauses."""

    def open(self) -> Self:
        return self.filter(resumed_at__isnull=True)


class Pause(models.Model):
    """While it is open no reminder of the programme goes out; planning goes on."""

    programme = models.ForeignKey("Programme", models.PROTECT, related_name="pauses")
    reason = models.TextField(_("reason"))
    paused_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(_("paused at"))
    resumed_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    resumed_at = models.DateTimeField(_("resumed at"), null=True, blank=True)
    objects = PauseQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("pause of reminders")
        verbose_name_plural = _("pauses of reminders")
        ordering = ["-paused_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(resumed_at__isnull=True),
                name="pause_is_one_at_a_time_per_programme",
            ),
            models.CheckConstraint(name="pause_gives_a_reason", condition=~Q(reason="")),
            together("pause_resumed_by_somebody_at_a_time", "resumed_by", "resumed_at"),
            models.CheckConstraint(
                name="pause_ends_after_it_starts",
                condition=Q(resumed_at__isnull=True) | Q(resumed_at__gte=F("paused_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.paused_at}"


class Heartbeat(models.Model):
    """What is known of the runs of one job: one row a job, written by the job itself.

    `finished_at` is when a run last came to its end without an error, `last_error` what the last
    run broke off with; empty again after the next good one. `leased_until` keeps a second run
    from starting beside the first; `alarmed_at` is when the last alarm about it went out, None
    while all is as it should be.
    """

    job = models.CharField(_("job"), max_length=40, unique=True)
    started_at = models.DateTimeField(_("last started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("last finished at"), null=True, blank=True)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    took_ms = models.PositiveIntegerField(_("milliseconds taken"), null=True, blank=True)
    found = models.JSONField(_("what the last run did"), default=dict, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    alarmed_at = models.DateTimeField(_("alarm raised at"), null=True, blank=True)

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        ordering = ["job"]

    def __str__(self) -> str:
        return self.job
