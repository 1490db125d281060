"""The addresses of every noun: its list, and its rows in the record of `everything`."""

LISTS = [
    "programmes", "priorities", "commitments", "updates", "evidence", "organisations", "acceptances",
    "indicators", "instruments", "sources", "recognitions", "record-notes", "contradictions",
    "gaps", "events",
]  # fmt: skip
ROWS = [
    "programmes/test", "priorities/test/test-priority", "commitments/test-commitment",
    "updates/test-commitment/1", "updates/test-commitment/2",
    "evidence/test-commitment/1/test-source", "organisations/test-lead",
    "acceptances/test/test-lead", "indicators/test-indicator", "instruments/test-instrument",
    "sources/test-source", "recognitions/1", "record-notes/1", "contradictions/1", "gaps/1",
]  # fmt: skip
