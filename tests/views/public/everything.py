"""A world with so many of everything, for pages that must not cost more when it grows."""

from datetime import date, timedelta

from tests import factories
from tests.factories.clock import NOW, TODAY

SLUG = "test-whole"
FIRST_DAY = date(2026, 1, 1)


class Everything:
    """One commitment, body, source, indicator and instrument, with ever more on each."""

    def __init__(self):
        self.source = factories.SourceFactory(slug=SLUG)
        self.body = factories.OrganisationFactory(slug=SLUG, name_en="Test whole body")
        self.programme = factories.ProgrammeFactory(
            slug=SLUG, delivery_unit=self.body, missions_said=3
        )
        self.priority = factories.PriorityFactory(programme=self.programme, slug=SLUG)
        self.instrument = factories.InstrumentFactory(slug=SLUG, issuer=self.body)
        self.indicator = factories.IndicatorFactory(slug=SLUG)
        self.commitment = self._commitment(slug=SLUG, kind="national_mission")
        factories.RecordHeadFactory(sequence=1)
        self.user = factories.UserFactory()
        self.made = 0

    def grow(self, number):
        """Add so many of everything."""
        for _each in range(number):
            self.made += 1
            self._bodies()
            self._commitments()
            self._plan()
            self._said()
            self._findings()

    def _commitment(self, **columns):
        commitment = factories.CommitmentFactory(
            programme=self.programme,
            priority=self.priority,
            due="2026-12",
            due_earliest=date(2026, 12, 1),
            due_latest=date(2026, 12, 31),
            **columns,
        )
        commitment.sources.add(self.source)
        commitment.instruments.add(self.instrument)
        return commitment

    def _bodies(self):
        source = factories.SourceFactory()
        body = factories.OrganisationFactory()
        programme = factories.ProgrammeFactory(delivery_unit=body)
        factories.PriorityFactory(programme=programme).sources.add(self.source)
        priority = factories.PriorityFactory(programme=self.programme)
        for row in (body, self.body, priority, self.priority, self.instrument, self.commitment):
            row.sources.add(source, self.source)
        acceptance = factories.AcceptanceFactory(programme=self.programme, organisation=body)
        acceptance.commitments.add(self.commitment)
        mine = factories.AcceptanceFactory(programme=programme, organisation=self.body)
        for row in (acceptance, mine):
            row.sources.add(self.source)
        factories.InstrumentFactory(issuer=self.body).sources.add(self.source)
        self.commitment.instruments.add(factories.InstrumentFactory(issuer=body))
        factories.ParticipationFactory(
            commitment=self.commitment, organisation=body, role="partner"
        ).sources.add(source)

    def _commitments(self):
        for kind in ("government_task", "national_mission", "corporate_pledge"):
            commitment = self._commitment(kind=kind)
            lead = factories.ParticipationFactory(commitment=commitment, organisation=self.body)
            lead.sources.add(self.source)
        late = self._commitment(kind="corporate_pledge")
        late.due, late.due_earliest, late.due_latest = "2026-05-01", *[date(2026, 5, 1)] * 2
        late.save()
        update = factories.StatusUpdateFactory(commitment=late, is_imported=True)
        factories.EvidenceFactory(update=update, source=self.source)
        factories.MilestoneFactory(commitment=late).sources.add(self.source)

    def _plan(self):
        number = self.made
        change = factories.ChangeRequestFactory(
            commitment=self.commitment,
            kind="text_found",
            requester=self.user,
            decision="approved",
            decider=factories.UserFactory(),
            decided_at=NOW,
            source=self.source,
        )
        original = {} if number == 1 else {"kind_of_change": "text_found", "change": change}
        factories.WordingFactory(commitment=self.commitment, number=number, **original).sources.add(
            self.source
        )
        self.target = factories.TargetFactory(
            commitment=self.commitment, metric="test", unit="percent", value=number
        )
        factories.MilestoneFactory(commitment=self.commitment)
        starts_on = FIRST_DAY + timedelta(days=7 * number)
        period = factories.ReportingPeriodFactory(
            programme=self.programme,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=6),
            opens_on=starts_on + timedelta(days=7),
            due_on=starts_on + timedelta(days=8),
            locks_on=starts_on + timedelta(days=9),
        )
        factories.ObligationFactory(commitment=self.commitment, period=period)

    def _said(self):
        update = factories.StatusUpdateFactory(
            commitment=self.commitment, body=self.body, is_published=True
        )
        evidence = factories.EvidenceFactory(update=update, source=self.source)
        factories.EvidenceAcceptanceFactory(evidence=evidence)
        factories.MeasurementFactory(update=update, target=self.target)
        factories.RetractionFactory(update=update)
        factories.StatusUpdateFactory(
            commitment=self.commitment,
            body=self.body,
            is_published=True,
            corrects=update,
            correction_reason_en="Test reason",
        )

    def _findings(self):
        for row in (
            factories.RecognitionFactory(organisation=self.body, commitment=self.commitment),
            factories.RecordNoteFactory(instrument=self.instrument),
            factories.RecordNoteFactory(instrument=None, indicator=self.indicator),
            factories.ContradictionFactory(),
        ):
            row.sources.add(self.source)
        factories.GapFactory()
        for indicator in (self.indicator, factories.IndicatorFactory()):
            factories.IndicatorPointFactory(
                indicator=indicator, source=self.source, value=self.made
            )
        factories.PublicEventFactory(commitment=self.commitment, effective_on=TODAY)
