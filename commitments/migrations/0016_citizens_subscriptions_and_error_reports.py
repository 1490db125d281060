"""Citizens who follow the record by mail and report errors, and the mails to them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0015_search_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="ErrorReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form_id", models.CharField(max_length=40, unique=True)),
                (
                    "object_kind",
                    models.CharField(blank=True, max_length=40, verbose_name="kind of object"),
                ),
                (
                    "object_key",
                    models.CharField(blank=True, max_length=200, verbose_name="key of the object"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, verbose_name="of the demonstration"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("vi", "Vietnamese"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("wrong", models.TextField(verbose_name="what is wrong")),
                ("right", models.TextField(blank=True, verbose_name="what should stand")),
                ("source", models.TextField(blank=True, verbose_name="source")),
                (
                    "contact",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                (
                    "contact_confirmed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="address confirmed at"
                    ),
                ),
                ("nonce", models.CharField(max_length=40, unique=True)),
                ("received_at", models.DateTimeField(verbose_name="received at")),
                (
                    "shown_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="shown in public since"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("answered", "answered"),
                            ("accepted", "accepted"),
                            ("rejected", "rejected"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answer_vi", models.TextField(blank=True, verbose_name="answer in Vietnamese")),
                ("answer_en", models.TextField(blank=True, verbose_name="answer in English")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered at"),
                ),
                (
                    "corrected_by",
                    models.PositiveBigIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="sequence of the event that corrected it",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="error_reports",
                        to="commitments.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of an error",
                "verbose_name_plural": "reports of errors",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["state", "programme"], name="error_report_by_state")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "answered", "accepted", "rejected"])
                        ),
                        name="error_report_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["vi", "en"])),
                        name="error_report_language_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("object_key", ""), ("object_kind", "")),
                            models.Q(
                                models.Q(("object_kind", ""), _negated=True),
                                models.Q(("object_key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="error_report_names_a_thing_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wrong", ""), _negated=True),
                        name="error_report_says_what_is_wrong",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer_en", ""),
                                ("answer_vi", ""),
                                ("answered_at__isnull", True),
                                ("state", "open"),
                            ),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("answered_at__isnull", False),
                                models.Q(
                                    models.Q(("answer_vi", ""), _negated=True),
                                    models.Q(("answer_en", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="error_report_answered_iff_not_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrected_by__isnull", True), ("state", "accepted"), _connector="OR"
                        ),
                        name="error_report_corrected_only_if_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contact_confirmed_at__isnull", True),
                            models.Q(("contact", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="error_report_confirms_an_address_that_is_there",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErrorReportDeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("shown", "shown in public"),
                            ("hidden", "taken from public view"),
                            ("answered", "answered"),
                            ("accepted", "accepted"),
                            ("rejected", "rejected"),
                            ("linked", "linked to its correction"),
                        ],
                        max_length=10,
                        verbose_name="deed",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deeds",
                        to="commitments.errorreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "deed on a report of an error",
                "verbose_name_plural": "deeds on reports of errors",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "deed__in",
                                [
                                    "received",
                                    "shown",
                                    "hidden",
                                    "answered",
                                    "accepted",
                                    "rejected",
                                    "linked",
                                ],
                            )
                        ),
                        name="error_deed_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", True), ("deed", "received")),
                            models.Q(
                                models.Q(("deed", "received"), _negated=True), ("by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="error_deed_is_by_somebody_unless_received",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, unique=True, verbose_name="e-mail address"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("vi", "Vietnamese"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("nonce", models.CharField(max_length=40, unique=True)),
                (
                    "through_sequence",
                    models.PositiveBigIntegerField(default=0, verbose_name="told up to event"),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
            ],
            options={
                "verbose_name": "subscriber",
                "verbose_name_plural": "subscribers",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["vi", "en"])),
                        name="subscriber_language_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("everything", "everything"),
                            ("commitment", "commitment"),
                            ("organisation", "organisation"),
                            ("priority", "priority"),
                            ("search", "search"),
                        ],
                        max_length=12,
                        verbose_name="what is followed",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=500, verbose_name="which")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
                ),
                (
                    "since_sequence",
                    models.PositiveBigIntegerField(default=0, verbose_name="since event"),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="commitments.subscriber",
                    ),
                ),
            ],
            options={
                "verbose_name": "subscription",
                "verbose_name_plural": "subscriptions",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subscriber", "kind", "key"), name="subscription_is_one_per_thing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), ("kind", "everything")),
                            models.Q(
                                models.Q(("kind", "everything"), _negated=True),
                                models.Q(("key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="subscription_names_what_it_follows",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["everything", "commitment", "organisation", "priority", "search"],
                            )
                        ),
                        name="subscription_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CitizenMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirm", "link that confirms a subscription"),
                            ("weekly", "changes of the week"),
                            ("report", "link that confirms the address of a report"),
                            ("answer", "answer to a report of an error"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "week_on",
                    models.DateField(blank=True, null=True, verbose_name="Monday of the week"),
                ),
                (
                    "through_sequence",
                    models.PositiveBigIntegerField(default=0, verbose_name="up to event"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "failed, will be tried again"),
                            ("dead", "given up"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("next_try_at", models.DateTimeField(verbose_name="next try at")),
                (
                    "leased_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="leased until"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=300, verbose_name="last error"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="commitments.errorreport",
                    ),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="commitments.subscriber",
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="commitments.subscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail to a citizen",
                "verbose_name_plural": "mails to citizens",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["state", "next_try_at"], name="citizen_mail_by_next_try")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["planned", "sending", "sent", "failed", "dead", "cancelled"],
                            )
                        ),
                        name="citizen_mail_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "weekly")),
                        fields=("subscriber", "week_on"),
                        name="citizen_mail_is_one_per_subscriber_and_week",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "answer")),
                        fields=("report",),
                        name="citizen_mail_answers_a_report_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "weekly"),
                                ("subscriber__isnull", False),
                                ("week_on__isnull", False),
                            ),
                            models.Q(
                                ("kind", "confirm"),
                                ("subscriber__isnull", False),
                                ("subscription__isnull", False),
                            ),
                            models.Q(
                                ("kind__in", ("report", "answer")),
                                ("report__isnull", False),
                                ("subscriber__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="citizen_mail_is_about_what_its_kind_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="citizen_mail_sent_at_iff_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("leased_until__isnull", False), ("state", "sending")),
                            models.Q(
                                models.Q(("state", "sending"), _negated=True),
                                ("leased_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="citizen_mail_leased_iff_sending",
                    ),
                ],
            },
        ),
    ]
