"""Examples for the document of the API. Nothing in them is real, and every text says so."""

from typing import Any

_NOTHING = "0" * 64
_HERE = "https://example.org"

_PART: dict[str, Any] = {
    "organisation": "example-body",
    "name_vi": "Đơn vị ví dụ",
    "name_en": "Example body",
    "role": "lead",
    "stage": "accepted",
    "since": "2026-Q1",
    "since_earliest": "2026-01-01",
    "since_latest": "2026-03-31",
    "confidence": "confirmed",
    "ended_on": None,
    "change": None,
    "sources": ["example-source"],
}
COMMITMENT: dict[str, Any] = {
    "slug": "example-commitment",
    "reference": "NM26-999",
    "programme": "2026",
    "priority": None,
    "kind": "national_mission",
    "title_vi": "Cam kết ví dụ",
    "title_en": "Example commitment",
    "note": None,
    "speaker": "body",
    "original_due": "2026",
    "original_due_earliest": "2026-01-01",
    "original_due_latest": "2026-12-31",
    "due": "2027-06",
    "due_earliest": "2027-06-01",
    "due_latest": "2027-06-30",
    "is_past_due": False,
    "stage": "in_progress",
    "stage_as_of_on": "2026-05-31",
    "stage_speaker": "body",
    "stage_update": 1,
    "forecast": "on_track",
    "forecast_as_of_on": "2026-05-31",
    "forecast_speaker": "body",
    "forecast_update": 1,
    "reporting": "current",
    "reporting_opened_on": "2026-04-01",
    "owed_since_on": None,
    "last_as_of_on": "2026-05-31",
    "verification": "evidenced",
    "computed_on": "2026-06-20",
    "closed_on": None,
    "participations": [_PART],
    "instruments": ["example-instrument"],
    "sources": ["example-source"],
    "is_demo": False,
    "published_at": "2026-01-05T02:00:00.000000Z",
    "page_vi": f"{_HERE}/vi/commitments/example-commitment/",
    "page_en": f"{_HERE}/en/commitments/example-commitment/",
}
_TARGET: dict[str, Any] = {
    "number": 1,
    "text_vi": "Ít nhất 22,5 ví dụ",
    "text_en": "At least 22.5 examples",
    "translated": "en",
    "metric": "examples",
    "unit": "example",
    "comparator": "at_least",
    "value": "22.5",
    "value_max": None,
    "baseline": None,
    "baseline_on": None,
    "direction": "up",
    "cumulation": None,
    "due": "2026",
    "due_earliest": "2026-01-01",
    "due_latest": "2026-12-31",
    "replaces": None,
    "change": None,
    "measurements": [{"update": 1, "value": "7.25", "as_of_on": "2026-05-31", "is_standing": True}],
}
WHOLE_COMMITMENT: dict[str, Any] = {
    **COMMITMENT,
    "wordings": [
        {
            "number": 1,
            "basis": "summarised",
            "text_vi": "Văn bản ví dụ",
            "text_en": "Example text",
            "kind_of_change": None,
            "change": None,
            "stated_on": None,
            "sources": ["example-source"],
        }
    ],
    "targets": [_TARGET],
    "milestones": [],
    "obligations": [
        {
            "period": "2026-05-01",
            "ends_on": "2026-05-31",
            "opens_on": "2026-06-01",
            "due_on": "2026-06-15",
            "locks_on": "2026-07-01",
            "met_at": "2026-06-08T03:30:00.000000Z",
            "waived_at": None,
            "waiver_reason_vi": None,
            "waiver_reason_en": None,
        }
    ],
    "changes": [],
    "links": [],
    "linked_from": [],
}
UPDATE: dict[str, Any] = {
    "commitment": "example-commitment",
    "number": 1,
    "kind": "progress",
    "origin": "web",
    "speaker": "body",
    "body": "example-body",
    "as_of_on": "2026-05-31",
    "stage": "in_progress",
    "step": None,
    "forecast": "on_track",
    "verification": "evidenced",
    "summary_vi": "Tóm tắt ví dụ",
    "summary_en": "Example summary",
    "problem_vi": None,
    "problem_en": None,
    "asked_vi": None,
    "asked_en": None,
    "corrects": None,
    "correction_reason_vi": None,
    "correction_reason_en": None,
    "corrected_by": [],
    "retraction": None,
    "completion": None,
    "evidence": [
        {"source": "example-source", "relation": "press", "shows": None, "accepted_at": None}
    ],
    "measurements": [
        {
            "target": 1,
            "value": "7.25",
            "as_of_on": "2026-05-31",
            "metric": "examples",
            "unit": "example",
        }
    ],
    "submitted_at": "2026-06-08T03:30:00.000000Z",
    "approved_at": "2026-06-09T03:30:00.000000Z",
    "published_at": "2026-06-10T03:30:00.000000Z",
    "is_demo": False,
    "page_vi": f"{_HERE}/vi/commitments/example-commitment/updates/1/",
    "page_en": f"{_HERE}/en/commitments/example-commitment/updates/1/",
}
_POINT: dict[str, Any] = {
    "number": 1,
    "period": "2025",
    "period_earliest": "2025-01-01",
    "period_latest": "2025-12-31",
    "comparator": "about",
    "value": "12.8",
    "kind": "actual",
    "speaker": "government",
    "note": None,
    "source": "example-source",
}
INDICATOR: dict[str, Any] = {
    "slug": "example-indicator",
    "name_vi": "Chỉ số ví dụ",
    "name_en": "Example indicator",
    "unit": "%",
    "points": [_POINT, {**_POINT, "number": 2, "value": "12.9", "source": "other-example-source"}],
    "page_vi": f"{_HERE}/vi/indicators/example-indicator/",
    "page_en": f"{_HERE}/en/indicators/example-indicator/",
}
EVENT: dict[str, Any] = {
    "sequence": 1,
    "recorded_at": "2026-06-10T03:30:00.000000Z",
    "effective_on": "2026-06-10",
    "schema_version": 2,
    "object_kind": "gap",
    "object_key": "1",
    "action": "published",
    "before": None,
    "after": {"number": 1, "text_vi": "Ví dụ", "text_en": "Example", "translated": ""},
    "actor_role": "editors",
    "actor_organisation": "",
    "is_demo": False,
    "previous_hash": _NOTHING,
    "hash": "e9798c3ac6f54abc80931566eb07ed67fc0d911e04ad8238c14a960175fa1ef5",
}
INVALID: dict[str, Any] = {
    "type": f"{_HERE}/api/problems/invalid-parameter/",
    "title": "A parameter cannot be accepted",
    "status": 400,
    "detail": "The request has parameters that cannot be accepted; none was applied.",
    "detail_vi": "Yêu cầu có tham số không được chấp nhận; không tham số nào được áp dụng.",
    "detail_en": "The request has parameters that cannot be accepted; none was applied.",
    "errors": [
        {
            "parameter": "page_size",
            "code": "invalid",
            "detail": "A whole number from 1 to 200 is needed.",
            "detail_vi": "Cần một số nguyên từ 1 đến 200.",
            "detail_en": "A whole number from 1 to 200 is needed.",
        }
    ],
}
NOT_FOUND: dict[str, Any] = {
    "type": f"{_HERE}/api/problems/not-found/",
    "title": "There is nothing at this address",
    "status": 404,
    "detail": "There is nothing at this address.",
    "detail_vi": "Không có gì tại địa chỉ này.",
    "detail_en": "There is nothing at this address.",
}

NOT_ACCEPTABLE: dict[str, Any] = {
    "type": f"{_HERE}/api/problems/not-acceptable/",
    "title": "There is no such form of this answer",
    "status": 406,
    "detail": "There is no such form of this answer.",
    "detail_vi": "Câu trả lời này không có ở dạng đó.",
    "detail_en": "There is no such form of this answer.",
}

OF_COMPONENT = {
    "Commitment": COMMITMENT,
    "WholeCommitment": WHOLE_COMMITMENT,
    "StatusUpdate": UPDATE,
    "Indicator": INDICATOR,
    "Event": EVENT,
    "Problem": INVALID,
}
"""By the name of the component that each is an example of."""
