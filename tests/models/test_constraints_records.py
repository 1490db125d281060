"""Constraints of findings, indicators, instruments, reminders and the chain of events."""

import pytest

from tests import factories as f
from tests.factories.clock import NOW
from tests.models.breaking import Rule, cases, in_a_language, known, once, whole


def _user(row):
    return f.UserFactory()


def _digest(row):
    return f.DigestFactory(recipient=row.recipient)


FINDINGS = [
    in_a_language("recognition_says_what", f.RecognitionFactory, "what"),
    known("recognition_speaker_is_known", f.RecognitionFactory, "speaker", "press"),
    Rule(
        "note_is_on_one_subject",
        f.RecordNoteFactory,
        {},
        [{"instrument": None}, {"indicator": lambda row: f.IndicatorFactory()}],
        [{"instrument": None, "indicator": lambda row: f.IndicatorFactory()}],
    ),
    in_a_language("note_has_a_summary", f.RecordNoteFactory, "summary"),
    known("note_speaker_is_known", f.RecordNoteFactory, "speaker", "body"),
    known("note_step_is_known", f.RecordNoteFactory, "step", "issued"),
    in_a_language("contradiction_has_a_topic", f.ContradictionFactory, "topic"),
    in_a_language("contradiction_has_a_text", f.ContradictionFactory, "text"),
    in_a_language("gap_has_a_text", f.GapFactory, "text"),
]

INDICATORS = [
    in_a_language("indicator_has_a_name", f.IndicatorFactory, "name"),
    Rule(
        "indicator_has_a_unit",
        f.IndicatorFactory,
        {},
        [{"unit": ""}],
        [{"unit": "km"}],
    ),
    once(
        "point_number_is_one_per_indicator",
        f.IndicatorPointFactory,
        {"number": 1},
        also={"value": 2},
        but={"number": 2},
    ),
    once(
        "point_is_stated_once_per_source",
        f.IndicatorPointFactory,
        {"number": 1, "value": 1},
        also={"number": 2},
        but={"source": lambda row: f.SourceFactory()},
    ),
    whole("point_period_is_whole", f.IndicatorPointFactory, "period", required=True),
    known("point_kind_is_known", f.IndicatorPointFactory, "kind", "estimate"),
    known("point_speaker_is_known", f.IndicatorPointFactory, "speaker", "press"),
    known("point_comparator_is_known", f.IndicatorPointFactory, "comparator", "about"),
]

INSTRUMENTS = [
    in_a_language("instrument_has_a_title", f.InstrumentFactory, "title"),
    known("instrument_kind_is_known", f.InstrumentFactory, "kind", "law"),
    known("instrument_status_is_known", f.InstrumentFactory, "status", "draft"),
]

REMINDERS = [
    once(
        "digest_is_one_per_person_and_day",
        f.DigestFactory,
        {},
        also={"message_id": "<test-other@example.org>"},
        but={"recipient": _user},
    ),
    once(
        "digest_is_one_per_person_and_day",
        f.DigestFactory,
        {},
        also={"message_id": "<test-other@example.org>"},
        but={"kind": "single"},
    ),
    known("digest_kind_is_known", f.DigestFactory, "kind", "single"),
    Rule(
        "digest_sent_at_iff_sent",
        f.DigestFactory,
        {},
        [{"state": "sent"}, {"sent_at": NOW}],
        [{"state": "sent", "sent_at": NOW}],
    ),
    Rule(
        "digest_leased_iff_sending",
        f.DigestFactory,
        {},
        [{"state": "sending"}, {"leased_until": NOW}],
        [{"state": "sending", "leased_until": NOW}],
    ),
    known("digest_state_is_known", f.DigestFactory, "state", "dead"),
    *(
        once(
            "notice_key_is_one",
            f.NoticeFactory,
            {"rule": "R2", "subject_id": 1},
            but=but,
        )
        for but in (
            {"rule": "R3"},
            {"subject_kind": "milestone"},
            {"subject_id": 2},
            {"cycle": "2026-07-15"},
            {"step": "-2"},
            {"recipient": _user},
        )
    ),
    Rule(
        "notice_cancelled_iff_reason",
        f.NoticeFactory,
        {},
        [{"state": "cancelled"}, {"cancelled_because": "done"}],
        [{"state": "cancelled", "cancelled_because": "done"}],
    ),
    Rule(
        "notice_sent_in_a_digest",
        f.NoticeFactory,
        {},
        [{"state": "sent"}],
        [{"state": "sent", "digest": _digest}, {"digest": _digest}],
    ),
    Rule(
        "notice_asked_by_somebody_iff_by_hand",
        f.NoticeFactory,
        {},
        [{"rule": "N1"}, {"asked_by": _user}],
        [{"rule": "N1", "asked_by": _user}],
    ),
    known("notice_rule_is_known", f.NoticeFactory, "rule", "R9"),
    known("notice_state_is_known", f.NoticeFactory, "state", "superseded"),
    known(
        "notice_reason_is_known",
        f.NoticeFactory,
        "cancelled_because",
        "left",
        state="cancelled",
        cancelled_because="done",
    ),
]

CHAIN = [
    Rule(
        "event_sequence_starts_at_one",
        f.PublicEventFactory,
        {"sequence": 1},
        [{"sequence": 0}],
        [{"sequence": 2}],
    ),
    Rule("record_head_is_one_row", f.RecordHeadFactory, {}, [{"id": 2}], [{"sequence": 7}]),
    once("loaded_entry_is_one", f.LoadedEntryFactory, {}, but={"list_name": "organisations"}),
]

RULES = [*FINDINGS, *INDICATORS, *INSTRUMENTS, *REMINDERS, *CHAIN]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
