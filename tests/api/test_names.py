"""The API and the public record say the same of a row, under the same names."""

import pytest

from commitments.models import Instrument
from commitments.reports.public import NOUNS, public_of
from tests.factories import CommitmentLinkFactory

LISTS = {
    "programme": "programmes",
    "priority": "priorities",
    "organisation": "organisations",
    "source": "sources",
    "instrument": "instruments",
    "indicator": "indicators",
    "acceptance": "acceptances",
    "commitment": "commitments",
    "status_update": "updates",
    "recognition": "recognitions",
    "record_note": "record-notes",
    "contradiction": "contradictions",
    "gap": "gaps",
}
"""Nouns that have a list of their own: the API knows a row by the key of the record."""
PARTS = {
    "indicator_point": ("indicators/{indicator}", "points", ["number"]),
    "wording": ("commitments/{commitment}", "wordings", ["number"]),
    "participation": ("commitments/{commitment}", "participations", ["role", "organisation"]),
    "target": ("commitments/{commitment}", "targets", ["number"]),
    "milestone": ("commitments/{commitment}", "milestones", ["number"]),
    "change_request": ("commitments/{commitment}", "changes", ["number"]),
    "link": ("commitments/{commitment}", "links", ["kind", "to"]),
    "obligation": ("commitments/{commitment}", "obligations", ["period"]),
    "former_name": ("organisations/{organisation}", "former_names", ["number"]),
    "measurement": ("updates/{commitment}/{update}", "measurements", ["target"]),
    "evidence": ("updates/{commitment}/{update}", "evidence", ["source"]),
    "retraction": ("updates/{commitment}/{update}", "retraction", []),
    "completion": ("updates/{commitment}/{update}", "completion", []),
}
"""Nouns that are members of another: where, under which name, told apart by what."""
ABOVE = {"commitment", "update", "indicator", "organisation"}
"""What a member does not repeat of the row it stands in."""


def spelt(data):
    """The record's words in the API's: where nothing is stated it says null."""
    return {name: None if value == "" else value for name, value in data.items()}


def member(read, data, path, name, keys):
    found = read(path.format(**data) + "/")[name]
    if not keys:
        return found
    (one,) = [part for part in found if all(part[key] == data[key] for key in keys)]
    return one


def differences(read, noun):
    found = []
    for row in noun.rows():
        view = public_of(row)
        said = spelt(view.data)
        if noun.kind in LISTS:
            answered = read(f"{LISTS[noun.kind]}/{view.key}/")
        else:
            answered = member(read, view.data, *PARTS[noun.kind])
            said = {name: value for name, value in said.items() if name not in ABOVE}
        found += [
            (view.key, name, value, answered.get(name))
            for name, value in said.items()
            if name not in answered or answered[name] != value
        ]
    return found


NOUNS_ANSWERED = [noun for noun in NOUNS if noun.kind in LISTS | PARTS]


def test_every_noun_of_the_record_is_answered_but_two():
    """Reporting periods stand in obligations; an accepted source says so in its evidence."""
    answered = {noun.kind for noun in NOUNS_ANSWERED}

    assert {noun.kind for noun in NOUNS} - answered == {"reporting_period", "evidence_acceptance"}


@pytest.mark.parametrize("noun", NOUNS_ANSWERED, ids=lambda noun: noun.kind)
def test_rows_are_said_as_in_the_record(noun, read, everything):
    CommitmentLinkFactory(from_commitment=everything.commitment)

    assert noun.rows().count() > 0
    assert differences(read, noun) == []


def test_accepted_evidence_says_when(read, everything):
    (evidence,) = read("updates/test-commitment/1/")["evidence"]

    assert evidence == {
        "source": "test-source",
        "relation": "press",
        "shows": "Test",
        "accepted_at": "2026-06-01T02:00:00.000000Z",
    }


def test_rows_of_the_fact_base_are_said_as_in_the_record(read, facts):
    kinds = {"target", "participation", "instrument", "indicator"}
    asked = [noun for noun in NOUNS if noun.kind in kinds]

    assert {noun.kind: differences(read, noun) for noun in asked} == {kind: [] for kind in kinds}
    assert Instrument.objects.count() == 21
