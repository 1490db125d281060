"""Bodies as a system would send them, for the document. Nothing in them is real."""

from typing import Any

EVIDENCE: dict[str, Any] = {
    "title": "Báo cáo ví dụ",
    "url": "https://example.org/report",
    "publisher": "Đơn vị ví dụ",
    "published": "2026-05",
    "language": "vi",
    "kind": "own_page",
    "relation": "own_body",
    "shows": "Bảng 1",
}
BODIES: dict[str, dict[str, Any]] = {
    "UpdateToBegin": {
        "commitment": "example-commitment",
        "as_of_on": "2026-05-31",
        "stage": "in_progress",
        "forecast": "on_track",
        "summary_vi": "Ví dụ: đã hoàn thành bước đầu.",
        "measurements": [{"target": 1, "value": "22.5"}],
        "evidence": [EVIDENCE],
        "client_reference": "example-2026-05",
        "submit": False,
    },
    "UpdateToChange": {"summary_en": "Example: the first step is done."},
    "UpdateToSubmit": {},
    "EvidenceToAdd": EVIDENCE,
    "ValuesToKeep": {
        "rows": [
            {
                "commitment": "example-commitment",
                "target": 1,
                "value": "22.5",
                "as_of_on": "2026-05-31",
            }
        ]
    },
    "ChangeToAsk": {
        "commitment": "example-commitment",
        "kind": "milestone_added",
        "proposed": {"title_vi": "Bước ví dụ", "title_en": "Example step", "due": "2026-Q4"},
        "reason_vi": "Lý do ví dụ",
        "stated_on": "2026-05-31",
        "source": {"title": "Báo cáo ví dụ", "url": "https://example.org/report"},
    },
    "WebhookToMake": {
        "address": "https://receiver.example.org/hook",
        "name": "Data store",
        "kinds": ["commitment", "status_update"],
    },
    "ReplayToAsk": {"after": 0},
}
