"""What rests on a source, and which contradictions bear on a figure."""

from commitments.reports.findings import contradictions_on
from commitments.reports.resting import resting_on
from tests import factories


def test_resting_on_names_everything_published(db, django_assert_num_queries):
    source = factories.SourceFactory()
    commitment = factories.CommitmentFactory(slug="one", title_en="Test one")
    part = factories.ParticipationFactory(commitment=commitment)
    wording = factories.WordingFactory(commitment=commitment)
    update = factories.StatusUpdateFactory(commitment=commitment, is_published=True)
    factories.EvidenceFactory(update=update, source=source)
    hidden = factories.StatusUpdateFactory(commitment=commitment, is_submitted=True)
    factories.EvidenceFactory(update=hidden, source=source)
    body = factories.OrganisationFactory(slug="body", name_en="Test <body>")
    instrument = factories.InstrumentFactory(slug="decree", title_en="Test decree")
    rows = [
        part,
        wording,
        body,
        instrument,
        factories.CommitmentFactory(is_draft=True),
        factories.OrganisationFactory(published_at=None),
        factories.RecognitionFactory(what_en="Test honour", organisation=body),
        factories.RecognitionFactory(what_en="Test prize"),
        factories.RecordNoteFactory(instrument=instrument, summary_en="Test news"),
        factories.ContradictionFactory(number=7, topic_en="Test topic"),
    ]
    for row in rows:
        row.sources.add(source)

    with django_assert_num_queries(10):
        found = resting_on(source)

    assert [(str(group.heading), [tuple(link) for link in group.links]) for group in found] == [
        ("Commitments", [("Test one", "/en/commitments/one/")]),
        ("Updates", [("1 June 2026: Test one", "/en/commitments/one/updates/1/")]),
        ("Instruments", [("Test decree", "/en/instruments/decree/")]),
        ("Organisations", [("Test &lt;body&gt;", "/en/organisations/body/")]),
        (
            "Recognitions",
            [("Test honour", "/en/organisations/body/"), ("Test prize", "")],
        ),
        ("News on instruments and indicators", [("Test news", "/en/instruments/decree/")]),
        ("Contradictions", [("Test topic", "/en/gaps/#contradiction-7")]),
    ]


def test_contradictions_on_an_indicator_share_at_least_half_of_their_sources(db):
    indicator = factories.IndicatorFactory()
    mine, also_mine = (
        factories.IndicatorPointFactory(indicator=indicator, value=value).source for value in (1, 2)
    )
    strangers = [factories.SourceFactory() for _each in range(3)]
    shares = [
        [mine],
        [mine, strangers[0]],
        [mine, strangers[0], strangers[1]],
        [mine, also_mine, *strangers],
        [strangers[0]],
        [],
    ]
    for number, sources in enumerate(shares, start=1):
        factories.ContradictionFactory(number=number).sources.set(sources)

    assert [found.number for found in contradictions_on(indicator)] == [1, 2]
