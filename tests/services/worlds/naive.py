"""The record as a stranger would put it together from its events alone, a dictionary at a time."""

from commitments.reports.public.references import REFERENCES

NEEDED = {
    "priority": ("programme",),
    "former_name": ("organisation",),
    "indicator_point": ("indicator", "source"),
    "acceptance": ("programme", "organisation"),
    "reporting_period": ("programme",),
    "commitment": ("programme",),
    "wording": ("commitment",),
    "participation": ("commitment", "organisation"),
    "target": ("commitment",),
    "milestone": ("commitment",),
    "change_request": ("commitment",),
    "link": ("from_commitment", "to_commitment"),
    "obligation": ("commitment", "period"),
    "status_update": ("commitment",),
    "measurement": ("update", "target"),
    "evidence": ("update", "source"),
    "evidence_acceptance": ("evidence",),
    "retraction": ("update",),
    "completion": ("update", "acceptance"),
}
"""What each needs to be anything at all; what it names beside that is left out while not there."""

SLUGS = {"sources": "source", "commitments": "commitment"}


def naive_record(events):
    """What the last event of each object says, by kind and key."""
    told = {}
    for event in events.order_by("sequence"):
        told[event.object_kind, event.object_key] = event.after
    return {name: said for name, said in told.items() if said is not None}


def reachable(told):
    """Without what hangs on something that is not there, and without naming what is not."""
    while gone := [name for name, said in told.items() if _hangs_loose(name[0], said, told)]:
        told = {name: said for name, said in told.items() if name not in gone}
    return {name: _named_only(name[0], said, told) for name, said in told.items()}


def _key_of(kind, column, said, told):
    if (kind, column) == ("obligation", "period"):
        commitment = told.get(("commitment", said["commitment"]))
        return f"{commitment['programme']}/{said['period']}" if commitment else "?"
    return REFERENCES[kind][column].key(said)


def _hangs_loose(kind, said, told):
    return any(
        (REFERENCES[kind][column].kind, _key_of(kind, column, said, told)) not in told
        for column in NEEDED.get(kind, ())
    )


def _named_only(kind, said, told):
    kept = {
        name: [slug for slug in value if (SLUGS[name], slug) in told] if name in SLUGS else value
        for name, value in said.items()
    }
    for column, reference in REFERENCES.get(kind, {}).items():
        key = reference.key(said)
        if (
            column not in NEEDED.get(kind, ())
            and column in kept
            and (reference.kind, key) not in told
        ):
            kept[column] = None
    return kept
