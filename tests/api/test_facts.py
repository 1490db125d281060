"""The whole fact base, as an analyst counts it, loaded once for all that is asked of it."""

import orjson
from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from commitments.api import routes
from commitments.api.shapes import shape_of
from commitments.filters.facets import CommitmentListForm
from commitments.filters.listed import counted
from commitments.reports import lookup
from commitments.text.folding import terms
from tests.factories.clock import TODAY

COUNTS = {
    "programmes": 2,
    "priorities": 4,
    "commitments": 33,
    "updates": 23,
    "evidence": 32,
    "organisations": 19,
    "acceptances": 8,
    "indicators": 33,
    "instruments": 21,
    "sources": 94,
    "recognitions": 16,
    "record-notes": 5,
    "contradictions": 13,
    "gaps": 16,
}


BASE = "http://testserver"


def test_the_fact_base_is_answered_whole_and_alike(read, client, slugs, facts, today):
    assert {name: read(f"{name}/", page_size=1)["count"] for name in COUNTS} == COUNTS
    rows = read("indicators/", page_size=200)["results"]
    assert sum(len(row["points"]) for row in rows) == 67
    found = [slugs("commitments/", q=words) for words in ("dien toan dam may", "ĐIỆN TOÁN Đám mây")]
    assert found == [["cmc-ai-cloud-2025"], ["cmc-ai-cloud-2025"]]
    commitments_are_counted_by_filter(read)
    events_are_the_whole_chain(read)
    plans_say_what_serializers_say()
    facets_are_those_of_the_page(client)
    search_finds_what_the_page_finds(read)
    files_of_past_days_hold_what_lists_hold(client, read)


def files_of_past_days_hold_what_lists_hold(client, read):
    for name in ("updates", "commitments", "sources", "evidence"):
        said = read(f"{name}/", page_size=200, version=300)["results"]
        file = client.get(f"/api/v1/{name}/", {"format": "ndjson", "version": 300})
        assert [orjson.loads(line) for line in b"".join(file).splitlines()] == said
        followed = (
            read(f"{name}/", page_size=200, after=0, version=300)["results"]
            if name in GROWING
            else said
        )
        assert sorted(map(str, followed)) == sorted(map(str, said))


GROWING = ("updates", "sources", "evidence")


def commitments_are_counted_by_filter(read):
    expected = {
        ("programme", "2026"): 24,
        ("programme", "2025"): 9,
        ("kind", "government_task"): 11,
        ("reporting", "not_asked"): 33,
        ("reporting", "late"): 0,
        ("verification", "confirmed"): 0,
        ("demo", "true"): 0,
    }

    found = {
        (name, value): read("commitments/", **{name: value})["count"] for name, value in expected
    }

    assert found == expected


def events_are_the_whole_chain(read):
    head, previous, count = read("events/head/"), "0" * 64, 0
    after = 0
    while after is not None:
        page = read("events/", after=after, limit=200)
        for event in page["results"]:
            assert event["previous_hash"] == previous
            previous, count = event["hash"], count + 1
        after = event["sequence"] if page["next"] else None

    assert (count, previous) == (head["sequence"], head["hash"])


def plans_say_what_serializers_say():
    """Lists are shaped by plans; the serializers are what the document says. Member by member."""
    for _plural, noun, view, _key in routes.NOUNS:
        for action in ("list", "retrieve"):
            wrong, count = differences(view, action)
            assert (wrong, count > 0) == ([], True), (noun, action)


def differences(view, action):
    """Where serializer and plan do not say the same of the rows of a noun."""
    request = APIRequestFactory().get("/")
    request.today = TODAY
    said = view(request=Request(request), action=action, format_kwarg=None, kwargs={})
    serializer = said.get_serializer_class()
    rows = list(said.loaded(list(said.get_queryset().values_list("pk", flat=True)[:60])))
    slow = [dict(serializer(row, context={"request": request}).data) for row in rows]
    quick = [shape_of(serializer).of(row, BASE) for row in rows]
    assert [list(row) for row in quick] == [list(row) for row in slow]
    return [(one, other) for one, other in zip(quick, slow, strict=True) if one != other], len(rows)


QUESTIONS = [
    "",
    "stage=in_progress&stage=none",
    "programme=2026&kind=government_task",
    "q=dữ+liệu",
    "organisation=viettel&due=none",
]


def facets_are_those_of_the_page(client):
    """The same figures whatever is asked; several values of a facet are any of them."""
    for asked in QUESTIONS:
        form = CommitmentListForm(QueryDict(asked))
        assert form.is_valid(), form.errors
        page = counted(form, asked, TODAY)
        said = client.get(f"/api/v1/commitments/?{asked}&facets=true&page_size=200").json()
        assert said["count"] == len(said["results"]) == page.total
        for name in ("kind", "stage", "forecast", "reporting", "verification", "due"):
            own = {value or "none": number for value, number in page.of[name].items() if number}
            assert said["facets"][name] == own, (asked, name)
        named = {row.pk: row.word for row in form.named["organisation"]}
        assert said["facets"]["organisation"] == {
            named[pk]: number for pk, number in page.of["organisation"].items() if number
        }


def search_finds_what_the_page_finds(read):
    for typed in ("nghi dinh", "viettel", "AI", "2026 mục tiêu"):
        words = terms(typed)
        keys = lookup.commitments_with(words, is_demo=False)
        others = lookup.others_with(words, is_demo=False)
        groups = {one["name"]: one for one in read("search/", q=typed, lang="en")["groups"]}
        assert groups["commitments"]["count"] == len(keys)
        assert {name: groups[name]["count"] for name in others} == {
            name: of.number for name, of in others.items()
        }
        for name, group in groups.items():
            if group["count"]:
                page = read("search/", q=typed, only=name, lang="en", page_size=3)
                (whole,) = [one for one in page["groups"] if one["results"]]
                assert whole["name"] == name
                assert len(whole["results"]) == min(3, group["count"]) or name in lookup.MANY
                for hit in (*group["results"], *whole["results"]):
                    text = hit["title"] + "".join(piece["text"] for piece in hit["excerpt"])
                    assert text.strip()
                    assert hit["page"]
