"""The whole fact base, as an analyst counts it."""

COUNTS = {
    "programmes": 2,
    "priorities": 4,
    "commitments": 33,
    "updates": 23,
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


def test_lists_hold_everything(read, facts):
    assert {name: read(f"{name}/", page_size=1)["count"] for name in COUNTS} == COUNTS


def test_indicators_hold_every_point(read, facts):
    rows = read("indicators/", page_size=200)["results"]

    assert sum(len(row["points"]) for row in rows) == 67


def test_commitments_are_counted_by_filter(read, facts):
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


def test_commitments_are_found_with_and_without_diacritics(slugs, facts):
    found = [slugs("commitments/", q=words) for words in ("dien toan dam may", "ĐIỆN TOÁN Đám mây")]

    assert found == [["cmc-ai-cloud-2025"], ["cmc-ai-cloud-2025"]]


def test_events_are_the_whole_chain(read, facts):
    head, previous, count = read("events/head/"), "0" * 64, 0
    after = 0
    while after is not None:
        page = read("events/", after=after, limit=200)
        for event in page["results"]:
            assert event["previous_hash"] == previous
            previous, count = event["hash"], count + 1
        after = event["sequence"] if page["next"] else None

    assert (count, previous) == (head["sequence"], head["hash"])
